"""A film's sound: what is heard when, added up as plain samples and encoded once."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import av
import av.error
import numpy as np
import numpy.typing as npt

from core.errors import TransientError
from core.media.limiter import decibels, limited
from core.media.pcm import RATE, BankedSound, Samples
from core.progress import Progress
from core.storage.cache import disk_full

CEILING_DBTP = -2.0  # the encoder adds up to half a decibel to a peak
_EDGE_S = 0.005  # every sound fades in and out at least this long: a cut that clicks is never heard
_BLOCK = RATE
_MONO = np.float32(0.5**0.5)  # one channel on two speakers, as loud as it was on one


@dataclass(frozen=True, slots=True)
class Duck:
    """Quieter by `db` during each of `spans` (start, end; in seconds of the film), with soft ramps outside them."""

    db: float
    spans: tuple[tuple[float, float], ...]
    ramp_s: float = 0.4


@dataclass(frozen=True, slots=True)
class Placed:
    """A banked sound at `start_s` of the film, for at most `length_s`, raised by `gain_db`, faded at its ends."""

    path: Path
    start_s: float
    length_s: float
    gain_db: float = 0.0
    loop: bool = False
    fade_in_s: float = 0.0
    fade_out_s: float = 0.0
    duck: Duck | None = None


def mix(sounds: Sequence[Placed], total_s: float, kbps: int, destination: Path, progress: Progress) -> None:
    """Writes the mix as AAC in MP4, 48 kHz stereo, exactly `total_s` long, peaks held below −1.5 dBTP.

    Takes the same memory for a long film as for a short one. Encoded in this process: starting FFmpeg for it
    takes longer than all the rest.
    """
    total = round(total_s * RATE)
    try:
        with ExitStack() as stack:
            voices = [_Voice(sound, stack.enter_context(BankedSound(sound.path))) for sound in sounds]
            _encode(limited(_sums(voices, total), decibels(CEILING_DBTP)), total, kbps, destination, progress)
    except av.error.FFmpegError as error:
        if error.errno == errno.ENOSPC:
            raise disk_full(destination.parent) from error
        raise TransientError(
            "sound_failed",
            "The film's sound could not be encoded: {reason}.",
            "It is tried again by itself.",
            reason=error.strerror or "unknown",
        ) from error


def _encode(blocks: Iterator[Samples], total: int, kbps: int, destination: Path, progress: Progress) -> None:
    with av.open(str(destination), "w", format="mp4") as output:
        stream = output.add_stream("aac", rate=RATE, layout="stereo", options={"aac_coder": "fast"})
        stream.bit_rate = kbps * 1000
        done = 0
        for block in blocks:
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout="stereo")
            frame.rate, frame.pts = RATE, done
            output.mux(stream.encode(frame))
            done += block.shape[1]
            progress(done / total)
        output.mux(stream.encode(None))


def _sums(voices: Sequence[_Voice], total: int) -> Iterator[Samples]:
    for first in range(0, total, _BLOCK):
        block = np.zeros((2, min(_BLOCK, total - first)), np.float32)
        for voice in voices:
            voice.add_to(block, first)
        yield block


class _Voice:
    """One sound of the mix, all its times in samples of the film."""

    def __init__(self, placed: Placed, sound: BankedSound) -> None:
        self._sound = sound
        self._loop = placed.loop
        self._start = round(placed.start_s * RATE)
        length = round(placed.length_s * RATE)
        self._end = self._start + (length if placed.loop else min(length, sound.length))
        self._gain = np.float32(decibels(placed.gain_db)) * (_MONO if sound.channels == 1 else np.float32(1))
        edges = [
            (self._start, 0.0),
            (self._start + round(max(placed.fade_in_s, _EDGE_S) * RATE), 1.0),
            (self._end - round(max(placed.fade_out_s, _EDGE_S) * RATE), 1.0),
            (self._end, 0.0),
        ]
        self._fades = _in_order(edges)
        self._ducked = _ducked(placed.duck) if placed.duck and placed.duck.spans else []

    def add_to(self, block: Samples, first: int) -> None:
        begin, end = max(first, self._start), min(first + block.shape[1], self._end)
        if begin >= end or not self._sound.length:
            return
        read = self._sound.looped if self._loop else self._sound.span
        samples = read(begin - self._start, end - begin) * self._gain
        for points in (self._fades, self._ducked):
            if points and not _even(points, begin, end):
                samples = samples * _curve(points, begin, end)
            elif points:
                samples = samples * np.float32(_value(points, begin))
        block[:, begin - first : end - first] += samples


Points = list[tuple[int, float]]


def _in_order(edges: Points) -> Points:
    """A sound too short for both its fades has them meet in its middle."""
    start, full, going, end = (place for place, _ in edges)
    if full > going:
        full = going = (start + end) // 2
    return [(start, 0.0), (full, 1.0), (going, 1.0), (end, 0.0)]


def _ducked(duck: Duck) -> Points:
    low, ramp = decibels(-duck.db), round(duck.ramp_s * RATE)
    points: Points = []
    for start_s, end_s in duck.spans:
        start, end = round(start_s * RATE), round(end_s * RATE)
        if points and start - ramp < points[-1][0]:
            points[-2:] = [(end, low), (end + ramp, 1.0)]
        else:
            points += [(start - ramp, 1.0), (start, low), (end, low), (end + ramp, 1.0)]
    return points


def _even(points: Points, begin: int, end: int) -> bool:
    """Whether the curve is level from `begin` to `end`."""
    inside = [value for place, value in points if begin < place < end]
    return {_value(points, begin), *inside} == {_value(points, end - 1)}


def _value(points: Points, place: int) -> float:
    places, values = zip(*points, strict=True)
    return float(np.interp(place, places, values))


def _curve(points: Points, begin: int, end: int) -> npt.NDArray[np.float32]:
    places, values = zip(*points, strict=True)
    curve: npt.NDArray[np.float32] = np.interp(np.arange(begin, end), places, values).astype(np.float32)
    return curve
