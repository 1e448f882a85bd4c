"""The films that wait to be looked at: poster, name, where they come from."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from core.jobs.model import JobRecord
from gui.language import wording
from gui.look.drawing import draw_line
from gui.look.theme import SMALL_PX, Theme, font
from gui.player.posters import Posters
from gui.queue.records_in import RecordsIn, order_of

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROW_PX = 68
_POSTER_PX = 52
RECORD = Qt.ItemDataRole.UserRole + 1


class ReviewModel(QAbstractListModel):
    """In the order the jobs were submitted; changed row by row."""

    def __init__(self, records: RecordsIn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[JobRecord] = []
        records.changed.connect(self._follow)
        self._follow(records.records(), set())

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        record = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{record.job.name}, {wording.origin(record)}"
        return record if role == RECORD else None

    def row_of(self, job_id: str) -> int:
        """-1 if it is not in review (any more)."""
        return next((row for row, record in enumerate(self._rows) if record.id == job_id), -1)

    def record_at(self, row: int) -> JobRecord:
        return self._rows[row]

    def _follow(self, there: list[JobRecord], gone: set[str]) -> None:
        for row in reversed(range(len(self._rows))):
            if self._rows[row].id in gone:
                self.beginRemoveRows(_NOWHERE, row, row)
                del self._rows[row]
                self.endRemoveRows()
        known = {record.id: row for row, record in enumerate(self._rows)}
        for record in there:
            if (at := known.get(record.id)) is not None:
                self._rows[at] = record
                self.dataChanged.emit(self.index(at), self.index(at))
        for record in (one for one in there if one.id not in known):
            row = bisect_left(self._rows, order_of(record), key=order_of)
            self.beginInsertRows(_NOWHERE, row, row)
            self._rows.insert(row, record)
            self.endInsertRows()


class ReviewDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, posters: Posters, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._posters = posters
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, _ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = self._theme.palette
        record: JobRecord = index.data(RECORD)
        cell = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(cell, QColor(colours.chosen if chosen else colours.raised))
        if chosen:
            painter.fillRect(QRectF(cell.left(), cell.top(), 3, cell.height()), QColor(colours.accent))
        painter.fillRect(QRectF(cell.left(), cell.bottom() - 1, cell.width(), 1), QColor(colours.line))
        place = QRectF(cell.left() + 14, cell.center().y() - _POSTER_PX / 2, _POSTER_PX * 9 / 16, _POSTER_PX)
        self._draw_poster(painter, place, record)
        line = QRectF(place.right() + 12, cell.center().y() - 19, cell.right() - place.right() - 20, 19)
        draw_line(painter, line, record.job.name, font(weight=QFont.Weight.Medium), colours.text)
        place_words = wording.origin(record)
        middle = Qt.TextElideMode.ElideMiddle  # the row's number is what one looks for
        draw_line(painter, line.translated(0, 19), place_words, font(SMALL_PX - 1), colours.second, cut=middle)
        painter.restore()

    def _draw_poster(self, painter: QPainter, place: QRectF, record: JobRecord) -> None:
        outline = QPainterPath()
        outline.addRoundedRect(place, 4, 4)
        painter.fillPath(outline, QColor(self._theme.palette.line))
        poster = record.result.poster if record.result is not None else ""
        picture = self._posters.poster(poster, _POSTER_PX, self._view.devicePixelRatioF())
        if picture is not None:
            painter.save()
            painter.setClipPath(outline)
            painter.drawPixmap(place, picture, QRectF(picture.rect()))
            painter.restore()


class ReviewList(QListView):
    def __init__(self, model: ReviewModel, theme: Theme, posters: Posters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(ReviewDelegate(theme, posters, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        posters.changed.connect(self.viewport().update)
        theme.changed.connect(self.viewport().update)
