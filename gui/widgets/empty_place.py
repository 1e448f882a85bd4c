"""A page with nothing on it yet: a drawing, what belongs here, and how to begin."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.look.icons import draw_art
from gui.look.theme import Theme


class Drawing(QWidget):
    """One of the program's drawings in the colours of the theme; for the eye only."""

    def __init__(self, name: str, size: QSize, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._theme = theme
        self.setFixedSize(size)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_art(painter, self._name, QRectF(self.rect()), self._theme.art_colours())


class EmptyPlace(QWidget):
    """`target` draws the dashed border that says files may be dropped here."""

    def __init__(self, drawing: Drawing, theme: Theme, *, target: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._target = target
        self._title = QLabel()
        self._title.setObjectName("title")
        self._words = QLabel()
        self._words.setObjectName("second")
        self._words.setWordWrap(True)
        self._words.setFixedWidth(440)
        for label in (self._title, self._words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        middle = Qt.AlignmentFlag.AlignHCenter
        lay = QVBoxLayout(self)
        lay.setContentsMargins(32, 24, 32, 24)
        lay.setSpacing(8)
        lay.addStretch(4)
        lay.addWidget(drawing, 0, middle)
        lay.addSpacing(16)
        lay.addWidget(self._title, 0, middle)
        # Aligned in a row of its own: an aligned label in a column is not given the height of its wrapped lines.
        words = QHBoxLayout()
        words.addStretch(1)
        words.addWidget(self._words)
        words.addStretch(1)
        lay.addLayout(words)
        lay.addSpacing(12)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addLayout(self._buttons)
        buttons.addStretch(1)
        lay.addLayout(buttons)
        lay.addStretch(5)
        theme.changed.connect(self.update)

    def say(self, title: str, words: str) -> None:
        self._title.setText(title)
        self._words.setText(words)

    def add_button(self, button: QPushButton) -> None:
        button.setAutoDefault(True)  # Enter presses it
        self._buttons.addWidget(button)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._target:
            return
        colours = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(colours.line), 2, Qt.PenStyle.DashLine, Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 16, 16)
