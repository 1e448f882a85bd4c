"""From dropped files to a queued batch: check, show, agree, submit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.errors import TrineoError
from core.intake.model import Preflight
from core.studio import Studio
from gui.bridge import Bridge
from gui.preflight_sheet import PreflightSheet


class Intake(QObject):
    """Files dropped while a sheet is open are checked together with those it shows."""

    submitted = Signal(object)  # list[Batch]

    def __init__(self, studio: Studio, bridge: Bridge, sheet: PreflightSheet) -> None:
        super().__init__()
        self._studio = studio
        self._bridge = bridge
        self._sheet = sheet
        self._files: list[Path] = []
        self._out: Path | None = None
        self._checked: Preflight | None = None
        self._turn = 0
        sheet.agreed.connect(lambda: bridge.spawn(self._submit()))
        sheet.dismissed.connect(self.forget)
        sheet.folder_chosen.connect(self._change_folder)

    def take(self, files: Sequence[Path]) -> None:
        self._files += [file for file in files if file not in self._files]
        if self._files:
            self._bridge.spawn(self._check())

    def forget(self) -> None:
        self._turn += 1
        self._files.clear()
        self._checked = None
        self._sheet.slide_out()

    def _change_folder(self, folder: Path) -> None:
        self._out = folder
        self._bridge.spawn(self._check())

    async def _check(self) -> None:
        self._turn += 1
        turn = self._turn
        self._checked = None
        self._sheet.show_reading(self._files, self._out or self._studio.settings.output_dir)
        try:
            order = await self._bridge.call(self._studio.order, out=self._out)
            checked = await self._bridge.call(self._studio.check, list(self._files), order)
        except TrineoError as error:
            if turn == self._turn:
                self._sheet.show_error(error)
            return
        # Between asking and hearing, the operator may have dropped more files or gone away.
        if turn == self._turn:
            self._checked = checked
            self._sheet.show_found(checked)

    async def _submit(self) -> None:
        checked, self._checked = self._checked, None
        if checked is None:
            return
        self._sheet.show_submitting()
        try:
            batches = await self._bridge.call(self._studio.submit, checked)
        except TrineoError as error:
            self._checked = checked
            self._sheet.show_error(error)
            return
        self.forget()
        self.submitted.emit(batches)
