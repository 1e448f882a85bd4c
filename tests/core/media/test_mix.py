"""The mix: everything at its time, exactly as long as the film, at its loudness, without a click."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.media.limiter import decibels, limited, true_peak
from core.media.mix import Duck, Placed, mix
from core.media.pcm import RATE, BankedSound, Samples
from core.progress import unwatched
from tests.core.media.sounds import babble, heard, measured, rms, sine, write

# A sine of 0.2, of which each of two channels gets half the power.
TONE_RMS = 0.1


def mixed(tmp_path: Path, placed: list[Placed], total_s: float, kbps: int = 160) -> Samples:
    mix(placed, total_s, kbps, tmp_path / "mix.m4a", unwatched)
    return heard(tmp_path / "mix.m4a")


def test_sounds_stand_where_they_were_placed(tmp_path: Path) -> None:
    a, b = write(tmp_path / "a.wav", sine(1.0, hertz=220)), write(tmp_path / "b.wav", sine(0.5, hertz=700))
    sound = mixed(tmp_path, [Placed(a, 1.0, 1.0), Placed(b, 3.0, 0.5, gain_db=-6)], 4.0)
    assert sound.shape == (2, pytest.approx(4.0 * RATE, abs=2048))
    assert rms(sound, 0.1, 0.9) < 0.001
    assert rms(sound, 1.1, 1.9) == pytest.approx(TONE_RMS, rel=0.1)
    assert rms(sound, 2.1, 2.9) < 0.001
    assert rms(sound, 3.1, 3.4) == pytest.approx(TONE_RMS / 2, rel=0.15)


def test_a_loop_lasts_as_long_as_it_is_asked_to(tmp_path: Path) -> None:
    room = write(tmp_path / "room.wav", sine(0.5, hertz=220))
    sound = mixed(tmp_path, [Placed(room, 0.5, 2.0, loop=True, fade_out_s=0.4)], 4.0)
    assert rms(sound, 0.6, 2.0) == pytest.approx(TONE_RMS, rel=0.1)
    assert rms(sound, 2.4, 2.5) < 0.05
    assert rms(sound, 2.6, 3.9) < 0.001


def test_what_is_shorter_than_its_place_ends_softly(tmp_path: Path) -> None:
    short = write(tmp_path / "short.wav", sine(1.0))
    sound = mixed(tmp_path, [Placed(short, 0.0, 3.0, fade_out_s=0.5)], 3.0)
    assert rms(sound, 0.1, 0.5) == pytest.approx(TONE_RMS, rel=0.1)
    assert rms(sound, 0.9, 1.0) < TONE_RMS / 3
    assert rms(sound, 1.1, 2.9) < 0.001


def test_music_makes_way_for_words_and_comes_back(tmp_path: Path) -> None:
    music = write(tmp_path / "music.wav", sine(7.0, hertz=440))
    duck = Duck(12.0, ((2.0, 3.0), (3.3, 5.0)), ramp_s=0.4)
    sound = mixed(tmp_path, [Placed(music, 0.0, 7.0, duck=duck)], 7.0)
    assert rms(sound, 0.5, 1.5) == pytest.approx(TONE_RMS, rel=0.1)
    for start_s, end_s in ((2.1, 2.9), (3.05, 3.25), (3.4, 4.9)):
        assert rms(sound, start_s, end_s) == pytest.approx(TONE_RMS * decibels(-12), rel=0.15)
    assert rms(sound, 5.5, 6.8) == pytest.approx(TONE_RMS, rel=0.1)


def test_nothing_clicks_where_sounds_meet(tmp_path: Path) -> None:
    """A low tone cut anywhere would step by up to 0.3; a click is what a player hears of such a step."""
    tone = write(tmp_path / "tone.wav", sine(3.0, hertz=60, level=0.3, phase=1.2))
    placed = [Placed(tone, start_s, 1.017) for start_s in (0.0, 1.017, 2.1)]
    placed.append(Placed(tone, 3.3, 1.0, loop=True))
    sound = mixed(tmp_path, placed, 5.0, kbps=320)
    steps = np.abs(np.diff(sound[0], 2))  # a click is a bend, not a slope
    assert float(steps.max()) < 0.004


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_peaks_of_the_encoded_film_are_held(tmp_path: Path, seed: int) -> None:
    loud = write(tmp_path / "loud.wav", babble(3.0, level=0.24, seed=seed))
    mixed(tmp_path, [Placed(loud, 0, 3.0, gain_db=9), Placed(loud, 0.1, 2.9, gain_db=6)], 3.0)
    assert measured(tmp_path / "mix.m4a")[1] <= -1.5


def test_an_empty_film_is_silent(tmp_path: Path) -> None:
    sound = mixed(tmp_path, [], 1.0)
    assert float(np.abs(sound).max()) == 0.0


def test_the_limiter_loses_no_sample_and_passes_what_is_quiet() -> None:
    sound = babble(3.0, level=0.05)
    for size in (7, 1000, 48_000, 200_000):
        blocks = [sound[:, first : first + size] for first in range(0, sound.shape[1], size)]
        assert np.array_equal(np.concatenate(list(limited(blocks, 0.9)), axis=1), sound)


def test_the_limiter_holds_true_peaks_however_it_is_fed() -> None:
    sound = sine(0.5, hertz=12_000, level=1.2, phase=np.pi / 4) + babble(0.5, level=1.0)
    whole = np.concatenate(list(limited([sound], 0.8)), axis=1)
    assert whole.shape == sound.shape
    assert true_peak(whole) <= 0.8 * decibels(0.1)
    pieces = [sound[:, first : first + 777] for first in range(0, sound.shape[1], 777)]
    assert np.allclose(np.concatenate(list(limited(pieces, 0.8)), axis=1), whole, atol=1e-5)


def test_a_banked_sound_is_read_span_by_span(tmp_path: Path) -> None:
    ramp = (np.arange(1000) / 1024).astype(np.float32)[None, :]
    with BankedSound(write(tmp_path / "ramp.wav", ramp)) as sound:
        assert (sound.channels, sound.length) == (1, 1000)
        assert np.allclose(sound.span(990, 50)[0], ramp[0, 990:])
        assert sound.span(2000, 5).shape == (1, 0)
        looped = sound.looped(2990, 1020)[0]
        assert np.allclose(looped, np.concatenate((ramp[0, 990:], ramp[0], ramp[0, :10])))
