"""Peaks held below a ceiling, also those between the samples, without a click and without a pump."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

from core.media.pcm import Samples

Curve = npt.NDArray[np.float64]

_HOLD = 480  # samples (10 ms) by which the gain falls before a peak and rises after it
_REACH = 8  # samples on each side that a value between two samples is made from
_NEAR = 0.68  # nothing that is heard stands higher between two samples than this allows: 3.3 dB above both
_PART = 48_000  # samples looked at together: as many as fit the processor's cache
_CONTEXT = 2 * _HOLD + _REACH


def decibels(db: float) -> float:
    """The factor that raises by `db`."""
    return float(10 ** (db / 20))


def true_peak(sound: Samples) -> float:
    """The highest level of the sound once it is played: between its samples too (four places for each)."""
    highest = float(max(sound.max(initial=0.0), -sound.min(initial=0.0)))
    if not highest:
        return 0.0
    padded = np.pad(sound, ((0, 0), (_REACH, _REACH)))
    parts = (padded[:, first : first + _PART + 2 * _REACH] for first in range(0, sound.shape[1], _PART))
    return max(float(_peaks(part, highest).max()) for part in parts)


def limited(blocks: Iterable[Samples], ceiling: float) -> Iterator[Samples]:
    """`blocks`, end to end, in the same number of samples, no true peak of them above `ceiling`.

    Blocks may come out in other sizes than they came in.
    """
    held: Samples | None = None
    for block in blocks:
        if held is None:
            held = np.zeros((block.shape[0], _CONTEXT), np.float32)
        held = np.concatenate((held, block), axis=1)
        if held.shape[1] > 2 * _CONTEXT:
            yield _limit(held, ceiling)
            held = held[:, -2 * _CONTEXT :]
    if held is not None:
        yield _limit(np.pad(held, ((0, 0), (0, _CONTEXT))), ceiling)


def _limit(held: Samples, ceiling: float) -> Samples:
    """What lies between the contexts at both ends of `held`, limited."""
    middle = held[:, _CONTEXT:-_CONTEXT]
    if float(np.abs(held).max(initial=0.0)) <= _NEAR * ceiling:
        return middle
    peaks = _peaks(held, ceiling)
    if float(peaks.max()) <= ceiling:
        return middle
    gain = np.minimum(1.0, ceiling / np.maximum(peaks, ceiling))
    return middle * _softened(gain).astype(np.float32)


def _softened(gain: Curve) -> Curve:
    """Never above `gain`: its minimum over `_HOLD` to both sides, smoothed over as much."""
    window = 2 * _HOLD + 1
    lowest = _lowest(gain, window)
    summed = np.concatenate(([0.0], np.cumsum(lowest)))
    softened: Curve = (summed[window:] - summed[:-window]) / window
    return softened


def _lowest(values: Curve, window: int) -> Curve:
    """The minimum over each `window` values: doubling spans instead of looking at each value."""
    span = 1
    while 2 * span <= window:
        values = np.minimum(values[:-span], values[span:])
        span *= 2
    rest = window - span
    lowest: Curve = np.minimum(values[:-rest], values[rest:]) if rest else values
    return lowest


def _peaks(held: Samples, ceiling: float) -> Curve:
    """For each sample but `_REACH` at both ends: the highest of it and of what lies up to the next and the last.

    Only near peaks is it worked out: elsewhere the answer is the sample itself.
    """
    inside = slice(_REACH, held.shape[1] - _REACH)
    peaks: Curve = np.abs(held[:, inside]).max(axis=0).astype(np.float64)
    near = peaks > _NEAR * ceiling
    near[:-1] |= near[1:]
    starts = np.flatnonzero(near[:-1])
    if not starts.size:
        return peaks
    places = starts[:, None] + np.arange(1, 2 * _REACH + 1)  # in `held`: _REACH - 1 before, _REACH after
    for channel in held:
        between = np.abs(channel[places] @ _between()).max(axis=1)
        peaks[starts] = np.maximum(peaks[starts], between)
        peaks[starts + 1] = np.maximum(peaks[starts + 1], between)
    return peaks


@cache
def _between() -> npt.NDArray[np.float32]:
    """Weights of 16 samples for the values a quarter, a half and three quarters between the middle two."""
    taps = np.arange(-_REACH + 1, _REACH + 1)
    columns = []
    for quarter in (0.25, 0.5, 0.75):
        distance = quarter - taps
        weights = np.sinc(distance) * np.cos(np.pi * distance / (2 * _REACH + 1)) ** 2
        columns.append(weights / weights.sum())
    return np.array(columns, np.float32).T
