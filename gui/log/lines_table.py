"""The log's table. At its end it follows what is written; scrolled up it stays where one reads."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelection, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from core.logs.lines import LogLine
from gui.log.line_delegate import ROW_PX, LineDelegate
from gui.log.lines_model import Column, LinesModel
from gui.look.theme import Theme

_WIDTHS = {Column.WHEN: 112, Column.LEVEL: 116, Column.FILM: 160}


class LinesTable(QTableView):
    chosen_changed = Signal()
    follows_changed = Signal(bool)
    menu_wanted = Signal(QPoint)  # on the screen

    def __init__(self, model: LinesModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = model
        self._follows = True
        self.setModel(model)
        self.setItemDelegate(LineDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMinimumHeight(4 * ROW_PX)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.menu_wanted.emit(self.viewport().mapToGlobal(at)))
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setMinimumSectionSize(ROW_PX)
        rows.setDefaultSectionSize(ROW_PX)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setFixedHeight(32)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(64)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        columns.setSectionResizeMode(Column.WHAT, QHeaderView.ResizeMode.Stretch)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().rangeChanged.connect(lambda *_: self._stay_at_end())
        theme.changed.connect(self.viewport().update)

    @property
    def follows(self) -> bool:
        return self._follows

    def follow(self) -> None:
        """To the newest line, and on with it."""
        self._set_follows(True)
        self._stay_at_end()

    def add(self, lines: Sequence[LogLine]) -> None:
        """Who reads further up keeps his place, also when rows in front go for new ones.

        Qt would not: it goes to where the current row moves when that is among those that go.
        """
        follows, bar = self._follows, self.verticalScrollBar()
        place = bar.value()
        went = self._lines.add(lines)
        if follows:
            self.follow()
        elif went:
            bar.setValue(max(0, place - went * ROW_PX))

    def chosen(self) -> list[LogLine]:
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [line for row in rows if (line := self._lines.line(row)) is not None]

    def selectionChanged(self, now: QItemSelection, before: QItemSelection) -> None:
        super().selectionChanged(now, before)
        self.chosen_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_End:
            self.follow()
        elif event.key() == Qt.Key.Key_Home:
            self.scrollToTop()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._lines.retranslate()
        super().changeEvent(event)

    def _scrolled(self, value: int) -> None:
        self._set_follows(value >= self.verticalScrollBar().maximum())

    def _stay_at_end(self) -> None:
        if self._follows:
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum())

    def _set_follows(self, on: bool) -> None:
        if on != self._follows:
            self._follows = on
            self.follows_changed.emit(on)
