"""The queue: the batches as cards, their films as rows below."""

from __future__ import annotations

import time
from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from core.jobs.model import Batch, State
from gui.actions import Actions
from gui.look.theme import Theme
from gui.page import PageFrame
from gui.player.posters import Posters
from gui.queue.batch_strip import BatchStrip
from gui.queue.filter_bar import FilterBar
from gui.queue.job_rows import JobRows
from gui.queue.job_table import JobTable
from gui.queue.jobs_model import JobsModel
from gui.queue.rows_footer import RowsFooter
from gui.queue.wanted import Group, words_of
from gui.widgets.empty_place import Drawing, EmptyPlace

_PACE_MS = 1000
_COUNTS_MS = 150
_ROOMY = 760  # pixels: room for the page's title and all its buttons


class QueuePage(PageFrame):
    def __init__(self, jobs: JobsModel, actions: Actions, theme: Theme, posters: Posters) -> None:
        super().__init__()
        self._jobs = jobs
        self.rows = JobRows(jobs)
        self.table = JobTable(self.rows, theme, posters, jobs.pace)
        self.strip = BatchStrip(theme)
        self.filters = FilterBar(theme)
        self.footer = RowsFooter(actions)
        self._on_all = [
            self.add_action(action) for action in (actions.stop_after, actions.pause_all, actions.go_on_all)
        ]
        for button in self._on_all:
            button.able_changed.connect(self._show_what_can_be_done)
        self._add = self.add_action(actions.add_files, primary=True)
        self.table.addActions(list(actions.on_rows))
        self._empty = EmptyPlace(Drawing("empty-queue", QSize(360, 216), theme), theme, target=True)
        self._choose = QPushButton()
        self._choose.setObjectName("primary")
        self._choose.clicked.connect(actions.add_files.trigger)
        self._sample = QPushButton()
        self._sample.clicked.connect(actions.try_sample.trigger)
        self._empty.add_button(self._choose)
        self._empty.add_button(self._sample)
        self._whole_read = False
        self._reading = QLabel()
        self._reading.setObjectName("heading")
        self._reading.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedWidget()
        self._films = self._full()
        for place in (self._empty, self._films, self._reading):
            self._stack.addWidget(place)
        self.body.addWidget(self._stack, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_COUNTS_MS)
        self._later.timeout.connect(self._show_counts)
        self._seconds = QTimer(self)
        self._seconds.setInterval(_PACE_MS)
        self._seconds.timeout.connect(self._show_pace)
        self._seconds.start()
        self._connect()
        self._show_or_help()
        self._retranslate()

    def _full(self) -> QWidget:
        full = QWidget()
        lay = QVBoxLayout(full)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        frame = QFrame()
        frame.setObjectName("tableFrame")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self.table, 1)
        rule = QFrame()
        rule.setObjectName("rule")
        inside.addWidget(rule)
        inside.addWidget(self.footer)
        lay.addWidget(self.strip)
        lay.addWidget(self.filters)
        lay.addWidget(frame, 1)
        return full

    def _connect(self) -> None:
        jobs = self._jobs
        self.strip.chosen.connect(lambda batch: self.rows.want(replace(self.rows.wanted, batch=batch)))
        self.filters.group_wanted.connect(lambda group: self.rows.want(replace(self.rows.wanted, group=group)))
        self.filters.search_wanted.connect(self._search)
        self.filters.left.connect(self._to_rows)
        self.table.chosen_changed.connect(self._later.start)
        self.rows.settled.connect(self._later.start)
        for changed in (self.rows.rowsInserted, self.rows.rowsRemoved):
            changed.connect(lambda *_: self._soon())
        jobs.batches_changed.connect(self._show_batches)
        jobs.tallies_changed.connect(self.strip.refresh)
        jobs.tallies_changed.connect(lambda _: self._soon())
        for changed in (jobs.rowsInserted, jobs.rowsRemoved):
            changed.connect(self._show_or_help)
        jobs.modelReset.connect(self._show_or_help)

    @property
    def sample_button(self) -> QPushButton:
        return self._sample

    def take_focus(self) -> None:
        if self._jobs.rowCount():
            self.table.setFocus()
        else:
            (self._choose if self._whole_read else self).setFocus()

    def all_is_read(self) -> None:
        """If no film is there by now, there is none."""
        self._whole_read = True
        self._show_or_help()

    def show_submitted(self, batches: list[Batch]) -> None:
        """Turns to what was just queued."""
        if batches:
            self._jobs.add_batches(batches)
            self.filters.search.clear()
            self.filters.choose(Group.ALL)
            self.strip.choose(batches[0].id if len(batches) == 1 else "")

    def show_batch(self, batch_id: str) -> None:
        self.strip.choose(batch_id)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _search(self, text: str) -> None:
        self.rows.want(replace(self.rows.wanted, words=words_of(text)))

    def _to_rows(self) -> None:
        self.table.setFocus()
        if not self.table.currentIndex().isValid() and self.rows.rowCount():
            self.table.selectRow(0)

    def _soon(self) -> None:
        """Counting is cheap, but not three hundred times a second."""
        if not self._later.isActive():
            self._later.start()

    def _show_batches(self) -> None:
        self.strip.show_batches([tally for tally in self._jobs.tallies() if tally.total])

    def _show_or_help(self) -> None:
        any_job = self._jobs.rowCount() > 0
        waited = any(widget.hasFocus() for widget in (self, self._choose, self._sample))
        here = self._films if any_job else self._empty if self._whole_read else self._reading
        if here is not self._stack.currentWidget():
            self._stack.setCurrentWidget(here)
            if waited:
                self.take_focus()
        self._add.setVisible(any_job)
        self._show_what_can_be_done()
        self._show_counts()

    def _show_what_can_be_done(self) -> None:
        """Of the buttons for everything those that do something now; in a narrow window the menu has the others."""
        able = [button for button in self._on_all if button.able and self._jobs.rowCount() > 0]
        narrow = self.width() < _ROOMY
        for button in self._on_all:
            button.setVisible(button in (able[-1:] if narrow else able))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_what_can_be_done()

    def _show_counts(self) -> None:
        batch = self.rows.wanted.batch
        counts = {state: self._jobs.count(state, batch) for state in State}
        self.filters.show_counts(counts)
        self.footer.show_counts(
            shown=self.rows.rowCount(),
            of=sum(counts.values()),
            chosen=self.table.chosen_count(),
            unread=self._jobs.unread,
        )

    def _show_pace(self) -> None:
        self._jobs.pace.sample(self._jobs.count(State.RUNNING))
        self.strip.show_estimates(self._jobs.pace.estimates(self._jobs.tallies(), time.time()))

    def _retranslate(self) -> None:
        self.say_title(self.tr("Queue"))
        self._reading.setText(self.tr("Opening the queue…"))
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
