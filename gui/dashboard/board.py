"""All that the dashboard shows once there is something to show: numbers, charts, lists."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from core.metrics.overview import Overview
from core.upkeep.health import Check, Light
from gui.dashboard import plots, sums, words
from gui.dashboard.bar_list import BarList
from gui.dashboard.card import Card, Legend
from gui.dashboard.chart import Chart
from gui.dashboard.computers import computer_rows, computers_sentence
from gui.dashboard.health_card import shape, worst
from gui.dashboard.rows import Rows
from gui.dashboard.tile import FigureTile
from gui.look.theme import Theme

_SPACING = 16
_TILES_IN_A_ROW_PX = 1240
_TWO_COLUMNS_PX = 840
_HALF_HEIGHT = 176


class Board(QWidget):
    """Shows an `Overview`; shown the same one again it costs no more than comparing it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._seen: Overview | None = None
        self._checks: list[Check] | None = None
        self.pace, self.made, self.success, self.waits, self.spent, self.health = (FigureTile(theme) for _ in range(6))
        self.films, self.waiting, self.money = Chart(theme), Chart(theme, _HALF_HEIGHT), Chart(theme, _HALF_HEIGHT)
        self.services, self.stages, self.ways, self.faces, self.caches = (BarList(theme) for _ in range(5))
        self._by_whom = QLabel()
        self._by_whom.setObjectName("second")
        self.computers = Rows(theme)
        self._legend = Legend(theme)
        self.films_card = _card(self.films, beside=self._legend)
        self.waiting_card, self.money_card = _card(self.waiting), _card(self.money, self.services)
        self.stages_card, self.ways_card, self.caches_card = (
            _card(self.stages),
            _card(self.ways, self._by_whom, self.faces),
            _card(self.caches),
        )
        self.computers_card = _card(self.computers)
        self._tiles, self._halves = QGridLayout(), QGridLayout()
        for grid in (self._tiles, self._halves):
            grid.setSpacing(_SPACING)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(_SPACING)
        lay.addLayout(self._tiles)
        lay.addWidget(self.films_card)
        lay.addLayout(self._halves)
        self._columns = (0, 0)
        self._arrange()

    def tiles(self) -> list[FigureTile]:
        return [self.pace, self.made, self.success, self.waits, self.spent, self.health]

    def show_overview(self, seen: Overview) -> None:
        self._seen = seen
        for tile, say in (
            (self.pace, sums.pace_tile),
            (self.made, sums.made_tile),
            (self.success, sums.success_tile),
            (self.waits, sums.waiting_tile),
            (self.spent, sums.money_tile),
        ):
            tile.show_figure(*say(seen))
        self._show_charts(seen)
        self._show_lists(seen)

    def show_checks(self, checks: list[Check] | None) -> None:
        """None: nothing was looked at yet."""
        self._checks = checks
        word = self.tr("Health")
        if checks is None:
            self.health.show_figure(word, "…", self.tr("being looked at"))
            return
        light = worst(checks)
        those = [one for one in checks if one.light is light]
        icon, colour = shape(light)
        if light is Light.OK:
            self.health.show_figure(word, self.tr("Good"), self.tr("all is well"), icon, colour)
            return
        said = self.tr("%Ln warning(s)", "", len(those))
        if light is Light.FAILING:
            said = self.tr("%Ln problem(s)", "", len(those))
        self.health.show_figure(word, said, ", ".join(words.check(one.name) for one in those), icon, colour)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            if self._seen is not None:
                self.show_overview(self._seen)
            self.show_checks(self._checks)
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _show_charts(self, seen: Overview) -> None:
        span = words.span_words(seen.history.span)
        for card, chart, title, plot in (
            (self.films_card, self.films, self.tr("Films"), plots.films_plot(seen.history)),
            (self.waiting_card, self.waiting, self.tr("Waiting"), plots.waiting_plot(seen)),
            (self.money_card, self.money, self.tr("Money"), plots.money_plot(seen.history)),
        ):
            card.say(title)
            chart.show_plot(f"{title}, {span}", plot)
        if self.films.plot is not None:
            self._legend.show_series(self.films.plot.series)

    def _show_lists(self, seen: Overview) -> None:
        self.money_card.say(self.tr("Money"), sums.money_sentence(seen))
        for card, bars, title, sentence, shown in (
            (self.stages_card, self.stages, self.tr("Where the time goes"), sums.stage_sentence, sums.stage_bars),
            (self.ways_card, self.ways, self.tr("How Santa speaks"), sums.way_sentence, sums.way_bars),
        ):
            card.say(title, sentence(seen.history))
            bars.show_bars(title, shown(seen.history))
        self._by_whom.setText(self.tr("Who made his mouth move"))
        self.faces.show_bars(self._by_whom.text(), sums.face_bars(seen.history))
        self._by_whom.setVisible(bool(self.faces.bars))
        self.caches_card.say(self.tr("Used again"), sums.saved_sentence(seen))
        self.caches.show_bars(self.tr("Used again"), sums.cache_bars(seen.history))
        self.services.show_bars(self.tr("Paid services"), sums.spent_bars(seen.history))
        self.services.setVisible(bool(self.services.bars))
        self.computers_card.say(self.tr("Computers"), computers_sentence(seen))
        self.computers.show_rows(computer_rows(seen))

    def _arrange(self) -> None:
        """As many beside one another as there is room for."""
        wide = self.width()
        columns = (6 if wide >= _TILES_IN_A_ROW_PX else 3, 2 if wide >= _TWO_COLUMNS_PX else 1)
        if columns == self._columns:
            return
        self._columns = columns
        halves: list[QWidget] = [self.waiting_card, self.money_card, self.stages_card, self.ways_card]
        halves += [self.caches_card, self.computers_card]
        _fill(self._tiles, list(self.tiles()), columns[0])
        _fill(self._halves, halves, columns[1])


def _fill(grid: QGridLayout, widgets: list[QWidget] | list[FigureTile], columns: int) -> None:
    for column in range(6):
        grid.setColumnStretch(column, 1 if column < columns else 0)
        grid.setColumnMinimumWidth(column, 0)
    for place, widget in enumerate(widgets):
        grid.addWidget(widget, place // columns, place % columns)


def _card(*content: QWidget, beside: QWidget | None = None) -> Card:
    card = Card(*([beside] if beside is not None else []))
    for widget in content:
        card.body.addWidget(widget, 1 if isinstance(widget, Chart) else 0)
    if not any(isinstance(widget, Chart) for widget in content):
        card.body.addStretch(1)
    return card
