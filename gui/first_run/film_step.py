"""The first film is there: where it lies, and what one can do later."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.jobs.model import JobRecord
from gui.look.theme import Theme, font


class _Later(QFrame):
    """One thing for later: what it is good for, and the way to it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("well")
        self._what, self._why = QLabel(), QLabel()
        self._what.setFont(font(13, QFont.Weight.DemiBold))
        self._why.setObjectName("second")
        self.button = QPushButton()
        self.button.setAutoDefault(True)
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        for label in (self._what, self._why):
            label.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._what)
        words.addWidget(self._why)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(14, 10, 10, 10)
        lay.setSpacing(12)
        lay.addLayout(words, 1)
        lay.addWidget(self.button)

    def say(self, what: str, why: str, word: str) -> None:
        self._what.setText(what)
        self._why.setText(why)
        self.button.setText(word)
        self.button.setAccessibleName(what)


class FilmStep(QWidget):
    start_wanted = Signal()
    voice_wanted = Signal()
    redis_wanted = Signal()
    another_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        del theme
        self._name = ""
        self._folder = ""
        self._title, self._words, self._next = QLabel(), QLabel(), QLabel()
        self._title.setFont(font(28, QFont.Weight.DemiBold))
        self._words.setFont(font(14))
        self._next.setObjectName("heading")
        for label in (self._title, self._words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.voice, self.redis = _Later(), _Later()
        self.start, self.another = QPushButton(), QPushButton()
        self.start.setObjectName("primary")
        self.another.setObjectName("quiet")
        for button in (self.start, self.another):
            button.setAutoDefault(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.start.clicked.connect(self.start_wanted)
        self.another.clicked.connect(self.another_wanted)
        self.voice.button.clicked.connect(self.voice_wanted)
        self.redis.button.clicked.connect(self.redis_wanted)
        self._lay_out()
        self._retranslate()

    def show_record(self, record: JobRecord) -> None:
        self._name = record.job.name
        self._folder = str(Path(record.result.output).parent) if record.result is not None else ""
        self._retranslate()

    def take_focus(self) -> None:
        self.start.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.start)
        buttons.addWidget(self.another)
        buttons.addStretch(1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addStretch(2)
        lay.addWidget(self._title)
        lay.addWidget(self._words)
        lay.addSpacing(12)
        lay.addLayout(buttons)
        lay.addSpacing(24)
        lay.addWidget(self._next)
        lay.addWidget(self.voice)
        lay.addWidget(self.redis)
        lay.addStretch(3)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Here he is, {name}!").format(name=self._name))
        self._words.setText(
            self.tr(
                "This film is half the size, and spoken by the computer’s own voice. It is in {folder}. From now "
                "on a spreadsheet is enough: drop it on the window, and each row becomes a film of full size."
            ).format(folder=self._folder)
        )
        self._next.setText(self.tr("Later, when you like"))
        self.voice.say(
            self.tr("Connect a voice"),
            self.tr("Then Santa sounds like a person. It needs an account with a voice service."),
            self.tr("Settings"),
        )
        self.redis.say(
            self.tr("Connect a Redis"),
            self.tr("Then several computers make your films together."),
            self.tr("Settings"),
        )
        self.start.setText(self.tr("Start working"))
        self.another.setText(self.tr("Make another one"))
