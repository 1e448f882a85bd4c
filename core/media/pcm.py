"""Sound as plain samples: any file in, 48 kHz float arrays of shape (channels, samples) out."""

from __future__ import annotations

import wave
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

import av
import av.error
import numpy as np
import numpy.typing as npt

from core.errors import JobFault

RATE = 48_000
Samples = npt.NDArray[np.float32]

_FULL_SCALE = 32768.0


def read(path: Path, *, channels: int = 0) -> Samples:
    """The whole sound at 48 kHz. `channels` 0 keeps one or two as they are; more are mixed down to two.

    Raises `JobFault` (code `sound_unreadable`) that names the file.
    """
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise unreadable(path, "it holds no sound")
            stream = container.streams.audio[0]
            wanted = channels or min(2, stream.channels)
            resampler = av.AudioResampler(format="fltp", layout="mono" if wanted == 1 else "stereo", rate=RATE)
            parts: list[Samples] = [np.zeros((wanted, 0), np.float32)]
            for frame in container.decode(stream):
                parts += _arrays(resampler.resample(frame))
            parts += _arrays(resampler.resample(None))
    except (av.error.FFmpegError, ValueError) as error:
        reason = error.strerror if isinstance(error, av.error.FFmpegError) else error
        raise unreadable(path, str(reason)) from error
    return np.concatenate(parts, axis=1)


def _arrays(frames: Iterable[av.AudioFrame]) -> list[Samples]:
    return [frame.to_ndarray().astype(np.float32, copy=False) for frame in frames]


def write(path: Path, blocks: Iterable[Samples]) -> None:
    """Writes `blocks`, end to end, as 16-bit WAV at 48 kHz: what `BankedSound` reads."""
    with wave.open(str(path), "wb") as file:
        file.setsampwidth(2)
        file.setframerate(RATE)
        channels = 0
        for block in blocks:
            if not channels:
                channels = block.shape[0]
                file.setnchannels(channels)
            whole = np.rint(block.T * _FULL_SCALE)
            file.writeframes(np.clip(whole, -32768, 32767).astype("<i2").tobytes())


class BankedSound:
    """A 16-bit, 48 kHz WAV that `write` made, read span by span. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        try:
            self._file = wave.open(str(path), "rb")  # noqa: SIM115 - `close` ends it
        except (wave.Error, EOFError, OSError) as error:
            raise unreadable(path, str(error)) from error
        self.channels = self._file.getnchannels()
        self.length = self._file.getnframes()

    def __enter__(self) -> BankedSound:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    def span(self, first: int, count: int) -> Samples:
        """Samples `first` to `first + count`, in the order heard; shorter at the sound's end."""
        self._file.setpos(min(first, self.length))
        whole = np.frombuffer(self._file.readframes(count), dtype="<i2").reshape(-1, self.channels)
        return np.ascontiguousarray(whole.T, dtype=np.float32) * np.float32(1 / _FULL_SCALE)

    def looped(self, first: int, count: int) -> Samples:
        """As `span`, the sound going on from its start whenever it is over."""
        first %= self.length
        parts = []
        while count > 0:
            part = self.span(first, min(count, self.length - first))
            parts.append(part)
            count -= part.shape[1]
            first = 0
        return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)


def unreadable(path: Path, reason: str) -> JobFault:
    """The error for a file that is no sound, or not one that can be used."""
    return JobFault(
        "sound_unreadable",
        "The file {file} can't be read as sound: {reason}.",
        "Put a working file in its place.",
        file=path.name,
        reason=reason,
    )
