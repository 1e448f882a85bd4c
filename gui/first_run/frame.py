"""What lies over the whole window the first time: a picture at the left, later the film; one step at the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from core.jobs.model import JobRecord
from gui.first_run.film_step import FilmStep
from gui.first_run.making_step import MakingStep
from gui.first_run.picture import CoverPicture
from gui.first_run.start_step import StartStep
from gui.look.theme import Theme
from gui.player.player import Player
from gui.player.posters import Posters
from gui.widgets.sheet import hold_page

_MARGIN = 32
_WORDS_PX = 480
_SHAPE = 9 / 16
_MOST_OF_WIDTH = 0.42


class FirstRunFrame(QFrame):
    """Keeps `over` from being used while it lies over it in `centre`."""

    def __init__(self, theme: Theme, posters: Posters, centre: QWidget, over: QWidget, picture: Path | None) -> None:
        super().__init__(centre)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._centre = centre
        self._over = over
        self._held = False
        self.start, self.making, self.film = StartStep(theme), MakingStep(theme), FilmStep(theme)
        self.player = Player(theme, posters)
        self._left, self._right = QStackedWidget(), QStackedWidget()
        for widget in (CoverPicture(theme, picture), self.player):
            self._left.addWidget(widget)
        for step in (self.start, self.making, self.film):
            self._right.addWidget(_scrolled(step))
        lay = QHBoxLayout(self)
        lay.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        lay.setSpacing(_MARGIN + 16)
        lay.addWidget(self._left)
        lay.addWidget(self._right, 1)
        self.hide()

    def open(self) -> None:
        hold_page(self._over, 1)
        self._held = True
        self._centre.installEventFilter(self)
        self.setGeometry(self._centre.rect())
        self.show()
        self.raise_()

    def shut(self) -> None:
        self.player.release()
        self.hide()
        if self._held:
            self._held = False
            self._centre.removeEventFilter(self)
            hold_page(self._over, -1)

    def show_start(self) -> None:
        self._left.setCurrentIndex(0)
        self._right.setCurrentIndex(0)
        self.start.take_focus()

    def show_making(self, name: str) -> None:
        self.making.begin(name)
        self._left.setCurrentIndex(0)
        self._right.setCurrentIndex(1)
        self.making.take_focus()

    def show_film(self, record: JobRecord) -> None:
        """Plays it."""
        self.film.show_record(record)
        self._left.setCurrentIndex(1)
        self._right.setCurrentIndex(2)
        self.player.show_film(record)
        self.player.play_or_pause()
        self.film.take_focus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._centre.rect())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The left takes the film's shape, as large as leaves the words their room."""
        super().resizeEvent(event)
        tall = self.height() - 2 * _MARGIN
        self._left.setFixedWidth(max(180, min(round(tall * _SHAPE), round(self.width() * _MOST_OF_WIDTH))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self._left.currentIndex() == 1:
            self.player.play_or_pause()
        else:
            super().keyPressEvent(event)


def _scrolled(step: QWidget) -> QScrollArea:
    """At large letters, or in a small window, a step is longer than its place."""
    inside = QWidget()
    row = QHBoxLayout(inside)
    row.setContentsMargins(0, 0, 0, 0)
    step.setMaximumWidth(_WORDS_PX)
    column = QVBoxLayout()
    column.addWidget(step, 1)
    row.addLayout(column, 1)
    row.addStretch(0)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area
