"""Between the sheet on which a film's words are changed and the studio that checks them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from core.desk.review import Spoken
from core.errors import TrineoError
from core.intake.editing import Edited, Wording
from core.jobs.model import Job, JobRecord
from core.studio import Studio
from gui.bridge import Bridge
from gui.editing.sheet import EditTextSheet


class TextEditing(QObject):
    """`begin` opens the sheet for a film; what is saved goes to the function it was begun with."""

    def __init__(self, studio: Studio, bridge: Bridge, sheet: EditTextSheet) -> None:
        super().__init__(sheet)
        self._studio = studio
        self._bridge = bridge
        self._sheet = sheet
        self._save: Callable[[Job], int] | None = None
        self._turn = 0
        sheet.check_wanted.connect(self._check_soon)
        sheet.save_wanted.connect(self._save_soon)

    def begin(self, record: JobRecord, save: Callable[[Job], int]) -> None:
        """`save` is called in a thread with the edited job. Raises, through the bridge, where no template is here."""
        self._save = save
        self._bridge.spawn(self._open(record))

    async def _open(self, record: JobRecord) -> None:
        template = await self._bridge.call(self._studio.review.template, record.job)
        self._sheet.show_record(record, template)

    def _check_soon(self, words: Wording) -> None:
        self._turn += 1
        if self._sheet.record is not None:
            self._bridge.spawn(self._check(self._sheet.record.job, words, self._turn))

    async def _check(self, job: Job, words: Wording, turn: int) -> None:
        try:
            checked, says = await self._bridge.call(self._checked, job, words, self._sheet.titles)
        except TrineoError as error:
            self._sheet.show_error(error)
            return
        if turn == self._turn:  # else more was typed meanwhile
            self._sheet.show_checked(checked, says)

    def _checked(self, job: Job, words: Wording, titles: dict[str, str]) -> tuple[Edited, list[Spoken]]:
        checked = self._studio.review.edit(job, words, titles)
        return checked, self._studio.review.spoken(checked.job) if checked.job is not None else []

    def _save_soon(self, job: Job) -> None:
        if self._save is not None:
            self._bridge.spawn(self._saved(self._save, job))

    async def _saved(self, save: Callable[[Job], int], job: Job) -> None:
        try:
            await self._bridge.call(save, job)
        except TrineoError as error:
            self._sheet.show_error(error)
            return
        self._sheet.slide_out()
