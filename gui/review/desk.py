"""What is decided on the Review page, asked of the studio."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from core.errors import UsageError
from core.jobs.model import Job, JobRecord
from core.studio import Studio
from gui.bridge import Bridge
from gui.editing.desk import TextEditing
from gui.queue.commands import Commands
from gui.review.page import ReviewPage


class ReviewDesk(QObject):
    def __init__(
        self, studio: Studio, bridge: Bridge, page: ReviewPage, editing: TextEditing, commands: Commands
    ) -> None:
        super().__init__(page)
        self._studio = studio
        self._bridge = bridge
        self._page = page
        self._editing = editing
        page.turned_to.connect(self._read_script)
        page.decided.connect(self._decide)
        page.player.open_wanted.connect(commands.open_film)
        page.player.folder_wanted.connect(commands.open_folder)

    def _decide(self, what: str, record: JobRecord) -> None:
        review = self._studio.review
        if what == "text":
            self._editing.begin(record, self._remake)
            return
        function = {"approve": review.approve, "voice": review.voice_again, "aside": review.reject}[what]
        self._bridge.spawn(self._carry_out(function, record))

    async def _carry_out(self, function: Callable[[Sequence[str]], int], record: JobRecord) -> None:
        try:
            await self._bridge.call(function, [record.id])
        except BaseException:
            self._page.not_carried_out(record.id)
            raise

    def _remake(self, job: Job) -> int:
        return self._studio.review.remake({job.id: job})

    def _read_script(self, record: JobRecord | None) -> None:
        if record is not None:
            self._bridge.spawn(self._show_script(record))

    async def _show_script(self, record: JobRecord) -> None:
        try:
            said = await self._bridge.call(self._studio.review.spoken, record.job)
        except UsageError:
            return  # the template is gone from this computer: the film can be looked at all the same
        self._page.show_script(record.id, said)
