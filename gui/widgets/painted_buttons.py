"""Quiet buttons that a delegate paints at the end of a row; what they do can also be reached by key and menu."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from gui.look.icons import draw_icon
from gui.look.palette import Palette
from gui.look.theme import SMALL_PX, font

_HEIGHT = 28
_ICON = 16
_GAP = 4
_PAD = 10
_BETWEEN = 6


@dataclass(frozen=True, slots=True)
class PaintedButton:
    """`key` is what a click answers; `word` "" shows the icon alone."""

    key: str
    icon: str
    word: str

    def width(self) -> float:
        words = QFontMetricsF(_font()).horizontalAdvance(self.word) + _BETWEEN if self.word else 0.0
        return _ICON + words + 2 * _PAD


def buttons_width(buttons: Sequence[PaintedButton]) -> float:
    return sum(button.width() + _GAP for button in buttons) + 8


def placed_buttons(buttons: Sequence[PaintedButton], cell: QRectF) -> Iterator[tuple[PaintedButton, QRectF]]:
    """From the row's right end."""
    right = cell.right() - 8
    for button in reversed(buttons):
        width = button.width()
        yield button, QRectF(right - width, cell.center().y() - _HEIGHT / 2, width, _HEIGHT)
        right -= width + _GAP


def button_at(buttons: Sequence[PaintedButton], cell: QRectF, point: QPointF) -> str:
    """The key of the button there, or empty."""
    return next((button.key for button, where in placed_buttons(buttons, cell) if where.contains(point)), "")


def draw_buttons(painter: QPainter, buttons: Sequence[PaintedButton], cell: QRectF, colours: Palette, hot: str) -> None:
    for button, where in placed_buttons(buttons, cell):
        colour = colours.text if button.key == hot else colours.second
        if button.key == hot:
            painter.setPen(QColor(colours.second))
            painter.setBrush(QColor(colours.raised))
            painter.drawRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        icon = QRectF(where.left() + _PAD, where.center().y() - _ICON / 2, _ICON, _ICON)
        draw_icon(painter, button.icon, icon, colour)
        painter.setPen(QColor(colour))
        painter.setFont(_font())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(where.adjusted(_PAD + _ICON + _BETWEEN, 0, 0, 0), flags, button.word)


def _font() -> QFont:
    return font(SMALL_PX, QFont.Weight.Medium)
