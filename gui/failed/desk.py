"""What is done on the Failed page: asked of the studio, told to the operator, taken back where that is possible."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFileDialog

from core.errors import TrineoError
from core.jobs.model import Job, JobRecord
from core.studio import Studio
from gui.actions import Actions
from gui.bridge import Bridge
from gui.editing.desk import TextEditing
from gui.failed.delegate import DETAILS, EDIT, RETRY
from gui.failed.failure_sheet import FailureSheet
from gui.failed.page import FailedPage
from gui.widgets.banner import Banner, Tone
from gui.widgets.undo_bar import UndoBar
from gui.window_state import WindowState

_ASK_MS = 1000
_ROWS = "rows"


class FailedDesk(QObject):
    def __init__(
        self,
        studio: Studio,
        bridge: Bridge,
        page: FailedPage,
        actions: Actions,
        sheet: FailureSheet,
        editing: TextEditing,
        told: tuple[UndoBar, Banner],
    ) -> None:
        super().__init__(page)
        self._studio = studio
        self._bridge = bridge
        self._page = page
        self._undo, self._banner = told
        self._editing = editing
        self.sheet = sheet
        self._polling = QTimer(self)
        self._polling.setInterval(_ASK_MS)
        self._polling.timeout.connect(self._ask_waits)
        self._asking = False
        self._kept = WindowState(studio.folder.root)
        page.show_last_failure(self._kept.last_failed_s)
        page.failed.changed.connect(self._keep_last_failure)
        does = page.does
        does.details.triggered.connect(lambda: self._details(page.chosen()))
        does.edit.triggered.connect(lambda: self._edit(page.chosen()))
        does.discard.triggered.connect(lambda: self.discard(page.chosen()))
        does.export.triggered.connect(self._ask_where)
        actions.retry.triggered.connect(lambda: self.retry(page.chosen()))
        actions.retry_all.triggered.connect(lambda: self._call(self._studio.retry_failed))
        page.list.acted.connect(self._act)
        page.shown.connect(self._poll)
        page.held_up.changed.connect(lambda *_: self._poll(page.isVisible()))
        page.parked.ask_wanted.connect(lambda: self._call(studio.resume_parked))
        page.parked.again_wanted.connect(self._again)
        page.parked.cancel_wanted.connect(self._cancel_parked)
        page.parked.details_wanted.connect(lambda record: self._details([record]))
        self.sheet.retry_wanted.connect(lambda record: self._from_sheet(self.retry, record))
        self.sheet.discard_wanted.connect(lambda record: self._from_sheet(self.discard, record))
        self.sheet.edit_wanted.connect(lambda record: self._from_sheet(self._edit, record))

    def retry(self, records: Sequence[JobRecord]) -> None:
        if records:
            self._call(self._studio.retry_failed, [record.id for record in records])

    def discard(self, records: Sequence[JobRecord]) -> None:
        if not records:
            return
        ids = [record.id for record in records]
        self._call(self._studio.discard_failed, ids)
        self._undo.offer(self.tr("%Ln film(s) discarded", "", len(ids)), lambda: self._call(self._studio.restore, ids))

    def export_to(self, file: Path, kind: str) -> None:
        """`kind` is `rows` for a sheet that can be dropped again; else the file's ending says what is written."""
        chosen = [record.id for record in self._page.chosen()] or None
        self._bridge.spawn(self._export(file, chosen, kind == _ROWS))

    def _act(self, key: str, records: list[JobRecord]) -> None:
        {RETRY: self.retry, EDIT: self._edit, DETAILS: self._details}[key](records)

    def _from_sheet(self, action: Callable[[Sequence[JobRecord]], None], record: JobRecord) -> None:
        self.sheet.slide_out()
        action([record])

    def _details(self, records: Sequence[JobRecord]) -> None:
        if len(records) == 1:
            self.sheet.show_record(records[0])
            self._bridge.spawn(self._read_history(records[0].id))

    async def _read_history(self, job_id: str) -> None:
        history = await self._bridge.call(self._studio.history, job_id)
        if self.sheet.record is not None and self.sheet.record.id == job_id:
            self.sheet.show_history(history)

    def _edit(self, records: Sequence[JobRecord]) -> None:
        if len(records) == 1:
            self._editing.begin(records[0], self._retry_edited)

    def _retry_edited(self, job: Job) -> int:
        return self._studio.retry_failed([job.id], edited={job.id: job})

    def _keep_last_failure(self, there: Sequence[JobRecord], _: object) -> None:
        newest_s = max((record.ended_s for record in there), default=0.0)
        if newest_s > self._kept.last_failed_s:
            self._kept.last_failed_s = newest_s
            self._page.show_last_failure(newest_s)

    # What waits

    def _poll(self, shown: bool) -> None:
        wanted = shown and len(self._page.held_up) > 0
        if wanted and not self._polling.isActive():
            self._polling.start()
            self._ask_waits()
        elif not wanted:
            self._polling.stop()

    def _ask_waits(self) -> None:
        if not self._asking:
            self._asking = True
            self._bridge.spawn(self._show_waits())

    async def _show_waits(self) -> None:
        try:
            self._page.parked.show_waits(await self._bridge.call(self._studio.parked))
        except TrineoError:
            return  # the store is away: the window tells so, and this is asked again in a second
        finally:
            self._asking = False

    def _again(self, ids: Sequence[str]) -> None:
        self._call(self._make_anyway, list(ids))

    def _make_anyway(self, ids: list[str]) -> int:
        """A call that was never answered counts as paid; whatever else a person is waited for just goes on."""
        if resumed := self._studio.pay_again(ids):
            return resumed
        self._studio.hold_waiting(ids)
        return self._studio.resume(ids)

    def _cancel_parked(self, ids: Sequence[str]) -> None:
        self._call(self._studio.cancel, list(ids))
        words = self.tr("%Ln film(s) cancelled", "", len(ids))
        self._undo.offer(words, lambda: self._call(self._studio.restore, list(ids)))

    # Files

    def _ask_where(self) -> None:
        sheet = self.tr("Rows to correct and drop again (*.csv)")
        report = self.tr("Report for a spreadsheet (*.csv)")
        details = self.tr("Report with technical detail (*.json)")
        dialog = QFileDialog(self._page, self.tr("Save what failed"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters([sheet, report, details])
        dialog.setDefaultSuffix("csv")
        dialog.filterSelected.connect(lambda name: dialog.setDefaultSuffix("json" if name == details else "csv"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(
            lambda file: self.export_to(Path(file), _ROWS if dialog.selectedNameFilter() == sheet else "")
        )
        dialog.open()

    async def _export(self, file: Path, ids: list[str] | None, rows: bool) -> None:
        count = await self._bridge.call(self._studio.export_failed, file, ids, rows=rows)
        words = self.tr("%Ln film(s) saved in {file}.", "", count).format(file=file.name)
        self._banner.say(Tone.INFO, words, str(file.parent))

    def _call(self, function: Callable[..., int], *args: object) -> None:
        self._bridge.spawn(self._bridge.call(function, *args))
