"""One number that is read from across the room, with its word above and what it means below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from gui.look.icons import pixmap
from gui.look.theme import Theme, font

_SIZES = (34, 28, 24, 20, 16)


class Figure(QLabel):
    """As large as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._size = 0
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFixedHeight(42)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 42)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 2
        wanted = next((size for size in _SIZES if self._needs(size) <= room), _SIZES[-1])
        if wanted != self._size:
            self._size = wanted
            self.setStyleSheet(f"font-size: {wanted}px; font-weight: 600;")  # the theme's sheet outdoes a font

    def _needs(self, size: int) -> float:
        return QFontMetricsF(font(size, QFont.Weight.DemiBold)).horizontalAdvance(self.text())


class FigureTile(QFrame):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self._icon, self._colour = "", ""
        self._word = QLabel()
        self._word.setObjectName("small")
        self.figure = Figure()
        self._mark = QLabel()
        self._mark.hide()
        self._meaning = QLabel()
        self._meaning.setObjectName("small")
        self._meaning.setWordWrap(True)
        self._meaning.setAlignment(Qt.AlignmentFlag.AlignTop)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._mark)
        line.addWidget(self.figure, 1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(16, 12, 12, 12)
        lay.setSpacing(2)
        lay.addWidget(self._word)
        lay.addLayout(line)
        lay.addWidget(self._meaning)
        lay.addStretch(1)
        theme.changed.connect(self._tint)

    @property
    def meaning(self) -> str:
        return self._meaning.text()

    def show_figure(self, word: str, figure: str, meaning: str, icon: str = "", colour: str = "") -> None:
        """`icon` before the number, in the palette's `colour` of that name."""
        self._word.setText(word)
        self.figure.say(figure)
        self._meaning.setText(meaning)
        self.setAccessibleName(f"{word}: {figure}. {meaning}")
        if (icon, colour) != (self._icon, self._colour):
            self._icon, self._colour = icon, colour
            self._tint()

    def _tint(self) -> None:
        self._mark.setVisible(bool(self._icon))
        if self._icon:
            colour: str = getattr(self._theme.palette, self._colour)
            self._mark.setPixmap(pixmap(self._icon, colour, 28, self.devicePixelRatioF()))
