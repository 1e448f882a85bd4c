"""The queue's table: rows of 44 px, whole rows selected, buttons at their end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from core.jobs.model import JobRecord, State
from gui.job_delegate import ROW_PX, JobDelegate
from gui.job_filter import JobFilter
from gui.jobs_model import Column, Role
from gui.row_actions import RowAction, actions_of, width_of
from gui.theme import Theme

_MANY = 500
_ROOMY = 720  # pixels: room for two buttons beside the words


class JobTable(QTableView):
    acted = Signal(object, str)  # RowAction, job id
    chosen_changed = Signal()

    def __init__(self, rows: JobFilter, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = JobDelegate(theme, self)
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
        self._film_dragged = False
        self._sharing = False
        self._lay_out_columns()
        self.selectionModel().selectionChanged.connect(self.chosen_changed)
        self.doubleClicked.connect(self._double_clicked)
        theme.changed.connect(self.viewport().update)
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
        across.setMinimumSectionSize(120)
        across.sectionResized.connect(self._column_resized)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        across.setSectionResizeMode(Column.PROGRESS, QHeaderView.ResizeMode.Stretch)
        across.setSectionResizeMode(Column.ACTIONS, QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(Column.STATE, 144)

    def chosen(self) -> list[JobRecord]:
        """The records of the selected rows, from top to bottom."""
        rows = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return [index.data(Role.RECORD) for index in rows]

    def chosen_states(self) -> frozenset[State]:
        """What states the selected rows are in; of a very large selection all that it may be."""
        chosen = self.selectionModel().selection()
        if sum(part.height() for part in chosen.toList()) > _MANY:
            return frozenset(State)
        return frozenset(record.state for record in self.chosen())

    def choose(self, job_id: str) -> None:
        """Selects the row of a job and scrolls to it."""
        model = self.model()
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            if index.data(Role.RECORD).id == job_id:
                flags = QItemSelectionModel.SelectionFlag
                self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
                self.scrollTo(index)
                return

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._delegate.hovered_row = self.indexAt(event.position().toPoint()).row()
        shape = Qt.CursorShape.PointingHandCursor if self._delegate.over_button else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self._delegate.pointer_left()
        self.viewport().update()
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _double_clicked(self, index: QModelIndex) -> None:
        record: JobRecord = index.data(Role.RECORD)
        if RowAction.OPEN_FILM in actions_of(record.state) and not self._delegate.over_button:
            self.acted.emit(RowAction.OPEN_FILM, record.id)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Films in the queue"))
        self._share_width()

    def _share_width(self) -> None:
        """In a narrow window the names get less room, and the rows only their first button."""
        width = self.viewport().width()
        self._delegate.most_actions = 2 if width >= _ROOMY else 1
        both = (RowAction.OPEN_FILM, RowAction.OPEN_FOLDER)
        self.setColumnWidth(Column.ACTIONS, width_of(both[: self._delegate.most_actions]))
        if not self._film_dragged:
            self._sharing = True
            self.setColumnWidth(Column.FILM, min(320, max(160, width // 4)))
            self._sharing = False

    def _column_resized(self, column: int) -> None:
        """Once the operator has chosen a width, it stays."""
        if column == Column.FILM and not self._sharing:
            self._film_dragged = True
