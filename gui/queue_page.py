"""The queue: the batches as cards, their films as rows below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from core.jobs.model import Batch
from gui.actions import Actions
from gui.batch_card import BatchStrip
from gui.empty_place import Drawing, EmptyPlace
from gui.job_filter import JobFilter
from gui.job_table import JobTable
from gui.jobs_model import JobsModel
from gui.page import PageFrame
from gui.theme import Theme


class QueuePage(PageFrame):
    def __init__(self, jobs: JobsModel, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self._jobs = jobs
        self.rows = JobFilter(jobs)
        self.table = JobTable(self.rows, theme)
        self.strip = BatchStrip(theme)
        self.strip.chosen.connect(self.rows.show_batch)
        # Opening has its buttons in the rows themselves; these are for several rows at once.
        self._on_rows = [self.add_action(action) for action in (actions.hold, actions.resume, actions.cancel)]
        self.table.addActions(list(actions.on_rows))
        self._on_rows.append(self.add_action(actions.add_files, primary=True))
        self._empty = EmptyPlace(Drawing("empty-queue", QSize(360, 216), theme), theme, target=True)
        self._choose = QPushButton()
        self._choose.setObjectName("primary")
        self._choose.clicked.connect(actions.add_files.trigger)
        self._sample = QPushButton()
        self._sample.clicked.connect(actions.try_sample.trigger)
        self._empty.add_button(self._choose)
        self._empty.add_button(self._sample)
        full = QWidget()
        lay = QVBoxLayout(full)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(16)
        lay.addWidget(self.strip)
        lay.addWidget(self.table, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(full)
        self.body.addWidget(self._stack, 1)
        jobs.batches_changed.connect(self._show_batches)
        jobs.tallies_changed.connect(self.strip.refresh)
        jobs.rowsInserted.connect(self._show_or_help)
        jobs.rowsRemoved.connect(self._show_or_help)
        self._show_or_help()
        self._retranslate()

    @property
    def sample_button(self) -> QPushButton:
        return self._sample

    def take_focus(self) -> None:
        (self.table if self._jobs.rowCount() else self._choose).setFocus()

    def show_submitted(self, batches: list[Batch]) -> None:
        """Turns to what was just queued."""
        if batches:
            self._jobs.add_batches(batches)
            self.strip.choose(batches[0].id if len(batches) == 1 else "")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _show_batches(self) -> None:
        self.strip.show_batches([tally for tally in self._jobs.tallies() if tally.total])

    def _show_or_help(self) -> None:
        any_job = self._jobs.rowCount() > 0
        self._stack.setCurrentIndex(1 if any_job else 0)
        for button in self._on_rows:
            button.setVisible(any_job)

    def _retranslate(self) -> None:
        self.say_title(self.tr("Queue"))
        self._empty.say(
            self.tr("Drop a spreadsheet or scripts here"),
            self.tr(
                "One row for each child: a column with the name, and what Santa should know. "
                "You see what was understood before anything is rendered."
            ),
        )
        self._choose.setText(self.tr("Choose files…"))
        self._choose.setToolTip(self.tr("Choose spreadsheets or scripts (Ctrl+O)"))
        self._sample.setText(self.tr("Try the sample"))
        self._sample.setToolTip(self.tr("Six films from a spreadsheet that comes along"))
