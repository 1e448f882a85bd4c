"""Sound that a service sent: it is believed only if it can be the spoken text."""

from __future__ import annotations

import secrets
from pathlib import Path

import numpy as np
import pytest

from providers.spoken import Unsound, decoded
from tests.stand_in_services.media import hum

TEXT = "Una frase de más o menos cuarenta letras."
FORMATS = ("mp3_44100_128", "wav_24000", "pcm_24000", "opus_48000_64")


@pytest.mark.parametrize("output_format", FORMATS)
def test_a_hum_of_the_right_length_is_taken(output_format: str, tmp_path: Path) -> None:
    sound = decoded(hum(2.5, output_format), output_format, TEXT, tmp_path / "a.wav")
    assert sound.shape[1] / 48_000 == pytest.approx(2.5, abs=0.1)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize("size", [1, 2, 1000, 60_000, 200_000])
def test_noise_is_not(output_format: str, size: int, tmp_path: Path) -> None:
    for _ in range(3):
        with pytest.raises(Unsound):
            decoded(secrets.token_bytes(size), output_format, TEXT, tmp_path / "a.wav")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("output_format", FORMATS)
def test_nor_is_nothing(output_format: str, tmp_path: Path) -> None:
    with pytest.raises(Unsound):
        decoded(b"", output_format, TEXT, tmp_path / "a.wav")


@pytest.mark.parametrize("seconds", [0.3, 55.0])
def test_nor_is_what_is_much_too_short_or_long(seconds: float, tmp_path: Path) -> None:
    with pytest.raises(Unsound):
        decoded(hum(seconds, "pcm_16000"), "pcm_16000", TEXT, tmp_path / "a.wav")


def test_nor_is_sound_with_noise_around_it(tmp_path: Path) -> None:
    sound = secrets.token_bytes(60_000) + hum(2.5, "mp3_44100_128") + secrets.token_bytes(60_000)
    with pytest.raises(Unsound):
        decoded(sound, "mp3_44100_128", TEXT, tmp_path / "a.wav")


def test_a_hiss_in_a_voice_is_no_noise(tmp_path: Path) -> None:
    """An s has many zero crossings, but it is not as loud as noise bytes are."""
    rng = np.random.default_rng(7)
    samples = np.concatenate([rng.normal(0, 2500, 30_000), 8000 * np.sin(np.arange(30_000) / 40)]).astype("<i2")
    assert decoded(samples.tobytes(), "pcm_24000", TEXT, tmp_path / "a.wav").shape[1] == 120_000
