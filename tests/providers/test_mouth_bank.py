"""The template's own mouths: moved by the voice's times, by a file of cues, or by the sound alone."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.media import pcm
from core.media.mouths import CLOSED, MouthCue
from core.media.pcm import RATE
from core.progress import unwatched
from core.render.audio_cache import AudioCache
from core.render.cues import spoken_cues
from core.render.interfaces import NOBODY, MouthTask
from core.render.speech import SpeechStage
from core.render.spoken import SaidLine, Spoken, Timing
from core.template.script import Sentence, SpokenSection
from providers.espeak import EspeakVoice
from providers.mouth_bank import MouthBank
from tests.stand_ins import write_tone


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SpeechStage]:
    voice = EspeakVoice()
    yield SpeechStage([voice], AudioCache(tmp_path_factory.mktemp("speech")))
    voice.close()


def said(stage: SpeechStage, language: str, *texts: str) -> Spoken:
    section = SpokenSection("message", tuple(Sentence(text, shared=False) for text in texts))
    return stage.speak(section, language, NOBODY, unwatched)


def hummed(tmp_path: Path, **timings: tuple[Timing, ...]) -> Spoken:
    write_tone(tmp_path / "hum.wav", 1.0)
    return Spoken((SaidLine("Mamá", tmp_path / "hum.wav", 0.0, 1.0, **timings),))


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("es", ("Soy yo, Papá Noel.", "Te mando un abrazo enorme, Benjamín.")),
        ("en", ("Hello, Bobby!", "My mother built a big boat, by the pond.")),
    ],
)
def test_where_the_mouth_rests_there_is_silence_and_vowels_are_loud(
    stage: SpeechStage, language: str, texts: tuple[str, ...]
) -> None:
    """The times fit the sound as films have it: after the filters, the trimming and the pauses between lines."""
    spoken = said(stage, language, *texts)
    cues = spoken_cues(spoken, language)
    assert all(a.end_s <= b.start_s + 1e-6 for a, b in itertools.pairwise(cues))
    total = np.zeros(round(spoken.duration_s * RATE) + RATE)
    for line in spoken.lines:
        sound = pcm.read(line.path).mean(axis=0)
        first = round(line.start_s * RATE)
        total[first : first + sound.size] += sound
    loud = float(np.sqrt(np.mean(total**2)))

    def level(cue: MouthCue) -> float:
        part = total[round((cue.start_s + 0.03) * RATE) : round((cue.end_s - 0.02) * RATE)]
        return float(np.sqrt(np.mean(part**2))) / loud

    rests = [level(cue) for cue in cues if cue.shape == "X" and cue.end_s - cue.start_s > 0.15]
    vowels = [level(cue) for cue in cues if cue.shape in "DE" and cue.end_s - cue.start_s > 0.1]
    assert vowels
    assert min(vowels) > 0.5
    assert all(rest < 0.35 for rest in rests)
    assert np.median(vowels) > 5 * np.median([0.01, *rests])


def test_the_voices_own_times_come_first(tmp_path: Path) -> None:
    spoken = hummed(
        tmp_path, phonemes=(Timing("m", 0.1, 0.2), Timing("'a", 0.2, 0.5)), characters=(Timing("o", 0.0, 1.0),)
    )
    assert spoken_cues(spoken, "es") == (MouthCue(0.1, 0.2, "A"), MouthCue(0.2, 0.5, "D"))
    characters = hummed(tmp_path, characters=(Timing("m", 0.1, 0.2), Timing("o", 0.2, 0.5)))
    assert spoken_cues(characters, "es") == (MouthCue(0.1, 0.2, "A"), MouthCue(0.2, 0.5, "E"))


def test_without_times_the_sound_is_heard(tmp_path: Path) -> None:
    cues = spoken_cues(hummed(tmp_path), "es")
    assert cues
    assert cues[-1].end_s == pytest.approx(1.0, abs=0.02)


def task(spoken: Spoken, cue_file: Path | None) -> MouthTask:
    return MouthTask({"intro": spoken, "message": spoken}, "es", "message", cue_file)


def test_a_cue_file_is_taken_for_the_message_of_a_voice_without_times(tmp_path: Path) -> None:
    file = tmp_path / "carta.cues.json"
    file.write_text(json.dumps({"mouthCues": [{"start": 0, "end": 0.5, "value": "F"}]}), encoding="utf-8")
    notes: list[str] = []
    bank = MouthBank()
    spoken = hummed(tmp_path)
    found = bank.cues(task(spoken, file), notes, unwatched)
    assert found["message"] == (MouthCue(0.0, 0.5, "F"),)
    assert found["intro"] == spoken_cues(spoken, "es")
    timed = replace(spoken, lines=(replace(spoken.lines[0], phonemes=(Timing("m", 0.0, 1.0),)),))
    assert bank.cues(task(timed, file), notes, unwatched)["message"] == (MouthCue(0.0, 1.0, "A"),)
    assert notes == []


def test_a_broken_cue_file_is_told_and_the_sound_taken(tmp_path: Path) -> None:
    file = tmp_path / "carta.cues.json"
    file.write_text("{", encoding="utf-8")
    notes: list[str] = []
    spoken = hummed(tmp_path)
    assert MouthBank().cues(task(spoken, file), notes, unwatched)["message"] == spoken_cues(spoken, "es")
    assert notes == ["mouth_bank: cues_unreadable"]


def test_switched_off_it_says_so() -> None:
    availability = MouthBank(disabled=True).availability()
    assert not availability.usable
    assert "DISABLE_MOUTH_BANK" in availability.reason


def test_silence_around_words_is_closed(stage: SpeechStage) -> None:
    cues = spoken_cues(said(stage, "es", "Hola. … Chau."), "es")
    assert cues[-1].shape in CLOSED
