"""How a job's row is painted in the queue, and where a click on it lands."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from core.jobs.model import JobRecord, State
from gui.language import wording
from gui.look.drawing import RIGHT, draw_bar, draw_line, draw_state
from gui.look.icons import draw_icon
from gui.look.palette import state_colours
from gui.look.theme import SMALL_PX, Theme, font
from gui.player.posters import Posters
from gui.queue import row_words
from gui.queue.columns import Column, Role
from gui.queue.jobs_model import is_read
from gui.queue.pace import Pace
from gui.queue.row_actions import RowAction, action_at, actions_of, draw_actions, width_of

Index = QModelIndex | QPersistentModelIndex

ROW_PX = 44
_PAD = 12
_BAR_PX = 4
_POSTER_PX = 21  # 9 : 16


class RowDelegate(QStyledItemDelegate):
    """A row with buttons in the cells that `has_actions` says; paints the row's ground, leaves the rest."""

    acted = Signal(object, str)  # RowAction, job id

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hot: tuple[str, RowAction | None] = ("", None)
        self.hovered_row = -1
        self.most_actions = 2  # fewer where there is little room

    def actions(self, record: JobRecord) -> tuple[RowAction, ...]:
        return actions_of(record.state)[: self.most_actions]

    def has_actions(self, index: Index) -> bool:
        raise NotImplementedError

    def draw(self, painter: QPainter, cell: QRectF, record: JobRecord, index: Index) -> None:
        raise NotImplementedError

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        record: JobRecord = index.data(Role.RECORD)
        colours = self._theme.palette
        cell = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or index.row() == self.hovered_row:
            painter.fillRect(cell, QColor(colours.chosen if chosen else colours.raised))
        if chosen and index.column() == 0:
            painter.fillRect(QRectF(cell.left(), cell.top(), 3, cell.height()), QColor(colours.accent))
        painter.fillRect(QRectF(cell.left(), cell.bottom() - 1, cell.width(), 1), QColor(colours.line))
        self.draw(painter, cell, record, index)
        if self.has_actions(index):
            hot = self._hot[1] if self._hot[0] == record.id else None
            draw_actions(painter, self.actions(record), cell, colours, hot)
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Clicks on the painted buttons. They are no editors, but this is where Qt hands a cell its mouse."""
        kind = event.type()
        moved = kind is QEvent.Type.MouseMove
        clicked = kind is QEvent.Type.MouseButtonRelease
        pressed = kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        if not (moved or clicked or pressed):
            return super().editorEvent(event, model, option, index)
        record: JobRecord = index.data(Role.RECORD)
        mouse = cast(QMouseEvent, event)
        hit = None
        if self.has_actions(index):
            hit = action_at(self.actions(record), QRectF(option.rect), mouse.position())
        self._hot = (record.id, hit)
        if clicked and hit is not None and mouse.button() is Qt.MouseButton.LeftButton:
            self.acted.emit(hit, record.id)
        return hit is not None

    def pointer_left(self) -> None:
        self._hot = ("", None)
        self.hovered_row = -1

    @property
    def over_button(self) -> bool:
        return self._hot[1] is not None


class JobDelegate(RowDelegate):
    """The cells of the queue's table; `table` is asked for the screen's scale."""

    def __init__(self, theme: Theme, table: QTableView, posters: Posters, pace: Pace) -> None:
        super().__init__(theme, table)
        self._table = table
        self._posters = posters
        self._pace = pace

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_PX)

    def has_actions(self, index: Index) -> bool:
        return index.column() == Column.ACTIONS

    def draw(self, painter: QPainter, cell: QRectF, record: JobRecord, index: Index) -> None:
        inside = cell.adjusted(_PAD, 0, -_PAD, 0)
        match index.column():
            case Column.FILM:
                self._draw_film(painter, inside, record)
            case Column.STATE:
                self._draw_state(painter, inside, record)
            case Column.PROGRESS if record.state is State.RUNNING:
                self._draw_progress(painter, inside, record)
            case Column.PROGRESS | Column.WORKER | Column.TIME | Column.ACTIONS if wording.remedy(record):
                painter.save()
                painter.setClipRect(cell)
                self._draw_reason(painter, self._room_for_words(record, index), record)
                painter.restore()
            case Column.PROGRESS:
                draw_line(painter, inside, wording.standing(record), font(SMALL_PX), self._theme.palette.second)
            case Column.WORKER | Column.TIME:
                said = row_words.words(record, Column(index.column()), self._pace)
                draw_line(painter, inside, said, font(SMALL_PX), self._theme.palette.second)

    def _draw_film(self, painter: QPainter, cell: QRectF, record: JobRecord) -> None:
        colours = self._theme.palette
        if not is_read(record):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.line))
            painter.drawRoundedRect(QRectF(cell.left() + _POSTER_PX + 10, cell.center().y() - 4, 120, 8), 4, 4)
            return
        self._draw_poster(painter, QRectF(cell.left() - 4, cell.top() + 3, _POSTER_PX, ROW_PX - 7), record)
        words = cell.adjusted(_POSTER_PX + 8, 0, 0, 0)
        name = QRectF(words.left(), cell.top() + 5, words.width(), 18)
        draw_line(painter, name, record.job.name, font(weight=QFont.Weight.Medium), colours.text)
        place = name.translated(0, 17)
        draw_line(painter, place, wording.origin(record), font(SMALL_PX - 1), colours.second)

    def _draw_poster(self, painter: QPainter, where: QRectF, record: JobRecord) -> None:
        """A frame of the film; before there is one, an empty place for it."""
        colours = self._theme.palette
        file = record.result.poster if record.result is not None else ""
        picture = self._posters.poster(file, ROW_PX - 7, self._table.devicePixelRatioF())
        shape = QPainterPath()
        shape.addRoundedRect(where, 3, 3)
        if picture is None:
            painter.fillPath(shape, QColor(colours.ground))
            draw_icon(painter, "film", QRectF(where.center().x() - 7, where.center().y() - 7, 14, 14), colours.faint)
            return
        painter.save()
        painter.setClipPath(shape)
        size = picture.deviceIndependentSize()
        painter.drawPixmap(QPointF(where.center().x() - size.width() / 2, where.top()), picture)
        painter.restore()

    def _draw_state(self, painter: QPainter, cell: QRectF, record: JobRecord) -> None:
        draw_state(painter, QRectF(cell.left(), cell.center().y() - 8, 16, 16), record.state, self._theme.palette)
        words = state_colours(self._theme.palette, record.state)[1]
        draw_line(painter, cell.adjusted(24, 0, 0, 0), wording.standing_word(record), font(), words)

    def _draw_progress(self, painter: QPainter, cell: QRectF, record: JobRecord) -> None:
        colours = self._theme.palette
        line = QRectF(cell.left(), cell.top() + 7, cell.width(), 18)
        draw_line(painter, line.adjusted(0, 0, -48, 0), wording.standing(record), font(SMALL_PX), colours.text)
        share = wording.percent(record.fraction)
        draw_line(painter, line, share, font(SMALL_PX), colours.second, RIGHT)
        bar = QRectF(cell.left(), cell.top() + 29, cell.width(), _BAR_PX)
        draw_bar(painter, bar, record.fraction, colours.accent, colours.line)

    def _room_for_words(self, record: JobRecord, index: Index) -> QRectF:
        """A reason may be long: from the start of the progress column to the first button."""
        first = self._table.visualRect(index.sibling(index.row(), Column.PROGRESS))
        last = self._table.visualRect(index.sibling(index.row(), Column.ACTIONS))
        buttons = width_of(self.actions(record))
        return QRectF(first.united(last)).adjusted(_PAD, 0, -max(_PAD, buttons), 0)

    def _draw_reason(self, painter: QPainter, cell: QRectF, record: JobRecord) -> None:
        colours = self._theme.palette
        line = QRectF(cell.left(), cell.top() + 5, cell.width(), 18)
        draw_line(painter, line, wording.standing(record), font(SMALL_PX), colours.text)
        draw_line(painter, line.translated(0, 17), wording.remedy(record), font(SMALL_PX - 1), colours.second)
