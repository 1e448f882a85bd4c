"""The list of what failed, by cause: a click opens a cause or shows what happened to a film."""

from __future__ import annotations

import time
from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from core.jobs.model import JobRecord, State
from gui import wording
from gui.ago import ago
from gui.drawing import RIGHT, draw_line, draw_state
from gui.failed_model import CauseGroup, FailedModel, FailedRole
from gui.icons import draw_icon
from gui.painted_buttons import PaintedButton, button_at, buttons_width, draw_buttons, placed_buttons
from gui.theme import SMALL_PX, Theme, font

Index = QModelIndex | QPersistentModelIndex

ROW_PX = 56
_REFRESH_MS = 30_000
_FEW = 50
RETRY, EDIT, DETAILS = "retry", "edit", "details"


def film_buttons() -> tuple[PaintedButton, ...]:
    translate = QCoreApplication.translate
    return (
        PaintedButton(DETAILS, "details", translate("FailedTree", "Details")),
        PaintedButton(EDIT, "edit", translate("FailedTree", "Edit text")),
        PaintedButton(RETRY, "retry", translate("FailedTree", "Try again")),
    )


def cause_buttons() -> tuple[PaintedButton, ...]:
    return (PaintedButton(RETRY, "retry", QCoreApplication.translate("FailedTree", "Try these again")),)


class FailedDelegate(QStyledItemDelegate):
    """Paints both kinds of rows; `acted` tells of a click on one of their buttons."""

    acted = Signal(str, object)  # the button's key, the row's index

    def __init__(self, theme: Theme, view: QTreeView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._hot: tuple[QPersistentModelIndex, str] = (QPersistentModelIndex(), "")

    @property
    def over_button(self) -> bool:
        return bool(self._hot[1])

    def pointer_left(self) -> None:
        self._hot = (QPersistentModelIndex(), "")

    def buttons(self, index: Index) -> tuple[PaintedButton, ...]:
        if index.data(FailedRole.CAUSE) is not None:
            return cause_buttons()
        return film_buttons() if self._view.viewport().width() > 620 else film_buttons()[-1:]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = self._theme.palette
        cell = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(cell, QColor(colours.chosen if chosen else colours.raised))
        if chosen:
            painter.fillRect(QRectF(cell.left(), cell.top(), 3, cell.height()), QColor(colours.accent))
        painter.fillRect(QRectF(cell.left(), cell.bottom() - 1, cell.width(), 1), QColor(colours.line))
        buttons = self.buttons(index)
        room = cell.adjusted(0, 0, -buttons_width(buttons) - 8, 0)
        group: CauseGroup | None = index.data(FailedRole.CAUSE)
        if group is not None:
            self._draw_cause(painter, room, group, self._view.isExpanded(self._view.model().index(index.row(), 0)))
        else:
            self._draw_film(painter, room, index.data(FailedRole.RECORD))
        draw_buttons(painter, buttons, cell, colours, self._hot[1] if self._hot[0] == index else "")
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        kind = event.type()
        if kind not in (
            QEvent.Type.MouseMove,
            QEvent.Type.MouseButtonPress,
            QEvent.Type.MouseButtonDblClick,
            QEvent.Type.MouseButtonRelease,
        ):
            return super().editorEvent(event, model, option, index)
        mouse = cast(QMouseEvent, event)
        hit = button_at(self.buttons(index), QRectF(option.rect), mouse.position())
        self._hot = (QPersistentModelIndex(index), hit)
        if kind is QEvent.Type.MouseButtonRelease and hit and mouse.button() is Qt.MouseButton.LeftButton:
            self.acted.emit(hit, index)
        return bool(hit)

    def _draw_cause(self, painter: QPainter, cell: QRectF, group: CauseGroup, is_open: bool) -> None:
        colours = self._theme.palette
        chevron = QRectF(cell.left() + 14, cell.center().y() - 8, 16, 16)
        draw_icon(painter, "chevron-down" if is_open else "chevron-right", chevron, colours.second)
        left = cell.left() + 42
        typeface = font(weight=QFont.Weight.DemiBold)
        painter.setFont(typeface)
        count = wording.number(len(group.records))
        width = max(28.0, painter.fontMetrics().horizontalAdvance(count) + 16.0)
        badge = QRectF(left, cell.center().y() - 12, width, 24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.badge))
        painter.drawRoundedRect(badge, 12, 12)
        painter.setPen(QColor(colours.on_badge))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, count)
        words = QRectF(left + width + 12, cell.top() + 9, cell.right() - left - width - 12, 20)
        newest = group.newest
        when = ago(newest.ended_s, time.time())
        painter.setFont(font(SMALL_PX))
        past = painter.fontMetrics().horizontalAdvance(when) + 12.0
        draw_line(painter, words, when, font(SMALL_PX), colours.second, RIGHT)
        if newest.failure is not None:
            what = wording.sentence(newest.failure.what)
            draw_line(painter, words.adjusted(0, 0, -past, 0), what, typeface, colours.text)
            draw_line(painter, words.translated(0, 19), wording.sentence(newest.failure.remedy), font(), colours.second)

    def _draw_film(self, painter: QPainter, cell: QRectF, record: JobRecord) -> None:
        colours = self._theme.palette
        draw_state(painter, QRectF(cell.left() + 46, cell.center().y() - 8, 16, 16), State.FAILED, colours)
        line = QRectF(cell.left() + 74, cell.top() + 9, cell.width() - 74, 20)
        draw_line(painter, line, record.job.name, font(weight=QFont.Weight.Medium), colours.text)
        draw_line(painter, line.translated(0, 19), self._circumstances(record), font(SMALL_PX), colours.second)

    def _circumstances(self, record: JobRecord) -> str:
        """Where it comes from, how often it was tried, at what it failed, when."""
        said = [wording.origin(record)]
        if record.failure is not None and record.failure.stage:
            said.append(wording.stage_word(record.failure.stage))
        if record.attempts > 1:
            said.append(QCoreApplication.translate("FailedTree", "%Ln attempt(s)", "", record.attempts))
        if record.ended_s:
            said.append(ago(record.ended_s, time.time()))
        return " · ".join(said)


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
