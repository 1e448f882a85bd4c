"""Mouths from the sound alone, where nothing else is known: how loud it is, and where in the spectrum.

What each 10 ms looks like is decided by a linear classifier that benchmarks/hearing.py has taught.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from core.media.mouths import SHAPES, MouthCue, Shape
from core.media.pcm import RATE, Samples
from core.paths import resources

STEP_S = 0.01
_STEP = round(STEP_S * RATE)
_WINDOW = 1200
_EDGES_HZ = (60, 180, 300, 430, 580, 740, 920, 1130, 1380, 1680, 2050, 2500, 3050, 3750, 4700, 6000, 8000)
_AROUND = (-6, -3, 0, 3, 6)  # in steps: what was before and comes after tells as much as what is
_FLOOR_DB = -50.0  # below the line's loud parts; what is quieter is not heard
_SILENT_DB = -34.0
_NOTHING = 1e-4  # of full scale: a line in which nothing is said at all
_STAYS = 1.2  # how much likelier a mouth is to stay than to change, from one step to the next (natural logarithm)

Rows = npt.NDArray[np.float64]


def heard_cues(sound: Samples, start_s: float = 0.0) -> Iterator[MouthCue]:
    """The mouths of a spoken line (48 kHz), moved to `start_s`."""
    mono = sound.mean(axis=0)
    rows = features(mono)
    if not len(rows):
        return
    if float(np.abs(mono).max()) < _NOTHING:
        yield MouthCue(start_s, start_s + len(rows) * STEP_S, "X")
        return
    place = 0
    for shape, run in itertools.groupby(_likeliest(_scores(rows))):
        length = len(list(run))
        yield MouthCue(start_s + place * STEP_S, start_s + (place + length) * STEP_S, shape)
        place += length


def features(mono: npt.NDArray[np.float32]) -> Rows:
    """A row for each 10 ms: its level and that of its bands, in dB below the line's loud parts, and those around it."""
    count = mono.size // _STEP
    if not count:
        return np.zeros((0, 0))
    levels = _levels(np.pad(mono, (_WINDOW // 2 - _STEP // 2, _WINDOW)), count)
    loud = np.percentile(levels[:, 0], 90)
    levels = np.maximum(levels - loud, _FLOOR_DB)
    places = np.arange(count)[:, None] + np.array(_AROUND)
    return np.asarray(levels[np.clip(places, 0, count - 1)].reshape(count, -1), np.float64)


def _levels(padded: npt.NDArray[np.float32], count: int) -> Rows:
    edges = [round(hertz * _WINDOW / RATE) for hertz in _EDGES_HZ]
    window = np.hanning(_WINDOW).astype(np.float32)
    parts = []
    for first in range(0, count, 512):
        places = np.arange(first, min(count, first + 512))[:, None] * _STEP + np.arange(_WINDOW)
        power = np.square(np.abs(np.fft.rfft(padded[places] * window, axis=1)))
        bands = [power[:, low:high].sum(axis=1) for low, high in itertools.pairwise(edges)]
        parts.append(np.stack([np.sum(bands, axis=0), *bands], axis=1))
    return np.asarray(10 * np.log10(np.concatenate(parts) + 1e-9), np.float64)


@cache
def _taught() -> tuple[Rows, Rows, Rows]:
    data = json.loads((resources() / "hearing.json").read_text(encoding="utf-8"))
    return np.array(data["mean"]), np.array(data["spread"]), np.array(data["weights"])


def _scores(rows: Rows) -> Rows:
    """How likely each shape is in each step (natural logarithm)."""
    mean, spread, weights = _taught()
    scores = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))]) @ weights
    scores -= np.log(np.exp(scores - scores.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)) + scores.max(
        axis=1, keepdims=True
    )
    silent = rows[:, _AROUND.index(0) * len(_EDGES_HZ)] < _SILENT_DB
    scores[silent, SHAPES.index("X")] += 6.0
    return scores


def _likeliest(scores: Rows) -> Sequence[Shape]:
    """The likeliest way through all steps (Viterbi): a mouth does not change for one of them."""
    best, ways = scores[0].copy(), []
    for row in scores[1:]:
        other = int(best.argmax())
        stays = best + _STAYS >= best[other]
        ways.append(np.where(stays, np.arange(len(SHAPES)), other))
        best = np.where(stays, best + _STAYS, best[other]) + row
    place = int(best.argmax())
    back = [place]
    for way in reversed(ways):
        place = int(way[place])
        back.append(place)
    return [SHAPES[one] for one in reversed(back)]
