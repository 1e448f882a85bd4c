"""What a chart shows, as values: series over the same parts of time, the words for each part, and a round scale."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum


class Shape(Enum):
    BARS = "bars"  # stacked on those before them
    AREA = "area"  # a line in steps, filled beneath; gaps where a value is None


class Tint(Enum):
    """What a series is about; `gui/dashboard/tints.py` has the colours. HATCHED ones differ without colour, too."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    WRONG = "wrong"
    QUEUE = "queue"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Series:
    word: str
    tint: Tint
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """`labels` name each part in full (`21:00 – 22:00`); `ticks` are the places and short words below the chart.

    `tell` says a value with its unit; `scale` says one at the side. `notes` are further lines for each part. `whole`:
    only whole numbers make sense. `words` is the whole chart in words.
    """

    shape: Shape
    series: tuple[Series, ...]
    labels: tuple[str, ...]
    ticks: tuple[tuple[int, str], ...]
    tell: Callable[[float], str]
    scale: Callable[[float], str]
    words: str
    notes: tuple[tuple[str, ...], ...] = ()
    whole: bool = True

    @property
    def most(self) -> float:
        """The highest point of the chart."""
        if self.shape is Shape.AREA:
            return max((value or 0.0 for one in self.series for value in one.values), default=0.0)
        return max(
            (sum(one.values[place] or 0.0 for one in self.series) for place in range(len(self.labels))), default=0.0
        )

    def told_at(self, place: int) -> list[tuple[Series, str]]:
        """Each series that has something to say of that part."""
        said = []
        for one in self.series:
            value = one.values[place]
            if value is not None and (value or len(self.series) == 1):
                said.append((one, self.tell(value)))
        return said


def rounded_steps(most: float, *, whole: bool, about: int = 4) -> list[float]:
    """The values at the side: from 0 in round steps to the first that is no less than `most`; about so many."""
    if most <= 0:
        return [0.0, 1.0]
    raw = most / about
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999)
    if whole:
        step = max(1.0, math.ceil(step)) if step < 10 else step
    return [number * step for number in range(math.ceil(most / step - 1e-9) + 1)]


def sparse(ticks: Sequence[tuple[int, str]], room: float, needed: float) -> list[tuple[int, str]]:
    """Every nth of them, so that each has `needed` pixels of the `room` they share."""
    if not ticks or room <= 0:
        return []
    for nth in (1, 2, 3, 4, 6, 12):
        if room / math.ceil(len(ticks) / nth) >= needed:
            return list(ticks)[::nth]
    return list(ticks)[:1]
