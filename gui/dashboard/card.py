"""A panel with a heading; at its right what its colours mean, or a button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.dashboard.chart_painting import draw_swatch
from gui.dashboard.plot import Series
from gui.look.drawing import LEFT, draw_line
from gui.look.theme import SMALL_PX, Theme, font

_SWATCH = 10
_BETWEEN = 16


class Legend(QWidget):
    """A chart's series with their colours. For the eye only: the chart's description has their words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._series: tuple[Series, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_series(self, series: Sequence[Series]) -> None:
        self._series = tuple(series)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(font(SMALL_PX))
        widths = [_SWATCH + 6 + metrics.horizontalAdvance(one.word) + _BETWEEN for one in self._series]
        return QSize(round(sum(widths)) - (_BETWEEN - 4 if widths else 0), 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, left = self._theme.palette, 0.0
        for one in self._series:
            draw_swatch(painter, QRectF(left, 10 - _SWATCH / 2, _SWATCH, _SWATCH), one.tint, colours)
            width = QFontMetricsF(font(SMALL_PX)).horizontalAdvance(one.word) + 2
            draw_line(painter, QRectF(left + _SWATCH + 6, 0, width, 20), one.word, font(SMALL_PX), colours.second, LEFT)
            left += _SWATCH + 6 + width - 2 + _BETWEEN


class Card(QFrame):
    """What it is about goes into `body`; `say` gives it its heading, and a sentence under it."""

    def __init__(self, *beside: QWidget) -> None:
        super().__init__()
        self.setObjectName("card")
        self._heading = QLabel()
        self._heading.setObjectName("heading")
        self._words = QLabel()
        self._words.setObjectName("second")
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.hide()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._heading)
        head.addStretch(1)
        for widget in beside:
            head.addWidget(widget)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 16)
        self.body.setSpacing(10)
        self.body.addLayout(head)
        self.body.addWidget(self._words)

    @property
    def words(self) -> str:
        return self._words.text()

    def say(self, heading: str, sentence: str = "") -> None:
        self._heading.setText(heading)
        self.setAccessibleName(heading)
        self._words.setText(sentence)
        self._words.setVisible(bool(sentence))
