"""One thing that is written by hand: its name above, what is wrong with it below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from gui.look.theme import Theme

_AROUND_PX = 18  # the style sheet's padding and border, above and below together


class TextBox(QPlainTextEdit):
    """Grows with its text up to `most` lines. Tab goes on to the next field; one line takes no line break."""

    def __init__(self, *, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self.fit)
        self.fit()

    def sizeHint(self) -> QSize:
        return QSize(300, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._most == 1 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        needed = max(1, round(self.document().size().height()))
        too_many = needed > self._most and self._most > 1
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if too_many else policy.ScrollBarAlwaysOff)
        self.setFixedHeight(min(needed, self._most) * self.fontMetrics().lineSpacing() + _AROUND_PX)


class TextField(QWidget):
    changed = Signal()

    def __init__(self, theme: Theme, *, most_lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = QLabel()
        self._title.setObjectName("small")
        self._title.setWordWrap(True)
        self.box = TextBox(most=most_lines)
        self._title.setBuddy(self.box)
        self._wrong = QLabel()
        self._wrong.setWordWrap(True)
        self._wrong.setTextFormat(Qt.TextFormat.PlainText)
        self._wrong.hide()
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(4)
        for widget in (self._title, self.box, self._wrong):
            lay.addWidget(widget)
        self.box.textChanged.connect(self.changed)
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def text(self) -> str:
        return self.box.toPlainText()

    @property
    def wrong(self) -> str:
        """What is said to be wrong with it, if anything."""
        return self._wrong.text()

    def name(self, title: str) -> None:
        self._title.setText(title)
        self.box.setAccessibleName(title)

    def fill(self, text: str) -> None:
        """Without telling of it."""
        self.box.blockSignals(True)
        self.box.setPlainText(text)
        self.box.blockSignals(False)
        self.box.fit()

    def complain(self, wrong: str) -> None:
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self.box.setAccessibleDescription(wrong)

    def _tint(self) -> None:
        self._wrong.setStyleSheet(f"color: {self._theme.palette.failed_text}; font-size: 12px;")
