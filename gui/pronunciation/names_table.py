"""The table of names: up and down go through them, Space hears one, typing respells it, Enter keeps that."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from core.desk.pronunciation import SpokenName
from gui.look.theme import Theme
from gui.pronunciation.name_delegate import ROW_PX, NameDelegate
from gui.pronunciation.names_model import Column, NamesModel

Index = QModelIndex | QPersistentModelIndex

_HEAR_PX, _WHY_PX = 48, 248
_TRIGGER = QAbstractItemView.EditTrigger


class NamesTable(QTableView):
    hear_wanted = Signal(object, str)  # SpokenName, what is to be heard
    chosen_changed = Signal()

    def __init__(self, model: NamesModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = model
        self._delegate = NameDelegate(theme, self)
        self._delegate.draft_wanted.connect(self._hear_draft)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(_TRIGGER.AnyKeyPressed | _TRIGGER.EditKeyPressed | _TRIGGER.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setDefaultSectionSize(ROW_PX)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setFixedHeight(32)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        columns.setSectionResizeMode(Column.HEAR, QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(Column.WHY, QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(Column.HEAR, _HEAR_PX)
        self.setColumnWidth(Column.WHY, _WHY_PX)
        self.clicked.connect(self._clicked)
        theme.changed.connect(self.viewport().update)

    def chosen(self) -> SpokenName | None:
        return self._names.name(self.currentIndex().row())

    def choose(self, row: int) -> None:
        """Its cell that can be typed into, so that typing respells it."""
        self.setCurrentIndex(self._names.index(row, Column.SAID))

    def edit_chosen(self) -> None:
        self.edit(self._names.index(self.currentIndex().row(), Column.SAID))

    def show_sounding(self, name: SpokenName | None) -> None:
        """The name that is heard; None: none is any more."""
        rows = [row for row, one in enumerate(self._names.names()) if name is not None and _same(one, name)]
        self._delegate.sounding = rows[0] if rows else -1
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A field passes on what it does not take, so this is also asked while one types.
        typing = self.state() is QAbstractItemView.State.EditingState
        if event.key() == Qt.Key.Key_Space and not typing:
            self._hear(self.currentIndex().row())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not typing:
            self.edit_chosen()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not typing:
            event.accept()  # rows, not cells, are gone through
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not typing:
            self.choose(0 if event.key() == Qt.Key.Key_Home else self._names.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def selectionChanged(self, now: QItemSelection, before: QItemSelection) -> None:
        super().selectionChanged(now, before)
        self.chosen_changed.emit()

    def currentChanged(self, now: Index, before: Index) -> None:
        super().currentChanged(now, before)
        if now.isValid() and now.column() != Column.SAID:
            self.choose(now.row())

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == Column.HEAR:
            self._hear(index.row())

    def _hear(self, row: int) -> None:
        if (name := self._names.name(row)) is not None:
            self.hear_wanted.emit(name, name.said)

    def _hear_draft(self, text: str) -> None:
        if (name := self.chosen()) is not None:
            self.hear_wanted.emit(name, text)


def _same(one: SpokenName, other: SpokenName) -> bool:
    return (one.name, one.language) == (other.name, other.language)
