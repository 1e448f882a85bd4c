"""What can be done with a job from its row, drawn as quiet buttons at the row's right end."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from core.jobs.model import State
from gui.look.icons import draw_icon
from gui.look.palette import Palette
from gui.look.theme import SMALL_PX, font

_HEIGHT = 28
_ICON = 16
_GAP = 4
_PAD = 10


class RowAction(Enum):
    OPEN_FILM = "play"
    OPEN_FOLDER = "folder"
    CANCEL = "cancel"
    RETRY = "retry"

    @property
    def word(self) -> str:
        match self:
            case RowAction.OPEN_FILM:
                return QCoreApplication.translate("RowAction", "Open film")
            case RowAction.OPEN_FOLDER:
                return QCoreApplication.translate("RowAction", "Open folder")
            case RowAction.CANCEL:
                return QCoreApplication.translate("RowAction", "Cancel")
            case RowAction.RETRY:
                return QCoreApplication.translate("RowAction", "Try again")


def actions_of(state: State) -> tuple[RowAction, ...]:
    match state:
        case State.DONE | State.REVIEW:
            return (RowAction.OPEN_FILM, RowAction.OPEN_FOLDER)
        case State.FAILED:
            return (RowAction.RETRY,)
        case State.CANCELLED:
            return ()
        case _:
            return (RowAction.CANCEL,)


def _font() -> QFont:
    return font(SMALL_PX, QFont.Weight.Medium)


@lru_cache(maxsize=32)
def _word_width(word: str) -> float:
    return QFontMetricsF(_font()).horizontalAdvance(word)


def width_of(actions: tuple[RowAction, ...]) -> int:
    """The room that these buttons take beside one another."""
    words = sum(_word_width(action.word) for action in actions)
    return int(words) + len(actions) * (_ICON + 6 + 2 * _PAD + _GAP) + 8


def button_rects(actions: tuple[RowAction, ...], cell: QRectF) -> list[tuple[RowAction, QRectF]]:
    """The buttons from right to left of the cell, so that a row's last one stands at its edge."""
    right = cell.right() - 8
    found = []
    for action in reversed(actions):
        width = _word_width(action.word) + _ICON + 6 + 2 * _PAD
        found.append((action, QRectF(right - width, cell.center().y() - _HEIGHT / 2, width, _HEIGHT)))
        right -= width + _GAP
    return found


def action_at(actions: tuple[RowAction, ...], cell: QRectF, point: QPointF) -> RowAction | None:
    return next((action for action, rect in button_rects(actions, cell) if rect.contains(point)), None)


def draw_actions(
    painter: QPainter, actions: tuple[RowAction, ...], cell: QRectF, colours: Palette, hot: RowAction | None
) -> None:
    for action, rect in button_rects(actions, cell):
        colour = colours.text if action in (hot, RowAction.OPEN_FILM, RowAction.RETRY) else colours.second
        if action is hot:
            painter.setPen(QColor(colours.second))
            painter.setBrush(QColor(colours.raised))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        draw_icon(
            painter,
            action.value,
            QRectF(rect.left() + _PAD, rect.center().y() - _ICON / 2, _ICON, _ICON),
            colour,
        )
        painter.setPen(QColor(colour))
        painter.setFont(_font())
        words = rect.adjusted(_PAD + _ICON + 6, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, action.word)
