"""Mouths from the sound alone, where nothing else is known: how loud it is, and where in the spectrum.

What each 10 ms looks like is decided by a small network that benchmarks/hearing.py has taught; the likeliest way
through them all, by how often mouths follow one another in speech.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from core.media.mouths import SHAPES, MouthCue, Shape
from core.media.pcm import RATE, Samples
from core.paths import resources

STEP_S = 0.01
_STEP = round(STEP_S * RATE)
_WINDOW = 1200
_EDGES_HZ = (
    60, 160, 260, 360, 460, 560, 680, 810, 950, 1100, 1270, 1460, 1680, 1930, 2220, 2560, 2960, 3440, 4020, 4730, 5600,
    6700, 8000,
)  # fmt: skip
_AROUND = (-15, -10, -7, -5, -3, -1, 0, 1, 3, 5, 7, 10, 15)  # in steps: what was before and comes after tells as much
_FLOOR_DB = -50.0  # below the line's loud parts; what is quieter is not heard
_SILENT_DB = -34.0
_SPOKEN_DB = -25.0
_USUAL_S = 1.0  # so much speech weighs as much as what is known of voices in general
_NOTHING = 1e-4  # of full scale: a line in which nothing is said at all

Rows = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Taught:
    """What benchmarks/hearing.py found. `usual` is how a voice's bands lie in speech, in dB; then the network's layers
    (weights, the last row what is added), how often each mouth is seen, and how often each follows each (natural
    logarithms, by what was before)."""

    usual: Rows
    spread: Rows
    layers: tuple[Rows, ...]
    often: Rows
    follows: Rows
    rarely: float
    changes: float


def heard_cues(sound: Samples, start_s: float = 0.0) -> Iterator[MouthCue]:
    """The mouths of a spoken line (48 kHz), moved to `start_s`."""
    mono = sound.mean(axis=0)
    bands = levels(mono)
    if not len(bands):
        return
    if float(np.abs(mono).max()) < _NOTHING:
        yield MouthCue(start_s, start_s + len(bands) * STEP_S, "X")
        return
    place = 0
    for shape, run in itertools.groupby(mouths_in(bands, taught())):
        length = len(list(run))
        yield MouthCue(start_s + place * STEP_S, start_s + (place + length) * STEP_S, shape)
        place += length


def mouths_in(bands: Rows, known: Taught) -> Sequence[Shape]:
    """The mouth of each 10 ms, from `levels`."""
    return _likeliest(_scores(bands, known), known.changes * known.follows)


def levels(mono: npt.NDArray[np.float32]) -> Rows:
    """For each 10 ms its level and that of its bands, in dB below the line's loud parts."""
    count = mono.size // _STEP
    if not count:
        return np.zeros((0, len(_EDGES_HZ)), np.float32)
    found = _levels(np.pad(mono, (_WINDOW // 2 - _STEP // 2, _WINDOW)), count)
    return np.asarray(np.maximum(found - np.percentile(found[:, 0], 90), _FLOOR_DB), np.float32)


def _levels(padded: npt.NDArray[np.float32], count: int) -> Rows:
    edges = [round(hertz * _WINDOW / RATE) for hertz in _EDGES_HZ]
    window = np.hanning(_WINDOW).astype(np.float32)
    parts = []
    for first in range(0, count, 512):
        places = np.arange(first, min(count, first + 512))[:, None] * _STEP + np.arange(_WINDOW)
        power = np.square(np.abs(np.fft.rfft(padded[places] * window, axis=1)))
        bands = [power[:, low:high].sum(axis=1) for low, high in itertools.pairwise(edges)]
        parts.append(np.stack([np.sum(bands, axis=0), *bands], axis=1))
    return np.asarray(10 * np.log10(np.concatenate(parts) + 1e-9), np.float32)


def features(bands: Rows, usual: Rows, spread: Rows) -> Rows:
    """What the network is shown of each 10 ms: its bands as far as they differ from this voice's own, and those around.

    The level itself stays as it is; a short line is measured by what is usual rather than by itself.
    """
    said = bands[bands[:, 0] > _SPOKEN_DB]
    weight = _USUAL_S / STEP_S
    own = (said.sum(axis=0) + weight * usual) / (len(said) + weight)
    own[0] = usual[0]
    rows = (bands - own) / spread
    count = len(rows)
    places = np.arange(count)[:, None] + np.array(_AROUND)
    return np.asarray(rows[np.clip(places, 0, count - 1)].reshape(count, -1), np.float32)


def spoken_parts(bands: Rows) -> Rows:
    """Those of them in which somebody speaks."""
    return bands[bands[:, 0] > _SPOKEN_DB]


@cache
def taught() -> Taught:
    data = json.loads((resources() / "hearing.json").read_text(encoding="utf-8"))
    tables = {name: np.array(data[name], np.float32) for name in ("usual", "spread", "often", "follows")}
    layers = tuple(np.array(layer, np.float32) for layer in data["layers"])
    return Taught(**tables, layers=layers, rarely=data["rarely"], changes=data["changes"])


def _scores(bands: Rows, known: Taught) -> Rows:
    """How well each shape goes with each step (natural logarithm)."""
    row = features(bands, known.usual, known.spread)
    *hidden, last = known.layers
    for layer in hidden:
        row = np.tanh(row @ layer[:-1] + layer[-1])
    scores = row @ last[:-1] + last[-1]
    highest = scores.max(axis=1, keepdims=True)
    scores = scores - highest - np.log(np.exp(scores - highest).sum(axis=1, keepdims=True))
    scores -= known.rarely * known.often  # what is rare is not to be overlooked for that
    scores[bands[:, 0] < _SILENT_DB, SHAPES.index("X")] += 6.0
    return np.asarray(scores, np.float32)


def _likeliest(scores: Rows, follows: Rows) -> Sequence[Shape]:
    """The likeliest way through all steps (Viterbi)."""
    best, ways = scores[0].copy(), []
    everyone = np.arange(len(SHAPES))
    for row in scores[1:]:
        reached = best[:, None] + follows
        way = reached.argmax(axis=0)
        ways.append(way)
        best = reached[way, everyone] + row
    place = int(best.argmax())
    back = [place]
    for way in reversed(ways):
        place = int(way[place])
        back.append(place)
    return [SHAPES[one] for one in reversed(back)]
