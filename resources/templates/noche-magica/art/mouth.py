"""Nine mouths for this face, as Rhubarb Lip Sync names them, from pressed lips to wide open."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from palette import colour
from PySide6.QtGui import QPainter, QPainterPath
from shapes import Point, ellipse, lock, smooth

LINE = 166.0  # where the lips meet when they are closed, in the head's own units
LIP_LIGHT, LIP, LIP_DEEP = "#E8967A", "#BC5A4A", "#8E3436"
CAVE, CAVE_DEEP = "#4A1522", "#220811"
TEETH, TEETH_SHADE = "#F6EBDC", "#B9A6AC"
TONGUE, TONGUE_LIGHT = "#B44A46", "#DB7A68"


@dataclass(frozen=True)
class MouthShape:
    """`half` is half its width and `gap` how far the lips are apart, in the head's units; the rest goes from 0 to 1.

    `lift` raises the corners, `pout` makes the lips full and the opening round, `teeth` is how much of the upper ones
    is seen, `lower` of the lower ones, `tongue` how high its body lies; `tip`: its tip touches the upper teeth;
    `bite`: the upper teeth stand on the lower lip; `press`: the lips are rolled in.
    """

    half: float
    gap: float = 0.0
    lift: float = 0.3
    pout: float = 0.0
    teeth: float = 0.0
    lower: float = 0.0
    tongue: float = 0.0
    tip: bool = False
    bite: bool = False
    press: bool = False

    @property
    def openness(self) -> float:
        return min(1.0, self.gap / 86)

    @property
    def width(self) -> float:
        return min(1.0, max(0.0, (self.half - 28) / 56))


SHAPES = {
    "A": MouthShape(62, 0, lift=0.1, press=True),
    "B": MouthShape(74, 21, lift=0.45, teeth=0.62, lower=0.5),
    "C": MouthShape(74, 46, lift=0.35, teeth=0.42, tongue=0.5),
    "D": MouthShape(78, 88, lift=0.3, teeth=0.26, tongue=0.42),
    "E": MouthShape(52, 60, lift=-0.5, pout=0.62, teeth=0.16, tongue=0.3),
    "F": MouthShape(31, 30, lift=-0.55, pout=1.0),
    "G": MouthShape(66, 17, lift=0.3, teeth=1.0, bite=True),
    "H": MouthShape(70, 54, lift=0.3, teeth=0.34, tongue=0.9, tip=True),
    "X": MouthShape(72, 0, lift=0.75),
}


def jaw_drop(shape: MouthShape) -> float:
    return 0.56 * shape.gap - (5 if shape.press else 0)


def draw_mouth(painter: QPainter, shape: MouthShape) -> None:
    """Drawn on the beard of the jaw, before the chin and the moustache cover its edges."""
    lips = _Lips(shape)
    for grow in range(26, 0, -2):
        painter.fillPath(lips.around(grow), colour("#4A2A3C", 0.018 + 0.0011 * (26 - grow)))
    painter.fillPath(lips.around(0), colour(LIP))
    _lower_lip(painter, lips)
    if shape.gap:
        _inside(painter, lips)
    else:
        painter.fillPath(lips.seam(7.0 if shape.press else 5.0), colour("#6A1F2A", 0.95))
    if shape.bite:
        _teeth(painter, lips, lips.opening())
    _upper_lip(painter, lips)


class _Lips:
    """The curves of a mouth: where the lips meet or part, and how full they are."""

    def __init__(self, shape: MouthShape) -> None:
        self.shape = shape
        self.corner = LINE + 3 - 17 * shape.lift + 0.16 * shape.gap
        self.top = LINE - 2 - 0.10 * shape.gap
        self.floor = LINE + 0.92 * shape.gap + (0 if shape.gap else 4 + 9 * max(shape.lift, 0))
        full = 1 + 0.75 * shape.pout - (0.55 if shape.press else 0.3 if not shape.gap else 0)
        self.below = 15.0 * full
        self.above = 8.0 * full

    def _row(self, y: float, point: float, half: float) -> list[Point]:
        """From one corner to the other, `y` in the middle; the corners are round at `point` 1, and sharper above it."""
        angles = [math.pi * k / 12 for k in range(13)]
        return [(-half * math.cos(a), self.corner + (y - self.corner) * math.sin(a) ** point) for a in angles]

    def _between(self, over: Sequence[Point], under: Sequence[Point]) -> QPainterPath:
        return smooth([*over, *reversed(list(under)[1:-1])])

    def opening(self) -> QPainterPath:
        point = 1.3 - 0.4 * self.shape.pout
        half = self.shape.half
        return self._between(self._row(self.top, 1.0, half), self._row(self.floor, point, half))

    def around(self, grow: float) -> QPainterPath:
        half = self.shape.half + 5 + 9 * self.shape.pout + grow
        over = self._row(self.top - self.above - grow, 1.0, half)
        under = self._row(self.floor + self.below + grow, 1.15 - 0.25 * self.shape.pout, half)
        return self._between(over, under)

    def seam(self, width: float) -> QPainterPath:
        half = self.shape.half
        rise = self.corner - LINE
        angles = [math.pi * k / 8 for k in range(9)]
        dip = self.floor - 1 - LINE - rise
        points = [(-half * math.cos(a), LINE + rise + dip * math.sin(a) ** 1.2) for a in angles]
        under = [(x, y + width * (1 - (x / half) ** 2)) for x, y in points]
        return smooth([*points, *reversed(under[1:-1])])


def _lower_lip(painter: QPainter, lips: _Lips) -> None:
    """Lit from the fire's side, shaded towards the beard."""
    half, low, full = lips.shape.half, lips.floor, lips.below
    under = ellipse(6, low + full * 0.86, half * 0.72, full * 0.42).intersected(lips.around(0))
    painter.fillPath(under, colour(LIP_DEEP, 0.42))
    shine = lock([(-half * 0.6, low + full * 0.3), (-half * 0.16, low + full * 0.5), (half * 0.4, low + full * 0.34)],
                 full * 0.62, 0.6)  # fmt: skip
    painter.fillPath(shine, colour(LIP_LIGHT, 0.3 if lips.shape.press else 0.62))
    gleam = lock([(-half * 0.42, low + full * 0.34), (-half * 0.2, low + full * 0.46), (half * 0.02, low + full * 0.4)],
                 full * 0.26, 0.7)  # fmt: skip
    painter.fillPath(gleam, colour("#FFDCC4", 0.2 if lips.shape.press else 0.6))


def _upper_lip(painter: QPainter, lips: _Lips) -> None:
    """A bow under the moustache, darker than the lower one: it looks down."""
    half, top, full = lips.shape.half, lips.top, lips.above
    fall = lips.corner - top
    over = [(0.6, 0.4 * fall - 0.5 * full), (0.2, -full), (0.0, -0.7 * full), (-0.2, -full)]
    under = [(-0.6, 0.42 * fall + 3), (-0.2, 2), (0.0, 3), (0.2, 2), (0.6, 0.42 * fall + 3)]
    bow = smooth([
        (-half - 2, lips.corner), *((-x * half, top + y) for x, y in over), (0.6 * half, top + 0.4 * fall - 0.5 * full),
        (half + 2, lips.corner), *((-x * half, top + y) for x, y in under),
    ])  # fmt: skip
    painter.fillPath(bow, colour("#A8463E", 0.96))


def _inside(painter: QPainter, lips: _Lips) -> None:
    shape, cave = lips.shape, lips.opening()
    painter.fillPath(cave, colour(CAVE))
    deep = ellipse(0, lips.top + 0.36 * shape.gap, shape.half * 0.74, 0.36 * shape.gap).intersected(cave)
    painter.fillPath(deep, colour(CAVE_DEEP, 0.75))
    if shape.tongue:
        _tongue(painter, lips, cave)
    if shape.lower:
        _lower_teeth(painter, lips, cave)
    if shape.teeth and not shape.bite:
        _teeth(painter, lips, cave)
    if shape.tip:
        _tip(painter, lips, cave)


def _tongue(painter: QPainter, lips: _Lips, cave: QPainterPath) -> None:
    shape = lips.shape
    high = shape.gap * (0.26 + 0.3 * shape.tongue)
    body = ellipse(2, lips.floor + 3, shape.half * 0.62, high).intersected(cave)
    painter.fillPath(body, colour(TONGUE))
    light = ellipse(-5, lips.floor - high * 0.12, shape.half * 0.4, high * 0.5).intersected(cave)
    painter.fillPath(light, colour(TONGUE_LIGHT, 0.55))
    groove = lock([(1, lips.floor - high * 0.62), (2, lips.floor - high * 0.2), (2, lips.floor + 3)], 4, 0.7)
    painter.fillPath(groove.intersected(cave), colour("#7E2A30", 0.6))


def _tip(painter: QPainter, lips: _Lips, cave: QPainterPath) -> None:
    """The tongue's tip behind the upper teeth, its paler underside towards us."""
    half, top, floor = lips.shape.half, lips.top + 9, lips.floor
    under = smooth([
        (-half * 0.46, floor + 4), (-half * 0.34, (top + floor) / 2 + 4), (-half * 0.17, top + 5), (0, top),
        (half * 0.17, top + 5), (half * 0.34, (top + floor) / 2 + 4), (half * 0.46, floor + 4),
    ]).intersected(cave)  # fmt: skip
    painter.fillPath(under, colour("#CC6558"))
    painter.fillPath(lock([(-half * 0.12, top + 9), (-half * 0.2, (top + floor) / 2), (-half * 0.26, floor)], 11, 0.6)
                     .intersected(cave), colour("#F0A08C", 0.75))  # fmt: skip
    painter.fillPath(lock([(0, top + 8), (1, (top + floor) / 2), (1, floor)], 4, 0.6).intersected(cave),
                     colour("#8E3436", 0.5))  # fmt: skip


def _teeth(painter: QPainter, lips: _Lips, cave: QPainterPath) -> None:
    """The upper row: a soft arch, a little in the moustache's shadow and cooler away from the fire."""
    shape = lips.shape
    height = shape.teeth * shape.gap + (1 if shape.bite else 2)
    half = shape.half * (0.56 if shape.bite else 0.8)
    edge = lips.top + height
    row = smooth([
        (-half, lips.top - 2), (half, lips.top - 2), (half * 0.97, lips.top + height * 0.5), (half * 0.7, edge - 1),
        (0, edge + 2), (-half * 0.7, edge - 1), (-half * 0.97, lips.top + height * 0.5),
    ])  # fmt: skip
    if not shape.bite:
        row = row.intersected(cave)
    painter.fillPath(row, colour(TEETH))
    shade = ellipse(half * 0.8, lips.top + height * 0.4, half * 0.5, height).intersected(row)
    painter.fillPath(shade, colour(TEETH_SHADE, 0.6))
    painter.fillPath(ellipse(0, lips.top - 2, half, 6 + height * 0.12).intersected(row), colour("#8C7480", 0.5))
    for place in (-0.56, -0.28, 0.0, 0.28, 0.56):
        gap = lock([(half * place, lips.top - 4), (half * place, edge)], 2.6, 0.8).intersected(row)
        painter.fillPath(gap, colour("#8C7480", 0.34))


def _lower_teeth(painter: QPainter, lips: _Lips, cave: QPainterPath) -> None:
    shape = lips.shape
    half, height = shape.half * 0.7, shape.lower * shape.gap
    row = ellipse(0, lips.floor + 3, half, height).intersected(cave)
    painter.fillPath(row, colour("#D8C8BE"))
    for place in (-0.42, -0.14, 0.14, 0.42):
        gap = lock([(half * place, lips.floor - height), (half * place, lips.floor + 2)], 2.2, 0.8).intersected(row)
        painter.fillPath(gap, colour("#8C7480", 0.3))
