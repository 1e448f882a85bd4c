"""How the rows of the Failed page are painted, and where a click on one of their buttons lands."""

from __future__ import annotations

import time
from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from core.jobs.model import JobRecord, State
from gui.failed.model import CauseGroup, FailedRole
from gui.language import wording
from gui.language.ago import ago
from gui.look.drawing import RIGHT, draw_line, draw_state
from gui.look.icons import draw_icon
from gui.look.theme import SMALL_PX, Theme, font
from gui.widgets.painted_buttons import PaintedButton, button_at, buttons_width, draw_buttons

Index = QModelIndex | QPersistentModelIndex

ROW_PX = 56
RETRY, EDIT, DETAILS = "retry", "edit", "details"


def film_buttons() -> tuple[PaintedButton, ...]:
    translate = QCoreApplication.translate
    return (
        PaintedButton(DETAILS, "details", translate("FailedDelegate", "Details")),
        PaintedButton(EDIT, "edit", translate("FailedDelegate", "Edit text")),
        PaintedButton(RETRY, "retry", translate("FailedDelegate", "Try again")),
    )


def cause_buttons() -> tuple[PaintedButton, ...]:
    return (PaintedButton(RETRY, "retry", QCoreApplication.translate("FailedDelegate", "Try these again")),)


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
            said.append(QCoreApplication.translate("FailedDelegate", "%Ln attempt(s)", "", record.attempts))
        if record.ended_s:
            said.append(ago(record.ended_s, time.time()))
        return " · ".join(said)
