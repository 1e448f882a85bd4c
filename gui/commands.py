"""What the operator asks for films: open, cancel, pause, go on, try again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from core.jobs.model import JobRecord, State
from core.studio import Studio
from gui.banner import Banner, Tone
from gui.bridge import Bridge

CAN_CANCEL = frozenset({State.READY, State.RUNNING, State.DELAYED, State.PARKED, State.HELD})
CAN_HOLD = frozenset({State.READY, State.DELAYED, State.PARKED})
CAN_RESUME = frozenset({State.HELD})


class Commands(QObject):
    def __init__(self, studio: Studio, bridge: Bridge, banner: Banner) -> None:
        super().__init__()
        self._studio = studio
        self._bridge = bridge
        self._banner = banner

    def cancel(self, ids: Sequence[str]) -> None:
        self._change(self._studio.cancel, ids)

    def hold(self, ids: Sequence[str]) -> None:
        self._change(self._studio.hold, ids)

    def resume(self, ids: Sequence[str]) -> None:
        self._change(self._studio.resume, ids)

    def retry(self, ids: Sequence[str]) -> None:
        self._change(self._studio.retry_failed, ids)

    def retry_all(self) -> None:
        self._bridge.spawn(self._bridge.call(self._studio.retry_failed))

    def open_film(self, record: JobRecord) -> None:
        if record.result is not None:
            self._bridge.spawn(self._open(Path(record.result.output), folder=False))

    def open_folder(self, record: JobRecord) -> None:
        if record.result is not None:
            self._bridge.spawn(self._open(Path(record.result.output), folder=True))

    def _change(self, function: Callable[[Sequence[str]], int], ids: Sequence[str]) -> None:
        if ids:
            self._bridge.spawn(self._bridge.call(function, list(ids)))

    async def _open(self, film: Path, *, folder: bool) -> None:
        target = film.parent if folder else film
        # Asked in a thread: a share that went away can take a minute to say so.
        if not await self._bridge.call(target.exists):
            self._banner.say(
                Tone.WARNING,
                self.tr("{path} is not there any more.").format(path=target),
                self.tr("It was moved or deleted, or its drive is not connected."),
            )
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))):
            self._banner.say(
                Tone.WARNING,
                self.tr("This computer has no program for {path}.").format(path=target.name),
                self.tr("The film itself is fine: open it from its folder."),
            )
