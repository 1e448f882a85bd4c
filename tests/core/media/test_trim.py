"""Silence goes from both ends, without a click and without a sound being cut."""

from __future__ import annotations

import numpy as np
import pytest

from core.media.pcm import RATE
from core.media.trim import trim
from tests.core.media.sounds import babble, sine


def silence(seconds: float) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.zeros((1, round(seconds * RATE)), np.float32)


def test_silence_goes_and_the_sound_stays() -> None:
    said = sine(1.0, hertz=200)
    line, before = trim(np.concatenate([silence(0.5), said, silence(0.8)], axis=1))
    assert before / RATE == pytest.approx(0.47, abs=0.012)
    assert line.shape[1] / RATE == pytest.approx(1.12, abs=0.03)
    assert np.square(line).sum() == pytest.approx(np.square(said).sum())


def test_cuts_lie_where_the_wave_crosses_zero() -> None:
    hum = sine(3.0, hertz=180, level=0.001)  # never silent, but far below what is said
    hum[:, RATE : 2 * RATE] += sine(1.0, hertz=300)
    line, before = trim(hum)
    assert 0.8 < before / RATE < 1.0
    assert line.shape[1] < 1.3 * RATE
    step = np.abs(np.diff(line[0][:200])).max()
    assert abs(line[0, 0]) <= step
    assert abs(line[0, -1]) <= step


@pytest.mark.parametrize("sound", [silence(0.0), silence(0.005), silence(2.0)])
def test_what_holds_nothing_is_left_alone(sound: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> None:
    line, before = trim(sound)
    assert (line.shape, before) == (sound.shape, 0)


def test_both_channels_are_cut_alike() -> None:
    both = np.concatenate([np.pad(babble(1.0), ((0, 0), (RATE, 0)))] * 2)
    line, before = trim(both)
    assert line.shape[0] == 2
    assert before > 0.9 * RATE
