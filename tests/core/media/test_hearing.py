"""Mouths from the sound alone."""

from __future__ import annotations

import itertools
import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.media import pcm
from core.media.hearing import heard_cues, levels, mouths_in, taught
from core.media.mouths import CLOSED
from core.media.pcm import RATE
from core.media.phonemes import phoneme_cues
from providers.espeak_process import Espeak


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


SAID = {
    "es-419+m4": "Mañana compramos pan, peras y un vino muy bueno.",
    "en-us+m4": "Maybe Bob found five old maps below the bed.",
}


@pytest.mark.parametrize("voice", SAID)
def test_a_voice_that_nobody_taught_it_is_understood(voice: str, tmp_path: Path) -> None:
    espeak = Espeak()
    file = tmp_path / "said.wav"
    with wave.open(str(file), "wb") as wav:
        wav.setparams((1, 2, espeak.rate_hz, 0, "NONE", ""))
        wav.writeframes(espeak.speak(SAID[voice], voice, 150, 45, 60))
    truth = list(phoneme_cues(espeak.phonemes()))
    heard = list(heard_cues(pcm.read(file)))
    right = sum(
        max(0.0, min(one.end_s, other.end_s) - max(one.start_s, other.start_s))
        for one in truth
        for other in heard
        if one.shape == other.shape
    )
    assert right / truth[-1].end_s > 0.7
    closures = [cue for cue in truth if cue.shape == "A"]
    seen = [
        any(one.shape in CLOSED and one.start_s < cue.end_s + 0.05 and one.end_s > cue.start_s - 0.05 for one in heard)
        for cue in closures
    ]
    assert sum(seen) > 0.7 * len(closures)


def test_a_mouth_is_not_changed_for_a_doubtful_moment() -> None:
    noise = np.random.default_rng(5).normal(0, 0.1, RATE).astype(np.float32)
    noise *= np.repeat(np.random.default_rng(6).uniform(0.3, 1, 100), RATE // 100).astype(np.float32)
    changes = [
        len(list(itertools.groupby(mouths_in(levels(noise), replace(taught(), changes=weight)))))
        for weight in (0.0, 1.0)
    ]
    assert changes[1] < changes[0]
