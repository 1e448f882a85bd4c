"""Words are spoken sentence by sentence: what films share once, with pauses as a person makes them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import EnvironmentFault
from core.media import pcm
from core.media.audio import loudness_lufs
from core.media.pcm import RATE
from core.progress import Progress, unwatched
from core.render.audio_cache import AudioCache
from core.render.interfaces import NOBODY, Line, Payer, Speech
from core.render.speech import SpeechStage
from core.render.spoken import Timing
from core.template.script import Sentence, SpokenSection
from tests.stand_ins import HummingVoice, raises_code

SECTION = SpokenSection(
    "message", (Sentence("¡Jo, jo, jo!", shared=True), Sentence("Hola, Ana:"), Sentence("Soy yo.", shared=True))
)


class TimedVoice(HummingVoice):
    """Hums after 0.4 s of silence and before 0.6 s of it, and says when each character is heard."""

    def __init__(self) -> None:
        super().__init__(lambda text: 0.1 * len(text))
        self.lines: list[Line] = []

    def speak(self, line: Line, destination: Path, progress: Progress) -> Speech:
        self.lines.append(line)
        speech = super().speak(line, destination, progress)
        hum = pcm.read(destination)
        padded = np.pad(hum, ((0, 0), (round(0.4 * RATE), round(0.6 * RATE))))
        pcm.write(destination, [padded])
        characters = tuple(Timing(c, 0.4 + 0.1 * n, 0.5 + 0.1 * n) for n, c in enumerate(line.text))
        return Speech(destination, padded.shape[1] / RATE, characters, cost=speech.cost)


@pytest.fixture
def cache(tmp_path: Path) -> AudioCache:
    return AudioCache(tmp_path / "speech")


def test_sentences_follow_each_other_with_our_pauses(cache: AudioCache) -> None:
    spoken = SpeechStage([TimedVoice()], cache).speak(SECTION, "es", NOBODY, unwatched)
    first, second, third = spoken.lines
    assert first.start_s == 0
    assert first.end_s == pytest.approx(1.2 + 0.12, abs=0.04)  # its silence is cut off
    assert second.start_s - first.end_s == pytest.approx(0.42)
    assert third.start_s - second.end_s == pytest.approx(0.3)  # after a colon
    assert spoken.duration_s == third.end_s


def test_times_of_characters_are_those_of_the_sound_as_it_is_heard(cache: AudioCache) -> None:
    spoken = SpeechStage([TimedVoice()], cache).speak(SECTION, "es", NOBODY, unwatched)
    second = spoken.lines[1]
    assert "".join(one.what for one in second.characters) == "Hola, Ana:"
    assert second.characters[0].start_s == pytest.approx(second.start_s + 0.03, abs=0.015)
    assert second.characters[-1].end_s <= second.end_s
    again = SpeechStage([TimedVoice()], cache).speak(SECTION, "es", NOBODY, unwatched)
    assert again == spoken  # from the cache as well


def test_shared_sentences_are_paid_for_once(cache: AudioCache) -> None:
    voice = HummingVoice()
    stage = SpeechStage([voice], cache)
    for name in ("Ana", "Beto", "Ana"):
        own = (SECTION.sentences[0], Sentence(f"Hola, {name}:"), SECTION.sentences[2])
        stage.speak(SpokenSection("message", own), "es", NOBODY, unwatched)
    assert voice.spoken == ["¡Jo, jo, jo!", "Hola, Ana:", "Soy yo.", "Hola, Beto:"]


def test_switched_off_a_section_is_one_call(cache: AudioCache) -> None:
    voice = HummingVoice()
    spoken = SpeechStage([voice], cache, by_sentence=False).speak(SECTION, "es", NOBODY, unwatched)
    assert voice.spoken == ["¡Jo, jo, jo! Hola, Ana: Soy yo."]
    assert len(spoken.lines) == 1


def test_a_shared_sentence_knows_no_personal_neighbour(cache: AudioCache) -> None:
    voice = TimedVoice()
    SpeechStage([voice], cache).speak(SECTION, "es", Payer("job", "batch"), unwatched)
    first, second, third = voice.lines
    assert (first.before, first.after) == ("", "")
    assert (second.before, second.after) == ("¡Jo, jo, jo!", "Soy yo.")
    assert (third.before, third.after) == ("", "")
    assert all(line.payer == Payer("job", "batch") for line in voice.lines)


def test_another_take_speaks_what_is_personal_anew(cache: AudioCache) -> None:
    voice = HummingVoice()
    stage = SpeechStage([voice], cache)
    for take in (0, 1, 1, 2):
        stage.speak(SECTION, "es", NOBODY, unwatched, take=take)
    assert voice.spoken == ["¡Jo, jo, jo!", "Hola, Ana:", "Soy yo.", "Hola, Ana:", "Hola, Ana:"]


def test_every_sentence_is_as_loud(cache: AudioCache) -> None:
    spoken = SpeechStage([TimedVoice()], cache).speak(SECTION, "es", NOBODY, unwatched)
    for line in spoken.lines:
        assert loudness_lufs(line.path, unwatched) == pytest.approx(-16, abs=1)


def test_what_is_known_costs_nothing(cache: AudioCache) -> None:
    voice = HummingVoice()
    stage = SpeechStage([voice], cache)
    lines = stage.lines(SECTION, "es")
    assert not any(stage.is_known(voice, line) for line in lines)
    stage.speak(SECTION, "es", NOBODY, unwatched)
    assert all(stage.is_known(voice, line) for line in lines)


def test_the_first_voice_that_can_speaks(cache: AudioCache) -> None:
    off, on = HummingVoice(usable=False), HummingVoice()
    SpeechStage([off, on], cache).speak(SECTION, "es", NOBODY, unwatched)
    assert (off.spoken, len(on.spoken)) == ([], 3)
    with raises_code(EnvironmentFault, "no_voice"):
        SpeechStage([off], cache).speak(SECTION, "es", NOBODY, unwatched)
