"""Strokes that several delegates share: a bar, a line of text, a state's shape."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from core.jobs.model import State
from gui.look.icons import draw_icon
from gui.look.palette import Palette, state_colours
from gui.look.theme import font

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def draw_bar(painter: QPainter, where: QRectF, fraction: float, colour: str, track: str) -> None:
    """A rounded bar; the least bit of progress is still a dot one can see."""
    radius = where.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(track))
    painter.drawRoundedRect(where, radius, radius)
    draw_part(painter, where, fraction, colour)


def draw_part(painter: QPainter, where: QRectF, fraction: float, colour: str) -> None:
    """The filled part of a bar alone."""
    if fraction > 0:
        filled = QRectF(where)
        filled.setWidth(max(where.height(), where.width() * min(1.0, fraction)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(filled, where.height() / 2, where.height() / 2)


def draw_line(
    painter: QPainter,
    where: QRectF,
    text: str,
    typeface: QFont,
    colour: str,
    align: Qt.AlignmentFlag = LEFT,
    cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """One line of text, cut with an ellipsis where it is too long."""
    if not text:
        return
    painter.setFont(typeface)
    painter.setPen(QColor(colour))
    painter.drawText(where, align, _cut_text(text, typeface.pixelSize(), typeface.weight(), cut, int(where.width())))


@lru_cache(maxsize=4096)
def _cut_text(text: str, pixels: int, weight: QFont.Weight, cut: Qt.TextElideMode, width: int) -> str:
    """Remembered: a table paints the same texts many times a second, and measuring them takes as long as drawing."""
    return QFontMetricsF(font(pixels, weight)).elidedText(text.replace("\n", " "), cut, width)


def draw_state(painter: QPainter, where: QRectF, state: State, colours: Palette) -> None:
    draw_icon(painter, f"state-{state.value}", where, state_colours(colours, state)[0])
