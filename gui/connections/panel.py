"""What the studio is connected to: a card for each service and for the queue, each with its test."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from core.desk.connections import VOICE_SETTING, Standing, VoiceChoice
from core.errors import Cancelled, TrineoError
from core.studio import Studio
from gui.bridge import Bridge
from gui.connections import words
from gui.connections.card import ConnectionCard
from gui.connections.voice_picker import VoicePicker
from gui.language import wording
from gui.look.theme import Theme
from gui.player.engine import Lack, PlayerEngine

_ELEVENLABS = "elevenlabs"
_OFFLINE = "espeak"


class ConnectionsPanel(QWidget):
    """For the Settings page. `setting_wanted` asks it to show a setting, `value_wanted` to put a value into one; after
    any change it calls `refresh`.
    """

    setting_wanted = Signal(str)  # a setting, by its name in the environment
    value_wanted = Signal(str, str)  # a setting, and what is to be in it

    def __init__(self, studio: Studio, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = studio.connections
        self._bridge = bridge
        self._engine: PlayerEngine | None = None
        self._heard = ""
        names = [one.name for one in self._desk.all()]
        self.cards = {name: ConnectionCard(theme, name) for name in (*names, words.REDIS)}
        self.voices = VoicePicker(theme)
        self.cards[_ELEVENLABS].body.addWidget(self.voices)
        self.hear_offline = QPushButton()
        self.hear_offline.setObjectName("quiet")
        self.hear_offline.setAutoDefault(True)
        self.hear_offline.setCursor(Qt.CursorShape.PointingHandCursor)
        self.offline_note = QLabel()
        self.offline_note.setObjectName("small")
        self.offline_note.setWordWrap(True)
        self.offline_note.hide()
        self.cards[_OFFLINE].body.addWidget(self.hear_offline, 0, Qt.AlignmentFlag.AlignLeft)
        self.cards[_OFFLINE].body.addWidget(self.offline_note)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(12)
        for card in self.cards.values():
            lay.addWidget(card)
        lay.addStretch(1)
        self._connect()
        self._retranslate()
        self.refresh()

    def refresh(self) -> None:
        """The settings have changed: what was found before does not count any more where they did."""
        for connection in self._desk.all():
            self.cards[connection.name].show_connection(connection)
            if connection.name == _ELEVENLABS:
                self.voices.setVisible(connection.standing in (Standing.CONNECTED, Standing.INCOMPLETE))
        self.voices.show_in_use(self._desk.chosen_voice())

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _connect(self) -> None:
        for card in self.cards.values():
            card.test_wanted.connect(self._begin_test)
            card.setting_wanted.connect(self.setting_wanted)
        self.voices.list_wanted.connect(lambda: self._bridge.spawn(self._list_voices()))
        self.voices.sample_wanted.connect(lambda voice: self._bridge.spawn(self._hear_sample(voice)))
        self.voices.line_wanted.connect(lambda voice: self._bridge.spawn(self._hear(_ELEVENLABS, voice.id)))
        self.voices.chosen.connect(lambda voice_id: self.value_wanted.emit(VOICE_SETTING, voice_id))
        self.hear_offline.clicked.connect(lambda: self._bridge.spawn(self._hear(_OFFLINE)))

    def _begin_test(self, name: str) -> None:
        self.cards[name].show_testing()
        self._bridge.spawn(self._test(name))

    async def _test(self, name: str) -> None:
        card = self.cards[name]
        try:
            if name == words.REDIS:
                card.show_findings(await self._bridge.call(self._desk.test_redis))
            else:
                card.show_findings(await self._bridge.call(self._desk.test, name))
        except asyncio.CancelledError:  # the window is being closed: nobody waits for an answer any more
            self._desk.give_up()
            raise
        except Cancelled:
            card.show_findings([])
        except BaseException:
            card.show_findings([])
            raise

    async def _list_voices(self) -> None:
        self.voices.busy(True)
        self.voices.say(self.tr("Asking for the voices…"))
        try:
            found = await self._bridge.call(self._desk.voices)
            price = await self._bridge.call(self._desk.price, _ELEVENLABS, self._language())
        except TrineoError as error:
            self.voices.say(" ".join(part for part in wording.what_and_remedy(error) if part))
        except asyncio.CancelledError:
            self._desk.give_up()
            raise
        else:
            self.voices.say("" if found else self.tr("There are no voices in the account."))
            if found:
                self.voices.show_voices(found, self._desk.chosen_voice(), price)
        finally:
            self.voices.busy(False)

    async def _hear_sample(self, voice: VoiceChoice) -> None:
        await self._play(_ELEVENLABS, self._bridge.call(self._desk.hear_sample, voice))

    async def _hear(self, name: str, voice_id: str = "") -> None:
        await self._play(name, self._bridge.call(self._desk.hear, name, self._language(), voice_id))

    async def _play(self, name: str, hearing: Coroutine[Any, Any, Path]) -> None:
        self._heard = name
        if self._engine is not None:
            self._engine.release()
        self.voices.busy(True)
        self.hear_offline.setEnabled(False)
        self._say("")
        try:
            sound = await hearing
        except TrineoError as error:
            self._say(" ".join(part for part in wording.what_and_remedy(error) if part))
        except asyncio.CancelledError:
            self._desk.give_up()
            raise
        else:
            self._player().load(sound)
            self._player().play_or_pause()
        finally:
            self.voices.busy(False)
            self.hear_offline.setEnabled(True)

    def _say(self, told: str) -> None:
        """About the voice that was to be heard last."""
        if self._heard == _OFFLINE:
            self.offline_note.setText(told)
            self.offline_note.setVisible(bool(told))
        else:
            self.voices.say(told)

    def _player(self) -> PlayerEngine:
        if self._engine is None:
            self._engine = PlayerEngine(self)
            self._engine.lacking.connect(self._show_lack)
        return self._engine

    def _show_lack(self, lack: Lack) -> None:
        if lack is Lack.SOUND:
            self._say(self.tr("This computer has nothing to hear it with."))
        else:
            self._say(self.tr("Sounds can’t be played here: parts of the system are missing."))

    def _language(self) -> str:
        return QLocale().name()[:2]

    def _retranslate(self) -> None:
        self.hear_offline.setText(self.tr("Hear it (free)"))
        self.hear_offline.setAccessibleName(self.tr("Hear the offline voice (free)"))
