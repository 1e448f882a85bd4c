"""A few named amounts as bars lying below one another, each with its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.dashboard.plot import Tint
from gui.dashboard.tints import tint
from gui.look.drawing import LEFT, RIGHT, draw_bar, draw_line
from gui.look.theme import SMALL_PX, Theme, font

_ROW = 40
_BAR = 6
_GAP = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """`share` of the whole width, 0 to 1. `note` says more, quietly, where there is room for it."""

    word: str
    share: float
    value: str
    note: str = ""
    tint: Tint = Tint.FIRST

    def __str__(self) -> str:
        return f"{self.word}: {self.value}" + (f" ({self.note})" if self.note else "")


class BarList(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def bars(self) -> tuple[Bar, ...]:
        return self._bars

    def show_bars(self, title: str, bars: Sequence[Bar]) -> None:
        self.setAccessibleName(title)
        self.setAccessibleDescription(". ".join(map(str, bars)))
        resized = len(bars) != len(self._bars)
        self._bars = tuple(bars)
        if resized:
            self.setFixedHeight(max(1, _ROW * len(self._bars)))
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, max(1, _ROW * len(self._bars)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, bar in enumerate(self._bars):
            self._draw(painter, QRectF(0, place * _ROW, self.width(), _ROW), bar)

    def _draw(self, painter: QPainter, row: QRectF, bar: Bar) -> None:
        colours = self._theme.palette
        strong, plain = font(weight=QFont.Weight.DemiBold), font()
        value_px = QFontMetricsF(strong).horizontalAdvance(bar.value)
        word_px = min(QFontMetricsF(plain).horizontalAdvance(bar.word) + 2, row.width() - value_px - _GAP)
        line = QRectF(row.left(), row.top() + 2, row.width(), 22)
        draw_line(painter, QRectF(line.left(), line.top(), word_px, line.height()), bar.word, plain, colours.text, LEFT)
        draw_line(painter, line, bar.value, strong, colours.text, RIGHT)
        note = line.adjusted(word_px + _GAP, 0, -value_px - _GAP, 0)
        if note.width() >= QFontMetricsF(font(SMALL_PX)).horizontalAdvance(bar.note):
            draw_line(painter, note, bar.note, font(SMALL_PX), colours.second, RIGHT, Qt.TextElideMode.ElideNone)
        track = QRectF(row.left(), row.top() + 27, row.width(), _BAR)
        draw_bar(painter, track, bar.share, tint(colours, bar.tint), colours.line)
