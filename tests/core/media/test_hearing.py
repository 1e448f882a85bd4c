"""Mouths from the sound alone."""

from __future__ import annotations

import itertools

import numpy as np

from core.media.hearing import heard_cues
from core.media.mouths import CLOSED
from core.media.pcm import RATE


def test_silence_is_closed_and_a_vowel_is_not() -> None:
    second = np.arange(RATE) / RATE
    tones = [np.sin(2 * np.pi * 130 * k * second) * (0.4 / k + vowel(130 * k)) for k in range(1, 30)]
    voice = np.sum(tones, axis=0)
    quiet = np.zeros(RATE, np.float32)
    sound = np.concatenate([quiet, 0.1 * voice.astype(np.float32), quiet])[None]
    cues = list(heard_cues(sound, 5.0))
    assert cues[0].start_s == 5.0
    for cue in cues:
        inside = max(0.0, min(cue.end_s, 6.8) - max(cue.start_s, 6.2))
        outside = max(0.0, min(cue.end_s, 5.85) - cue.start_s) + max(0.0, cue.end_s - max(cue.start_s, 7.15))
        if cue.shape in CLOSED:
            assert inside == 0, cue
        else:
            assert outside == 0, cue


def vowel(hertz: float) -> float:
    """About an a: two formants."""
    return float(np.exp(-(((hertz - 750) / 200) ** 2)) + 0.6 * np.exp(-(((hertz - 1300) / 250) ** 2)))


def test_cues_follow_one_another_and_cover_the_sound() -> None:
    noise = np.random.default_rng(3).normal(0, 0.1, (1, 2 * RATE)).astype(np.float32)
    cues = list(heard_cues(noise))
    assert cues[0].start_s == 0.0
    assert abs(cues[-1].end_s - 2.0) < 0.011
    assert all(abs(a.end_s - b.start_s) < 1e-9 for a, b in itertools.pairwise(cues))


def test_next_to_no_sound_is_no_mouth() -> None:
    assert list(heard_cues(np.zeros((1, 0), np.float32))) == []
    assert list(heard_cues(np.zeros((1, 100), np.float32))) == []
    assert [cue.shape for cue in heard_cues(np.zeros((1, RATE), np.float32))] == ["X"]
