"""The queue's table: rows of 44 px, whole rows selected, buttons at their end, rows that can be dragged."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from core.jobs.model import JobRecord, State
from gui.look.theme import Theme
from gui.player.posters import Posters
from gui.queue.columns import Column, Role
from gui.queue.job_delegate import ROW_PX, JobDelegate
from gui.queue.job_dragging import JOBS_MIME
from gui.queue.job_rows import JobRows
from gui.queue.pace import Pace
from gui.queue.row_actions import RowAction, actions_of, width_of

_MANY = 500
_ROOMY = 860  # pixels: room for two buttons, and for where and how long
_WIDTHS = {Column.FILM: 240, Column.STATE: 136, Column.WORKER: 128, Column.TIME: 104}


class JobTable(QTableView):
    acted = Signal(object, str)  # RowAction, job id
    chosen_changed = Signal()
    menu_wanted = Signal(QPoint)  # on the screen

    def __init__(
        self, rows: JobRows, theme: Theme, posters: Posters, pace: Pace, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = rows
        self._delegate = JobDelegate(theme, self, posters, pace)
        self._delegate.acted.connect(self.acted)
        self.setItemDelegate(self._delegate)
        self.setModel(rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # So that scrolling moves what is painted, and paints only what comes into sight.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(False)
        self._drop_line = -1
        self._widths_set = False  # by the operator: then they stay
        self._sharing = True
        self._kept: tuple[list[str], str] = ([], "")
        self._lay_out_columns()
        rows.modelAboutToBeReset.connect(self._keep_chosen)
        rows.modelReset.connect(self._choose_kept)
        self.selectionModel().selectionChanged.connect(self.chosen_changed)
        self.doubleClicked.connect(self._double_clicked)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.menu_wanted.emit(self.viewport().mapToGlobal(at)))
        theme.changed.connect(self.viewport().update)
        posters.changed.connect(self.viewport().update)
        self._retranslate()

    def _lay_out_columns(self) -> None:
        down = self.verticalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(ROW_PX)
        across = self.horizontalHeader()
        across.setFixedHeight(32)
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setMinimumSectionSize(88)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        across.setSectionResizeMode(Column.PROGRESS, QHeaderView.ResizeMode.Stretch)
        across.setSectionResizeMode(Column.ACTIONS, QHeaderView.ResizeMode.Fixed)
        across.setSectionsClickable(True)
        across.setSortIndicatorShown(True)
        across.setSortIndicatorClearable(True)
        across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        across.sortIndicatorChanged.connect(self._sort)
        across.sectionResized.connect(self._column_resized)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        self._sharing = False

    # What is chosen

    def chosen(self) -> list[JobRecord]:
        """The records of the selected rows, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._rows.record_at(row) for row in rows]

    def chosen_count(self) -> int:
        return sum(part.height() for part in self.selectionModel().selection().toList())

    def chosen_states(self) -> frozenset[State]:
        """What states the selected rows are in; of a very large selection all that it may be."""
        if self.chosen_count() > _MANY:
            return frozenset(State)
        return frozenset(record.state for record in self.chosen())

    def choose(self, job_id: str) -> None:
        """Selects the row of a job and scrolls to it."""
        row = self._rows.row_of(job_id)
        if row >= 0:
            index = self._rows.index(row, 0)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def rows_in_sight(self) -> range:
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        return range(first, (last if last >= 0 else self._rows.rowCount() - 1) + 1)

    def _keep_chosen(self) -> None:
        current = self.currentIndex()
        self._kept = (
            [record.id for record in self.chosen()],
            self._rows.record_at(current.row()).id if current.isValid() else "",
        )

    def _choose_kept(self) -> None:
        """What was selected and is still to be seen is selected again."""
        ids, current = self._kept
        self._kept = ([], "")
        rows = sorted(row for job_id in ids if (row := self._rows.row_of(job_id)) >= 0)
        chosen = QItemSelection()
        last = len(Column) - 1
        start = 0
        for end in range(1, len(rows) + 1):
            if end == len(rows) or rows[end] != rows[end - 1] + 1:
                chosen.select(self._rows.index(rows[start], 0), self._rows.index(rows[end - 1], last))
                start = end
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(chosen, flags.ClearAndSelect)
        row = self._rows.row_of(current) if current else -1
        if row >= 0:
            self.selectionModel().setCurrentIndex(self._rows.index(row, 0), flags.NoUpdate)
        self.chosen_changed.emit()

    # The mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        before = self._delegate.hovered_row
        self._delegate.hovered_row = self.indexAt(event.position().toPoint()).row()
        shape = Qt.CursorShape.PointingHandCursor if self._delegate.over_button else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self._update_rows(before, self._delegate.hovered_row)

    def leaveEvent(self, event: QEvent) -> None:
        before = self._delegate.hovered_row
        self._delegate.pointer_left()
        self._update_rows(before)
        super().leaveEvent(event)

    def _update_rows(self, *rows: int) -> None:
        """These alone: painting all of them at each move of the mouse would take most of the time there is."""
        for row in set(rows):
            if row >= 0:
                self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), ROW_PX)

    def _double_clicked(self, index: QModelIndex) -> None:
        record: JobRecord = index.data(Role.RECORD)
        if RowAction.OPEN_FILM in actions_of(record.state) and not self._delegate.over_button:
            self.acted.emit(RowAction.OPEN_FILM, record.id)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._heed_drag(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls at the edges
        self._heed_drag(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_drop_line(-1)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        row = self._row_under(event)
        self._show_drop_line(-1)
        if event.source() is self and event.mimeData().hasFormat(JOBS_MIME):
            self._rows.dropMimeData(event.mimeData(), event.dropAction(), row, 0, QModelIndex())
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def _heed_drag(self, event: QDragMoveEvent) -> None:
        """Rows of its own may go elsewhere in the queue; files are the window's business."""
        if event.source() is self and event.mimeData().hasFormat(JOBS_MIME):
            self._show_drop_line(self._row_under(event))
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def _row_under(self, event: QDropEvent) -> int:
        """The row before which the drop would go: the one after where the pointer is in a row's lower half."""
        at = event.position().toPoint()
        row = self.rowAt(at.y())
        if row < 0:
            return self._rows.rowCount()
        return row + (at.y() - self.rowViewportPosition(row) > ROW_PX // 2)

    def _show_drop_line(self, row: int) -> None:
        if row != self._drop_line:
            self._drop_line = row
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = QPainter(self.viewport())
        ground.fillRect(event.rect(), QColor(self._theme.palette.panel))
        ground.end()
        super().paintEvent(event)
        if self._drop_line >= 0:
            last = self._rows.rowCount() - 1
            below = self._drop_line > last
            y = self.rowViewportPosition(min(self._drop_line, last)) + (ROW_PX if below else 0)
            painter = QPainter(self.viewport())
            painter.fillRect(0, max(0, y - 2), self.viewport().width(), 3, QColor(self._theme.palette.accent))

    # Columns

    def layout_state(self) -> QByteArray:
        """The widths and the order, to be remembered."""
        return self.horizontalHeader().saveState()

    def restore_layout(self, state: QByteArray) -> None:
        if not state.isEmpty() and self.horizontalHeader().restoreState(state):
            self._widths_set = True
            across = self.horizontalHeader()
            across.setSectionResizeMode(Column.PROGRESS, QHeaderView.ResizeMode.Stretch)
            across.setSectionResizeMode(Column.ACTIONS, QHeaderView.ResizeMode.Fixed)
            self._rows.sort(across.sortIndicatorSection(), across.sortIndicatorOrder())
        self._share_width()

    def sort_by_queue(self) -> None:
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Films in the queue"))
        self._share_width()

    def _share_width(self) -> None:
        """In a narrow window the rows have only their first button, and where and how long are left out."""
        width = self.viewport().width()
        roomy = width >= _ROOMY
        self._delegate.most_actions = 2 if roomy else 1
        both = (RowAction.OPEN_FILM, RowAction.OPEN_FOLDER)
        self.setColumnWidth(Column.ACTIONS, width_of(both[: self._delegate.most_actions]))
        self.setColumnHidden(Column.WORKER, width < _ROOMY + 160)
        self.setColumnHidden(Column.TIME, not roomy)
        if not self._widths_set:
            self._sharing = True
            self.setColumnWidth(Column.FILM, min(320, max(170, width // 4)))
            self._sharing = False

    def _column_resized(self, column: int) -> None:
        if column == Column.FILM and not self._sharing:
            self._widths_set = True

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        if column == Column.ACTIONS:
            self.sort_by_queue()
        else:
            self._rows.sort(column, order)
