"""Fetches the names of a batch, lets them be heard, and keeps how they are to be said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from core.desk.pronunciation import SpokenName
from core.errors import TrineoError
from core.jobs.model import Job
from core.studio import Studio
from gui.bridge import Bridge
from gui.language import wording
from gui.look.theme import Theme
from gui.player.engine import Lack, PlayerEngine
from gui.pronunciation.sheet import NamesSheet
from gui.widgets.banner import Tone

_NO_SOUND = "no sound"


class NamesDesk(QObject):
    """The sheet and the player are made when they are first wanted."""

    def __init__(self, studio: Studio, bridge: Bridge, theme: Theme, centre: QWidget, over: QWidget) -> None:
        super().__init__(centre)
        self._studio = studio
        self._bridge = bridge
        self._theme = theme
        self._places = centre, over
        self._sheet: NamesSheet | None = None
        self._engine: PlayerEngine | None = None
        self._below: QWidget | None = None
        self._turn = 0
        self._next: tuple[SpokenName, str] | None = None
        self._speaking = False

    @property
    def sheet(self) -> NamesSheet:
        if self._sheet is None:
            self._sheet = NamesSheet(self._theme, *self._places)
            self._sheet.dismissed.connect(self.close)
            self._sheet.hear_wanted.connect(lambda name, text: self._bridge.spawn(self._hear(name, text)))
            self._sheet.respelled.connect(lambda name, text: self._bridge.spawn(self._say(name, text)))
        return self._sheet

    def show_jobs(self, jobs: Iterable[Job], below: QWidget) -> None:
        """Of films that are not queued yet. `below` is the sheet that it lies over, which can't be used meanwhile."""
        self._below = below
        self._show(lambda: self._studio.names.names(jobs))

    def show_batch(self, batch_id: str) -> None:
        self._show(lambda: self._studio.names.of_batch(batch_id))

    def close(self) -> None:
        self._turn += 1
        if self._below is not None:
            self._below.setEnabled(True)
            self._below = None
        self.sheet.slide_out()
        if self._engine is not None:
            self._engine.release()
        self._bridge.spawn(self._bridge.call(self._studio.names.forget_sounds))

    def _show(self, ask: Callable[[], list[SpokenName]]) -> None:
        self._turn += 1
        self.sheet.show_reading()
        if self._below is not None:
            self._below.setEnabled(False)
        self._bridge.spawn(self._read(ask, self._turn))

    async def _read(self, ask: Callable[[], list[SpokenName]], turn: int) -> None:
        try:
            names = await self._bridge.call(ask)
        except TrineoError as error:
            self._complain(error)
            names = []
        if turn == self._turn:
            self.sheet.show_names(names)

    async def _say(self, name: SpokenName, spelling: str) -> None:
        turn = self._turn
        try:
            await self._bridge.call(self._studio.names.say, name, spelling)
        except TrineoError as error:
            self._complain(error)
        else:
            self.sheet.banner.hide()
        await self._renew(turn)
        now = self._as_said(name)
        if turn == self._turn and now is not None and now.is_respelled:
            await self._hear(now, now.said)

    async def _renew(self, turn: int) -> None:
        """A name that is respelled may be a part of others."""
        try:
            names = await self._bridge.call(self._studio.names.again, self.sheet.names.names())
        except TrineoError as error:
            self._complain(error)
            return
        if turn == self._turn:
            self.sheet.renew(names)

    def _as_said(self, name: SpokenName) -> SpokenName | None:
        wanted = (name.name, name.language)
        names: Sequence[SpokenName] = self.sheet.names.names()
        return next((one for one in names if (one.name, one.language) == wanted), None)

    async def _hear(self, name: SpokenName, text: str) -> None:
        """One at a time; of those that are asked for meanwhile only the last."""
        self._next = name, text or name.name
        if self._speaking:
            return
        self._speaking = True
        try:
            while self._next is not None:
                (name, text), self._next = self._next, None
                await self._hear_one(name, text, self._turn)
        finally:
            self._speaking = False

    async def _hear_one(self, name: SpokenName, text: str, turn: int) -> None:
        if self._engine is not None:
            self._engine.release()  # Windows removes no file that is being played
        try:
            sound = await self._bridge.call(self._studio.names.hear, text, name.language)
        except TrineoError as error:
            self._complain(error)
            return
        if turn == self._turn and self._next is None:
            engine = self._playing()
            engine.load(sound)
            self.sheet.table.show_sounding(name)
            QTimer.singleShot(0, engine.play_or_pause)

    def _playing(self) -> PlayerEngine:
        if self._engine is None:
            self._engine = PlayerEngine(self)
            self._engine.lacking.connect(self._lacks)
            self._engine.ended.connect(lambda: self.sheet.table.show_sounding(None))
        return self._engine

    def _lacks(self, lack: Lack) -> None:
        self.sheet.table.show_sounding(None)
        words = {
            Lack.PLAYER: self.tr("This computer lacks what is needed to play sound."),
            Lack.SOUND: self.tr("There is nothing to hear it with: no loudspeaker, no headphones."),
            Lack.FILM: self.tr("The sound can't be played."),
        }
        self.sheet.banner.say(Tone.WARNING, words[lack], topic=_NO_SOUND)

    def _complain(self, error: TrineoError) -> None:
        self.sheet.banner.say(Tone.ERROR, *wording.what_and_remedy(error))
