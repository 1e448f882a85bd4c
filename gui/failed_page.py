"""What could not be made, each with its reason and what to do, to be tried again from here."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStackedWidget,
    QStyleOptionViewItem,
    QWidget,
)

from core.jobs.model import JobRecord, State
from gui import wording
from gui.actions import Actions
from gui.drawing import draw_line, draw_state
from gui.empty_place import Drawing, EmptyPlace
from gui.job_delegate import RowDelegate
from gui.job_filter import JobFilter
from gui.jobs_model import JobsModel, Role
from gui.page import PageFrame
from gui.row_actions import RowAction, actions_of, width_of
from gui.theme import SMALL_PX, Theme, font

_ROW_PX = 84


class FailedDelegate(RowDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, _ROW_PX)

    def has_actions(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        return True

    def draw(
        self,
        painter: QPainter,
        cell: QRectF,
        record: JobRecord,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours = self._theme.palette
        draw_state(painter, QRectF(cell.left() + 16, cell.top() + 14, 18, 18), State.FAILED, colours)
        right = width_of(actions_of(record.state)) + 16
        line = QRectF(cell.left() + 48, cell.top() + 11, cell.width() - 48 - right, 20)
        name = font(14, QFont.Weight.DemiBold)
        draw_line(painter, line, record.job.name, name, colours.text)
        painter.setFont(name)
        past = min(painter.fontMetrics().horizontalAdvance(record.job.name) + 12.0, line.width() / 2)
        draw_line(
            painter,
            line.adjusted(past, 1, 0, 1),
            wording.origin(record),
            font(SMALL_PX),
            colours.second,
        )
        if record.failure is not None:
            what = wording.sentence(record.failure.what)
            draw_line(painter, line.translated(0, 22), what, font(), colours.failed_text)
            remedy = wording.sentence(record.failure.remedy)
            draw_line(painter, line.translated(0, 42), remedy, font(), colours.second)


class FailedList(QListView):
    acted = Signal(object, str)  # RowAction, job id

    def __init__(self, rows: JobFilter, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = FailedDelegate(theme, self)
        self._delegate.acted.connect(self.acted)
        self.setItemDelegate(self._delegate)
        self.setModel(rows)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        theme.changed.connect(self.viewport().update)

    def chosen(self) -> list[JobRecord]:
        return [index.data(Role.RECORD) for index in self.selectionModel().selectedIndexes()]

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


class FailedPage(PageFrame):
    retry_wanted = Signal(object)  # list[str]: job ids

    def __init__(self, jobs: JobsModel, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self._actions = actions
        self._rows = JobFilter(jobs, frozenset({State.FAILED}))
        self.list = FailedList(self._rows, theme)
        self.list.acted.connect(self._acted)
        self._buttons = [self.add_action(actions.retry), self.add_action(actions.retry_all)]
        self._empty = EmptyPlace(Drawing("empty-failed", QSize(280, 168), theme), theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        self.body.addWidget(self._stack, 1)
        self.list.selectionModel().selectionChanged.connect(self._enable)
        for changed in (self._rows.rowsInserted, self._rows.rowsRemoved):
            changed.connect(self._enable)
        self._enable()
        self._retranslate()

    def take_focus(self) -> None:
        self.list.setFocus()

    def chosen(self) -> list[JobRecord]:
        return self.list.chosen()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _acted(self, action: RowAction, job_id: str) -> None:
        if action is RowAction.RETRY:
            self.retry_wanted.emit([job_id])

    def _enable(self) -> None:
        some = self._rows.rowCount() > 0
        self._stack.setCurrentIndex(1 if some else 0)
        self._actions.retry.setEnabled(self.list.selectionModel().hasSelection())
        self._actions.retry_all.setEnabled(some)
        for button in self._buttons:
            button.setVisible(some)

    def _retranslate(self) -> None:
        self.say_title(self.tr("Failed"))
        self.list.setAccessibleName(self.tr("Films that failed"))
        self._empty.say(
            self.tr("Nothing failed"),
            self.tr("A film that can't be made comes here, with the reason and what to do about it."),
        )
