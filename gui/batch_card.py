"""Batches as cards above their rows. Choosing a card shows only its rows."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from core.jobs.model import State
from gui import wording
from gui.drawing import RIGHT, draw_bar, draw_line, draw_part, draw_state
from gui.palette import state_colours
from gui.tally import Tally
from gui.theme import Theme, font

_HEIGHT = 96
_MIN_WIDTH = 288


class BatchCard(QAbstractButton):
    """One batch: name, bar, how many are made and what keeps the rest."""

    def __init__(self, tally: Tally, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.tally = tally
        self.setCheckable(True)
        self.setMinimumWidth(_MIN_WIDTH)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)
        self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(_MIN_WIDTH, _HEIGHT)

    def refresh(self) -> None:
        """Shows what the tally says now."""
        self.setAccessibleName(f"{self.tally.batch.name}: {standing(self.tally)}")
        tip = self.tr("Show only the films of {batch}").format(batch=self.tally.batch.name)
        self.setToolTip(wording.tool_tip(tip))
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.refresh()
        super().changeEvent(event)

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
        told = QRectF(inside.left(), inside.bottom() - 18, inside.width(), 18)
        draw_line(painter, told, standing(self.tally), font(), colours.second)

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


def standing(tally: Tally) -> str:
    """`3 of 6 · 1 failed · 2 held up`."""
    said = [
        QCoreApplication.translate("BatchCard", "{done} of {total}").format(
            done=wording.number(tally.done), total=wording.number(tally.total)
        )
    ]
    counts = tally.counts
    translate = QCoreApplication.translate
    if n := counts[State.FAILED]:
        said.append(translate("BatchCard", "%Ln failed", "", n))
    if n := counts[State.PARKED]:
        said.append(translate("BatchCard", "%Ln held up", "", n))
    if n := counts[State.DELAYED]:
        said.append(translate("BatchCard", "%Ln will be tried again", "", n))
    if n := counts[State.HELD]:
        said.append(translate("BatchCard", "%Ln paused", "", n))
    if n := counts[State.CANCELLED]:
        said.append(translate("BatchCard", "%Ln cancelled", "", n))
    return " · ".join(said)


class BatchStrip(QScrollArea):
    """The cards side by side, the newest first; one of them may be chosen."""

    chosen = Signal(str)  # batch id, "" for all

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards: dict[str, BatchCard] = {}
        self._chosen = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFixedHeight(_HEIGHT)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        self._row = QHBoxLayout(holder)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self.setWidget(holder)

    def show_batches(self, tallies: list[Tally]) -> None:
        gone = set(self._cards) - {tally.batch.id for tally in tallies}
        for batch_id in gone:
            self._cards.pop(batch_id).deleteLater()
        for place, tally in enumerate(tallies):
            card = self._cards.get(tally.batch.id) or self._add(tally)
            if self._row.indexOf(card) != place:
                self._row.insertWidget(place, card)
            card.refresh()
        if self._chosen in gone:
            self.choose("")
        self._fit()

    def cards(self) -> list[BatchCard]:
        """From left to right."""
        return sorted(self._cards.values(), key=self._row.indexOf)

    def refresh(self, batches: frozenset[str]) -> None:
        for batch_id in batches & self._cards.keys():
            self._cards[batch_id].refresh()

    def choose(self, batch: str) -> None:
        self._chosen = batch
        for batch_id, card in self._cards.items():
            card.setChecked(batch_id == batch)
        if batch in self._cards:
            self.ensureWidgetVisible(self._cards[batch])
        self.chosen.emit(batch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Room for a scroll bar below the cards, but only if they don't all fit."""
        needed = len(self._cards) * (_MIN_WIDTH + self._row.spacing()) - self._row.spacing()
        self.setFixedHeight(_HEIGHT + (16 if needed > self.width() else 0))

    def _add(self, tally: Tally) -> BatchCard:
        card = BatchCard(tally, self._theme)
        batch_id = tally.batch.id
        card.clicked.connect(lambda: self.choose("" if self._chosen == batch_id else batch_id))
        self._cards[batch_id] = card
        return card
