"""Batches as cards above their rows. Choosing a card shows only its rows."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from gui.look.theme import Theme
from gui.queue.batch_card import HEIGHT, MIN_WIDTH, BatchCard
from gui.queue.pace import Estimate
from gui.queue.tally import Tally


class BatchStrip(QScrollArea):
    """The cards side by side, the newest first; one of them may be chosen."""

    chosen = Signal(str)  # batch id, "" for all
    wished = Signal(object, str)  # BatchWish, batch id
    menu_wanted = Signal(str, QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards: dict[str, BatchCard] = {}
        self._chosen = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFixedHeight(HEIGHT)
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

    def show_estimates(self, estimates: Mapping[str, Estimate]) -> None:
        for batch_id, card in self._cards.items():
            card.show_estimate(estimates.get(batch_id))

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
        needed = len(self._cards) * (MIN_WIDTH + self._row.spacing()) - self._row.spacing()
        self.setFixedHeight(HEIGHT + (16 if needed > self.width() else 0))

    def _add(self, tally: Tally) -> BatchCard:
        card = BatchCard(tally, self._theme)
        batch_id = tally.batch.id
        card.clicked.connect(lambda: self.choose("" if self._chosen == batch_id else batch_id))
        card.wished.connect(self.wished)
        card.menu_wanted.connect(self.menu_wanted)
        self._cards[batch_id] = card
        return card
