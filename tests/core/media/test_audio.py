"""Meters: loudness and true peak as FFmpeg's own meter sees them; lengths; what is no sound."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from core.errors import JobFault
from core.media import pcm
from core.media.audio import loudness_lufs, wav_seconds
from core.media.limiter import true_peak
from core.media.pcm import RATE, Samples
from core.progress import unwatched
from tests.core.media.sounds import babble, measured, sine, softly, write
from tests.stand_ins import raises_code, write_tone

SOUNDS = {
    "tone": sine(2.0, level=0.1),
    "low tone": sine(2.0, hertz=60, level=0.3),
    "high tone": sine(2.0, hertz=9000, level=0.1),
    "between samples": sine(2.0, hertz=12000, level=0.5, phase=np.pi / 4),
    "speech": babble(6.0),
    "speech with a long silence": np.pad(babble(4.0), ((0, 0), (0, 6 * RATE))),
    "stereo": np.concatenate((babble(3.0), babble(3.0, seed=2, level=0.02))),
    "clipped": np.clip(babble(3.0, level=2.0), -0.99, 0.99),
}


@pytest.mark.parametrize("name", SOUNDS)
def test_the_meters_agree_with_ffmpegs(tmp_path: Path, name: str) -> None:
    sound: Samples = softly(SOUNDS[name])
    path = write(tmp_path / "sound.wav", sound)
    loudness, peak = measured(path)
    assert loudness_lufs(path, unwatched) == pytest.approx(loudness, abs=0.2)
    assert 20 * np.log10(true_peak(sound)) == pytest.approx(peak, abs=0.3)


def test_silence_and_nothing(tmp_path: Path) -> None:
    write_tone(tmp_path / "silence.wav", 2.0, level=0.0)
    assert loudness_lufs(tmp_path / "silence.wav", unwatched) == -70.0
    assert true_peak(np.zeros((2, 0), np.float32)) == 0.0


@pytest.mark.parametrize("rate", [8000, 22050, 44100, 96000])
def test_any_rate_is_read_at_the_films(tmp_path: Path, rate: int) -> None:
    import wave

    tone = np.sin(2 * np.pi * 440 * np.arange(rate) / rate) * 8000
    with wave.open(str(tmp_path / "t.wav"), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(tone.astype("<i2").tobytes())
    sound = pcm.read(tmp_path / "t.wav")
    assert sound.shape[0] == 1
    assert sound.shape[1] == pytest.approx(RATE, abs=2)
    crossings = np.count_nonzero(np.diff(np.signbit(sound[0])))
    assert crossings == pytest.approx(880, abs=4)


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "noise.wav").write_bytes(b"RIFF....not a wave")
    with raises_code(JobFault, "speech_unreadable"):
        wav_seconds(tmp_path / "noise.wav")
    with raises_code(JobFault, "sound_unreadable") as caught:
        pcm.read(tmp_path / "noise.wav")
    assert "noise.wav" in str(caught.value)
    write_tone(tmp_path / "empty.wav", 0.0)
    with raises_code(JobFault, "speech_empty"):
        wav_seconds(tmp_path / "empty.wav")
