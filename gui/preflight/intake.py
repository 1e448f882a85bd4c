"""From dropped files to a queued batch: check, show, agree, submit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.errors import TrineoError
from core.intake.model import Order, Preflight
from core.studio import Studio
from gui.bridge import Bridge
from gui.language import wording
from gui.preflight.sheet import PreflightSheet


class Intake(QObject):
    """Files dropped while a sheet is open are checked together with those it shows."""

    submitted = Signal(object)  # list[Batch]
    folder_used = Signal(object)  # Path: films go there, as the operator chose

    def __init__(self, studio: Studio, bridge: Bridge, sheet: PreflightSheet, out: Path | None = None) -> None:
        """`out` is the folder chosen last time; one that can't be used any more is forgotten."""
        super().__init__()
        self._studio = studio
        self._bridge = bridge
        self._sheet = sheet
        self._files: list[Path] = []
        self._out = out
        self._remembered = out is not None
        self._offered = False
        self._checked: Preflight | None = None
        self._turn = 0
        self._encodings: dict[Path, str] = {}  # as the operator says
        sheet.agreed.connect(lambda first: bridge.spawn(self._submit(first)))
        sheet.dismissed.connect(self.forget)
        sheet.folder_chosen.connect(self._change_folder)
        sheet.options.order_changed.connect(lambda: bridge.spawn(self._check()))
        sheet.columns.encoding_said.connect(self._read_as)
        sheet.columns_said.connect(lambda meant: bridge.spawn(self._remember_columns(meant)))
        bridge.warmed.connect(sheet.notes.show_warming)
        sheet.export_wanted.connect(lambda file: bridge.spawn(self._export(file)))

    def take(self, files: Sequence[Path]) -> None:
        self._files += [file for file in files if file not in self._files]
        if self._files:
            self._bridge.spawn(self._check())

    def use_folder(self, folder: Path) -> None:
        """Films go there from now on, if it can be used."""
        self._out, self._remembered = folder, True

    def forget(self) -> None:
        self._turn += 1
        self._files.clear()
        self._encodings.clear()
        self._checked = None
        self._sheet.options.forget()
        self._sheet.preview.show_preview("", None)
        self._sheet.notes.show_cost(None)
        self._sheet.slide_out()

    def _read_as(self, file: Path, encoding: str) -> None:
        self._encodings[file] = encoding
        self._bridge.spawn(self._check())

    def _change_folder(self, folder: Path) -> None:
        self._out, self._remembered = folder, False
        if self._files:
            self._bridge.spawn(self._check())

    async def _check(self) -> None:
        self._turn += 1
        turn = self._turn
        self._checked = None
        self._sheet.show_reading(self._files, self._out or self._studio.settings.output_dir)
        try:
            await self._offer()
            order = replace(await self._order(), encodings=dict(self._encodings))
            checked = await self._bridge.call(self._studio.check, list(self._files), order)
        except TrineoError as error:
            if turn == self._turn:
                self._sheet.show_error(error)
            return
        # Between asking and hearing, the operator may have dropped more files or gone away.
        if turn == self._turn:
            self._checked = checked
            self._sheet.show_found(checked)
            if checked.accepted:
                self._studio.warm(checked.order)
            await self._preview(checked, turn)
            await self._estimate(checked, turn)

    async def _offer(self) -> None:
        """What there is to choose from, asked once."""
        if not self._offered:
            templates = await self._bridge.call(self._studio.templates)
            self._sheet.options.offer(templates, await self._bridge.call(self._studio.presets))
            self._offered = True

    async def _order(self) -> Order:
        wishes = self._sheet.options.wishes
        chosen: dict[str, object] = {"strategy": wishes.strategy, "captions": wishes.captions}
        if wishes.template:
            chosen["template"] = wishes.template
        if wishes.preset:
            chosen["preset"] = wishes.preset
        try:
            return await self._bridge.call(self._studio.order, out=self._out, **chosen)
        except TrineoError:
            if not self._remembered:
                raise
            self._out, self._remembered = None, False  # the folder of last time is gone
            return await self._bridge.call(self._studio.order, **chosen)

    async def _preview(self, checked: Preflight, turn: int) -> None:
        if not checked.accepted:
            self._sheet.preview.show_preview("", None)
            return
        job = checked.accepted[0].job
        shown = await self._bridge.call(self._studio.preview, job)
        if turn == self._turn:
            self._sheet.preview.show_preview(job.name, shown)

    async def _estimate(self, checked: Preflight, turn: int) -> None:
        jobs = [row.job for row in checked.accepted]
        told = await self._bridge.call(self._studio.money.estimate, jobs)
        if turn == self._turn:
            self._sheet.notes.show_cost(told)

    async def _submit(self, first: int) -> None:
        checked, self._checked = self._checked, None
        if checked is None:
            return
        self._sheet.show_submitting()
        try:
            batches = await self._bridge.call(self._studio.submit, checked, self._sheet.options.plan(first))
        except TrineoError as error:
            self._checked = checked
            self._sheet.show_error(error)
            return
        if self._out is not None:
            self.folder_used.emit(self._out)
        self.forget()
        self.submitted.emit(batches)

    async def _remember_columns(self, meant: dict[str, str]) -> None:
        checked = self._checked
        if checked is None:
            return
        try:
            await self._bridge.call(self._studio.remember_columns, checked.order, meant)
        except TrineoError as error:
            self._sheet.show_error(error)
            return
        await self._check()

    async def _export(self, file: Path) -> None:
        if self._checked is None:
            return
        try:
            count = await self._bridge.call(self._studio.export_refused, self._checked, file, wording.sentence)
        except TrineoError as error:
            self._bridge.failed.emit(error)
            return
        self._sheet.show_exported(count, file)
