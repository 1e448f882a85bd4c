"""What happened to one film: the reason in plain words, every attempt, and the technical detail behind a click."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from core.jobs.model import Attempt, JobRecord, State
from gui.failed.attempts import attempt_entry, technical_detail
from gui.language import wording
from gui.look.theme import Theme
from gui.preflight.problem_list import ProblemList
from gui.widgets.panel import foot, rule, well, words
from gui.widgets.sheet import Sheet


class FailureSheet(Sheet):
    """`show_record` opens it at once; `show_history` fills in what had to be asked for."""

    retry_wanted = Signal(object)  # JobRecord
    edit_wanted = Signal(object)
    discard_wanted = Signal(object)

    def __init__(self, theme: Theme, centre: QWidget, over: QWidget) -> None:
        super().__init__(theme, centre, over)
        self._record: JobRecord | None = None
        self._history: list[Attempt] = []
        self._name, self._origin = words("title"), words("second")
        self._what, self._remedy = words("heading"), words("second")
        self._tried = words("small")
        self.attempts = ProblemList(theme)
        self.detail_button = QPushButton()
        self.detail_button.setObjectName("quiet")
        self.detail_button.setCheckable(True)
        self._detail = QPlainTextEdit()
        self._detail.setReadOnly(True)
        self._detail.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._detail.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._detail.setFixedHeight(160)
        self._detail.setTabChangesFocus(True)
        self.copy_button = QPushButton()
        self.copy_button.setObjectName("quiet")
        self.retry_button, self.edit_button, self.discard_button, self.close_button = (QPushButton() for _ in range(4))
        self.retry_button.setObjectName("primary")
        for button in self._all_buttons():
            button.setAutoDefault(True)
            button.setIconSize(QSize(16, 16))
        self._lay_out()
        self._connect()
        theme.changed.connect(self._tint)
        self._tint()
        self._retranslate()

    @property
    def record(self) -> JobRecord | None:
        return self._record

    @property
    def detail(self) -> str:
        """The technical detail, as far as it is shown."""
        return self._detail.toPlainText() if self._detail.isVisible() else ""

    def show_record(self, record: JobRecord) -> None:
        self._record, self._history = record, []
        self.detail_button.setChecked(False)
        self._show()
        self.slide_in(self.retry_button if record.state is State.FAILED else self.close_button)

    def show_history(self, history: list[Attempt]) -> None:
        """The attempts, oldest first."""
        self._history = history
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _all_buttons(self) -> tuple[QPushButton, ...]:
        actions = (self.retry_button, self.edit_button, self.discard_button, self.close_button)
        return (self.detail_button, self.copy_button, *actions)

    def _lay_out(self) -> None:
        for widget in (self._name, self._origin):
            self.body.addWidget(widget)
        self.body.addSpacing(8)
        self.body.addWidget(well(self._what, self._remedy))
        self.body.addSpacing(8)
        self.body.addWidget(self._tried)
        self.body.addWidget(self.attempts, 1)
        self.body.addLayout(foot([self.detail_button], [self.copy_button]))
        self.body.addWidget(self._detail)
        self.body.addSpacing(8)
        self.body.addWidget(rule())
        self.body.addSpacing(8)
        self.body.addLayout(foot([self.discard_button], [self.close_button, self.edit_button, self.retry_button]))

    def _connect(self) -> None:
        self.detail_button.toggled.connect(self._show)
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._detail.toPlainText()))
        self.retry_button.clicked.connect(lambda: self.retry_wanted.emit(self._record))
        self.edit_button.clicked.connect(lambda: self.edit_wanted.emit(self._record))
        self.discard_button.clicked.connect(lambda: self.discard_wanted.emit(self._record))
        self.close_button.clicked.connect(self.dismissed)
        self.dismissed.connect(self.slide_out)

    def _show(self, *_: object) -> None:
        record = self._record
        if record is None:
            return
        self._name.setText(record.job.name)
        self._origin.setText(wording.origin(record))
        failure = record.failure
        self._what.setText(wording.sentence(failure.what) if failure else wording.state_word(record.state))
        self._remedy.setText(wording.sentence(failure.remedy) if failure else "")
        self._remedy.setVisible(failure is not None)
        now_s = time.time()
        self.attempts.show_entries([attempt_entry(attempt, now_s) for attempt in reversed(self._history)])
        detail = technical_detail(self._history)
        self._detail.setPlainText(detail)
        shown = self.detail_button.isChecked()
        self._detail.setVisible(shown)
        self.copy_button.setVisible(shown)
        self.detail_button.setEnabled(bool(detail))
        failed = record.state is State.FAILED
        for button in (self.retry_button, self.edit_button, self.discard_button):
            button.setVisible(failed)
        self._tint()

    def _tint(self) -> None:
        theme = self._theme
        self.detail_button.setIcon(theme.icon("chevron-down" if self.detail_button.isChecked() else "chevron-right"))
        self.copy_button.setIcon(theme.icon("copy"))
        self.edit_button.setIcon(theme.icon("edit"))
        self.discard_button.setIcon(theme.icon("discard"))
        self.retry_button.setIcon(theme.icon("retry", theme.palette.on_accent))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("What happened to this film"))
        self.attempts.setAccessibleName(self.tr("Attempts"))
        self._tried.setText(self.tr("What was tried, the last attempt first"))
        self._detail.setAccessibleName(self.tr("Technical detail"))
        self.detail_button.setText(f" {self.tr('Technical detail')}")
        self.copy_button.setText(f" {self.tr('Copy')}")
        self.retry_button.setText(f" {self.tr('Try again')}")
        self.edit_button.setText(f" {self.tr('Edit text…')}")
        self.discard_button.setText(f" {self.tr('Discard')}")
        self.discard_button.setToolTip(self.tr("Take it off this list; it can be undone"))
        self.close_button.setText(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Esc"))
        self._show()
