"""Finished films looked at one by one: the film beside its words, a key for each decision."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QSize, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from core.jobs.model import JobRecord, State
from gui.look.theme import Theme
from gui.page import PageFrame
from gui.player.player import Player
from gui.player.posters import Posters
from gui.queue.jobs_model import JobsModel
from gui.queue.records_in import RecordsIn
from gui.review.actions import ReviewActions
from gui.review.film_list import ReviewList, ReviewModel
from gui.review.script_panel import ScriptPanel
from gui.widgets.empty_place import Drawing, EmptyPlace
from gui.widgets.key_button import KeyButton

_LIST_PX = 212
_SCRIPT_PX = 300
_NARROW_SCRIPT_PX = 250
_WIDE_PX = 780
_HIGH_PX = 600


class ReviewPage(PageFrame):
    turned_to = Signal(object)  # JobRecord that is looked at now, or None
    decided = Signal(str, object)  # approve, voice, text or aside; JobRecord

    def __init__(self, jobs: JobsModel, theme: Theme, posters: Posters) -> None:
        super().__init__()
        self._jobs = jobs
        self._record: JobRecord | None = None
        self._decided: set[str] = set()  # what was decided of them is being carried out
        self._plays_on = False  # once a film was played, the next one begins by itself
        self.does = ReviewActions(theme, self)
        self.addActions(list(self.does.every))
        self.films = RecordsIn(jobs, State.REVIEW, self)
        self.model = ReviewModel(self.films, self)
        self.list = ReviewList(self.model, theme, posters)
        self.list.setFixedWidth(_LIST_PX)
        self.player = Player(theme, posters)
        self.script = ScriptPanel()
        self._count = QLabel()
        self._count.setObjectName("second")
        self._head.addWidget(self._count)
        does = self.does
        self.buttons = {action: KeyButton(action, theme, primary=action is does.approve) for action in does.shown}
        self._empty = EmptyPlace(Drawing("empty-review", QSize(300, 180), theme), theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._lay_out())
        self.body.addWidget(self._stack, 1)
        self._connect()
        self._follow()
        self._retranslate()

    @property
    def record(self) -> JobRecord | None:
        """The film that is looked at."""
        return self._record

    def take_focus(self) -> None:
        self.list.setFocus()
        if self._record is None and self.model.rowCount():
            self._turn_to(0)

    def show_script(self, job_id: str, said: object) -> None:
        if self._record is not None and self._record.id == job_id and isinstance(said, list):
            self.script.show_script(said)

    def go_on(self) -> None:
        """The next film that nothing was decided of, from the first again behind the last."""
        rows = self.model.rowCount()
        here = self.model.row_of(self._record.id) if self._record is not None else -1
        for row in (*range(here + 1, rows), *range(here)):
            if self.model.record_at(row).id not in self._decided:
                self._turn_to(row)
                return

    def not_carried_out(self, job_id: str) -> None:
        """What was decided of it could not be done: it is to be seen again."""
        self._decided.discard(job_id)
        if self._record is not None and self._record.id == job_id and self.model.row_of(job_id) >= 0:
            self._show(self._record)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window there is room for the film and its words only; N goes through the list all the same."""
        super().resizeEvent(event)
        wide, high = event.size().width() >= _WIDE_PX, event.size().height() >= _HIGH_PX
        self.list.setVisible(wide)
        self.script.setFixedWidth(_SCRIPT_PX if wide else _NARROW_SCRIPT_PX)
        for button in self.buttons.values():
            button.setFixedHeight(40 if high else 30)
        self._right.setSpacing(8 if high else 4)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.player.engine.pause()

    def _lay_out(self) -> QWidget:
        full = QWidget()
        right = self._right = QVBoxLayout()
        self.script.setFixedWidth(_SCRIPT_PX)
        right.addWidget(self.script, 1)
        right.addSpacing(4)
        for button in self.buttons.values():
            right.addWidget(button)
        lay = QHBoxLayout(full)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(20)
        lay.addWidget(self.list)
        lay.addWidget(self.player, 1)
        lay.addLayout(right)
        return full

    def _connect(self) -> None:
        does = self.does
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.films.changed.connect(self._films_changed)
        does.play.triggered.connect(self.player.play_or_pause)
        does.back.triggered.connect(lambda: self.player.step(False))
        does.forward.triggered.connect(lambda: self.player.step(True))
        does.next.triggered.connect(self.go_on)
        for name, action in (("approve", does.approve), ("voice", does.voice), ("aside", does.aside)):
            action.triggered.connect(lambda _=False, name=name: self._decide(name))
        does.text.triggered.connect(self._edit)
        self.player.engine.playing_changed.connect(self._playing_changed)

    def _decide(self, what: str) -> None:
        """Goes on at once; what was decided is carried out meanwhile."""
        record = self._record
        if record is None or record.id in self._decided:
            return
        self._decided.add(record.id)
        self.go_on()
        if self._record is record:
            self.player.release()
        self.decided.emit(what, record)

    def _edit(self) -> None:
        if self._record is not None:
            self.player.engine.pause()
            self.decided.emit("text", self._record)

    def _playing_changed(self, playing: bool) -> None:
        self._plays_on = self._plays_on or playing

    def _films_changed(self, there: list[JobRecord], gone: set[str]) -> None:
        """With news of a film, what was decided of it is done."""
        self._decided -= gone | {record.id for record in there}
        self._follow()

    def _follow(self) -> None:
        some = self.model.rowCount() > 0
        self._stack.setCurrentIndex(1 if some else 0)
        for action in self.does.every:
            action.setEnabled(some)
        self._say_count()
        if self._record is not None and self.model.row_of(self._record.id) < 0:
            self._record = None
            index = self.list.currentIndex()
            self._turn_to(max(0, min(index.row(), self.model.rowCount() - 1)) if some else -1)
        elif self._record is None and some and self.isVisible():
            self._turn_to(0)
        elif self._record is not None:
            current = self.model.record_at(self.model.row_of(self._record.id))
            if current.result != self._record.result:
                self._show(current)

    def _turn_to(self, row: int) -> None:
        if row < 0:
            self._show(None)
        elif self.list.currentIndex().row() == row and self._record is None:
            self._show(self.model.record_at(row))
        else:
            self.list.setCurrentIndex(self.model.index(row))

    def _current_changed(self, now: QModelIndex, _: QModelIndex) -> None:
        if now.isValid():
            record = self.model.record_at(now.row())
            if self._record is None or self._record.id != record.id:
                self._show(record)

    def _show(self, record: JobRecord | None) -> None:
        self._record = record
        self.player.show_film(record)
        self.script.show_record(record, self._why_here(record))
        if record is not None and self._plays_on:
            self.player.play_or_pause()
        self.turned_to.emit(record)

    def _why_here(self, record: JobRecord | None) -> str:
        batch = next((one.batch for one in self._jobs.tallies() if record and one.batch.id == record.job.batch), None)
        if batch is None or batch.review_every < 2:
            return ""
        return self.tr("one of every %Ln films is looked at", "", batch.review_every)

    def _say_count(self) -> None:
        count = self.model.rowCount()
        self._count.setText(self.tr("%Ln film(s) to look at", "", count) if count else "")

    def _retranslate(self) -> None:
        self.say_title(self.tr("Review"))
        self.script.say_why(self._why_here(self._record))
        self.does.retranslate()
        self.list.setAccessibleName(self.tr("Films to look at"))
        self._empty.say(
            self.tr("Nothing to look at"),
            self.tr(
                "Choose “look at the films” when you add files: finished ones then wait here until you approve them."
            ),
        )
        self._say_count()
