"""Silence cut off a spoken line's ends, so that the pauses between lines are ours to choose."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from core.media.limiter import decibels
from core.media.pcm import RATE, Samples

_STEP = RATE // 100  # 10 ms
_BELOW_DB = -40.0  # what is that far below the loudest 10 ms is not heard as speech
_BEFORE = round(0.03 * RATE)
_AFTER = round(0.09 * RATE)  # a last s or a breath dies away slowly
_SEARCH = round(0.005 * RATE)


def trim(sound: Samples) -> tuple[Samples, int]:
    """The sound between its first and last audible 10 ms, with a little air; and how many samples went in front.

    Cut where the wave crosses zero, so that it starts and ends without a click. Silence stays as it is.
    """
    steps = sound.shape[1] // _STEP
    if not steps:
        return sound, 0
    mono = sound.mean(axis=0)
    power = np.square(mono[: steps * _STEP].reshape(steps, _STEP)).mean(axis=1)
    loud = np.flatnonzero(power > float(power.max()) * decibels(2 * _BELOW_DB))
    if not loud.size or not power.max():
        return sound, 0
    first = _at_zero(mono, max(0, int(loud[0]) * _STEP - _BEFORE))
    last = _at_zero(mono, min(sound.shape[1], (int(loud[-1]) + 1) * _STEP + _AFTER))
    return sound[:, first:last], first


def _at_zero(mono: npt.NDArray[np.float32], place: int) -> int:
    """The place nearest to `place` where the wave crosses zero; where it is quietest if it does nowhere near."""
    if place in (0, mono.size):
        return place
    start = max(1, place - _SEARCH)
    near = mono[start - 1 : place + _SEARCH]
    crossings = np.flatnonzero(np.signbit(near[1:]) != np.signbit(near[:-1])) + start
    if crossings.size:
        return int(crossings[np.abs(crossings - place).argmin()])
    return start - 1 + int(np.abs(near).argmin())
