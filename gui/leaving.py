"""The way out: what runs is finished or given back in a thread, and only then may the window close."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from core.studio import Studio
from gui.bridge import Bridge
from gui.closing_sheet import ClosingSheet


class Leaving(QObject):
    over = Signal()  # the workers are still

    def __init__(self, studio: Studio, bridge: Bridge, sheet: ClosingSheet) -> None:
        super().__init__()
        self._studio = studio
        self._bridge = bridge
        self._sheet = sheet
        self._begun = False
        self.done = False
        sheet.finish_chosen.connect(lambda: self._begin(None))
        sheet.give_back_chosen.connect(self.now)

    def ask(self, running: int) -> None:
        """Asks first if films are being made here, else goes."""
        if running and self._studio.working and not self._begun:
            self._sheet.ask(running)
        elif not self._begun:
            self._begin(0.0)

    def running_changed(self, running: int) -> None:
        """While the question is open films go on being made; with the last of them it has answered itself."""
        if not self._sheet.is_open or self._begun:
            return
        if running:
            self._sheet.count(running)
        else:
            self._begin(0.0)

    def now(self) -> None:
        """What runs goes back to the queue, also if its end was already being waited for."""
        if self._begun:
            self._bridge.spawn(self._bridge.call(self._studio.give_back))
        else:
            self._begin(0.0)

    def _begin(self, timeout_s: float | None) -> None:
        self._begun = True
        self._bridge.spawn(self._leave(timeout_s))

    async def _leave(self, timeout_s: float | None) -> None:
        try:
            await self._bridge.call(self._studio.stop_workers, timeout_s)
        finally:
            self.done = True
            self.over.emit()
