"""How a line of the log is painted: its level by shape, word and colour, what happened before what belongs to it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.logs.lines import LogLine
from gui.log.lines_model import LINE, Column
from gui.look.drawing import draw_line
from gui.look.icons import draw_icon
from gui.look.palette import Palette
from gui.look.theme import Theme, font

Index = QModelIndex | QPersistentModelIndex

ROW_PX = 28
_PAD = 12
_SHAPE = 16
_SHAPES = {"debug": "more", "info": "info", "warning": "warning", "error": "error", "critical": "failed"}
_STRONG = frozenset({"warning", "error", "critical"})


def level_colour(level: str, colours: Palette) -> str:
    """For shape and word."""
    match level:
        case "warning":
            return colours.waiting_text
        case "error" | "critical":
            return colours.failed_text
        case _:
            return colours.second


class LineDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: LogLine = index.data(LINE)
        colours, cell = self._theme.palette, QRectF(option.rect)
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(cell, QColor(colours.chosen if chosen else colours.panel))
        inside = cell.adjusted(_PAD, 0, -4, 0)
        match Column(index.column()):
            case Column.LEVEL:
                self._level(painter, inside, line.level, str(index.data()))
            case Column.WHAT:
                self._what(painter, inside, line)
            case _:
                draw_line(painter, inside, str(index.data()), font(), colours.second)
        painter.restore()

    def _level(self, painter: QPainter, where: QRectF, level: str, word: str) -> None:
        colour = level_colour(level, self._theme.palette)
        if level in _SHAPES:
            shape = QRectF(where.left(), where.center().y() - _SHAPE / 2, _SHAPE, _SHAPE)
            draw_icon(painter, _SHAPES[level], shape, colour)
        weight = QFont.Weight.DemiBold if level in _STRONG else QFont.Weight.Normal
        draw_line(painter, where.adjusted(_SHAPE + 8, 0, 0, 0), word, font(weight=weight), colour)

    def _what(self, painter: QPainter, where: QRectF, line: LogLine) -> None:
        colours = self._theme.palette
        weight = QFont.Weight.DemiBold if line.level in _STRONG else QFont.Weight.Normal
        draw_line(painter, where, line.message, font(weight=weight), colours.text)
        used = QFontMetricsF(font(weight=weight)).horizontalAdvance(line.message[:300]) + 12
        if line.rest and used < where.width() - 40:
            draw_line(painter, where.adjusted(used, 0, 0, 0), line.rest[:600], font(), colours.second)
