"""The offline voice: it speaks both languages, reads text literally, and survives its helper's death."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from core.errors import Cancelled, EnvironmentFault, TransientError
from core.media.audio import loudness_lufs, wav_seconds
from core.paths import ROOT
from core.progress import unwatched
from core.render.interfaces import Line
from providers.espeak import EspeakVoice
from tests.stand_ins import raises_code


@pytest.fixture
def voice() -> Iterator[EspeakVoice]:
    voice = EspeakVoice()
    yield voice
    voice.close()


def helper() -> psutil.Process:
    [process] = [child for child in psutil.Process().children() if "providers.espeak_process" in child.cmdline()]
    return process


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "¡Jo, jo, jo! ¿Cómo estás, Ñandú?"), ("en", "Ho, ho, ho! How are you, my friend?")],
)
def test_it_speaks(voice: EspeakVoice, tmp_path: Path, language: str, text: str) -> None:
    speech = voice.speak(Line(text, language), tmp_path / "v.wav", unwatched)
    assert 1.0 < speech.duration_s < 6.0
    assert speech.duration_s == pytest.approx(wav_seconds(tmp_path / "v.wav"))
    assert -40 < loudness_lufs(tmp_path / "v.wav", unwatched) < -10
    assert [file.name for file in tmp_path.iterdir()] == ["v.wav"]


def test_a_longer_text_takes_longer_and_nothing_of_it_is_dropped(voice: EspeakVoice, tmp_path: Path) -> None:
    sentence = "Este año ayudaste mucho en casa. "
    one, twenty = (
        voice.speak(Line(sentence * times, "es"), tmp_path / f"{times}.wav", unwatched).duration_s for times in (1, 20)
    )
    assert twenty == pytest.approx(20 * one, rel=0.25)


@pytest.mark.parametrize(
    "text", ["<speak><break time='600s'/>hola</speak>", "[[h@l'oU]] hola", "& < > ' \" \\ % {} \u202e ñ 🎅 美咲"]
)
def test_marks_are_read_not_obeyed(voice: EspeakVoice, tmp_path: Path, text: str) -> None:
    assert 0.2 < voice.speak(Line(text, "es"), tmp_path / "v.wav", unwatched).duration_s < 30


def test_a_killed_helper_costs_one_line_and_is_started_again(voice: EspeakVoice, tmp_path: Path) -> None:
    voice.speak(Line("Hola.", "es"), tmp_path / "a.wav", unwatched)
    first = helper()
    first.send_signal(signal.SIGSTOP)  # so that the request is in its pipe when it dies

    def kill(_fraction: float) -> None:
        if first.is_running():
            first.kill()

    with raises_code(TransientError, "voice_helper_died"):
        voice.speak(Line("Chau.", "es"), tmp_path / "b.wav", kill)
    assert not (tmp_path / "b.wav").exists()
    voice.speak(Line("Chau.", "es"), tmp_path / "b.wav", unwatched)
    assert helper().pid != first.pid


def test_cancelling_while_it_hangs_and_the_next_answer_is_the_right_one(voice: EspeakVoice, tmp_path: Path) -> None:
    voice.speak(Line("Hola.", "es"), tmp_path / "a.wav", unwatched)
    helper().send_signal(signal.SIGSTOP)
    started = time.monotonic()

    def stop(_fraction: float) -> None:
        raise Cancelled("cancelled", "Enough.")

    with raises_code(Cancelled, "cancelled"):
        voice.speak(Line("Una frase.", "es"), tmp_path / "b.wav", stop)
    assert time.monotonic() - started < 4
    assert voice.speak(Line("Una frase mucho más larga.", "es"), tmp_path / "c.wav", unwatched).duration_s > 1


def test_threads_take_turns(voice: EspeakVoice, tmp_path: Path) -> None:
    def speak(number: int) -> float:
        return voice.speak(Line("la " * (number + 1), "es"), tmp_path / f"{number}.wav", unwatched).duration_s

    with ThreadPoolExecutor(4) as pool:
        lengths = list(pool.map(speak, range(12)))
    assert lengths == sorted(lengths), "answers were mixed up"


def test_a_language_it_does_not_know_waits(voice: EspeakVoice, tmp_path: Path) -> None:
    with raises_code(EnvironmentFault, "voice_language"):
        voice.speak(Line("Ciao", "it"), tmp_path / "v.wav", unwatched)


def test_switched_off_it_says_so() -> None:
    availability = EspeakVoice(disabled=True).availability()
    assert not availability.usable
    assert "DISABLE_ESPEAK" in availability.reason


def test_the_helper_ends_with_its_parent() -> None:
    """Its input's end is its end: a killed program leaves no helper behind."""
    process = subprocess.Popen(
        [sys.executable, "-m", "providers.espeak_process"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=dict(os.environ),
    )
    out, _ = process.communicate(b'not json\n{"text": "x"}\n', timeout=20)
    assert process.returncode == 0
    assert all("error" in json.loads(line) for line in out.splitlines())
    assert len(out.splitlines()) == 2
