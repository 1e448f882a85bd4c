"""Every spoken line at −16 LUFS ±1, no true peak above −1.5 dBTP, whatever the voice gave."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import JobFault
from core.media.audio import wav_seconds
from core.media.pcm import RATE, Samples
from core.media.voice import level
from core.progress import unwatched
from tests.core.media.sounds import babble, measured, sine, write
from tests.stand_ins import raises_code

LINES = {
    "a sentence": babble(5.0),
    "one syllable": babble(0.6, level=0.2),
    "whispered": babble(4.0, level=0.006),
    "shouted": babble(4.0, level=0.24),
    "clipped": np.clip(babble(4.0, level=3.0), -1, 0.99),
    "with one bang": babble(4.0) + np.eye(1, 4 * RATE, 30_000, dtype=np.float32) * 0.9,
    "half a minute": babble(30.0),
    "two channels": np.concatenate((babble(4.0), babble(4.0, seed=3))),
    "after a long silence": np.pad(babble(3.0), ((0, 0), (5 * RATE, 0))),
}


@pytest.mark.parametrize("name", LINES)
def test_a_line_is_as_loud_as_all_others(tmp_path: Path, name: str) -> None:
    said: Samples = LINES[name]
    cut = round(level(write(tmp_path / "said.wav", said), tmp_path / "line.wav", unwatched) * RATE)
    loudness, peak = measured(tmp_path / "line.wav")
    assert loudness == pytest.approx(-16.0, abs=1.0)
    assert peak <= -1.5
    kept = said[:, cut : cut + round(wav_seconds(tmp_path / "line.wav") * RATE)]
    assert np.square(kept).sum() == pytest.approx(np.square(said).sum(), rel=0.001)


def test_ten_minutes_are_levelled_too(tmp_path: Path) -> None:
    said = np.tile(babble(20.0), (1, 30))
    level(write(tmp_path / "said.wav", said), tmp_path / "line.wav", unwatched)
    assert 599 < wav_seconds(tmp_path / "line.wav") <= 600.0


def test_silence_is_refused_by_name(tmp_path: Path) -> None:
    silence = np.zeros((1, RATE), np.float32)
    with raises_code(JobFault, "speech_silent"):
        level(write(tmp_path / "said.wav", silence), tmp_path / "line.wav", unwatched)
    with raises_code(JobFault, "speech_silent"):
        level(write(tmp_path / "said.wav", sine(1.0, level=0.0003)), tmp_path / "line.wav", unwatched)
    with raises_code(JobFault, "speech_empty"):
        level(write(tmp_path / "said.wav", silence[:, :0]), tmp_path / "line.wav", unwatched)
    assert not (tmp_path / "line.wav").exists()


def test_a_voice_that_wrote_no_sound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "said.wav").write_bytes(b"<html>quota exceeded</html>")
    with raises_code(JobFault, "speech_unreadable"):
        level(tmp_path / "said.wav", tmp_path / "line.wav", unwatched)
