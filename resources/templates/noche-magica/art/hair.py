"""Beard, brows and fur: a body of paint with locks that flow over it."""

from collections.abc import Callable

import numpy as np
from palette import Ramp, table
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath
from shapes import Point, fluffy, lock
from sheet import Sheet

Flow = Callable[[float, float], Point]


def comb(
    sheet: Sheet,
    within: QPainterPath,
    flow: Flow,
    ramp: Ramp,
    *,
    count: int,
    length: float,
    width: float,
    seed: int,
    tone: Callable[[float, float], float],
    opacity: float = 0.55,
    stray: float = 0.0,
) -> None:
    """Locks over a body of hair; `flow` gives their direction and `tone` their light at a place."""
    rng = np.random.default_rng(seed)
    colours = table(ramp, 1.0, 256)
    bounds = within.boundingRect()
    strokes: list[tuple[float, QPainterPath, str, float]] = []
    while len(strokes) < count:
        x = rng.uniform(bounds.left(), bounds.right())
        y = rng.uniform(bounds.top(), bounds.bottom())
        if not within.contains(QPointF(x, y)):
            continue
        long = length * rng.uniform(0.6, 1.3)
        value = float(np.clip(tone(x, y) + rng.normal(0, 0.13), 0.02, 0.99))
        r, g, b = (colours[int(value * 255)] * 255).astype(int)
        path = lock(_trail(x, y, flow, long, rng.normal(0, 0.16)), width * rng.uniform(0.5, 1.2))
        strokes.append((y, path, f"#{r:02X}{g:02X}{b:02X}", opacity * rng.uniform(0.5, 1.1)))
    strokes.sort(key=lambda stroke: stroke[0])
    sheet.strokes([stroke[1:] for stroke in strokes], inside=stray == 0.0)


def _trail(x: float, y: float, flow: Flow, length: float, bend: float) -> list[Point]:
    points = [(x, y)]
    pieces = 4
    for i in range(pieces):
        dx, dy = flow(x, y)
        size = max((dx * dx + dy * dy) ** 0.5, 1e-6)
        turn = bend * (i + 1) * (1 if i < 2 else -0.6)
        dx, dy = dx / size - dy / size * turn, dy / size + dx / size * turn
        x, y = x + dx * length / pieces, y + dy * length / pieces
        points.append((x, y))
    return points


def fur(
    sheet: Sheet,
    outline: QPainterPath,
    ramp: Ramp,
    *,
    seed: int,
    tuft: float = 26,
    lift: float = 8,
    depth: float = 34,
    bias: float = 0.12,
    gain: float = 1.0,
) -> None:
    """A roll of white fur: a tufted body and short curls of lighter and darker paint."""
    body = fluffy(outline, tuft, lift, seed)
    sheet.paint(body, ramp, seed=seed, depth=depth, bias=bias, gain=gain, edge=2.4, wobble=0.8, texture=0.05)
    rng = np.random.default_rng(seed + 5)
    bounds = outline.boundingRect()
    curls: list[tuple[QPainterPath, str, float]] = []
    for _ in range(int(bounds.width() * bounds.height() / 260)):
        x = rng.uniform(bounds.left(), bounds.right())
        y = rng.uniform(bounds.top(), bounds.bottom())
        if not outline.contains(QPointF(x, y)):
            continue
        u = (x - bounds.left()) / bounds.width()
        v = (y - bounds.top()) / bounds.height()
        lit = 0.85 - 0.42 * u * (1 if bounds.width() > bounds.height() else 1.3) - 0.3 * v + rng.normal(0, 0.12)
        tint = ramp[int(np.clip(lit * len(ramp), 1, len(ramp) - 1))]
        a = rng.uniform(0, 2 * np.pi)
        r = rng.uniform(7, 15)
        bend = rng.uniform(-0.8, 0.8)
        points = [(x + np.cos(a + bend * k) * r * k / 2, y + np.sin(a + bend * k) * r * k / 2) for k in range(3)]
        curls.append((lock(points, rng.uniform(3, 7), 0.6), tint, rng.uniform(0.08, 0.26)))
    sheet.strokes(curls)
    sheet.strokes(_wisps(outline, ramp, tuft, lift, seed + 9), inside=False)


def _wisps(
    outline: QPainterPath, ramp: Ramp, tuft: float, lift: float, seed: int
) -> list[tuple[QPainterPath, str, float]]:
    """Fine hairs that stand over the edge and break it."""
    rng = np.random.default_rng(seed)
    bounds = outline.boundingRect()
    middle = bounds.center()
    found: list[tuple[QPainterPath, str, float]] = []
    for at in np.arange(0, 1, tuft / 10 / outline.length()):
        root = outline.pointAtPercent(float((at + rng.uniform(0, 0.004)) % 1))
        angle = np.deg2rad(-outline.angleAtPercent(float(at))) + np.pi / 2
        dx, dy = float(np.cos(angle)), float(np.sin(angle))
        if outline.contains(root + QPointF(dx * 5, dy * 5)):
            dx, dy = -dx, -dy
        lean = rng.normal(0, 0.7)
        dx, dy = dx - dy * lean, dy + dx * lean + 0.25
        long = lift * rng.uniform(0.5, 1.25)
        x, y = root.x() - dx * lift * 0.9, root.y() - dy * lift * 0.9
        bend = rng.normal(0, 0.3)
        points = [(x, y), (x + dx * long * 0.6, y + dy * long * 0.6)]
        points.append((points[1][0] + (dx - dy * bend) * long * 0.6, points[1][1] + (dy + dx * bend) * long * 0.6))
        lit = 0.6 - 0.56 * (root.x() - middle.x()) / bounds.width() - 0.4 * (root.y() - middle.y()) / bounds.height()
        tint = ramp[int(np.clip((lit + rng.normal(0, 0.1)) * len(ramp), 1, len(ramp) - 1))]
        found.append((lock(points, rng.uniform(5, 10), 0.9), tint, rng.uniform(0.2, 0.5)))
    return found
