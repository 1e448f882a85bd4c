"""The panel by mouse and keys: what works is said in words, voices are heard, nothing that costs is done unasked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from core.media.audio import wav_seconds
from gui.bridge import Bridge
from gui.connections.panel import ConnectionsPanel
from gui.language.translation import Languages
from gui.look.theme import Theme
from gui.player.engine import Lack, PlayerEngine
from tests.gui.connections.desk import Connected, connected
from tests.gui.test_accessible import nameless
from tests.stand_in_services import ElevenLabsStandIn, HeyGenStandIn, elevenlabs

pytestmark = pytest.mark.gui

SECRET = "sk_a_key_that_nobody_gave_out_4711"
PATIENCE_MS = 30_000


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Connected]:
    with connected(tmp_path) as found:
        yield found


class Visitor:
    """Somebody before the panel."""

    def __init__(self, panel: ConnectionsPanel, bot: QtBot, languages: Languages) -> None:
        self.panel = panel
        self.bot = bot
        self.languages = languages
        self.failures: list[BaseException] = []

    def until(self, met: Any) -> None:
        self.bot.waitUntil(met, timeout=PATIENCE_MS)

    def click(self, button: QPushButton) -> None:
        assert button.isVisible()
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def test(self, name: str) -> str:
        """Presses Test by the keyboard and waits for what is said."""
        card = self.panel.cards[name]
        card.test.setFocus()
        QTest.keyClick(card.test, Qt.Key.Key_Space)
        self.until(lambda: bool(card.told) and card.test.isEnabled())
        return " ".join(card.told)


@pytest.fixture
def visitor(studio: Connected, loop: asyncio.AbstractEventLoop, qapp: QApplication, qtbot: QtBot) -> Iterator[Visitor]:
    languages = Languages(qapp, "en")
    bridge = Bridge(studio.studio)
    panel = ConnectionsPanel(studio.studio, bridge, Theme(qapp))
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(panel)
    area.resize(800, 900)
    area.show()
    area.activateWindow()
    found = Visitor(panel, qtbot, languages)
    bridge.failed.connect(found.failures.append)
    yield found
    bridge.stop()
    languages.leave()
    area.hide()
    area.deleteLater()
    qtbot.wait(100)  # so that nothing of this test's comes in during the next
    assert found.failures == []


def test_at_first_nothing_is_connected_but_what_is_free(visitor: Visitor) -> None:
    cards = visitor.panel.cards
    assert [cards[name].state for name in ("elevenlabs", "heygen", "higgsfield", "synclabs", "wav2lip")] == [
        "Not connected"
    ] * 5
    assert [cards[name].state for name in ("espeak", "mouth_bank")] == ["Connected"] * 2
    assert not visitor.panel.voices.isVisible()
    assert nameless(visitor.panel) == []


def test_filling_in_leads_to_the_setting(visitor: Visitor) -> None:
    asked: list[str] = []
    visitor.panel.setting_wanted.connect(asked.append)
    visitor.click(visitor.panel.cards["higgsfield"].fill)
    assert asked == ["HIGGSFIELD_API_KEY_ID"]


def test_a_service_that_works_says_so(visitor: Visitor, studio: Connected) -> None:
    with ElevenLabsStandIn() as service:
        studio.put_on(service)
        visitor.panel.refresh()
        assert visitor.panel.cards["elevenlabs"].state == "Connected"
        words = visitor.test("elevenlabs")
        assert visitor.panel.cards["elevenlabs"].state == "Works"
        assert "The key is accepted." in words
        assert "Papá Noel" in words
        assert not service.charged


def test_a_wrong_key_is_told_and_the_right_one_mends_it(visitor: Visitor, studio: Connected) -> None:
    with HeyGenStandIn() as service:
        studio.put_on(service, heygen_api_key=SecretStr(SECRET))
        visitor.panel.refresh()
        words = visitor.test("heygen")
        assert visitor.panel.cards["heygen"].state == "Does not work"
        assert "refuses the key" in words
        assert SECRET not in words
        studio.put_on(service)
        visitor.panel.refresh()
        assert visitor.panel.cards["heygen"].told == []
        assert "accepted" in visitor.test("heygen")
        assert visitor.panel.cards["heygen"].state == "Works"


def test_what_was_found_is_forgotten_when_the_settings_change(visitor: Visitor, studio: Connected) -> None:
    visitor.test("espeak")
    assert visitor.panel.cards["espeak"].state == "Works"
    visitor.panel.refresh()
    assert visitor.panel.cards["espeak"].told != []  # nothing has changed
    studio.set(disable_espeak=True)
    visitor.panel.refresh()
    assert visitor.panel.cards["espeak"].state == "Switched off"
    assert visitor.panel.cards["espeak"].told == []


def test_the_other_language_at_once(visitor: Visitor) -> None:
    visitor.test("mouth_bank")
    visitor.languages.use("es")
    card = visitor.panel.cards["mouth_bank"]
    visitor.until(lambda: card.state == "Funciona")
    assert "free of charge" not in " ".join(card.told)
    assert "noche-magica" in " ".join(card.told)


def test_this_computers_own_queue(visitor: Visitor) -> None:
    assert "REDIS_URL" in visitor.test("redis")
    assert visitor.panel.cards["redis"].state == "Works"


def test_a_redis_that_is_away(visitor: Visitor, studio: Connected) -> None:
    studio.set(redis_url=SecretStr("redis://user:geheim@127.0.0.1:1"))
    words = visitor.test("redis")
    assert "Nothing listens there" in words
    assert "geheim" not in words


# Hearing


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The lengths of the sounds that were given to the player."""
    lengths: list[float] = []
    monkeypatch.setattr(PlayerEngine, "load", lambda self, sound: lengths.append(wav_seconds(sound)))
    return lengths


def test_the_offline_voice_is_heard_at_a_click(visitor: Visitor, played: list[float]) -> None:
    visitor.click(visitor.panel.hear_offline)
    visitor.until(lambda: bool(played))
    assert played[0] > 0.5


def test_a_computer_without_sound_says_so(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PlayerEngine, "load", lambda self, sound: self.lacking.emit(Lack.SOUND))
    visitor.click(visitor.panel.hear_offline)
    visitor.until(visitor.panel.offline_note.isVisible)
    assert "nothing to hear it with" in visitor.panel.offline_note.text()


def test_a_voice_is_found_heard_and_chosen(visitor: Visitor, studio: Connected, played: list[float]) -> None:
    wanted: list[tuple[str, str]] = []
    visitor.panel.value_wanted.connect(lambda name, value: wanted.append((name, value)))
    with ElevenLabsStandIn() as service:
        studio.put_on(service, papa_noel_voice_id_elevenlabs="voice0001")
        visitor.panel.refresh()
        picker = visitor.panel.voices
        visitor.click(picker.show_list)
        visitor.until(picker.list.isVisible)
        assert picker.list.count() == 151
        assert not picker.use.isEnabled()  # the one in use is selected
        QTest.keyClicks(picker.search, "PAP")
        shown = [row for row in range(151) if not picker.list.item(row).isHidden()]
        assert [picker.list.item(row).text() for row in shown] == ["Papá Noel  ·  cloned"]
        assert not picker.line.isEnabled()  # what is selected is out of sight
        picker.list.setCurrentRow(shown[0])
        price = studio.studio.connections.price("elevenlabs", "en")
        assert f"{price.characters} characters" in picker.line.text()
        assert "US dollars" in picker.line.text()
        assert not service.charged
        visitor.click(picker.line)
        visitor.until(lambda: bool(played))
        assert service.charged["characters"] == price.characters
        visitor.until(picker.use.isEnabled)
        visitor.click(picker.use)
        assert wanted == [("PAPA_NOEL_VOICE_ID_ELEVENLABS", elevenlabs.VOICE)]


def test_a_voice_that_can_not_be_had_says_why(visitor: Visitor, studio: Connected, played: list[float]) -> None:
    with ElevenLabsStandIn() as service:
        studio.put_on(service)
        visitor.panel.refresh()
        picker = visitor.panel.voices
        service.misbehave("401")
        visitor.click(picker.show_list)
        visitor.until(lambda: "refuses the key" in picker.note)
        service.behave()
        visitor.click(picker.show_list)
        visitor.until(picker.list.isVisible)
        service.misbehave("402")
        visitor.click(picker.line)
        visitor.until(lambda: "credit" in picker.note)
    assert played == []
