"""Mouths from the sound alone, where nothing else is known: how loud it is, and where in the spectrum."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from core.media.mouths import MouthCue, Shape
from core.media.pcm import RATE, Samples

_STEP = RATE // 100  # 10 ms
_WINDOW = 1536
_SILENT_DB = -32.0  # below the line's loud parts
_SHORTEST_S = 0.04

Levels = npt.NDArray[np.float64]


def heard_cues(sound: Samples, start_s: float = 0.0) -> Iterator[MouthCue]:
    """The mouths of a spoken line (48 kHz), moved to `start_s`."""
    mono = sound.mean(axis=0)
    count = max(0, (mono.size - _WINDOW) // _STEP + 1)
    if not count:
        return
    shapes = _steady(_shapes(_bands(mono, count)))
    place = 0
    for shape, run in itertools.groupby(shapes):
        length = len(list(run))
        first = (place * _STEP + _WINDOW / 2 - _STEP / 2) / RATE if place else 0.0
        place += length
        end = (place * _STEP + _WINDOW / 2 - _STEP / 2) / RATE if place < count else mono.size / RATE
        yield MouthCue(start_s + first, start_s + end, shape)


def _bands(mono: npt.NDArray[np.float32], count: int) -> Levels:
    """Power in dB for each 10 ms (rows): all of it, 80–300, 300–900, 900–2200, 2200–8000 Hz."""
    edges = [round(hertz * _WINDOW / RATE) for hertz in (80, 300, 900, 2200, 8000)]
    window = np.hanning(_WINDOW).astype(np.float32)
    rows = []
    for first in range(0, count, 512):
        places = np.arange(first, min(count, first + 512))[:, None] * _STEP + np.arange(_WINDOW)
        power = np.square(np.abs(np.fft.rfft(mono[places] * window, axis=1)))
        parts = [power[:, a:b].sum(axis=1) for a, b in itertools.pairwise(edges)]
        rows.append(np.stack([sum(parts), *parts], axis=1))
    return np.asarray(10 * np.log10(np.concatenate(rows) + 1e-12), np.float64)


def _shapes(bands: Levels) -> list[Shape]:
    loud = float(np.percentile(bands[:, 0], 90))
    everything, voiced, low, middle, high = (bands[:, column] - loud for column in range(5))
    shapes: list[Shape] = []
    for place in range(len(bands)):
        if everything[place] < _SILENT_DB:
            shapes.append("X")
        elif high[place] > max(low[place], middle[place]) + 3:
            shapes.append("B")  # hisses between the teeth
        elif everything[place] < -11 and voiced[place] > low[place] - 2:
            shapes.append("A")  # hums behind the lips
        else:
            shapes.append(_vowel(everything[place], voiced[place], low[place], middle[place]))
    return shapes


def _vowel(everything: float, voiced: float, low: float, middle: float) -> Shape:
    """By how open it sounds (the first formant leaves the voice's own tone) and how bright."""
    bright = middle - low
    if voiced > low + 1:
        return "B" if bright > -12 else "F"
    if bright < -16:
        return "E"
    return "D" if everything > -5 and bright > -11 else "C"


def _steady(shapes: list[Shape]) -> list[Shape]:
    """Without what is too short to be seen; a short silence is closed lips or the tongue, not rest."""
    shortest = round(_SHORTEST_S * RATE / _STEP)
    steady: list[Shape] = []
    for shape, run in itertools.groupby(shapes):
        length = len(list(run))
        seen = shape
        if length < shortest and steady and shape not in ("A", "X"):
            seen = steady[-1]
        elif shape == "X" and length < 2 * shortest:
            seen = "A"
        steady += [seen] * length
    return steady
