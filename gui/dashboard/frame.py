"""What the Dashboard page holds: the board, or before the first film what will be here; below either, health."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.metrics.overview import Overview
from core.upkeep.health import Check
from gui.dashboard import words
from gui.dashboard.board import Board
from gui.dashboard.health_card import HealthCard
from gui.dashboard.span_switch import SpanSwitch
from gui.look.icons import pixmap
from gui.look.theme import Theme
from gui.widgets.empty_place import Drawing, EmptyPlace


class Notice(QWidget):
    """That what is shown is old, and since when."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._mark, self._words = QLabel(), QLabel()
        self._words.setWordWrap(True)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(4, 0, 0, 0)
        lay.setSpacing(10)
        lay.addWidget(self._mark)
        lay.addWidget(self._words, 1)
        theme.changed.connect(self._tint)
        self._tint()
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def say(self, words: str) -> None:
        self._words.setText(words)
        self.setAccessibleName(words)
        self.show()

    def _tint(self) -> None:
        self._mark.setPixmap(pixmap("warning", self._theme.palette.waiting_text, 20, self.devicePixelRatioF()))


class DashboardFrame(QScrollArea):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._seen: Overview | None = None
        self._away = False
        self.switch = SpanSwitch()
        self.notice = Notice(theme)
        self.empty = EmptyPlace(Drawing("empty-dashboard", QSize(320, 192), theme), theme)
        self.board = Board(theme)
        self.health = HealthCard(theme)
        inside = QWidget()
        lay = QVBoxLayout(inside)
        lay.setContentsMargins(0, 0, 6, 0)
        lay.setSpacing(16)
        for widget in (self.notice, self.empty, self.board, self.health):
            lay.addWidget(widget)
        lay.addStretch(1)
        self.empty.hide()
        self.board.hide()
        self.switch.hide()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        self._retranslate()

    @property
    def seen(self) -> Overview | None:
        """What is shown; None: nothing was read yet."""
        return self._seen

    def show_overview(self, seen: Overview) -> None:
        self._seen, self._away = seen, False
        self.notice.hide()
        some = seen.ever > 0
        self.empty.setVisible(not some)
        self.board.setVisible(some)
        self.switch.setVisible(some)
        if some:
            self.board.show_overview(seen)
        self.health.pass_time(time.time())

    def show_away(self) -> None:
        """The store can't be asked: what was known stays, and says how old it is."""
        self._away = True
        self._say_away()
        self.health.pass_time(time.time())

    def show_checks(self, checks: list[Check]) -> None:
        self.health.show_checks(checks, time.time())
        self.board.show_checks(checks)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Figures and health"))
        self.empty.say(
            self.tr("How your workshop does"),
            self.tr(
                "From the first film on you see here how many are made an hour, where the time goes, what it cost and "
                "what was saved: over the last hour, the last day and the whole season."
            ),
        )
        if self._away:
            self._say_away()

    def _say_away(self) -> None:
        if self._seen is None:
            self.notice.say(self.tr("The queue can't be reached. Its figures come as soon as it is back."))
            return
        told = self.tr("The queue can't be reached. You see how it stood at {time}; it goes on by itself.")
        self.notice.say(told.format(time=words.time_of_day(self._seen.now_s)))
