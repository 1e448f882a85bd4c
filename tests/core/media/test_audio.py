"""The mix: everything at its time, exactly as long as the film, at its loudness."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from core.errors import JobFault
from core.media.audio import RATE, Placed, loudness_lufs, mix, wav_seconds
from core.progress import unwatched
from tests.stand_ins import raises_code, write_tone


# A sine of 0.2, of which each of two channels gets half the power.
TONE_RMS = 0.1


def heard(path: Path) -> npt.NDArray[np.float32]:
    """The left channel, decoded, its encoder's lead-in dropped as a player does."""
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    return np.concatenate(frames)


def rms(sound: npt.NDArray[np.float32], start_s: float, end_s: float) -> float:
    return float(np.sqrt(np.mean(sound[round(start_s * RATE) : round(end_s * RATE)] ** 2)))


def test_sounds_stand_where_they_were_placed(tmp_path: Path) -> None:
    write_tone(tmp_path / "a.wav", 1.0)
    write_tone(tmp_path / "b.wav", 0.5, hertz=700)
    placed = [Placed(tmp_path / "a.wav", 1.0, 1.0), Placed(tmp_path / "b.wav", 3.0, 0.5, gain_db=-6)]
    mix(placed, 4.0, 128, tmp_path / "mix.m4a", unwatched)
    sound = heard(tmp_path / "mix.m4a")
    assert len(sound) == pytest.approx(4.0 * RATE, abs=2048)
    assert rms(sound, 0.1, 0.9) < 0.001
    assert rms(sound, 1.1, 1.9) == pytest.approx(TONE_RMS, rel=0.1)
    assert rms(sound, 2.1, 2.9) < 0.001
    assert rms(sound, 3.1, 3.4) == pytest.approx(TONE_RMS / 2, rel=0.15)


def test_a_loop_lasts_as_long_as_it_is_asked_to(tmp_path: Path) -> None:
    write_tone(tmp_path / "room.wav", 0.5)
    mix([Placed(tmp_path / "room.wav", 0.5, 2.0, loop=True, fade_out_s=0.4)], 4.0, 128, tmp_path / "m.m4a", unwatched)
    sound = heard(tmp_path / "m.m4a")
    assert rms(sound, 0.6, 2.0) == pytest.approx(TONE_RMS, rel=0.1)
    assert rms(sound, 2.4, 2.5) < 0.05
    assert rms(sound, 2.6, 3.9) < 0.001


def test_peaks_are_held(tmp_path: Path) -> None:
    write_tone(tmp_path / "loud.wav", 1.0, level=0.9)
    mix([Placed(tmp_path / "loud.wav", 0, 1.0, gain_db=12)] * 2, 1.0, 192, tmp_path / "m.m4a", unwatched)
    assert float(np.abs(heard(tmp_path / "m.m4a")).max()) < 0.95


def test_loudness_is_measured(tmp_path: Path) -> None:
    write_tone(tmp_path / "tone.wav", 2.0, hertz=997, level=0.1)
    assert loudness_lufs(tmp_path / "tone.wav", unwatched) == pytest.approx(-23.0, abs=0.5)
    write_tone(tmp_path / "silence.wav", 2.0, level=0.0)
    assert loudness_lufs(tmp_path / "silence.wav", unwatched) == -70.0


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "noise.wav").write_bytes(b"RIFF....not a wave")
    with raises_code(JobFault, "speech_unreadable"):
        wav_seconds(tmp_path / "noise.wav")
    write_tone(tmp_path / "empty.wav", 0.0)
    with raises_code(JobFault, "speech_empty"):
        wav_seconds(tmp_path / "empty.wav")
