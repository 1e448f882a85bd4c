"""The rows that were refused or want a look, one below the other: where, what, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from core.intake.model import Accepted, Notice, Problem
from gui.language import wording
from gui.look.icons import draw_icon
from gui.look.theme import SMALL_PX, Theme, font

_NOWHERE = QModelIndex()
_ENTRY = Qt.ItemDataRole.UserRole + 1
_LEFT = 44
_PAD = 12
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Entry:
    """`icon` says whether it was refused, wants a look or is only told."""

    icon: str
    where: str
    what: str
    remedy: str


def refused(problem: Problem) -> Entry:
    return _entry("refused", problem)


def warned(problem: Problem) -> Entry:
    return _entry("warning", problem)


def told(notice: Notice) -> Entry:
    return Entry("info", notice.file.name, wording.sentence(notice.what), "")


def accepted(row: Accepted) -> Entry:
    """A row with its film's name, so that the operator sees what will be made."""
    film = Path(row.job.output).name
    return Entry("accepted", "", row.job.name, f"{_place(row.file, row.job.sheet, row.job.row)} → {film}")


def _entry(icon: str, problem: Problem) -> Entry:
    place = _place(problem.file, problem.sheet, problem.row)
    if problem.place:
        column = QCoreApplication.translate("ProblemList", "column {field}").format(field=problem.place)
        place = f"{place} · {column}"
    return Entry(icon, place, wording.sentence(problem.what), wording.sentence(problem.remedy))


def _place(file: Path, sheet: str, row: int) -> str:
    parts = [file.name]
    if sheet:
        parts.append(sheet)
    if row:
        parts.append(QCoreApplication.translate("ProblemList", "row {row}").format(row=row))
    return " · ".join(parts)


class _Entries(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []

    def show(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self._entries = list(entries)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self._entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(filter(None, (f"{entry.where}:" if entry.where else "", entry.what, entry.remedy)))
        return entry if role == _ENTRY else None


class _EntryDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        width = self._view.viewport().width()
        return QSize(width, self._lines(index.data(_ENTRY), width)[-1][1].bottom() + _PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: Entry = index.data(_ENTRY)
        colours = self._theme.palette
        tint = {
            "refused": colours.failed_text,
            "warning": colours.waiting_text,
            "info": colours.info_text,
            "accepted": colours.done_text,
        }
        painter.save()
        painter.translate(option.rect.topLeft())
        draw_icon(painter, entry.icon, QRectF(14, _PAD, 18, 18), tint[entry.icon])
        for text, box, typeface in self._lines(entry, option.rect.width()):
            painter.setFont(typeface)
            painter.setPen(QColor(colours.text if text is entry.what else colours.second))
            painter.drawText(box, _WRAP, text)
        rule = QRect(_PAD, option.rect.height() - 1, option.rect.width() - 2 * _PAD, 1)
        painter.fillRect(rule, QColor(colours.line))
        painter.restore()

    def _lines(self, entry: Entry, width: int) -> list[tuple[str, QRect, QFont]]:
        """Each text with its place below the one before."""
        top = _PAD
        found = []
        for text, typeface in (
            (entry.where, font(SMALL_PX)),
            (entry.what, font(weight=QFont.Weight.Medium)),
            (entry.remedy, font()),
        ):
            if text:
                room = QRect(_LEFT, top, width - _LEFT - _PAD, 10_000)
                box = QFontMetrics(typeface).boundingRect(room, _WRAP, text)
                box.setWidth(room.width())
                found.append((text, box, typeface))
                top = box.bottom() + 3
        return found


class ProblemList(QListView):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = _Entries()
        self.setModel(self._entries)
        self.setItemDelegate(_EntryDelegate(theme, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self.viewport().update)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self._entries.show(entries)
        self.scrollToTop()

    def lines(self) -> list[str]:
        rows = range(self._entries.rowCount())
        return [str(self._entries.index(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in rows]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
