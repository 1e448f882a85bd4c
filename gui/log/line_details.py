"""One line of the log in full, and what one does with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout

from core.logs.lines import LogLine
from gui.log.lines_model import level_word, when_word

_LINES, _FEW_LINES = 5, 2


class LineDetails(QFrame):
    copy_wanted = Signal()
    story_wanted = Signal()
    film_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.line: LogLine | None = None
        self._head = QLabel()
        self._head.setObjectName("strong")
        self._head.setTextFormat(Qt.TextFormat.PlainText)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.be_low(False)
        self.copy_button, self.story_button, self.film_button = QPushButton(), QPushButton(), QPushButton()
        for button, wanted in (
            (self.film_button, self.film_wanted),
            (self.story_button, self.story_wanted),
            (self.copy_button, self.copy_wanted),
        ):
            button.setObjectName("quietSmall")
            button.setAutoDefault(True)
            button.clicked.connect(wanted)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._head, 1)
        for button in (self.film_button, self.story_button, self.copy_button):
            head.addWidget(button)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(12, 8, 8, 10)
        lay.setSpacing(6)
        lay.addLayout(head)
        lay.addWidget(self.text)
        self._retranslate()
        self.hide()

    def show_line(self, line: LogLine | None) -> None:
        self.line = line
        self.setVisible(line is not None)
        if line is None:
            return
        self._say_head()
        told = [line.message, *([line.rest] if line.rest else [])]
        told += [f"{name}={value}" for name, value in (("job", line.job), ("batch", line.batch)) if value]
        self.text.setPlainText("\n".join([*told, *([line.logger] if line.logger else [])]))
        for button in (self.film_button, self.story_button):
            button.setVisible(bool(line.job))

    def be_low(self, low: bool) -> None:
        lines = _FEW_LINES if low else _LINES
        self.text.setFixedHeight(lines * self.text.fontMetrics().lineSpacing() + 20)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _say_head(self) -> None:
        if self.line is not None:
            parts = (when_word(self.line.at), level_word(self.line.level))
            self._head.setText(" · ".join(filter(None, parts)) or self.tr("A line that can't be understood"))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("The chosen line in full"))
        self.text.setAccessibleName(self.tr("The chosen line in full"))
        self.copy_button.setText(self.tr("Copy line"))
        self.copy_button.setToolTip(self.tr("Copy the chosen lines (Ctrl+C)"))
        self.story_button.setText(self.tr("Copy the film's story"))
        self.story_button.setToolTip(
            self.tr("Copy what happened to this film and what is written of it, without names or texts")
        )
        self.film_button.setText(self.tr("Only this film"))
        self.film_button.setToolTip(self.tr("Show only the lines about this film"))
        self._say_head()
