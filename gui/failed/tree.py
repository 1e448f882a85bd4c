"""The list of what failed, by cause: a click opens a cause or shows what happened to a film."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTreeView,
    QWidget,
)

from core.jobs.model import JobRecord
from gui.failed.delegate import DETAILS, FailedDelegate
from gui.failed.model import FailedModel, FailedRole
from gui.look.theme import Theme
from gui.widgets.painted_buttons import placed_buttons

Index = QModelIndex | QPersistentModelIndex

_REFRESH_MS = 30_000
_FEW = 50


class FailedTree(QTreeView):
    acted = Signal(str, object)  # RETRY, EDIT or DETAILS; list[JobRecord]
    chosen_changed = Signal()

    def __init__(self, model: FailedModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._failed = model
        self._delegate = FailedDelegate(theme, self)
        self._delegate.acted.connect(self._button_clicked)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._open_before: set[int] = set()
        self._chosen_before: list[str] = []
        self._chosen_causes: set[int] = set()
        model.rowsInserted.connect(self._open_a_lonely_cause)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        theme.changed.connect(self.viewport().update)
        self._refresh = QTimer(self)
        self._refresh.timeout.connect(self.viewport().update)
        self._refresh.start(_REFRESH_MS)
        self._open_a_lonely_cause()

    def chosen(self) -> list[JobRecord]:
        """The selected films, each once; of a selected cause all."""
        found: dict[str, JobRecord] = {}
        for part in self.selectionModel().selection().toList():
            some = self._failed.records_in(part.parent(), part.top(), part.bottom())
            found |= {record.id: record for record in some}
        return list(found.values())

    def chosen_one(self) -> bool:
        """Whether just one film is selected; cheap, however many are."""
        parts = self.selectionModel().selection().toList()
        if len(parts) != 1 or parts[0].height() != 1:
            return False
        return len(self._failed.records_in(parts[0].parent(), parts[0].top(), parts[0].bottom())) == 1

    def button_rect(self, index: QModelIndex, key: str) -> QRect:
        """Where one of a row's painted buttons is, in the viewport."""
        placed = placed_buttons(self._delegate.buttons(index), QRectF(self.visualRect(index)))
        return next(where.toRect() for button, where in placed if button.key == key)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.button() is Qt.MouseButton.LeftButton and index.isValid() and not self._delegate.over_button:
            self._open_or_close(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.data(FailedRole.RECORD) is not None and not self._delegate.over_button:
            self.acted.emit(DETAILS, [index.data(FailedRole.RECORD)])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not self.indexAt(event.position().toPoint()).isValid():
            self._delegate.pointer_left()
        shape = Qt.CursorShape.PointingHandCursor if self._delegate.over_button else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self._delegate.pointer_left()
        self.viewport().update()
        super().leaveEvent(event)

    def _remember(self) -> None:
        tops = [self._failed.index(row, 0) for row in range(self._failed.rowCount())]
        self._open_before = {top.data(FailedRole.CAUSE).number for top in tops if self.isExpanded(top)}
        chosen = self.selectionModel().selection().toList()
        few = sum(part.height() for part in chosen) <= _FEW
        indexes = self.selectionModel().selectedIndexes() if few else []
        causes = [index.data(FailedRole.CAUSE) for index in indexes]
        films = [index.data(FailedRole.RECORD) for index in indexes]
        self._chosen_before = [film.id for film in films if film is not None]
        self._chosen_causes = {cause.number for cause in causes if cause is not None}

    def _restore(self) -> None:
        """What was open, and what was selected unless that was very much."""
        again = []
        for row, group in enumerate(self._failed.groups()):
            top = self._failed.index(row, 0)
            self.setExpanded(top, group.number in self._open_before)
            again += [top] if group.number in self._chosen_causes else []
        self._open_a_lonely_cause()
        again += [self._failed.index_of_record(job_id) for job_id in self._chosen_before]
        flags = QItemSelectionModel.SelectionFlag
        for number, index in enumerate(index for index in again if index.isValid()):
            if number == 0:
                self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)
            else:
                self.selectionModel().select(index, flags.Select)
        self.chosen_changed.emit()

    def _open_or_close(self, index: QModelIndex) -> None:
        if index.data(FailedRole.CAUSE) is not None:
            self.setExpanded(index, not self.isExpanded(index))

    def _button_clicked(self, key: str, index: Index) -> None:
        self.acted.emit(key, self._failed.records_in(index.parent(), index.row(), index.row()))

    def _open_a_lonely_cause(self, *_: object) -> None:
        """A single cause is open from the start: there is nothing to choose."""
        if self._failed.rowCount() == 1:
            self.setExpanded(self._failed.index(0, 0), True)
