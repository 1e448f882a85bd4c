"""One batch as a card: name, bar, how many are made, when it will be done, and its buttons."""

from __future__ import annotations

import time
from enum import Enum

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from core.jobs.model import State
from gui.language import wording
from gui.look.drawing import RIGHT, draw_bar, draw_line, draw_part, draw_state
from gui.look.icons import draw_icon
from gui.look.palette import state_colours
from gui.look.theme import SMALL_PX, Theme, font
from gui.queue import batch_words
from gui.queue.pace import Estimate
from gui.queue.tally import Tally

HEIGHT = 124
MIN_WIDTH = 344


class BatchWish(Enum):
    """What a card's buttons ask for."""

    PAUSE = "pause"
    GO_ON = "resume"
    REST = "rest"


class BatchCard(QAbstractButton):
    """A click shows only its rows."""

    wished = Signal(object, str)  # BatchWish, batch id
    menu_wanted = Signal(str, QPoint)  # batch id, a place on the screen

    def __init__(self, tally: Tally, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.tally = tally
        self._estimate: Estimate | None = None
        self.setCheckable(True)
        self.setMinimumWidth(MIN_WIDTH)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._rest = self._button("primary", BatchWish.REST)
        self._pause = self._button("quiet", BatchWish.PAUSE)
        self._go_on = self._button("quiet", BatchWish.GO_ON)
        self._more = QToolButton()
        self._more.setObjectName("bare")
        self._more.setIconSize(QSize(18, 18))
        self._more.clicked.connect(self._ask_menu)
        self._lay_out()
        theme.changed.connect(self._tint)
        self._tint()
        self._retranslate()

    @property
    def pause_button(self) -> QPushButton:
        return self._pause

    @property
    def go_on_button(self) -> QPushButton:
        return self._go_on

    @property
    def rest_button(self) -> QPushButton:
        return self._rest

    @property
    def more_button(self) -> QToolButton:
        return self._more

    def _button(self, kind: str, wish: BatchWish) -> QPushButton:
        made = QPushButton()
        made.setObjectName(f"{kind}Small")
        made.setIconSize(QSize(14, 14))
        made.setAutoDefault(True)
        made.clicked.connect(lambda: self.wished.emit(wish, self.tally.batch.id))
        return made

    def _lay_out(self) -> None:
        """The words are painted; the buttons stand at the right of the last line."""
        foot = QHBoxLayout()
        foot.setSpacing(2)
        foot.addStretch(1)
        for button in (self._rest, self._pause, self._go_on, self._more):
            foot.addWidget(button)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(16, 12, 10, 10)
        lay.addStretch(1)
        lay.addLayout(foot)

    def sizeHint(self) -> QSize:
        return QSize(MIN_WIDTH, HEIGHT)

    def refresh(self) -> None:
        """Shows what the tally says now."""
        told = filter(None, (batch_words.standing(self.tally), self.outlook()[0]))
        self.setAccessibleName(f"{self.tally.batch.name}: {' · '.join(told)}")
        going = any(self.tally.counts[state] for state in (State.READY, State.DELAYED, State.PARKED, State.RUNNING))
        self._rest.setVisible(self.tally.wants_a_look)
        self._pause.setVisible(going)
        self._go_on.setVisible(self.tally.counts[State.HELD] > 0 and not going and not self.tally.wants_a_look)
        self.update()

    def show_estimate(self, estimate: Estimate | None) -> None:
        if estimate != self._estimate:
            self._estimate = estimate
            self.refresh()

    def outlook(self) -> tuple[str, bool]:
        """When it will be done, in words, and whether that is a warning."""
        return batch_words.outlook(self.tally, self._estimate, time.time())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(self.tally.batch.id, event.globalPos())

    def _ask_menu(self) -> None:
        self.menu_wanted.emit(self.tally.batch.id, self._more.mapToGlobal(QPoint(0, self._more.height())))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = colours.accent if self.hasFocus() else colours.second if self.isChecked() else colours.line
        painter.setPen(QColor(edge))
        painter.setBrush(QColor(colours.raised if self.underMouse() else colours.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        inside = QRectF(self.rect()).adjusted(16, 14, -16, -14)
        head = QRectF(inside.left(), inside.top(), inside.width(), 20)
        name = head.adjusted(0, 0, -self._draw_now(painter, head), 0)
        draw_line(painter, name, self.tally.batch.name, font(15, QFont.Weight.DemiBold), colours.text)
        self._draw_bar(painter, QRectF(inside.left(), inside.top() + 30, inside.width(), 8))
        told = QRectF(inside.left(), inside.top() + 48, inside.width(), 18)
        draw_line(painter, told, batch_words.standing(self.tally), font(), colours.second)
        self._draw_outlook(painter, QRectF(inside.left(), inside.bottom() - 20, inside.width(), 18))

    def _draw_outlook(self, painter: QPainter, line: QRectF) -> None:
        words, warns = self.outlook()
        colours = self._theme.palette
        shown = [button for button in (self._rest, self._pause, self._go_on, self._more) if button.isVisible()]
        line.setRight(min((button.x() for button in shown), default=line.right()) - 8)
        if warns:
            draw_icon(painter, "warning", QRectF(line.left(), line.center().y() - 8, 16, 16), colours.waiting_text)
            line.setLeft(line.left() + 22)
        draw_line(painter, line, words, font(SMALL_PX), colours.waiting_text if warns else colours.second)

    def _draw_now(self, painter: QPainter, line: QRectF) -> float:
        """How the batch stands, at the right end of the line; the room it took."""
        running = self.tally.counts[State.RUNNING]
        if self.tally.over:
            state, word = State.FAILED if self.tally.failed else State.DONE, self.tr("Finished")
        elif running:
            state, word = State.RUNNING, self.tr("%Ln being made", "", running)
        else:
            return 0
        shade = state_colours(self._theme.palette, state)[1]
        draw_line(painter, line, word, font(weight=QFont.Weight.Medium), shade, RIGHT)
        width = painter.fontMetrics().horizontalAdvance(word) + 22
        mark = QRectF(line.right() - width, line.center().y() - 8, 16, 16)
        draw_state(painter, mark, state, self._theme.palette)
        return width + 12

    def _draw_bar(self, painter: QPainter, where: QRectF) -> None:
        """What failed is taken from the far end, so that the bar never says that it may still fill up."""
        colours, tally = self._theme.palette, self.tally
        draw_bar(painter, where, 1.0, colours.line, colours.line)
        if tally.failed:
            painter.save()
            painter.setClipRect(where.adjusted(where.width() * (1 - tally.failed_fraction), -1, 1, 1))
            draw_bar(painter, where, 1.0, colours.failed, colours.failed)
            painter.restore()
        made = colours.done if tally.over else colours.accent
        draw_part(painter, where, tally.made_fraction, made)

    def _tint(self) -> None:
        self._pause.setIcon(self._theme.icon("pause"))
        self._go_on.setIcon(self._theme.icon("resume"))
        self._more.setIcon(self._theme.icon("more", self._theme.palette.second))
        self.update()

    def _retranslate(self) -> None:
        tip = self.tr("Show only the films of {batch}").format(batch=self.tally.batch.name)
        self.setToolTip(wording.tool_tip(tip))
        self._rest.setText(self.tr("Make the rest"))
        self._rest.setToolTip(self.tr("The first films look right: make all the others"))
        self._pause.setText(self.tr("Pause"))
        self._pause.setToolTip(self.tr("Stop this batch; what is half made begins where it stopped"))
        self._go_on.setText(self.tr("Go on"))
        self._go_on.setToolTip(self.tr("Let this batch go on"))
        self._more.setToolTip(self.tr("More for this batch"))
        self._more.setAccessibleName(self.tr("More for this batch"))
        self.refresh()
