"""Is what a voice service sent really the spoken text? Looked at before anything is kept of it."""

from __future__ import annotations

import wave
from pathlib import Path

import av
import av.error
import numpy as np
import numpy.typing as npt

from core.errors import JobFault
from core.media import pcm
from core.media.pcm import RATE, Samples

_FORMATS = {"mp3": "mp3", "wav": "wav", "opus": "ogg"}
_SOUND_SHARE = 0.8  # of the bytes; what remains is tags and headers. In noise a decoder finds next to none
_FASTEST = 45.0  # characters a second; speech has about fifteen
_SLOWEST = 1.0
_PAUSES_S = 10.0
_NOISE_CROSSINGS = 0.4  # of the samples; speech has a tenth
_NOISE_RMS = 0.3


class Unsound(Exception):
    """It is not. `reason` says why, in words for the operator."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def decoded(sound: bytes, output_format: str, text: str, beside: Path) -> Samples:
    """`sound` at 48 kHz. `output_format` is as ElevenLabs names them (`mp3_44100_128`, `pcm_24000`). Raises `Unsound`.

    `beside` is a file that will be made: the sound lies next to it for a moment.
    """
    kind, _, rate = output_format.partition("_")
    file = beside.with_name(f"{beside.stem}.sent.{'wav' if kind == 'pcm' else kind}")
    try:
        if kind == "pcm":
            _wrap(sound, int(rate), file)
        else:
            file.write_bytes(sound)
            _check_stream(file, _FORMATS[kind], len(sound))
        samples = pcm.read(file)
    except JobFault as error:
        raise Unsound("what came is no sound") from error
    finally:
        file.unlink(missing_ok=True)
    _check_length(samples, text)
    return samples


def _wrap(sound: bytes, rate: int, file: Path) -> None:
    if len(sound) % 2 or not sound:
        raise Unsound("what came is no sound")
    _check_noise(np.frombuffer(sound, "<i2").astype(np.float32) / np.float32(32768))
    with wave.open(str(file), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(rate)
        wav.writeframes(sound)


def _check_stream(file: Path, form: str, size: int) -> None:
    try:
        with av.open(str(file), format=form) as container:
            sound = sum(packet.size for packet in container.demux(audio=0))
    except (av.error.FFmpegError, ValueError, IndexError) as error:
        raise Unsound("what came is no sound") from error
    if sound < _SOUND_SHARE * size:
        raise Unsound("what came is not the sound it should be")


def _check_length(samples: Samples, text: str) -> None:
    seconds = samples.shape[1] / RATE
    characters = len(text)
    if seconds < characters / _FASTEST or seconds <= 0:
        raise Unsound(f"{seconds:.1f} s of sound came for {characters} characters")
    if seconds > _PAUSES_S + characters / _SLOWEST:
        raise Unsound(f"{seconds:.0f} s of sound came for only {characters} characters")


def _check_noise(samples: npt.NDArray[np.float32]) -> None:
    """Any bytes can be played as PCM. Those of noise cross zero at every other sample, and are very loud."""
    crossings = float(np.mean(np.signbit(samples[1:]) != np.signbit(samples[:-1]))) if len(samples) > 1 else 1.0
    if crossings > _NOISE_CROSSINGS and float(np.sqrt(np.mean(samples**2))) > _NOISE_RMS:
        raise Unsound("what came is noise")
