"""A small sheet that asks for a time: when films are to begin, or by when a batch is due."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateTimeEdit, QHBoxLayout, QLabel, QPushButton, QWidget

from gui.look.theme import Theme
from gui.widgets.sheet import Sheet


def next_hour() -> QDateTime:
    now = QDateTime.currentDateTime()
    return now.addSecs(3600 - now.time().minute() * 60 - now.time().second())


def time_field() -> QDateTimeEdit:
    """Asks for a day and a time from now on, as the operator's language writes them."""
    field = QDateTimeEdit(next_hour())
    field.setCalendarPopup(True)
    field.setMinimumDateTime(QDateTime.currentDateTime())
    field.setDisplayFormat("ddd d MMM  HH:mm")
    return field


class MomentSheet(Sheet):
    """`ask` opens it; `agreed` answers in seconds since 1970, with 0.0 for the other button ("now", "none")."""

    agreed = Signal(float)

    def __init__(self, theme: Theme, centre: QWidget, over: QWidget) -> None:
        super().__init__(theme, centre, over)
        self._title = QLabel()
        self._title.setObjectName("title")
        self._words = QLabel()
        self._words.setObjectName("second")
        for label in (self._title, self._words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.field = time_field()
        self._agree = QPushButton()
        self._agree.setObjectName("primary")
        self._none = QPushButton()
        self._cancel = QPushButton()
        for button in (self._agree, self._none, self._cancel):
            button.setAutoDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._none)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self._agree)
        self.body.addWidget(self._title)
        self.body.addWidget(self._words)
        self.body.addSpacing(12)
        self.body.addWidget(self.field)
        self.body.addSpacing(16)
        self.body.addLayout(foot)
        self.body.addStretch(1)
        self._agree.clicked.connect(lambda: self._answer(self.field.dateTime().toSecsSinceEpoch()))
        self._none.clicked.connect(lambda: self._answer(0.0))
        self._cancel.clicked.connect(self.dismissed)
        self.dismissed.connect(self.slide_out)
        self._retranslate()

    @property
    def agree_button(self) -> QPushButton:
        return self._agree

    @property
    def none_button(self) -> QPushButton:
        return self._none

    def ask(self, title: str, words: str, none: str, at_s: float = 0.0) -> None:
        """`none` is what the other button says; `at_s` a time to begin with."""
        self._title.setText(title)
        self._words.setText(words)
        self._none.setText(none)
        self.setAccessibleName(title)
        self.field.setLocale(QLocale())
        self.field.setMinimumDateTime(QDateTime.currentDateTime())
        self.field.setDateTime(QDateTime.fromSecsSinceEpoch(int(at_s)) if at_s else next_hour())
        self.field.setAccessibleName(title)
        self.slide_in(self.field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._agree.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _answer(self, moment_s: float) -> None:
        self.slide_out()
        self.agreed.emit(float(moment_s))

    def _retranslate(self) -> None:
        self._agree.setText(self.tr("Set"))
        self._agree.setToolTip(self.tr("Enter"))
        self._cancel.setText(self.tr("Leave it"))
        self._cancel.setToolTip(self.tr("Esc"))
