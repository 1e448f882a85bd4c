"""Outlines: smooth curves through points, fur, strokes that taper, stars."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QTransform

Point = tuple[float, float]


def smooth(points: Sequence[Point], closed: bool = True, tension: float = 0.5) -> QPainterPath:
    """A Catmull-Rom curve through the points."""
    count = len(points)
    path = QPainterPath(QPointF(*points[0]))
    for i in range(count if closed else count - 1):
        if closed:
            before, here, there, after = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            before, here = points[max(i - 1, 0)], points[i]
            there, after = points[i + 1], points[min(i + 2, count - 1)]
        k = tension / 3
        one = (here[0] + (there[0] - before[0]) * k, here[1] + (there[1] - before[1]) * k)
        two = (there[0] - (after[0] - here[0]) * k, there[1] - (after[1] - here[1]) * k)
        path.cubicTo(QPointF(*one), QPointF(*two), QPointF(*there))
    if closed:
        path.closeSubpath()
    return path


def polygon(points: Sequence[Point]) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for point in points[1:]:
        path.lineTo(*point)
    path.closeSubpath()
    return path


def ellipse(x: float, y: float, rx: float, ry: float, turn: float = 0.0) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), rx, ry)
    return QTransform().translate(x, y).rotate(turn).map(path)


def box(x: float, y: float, width: float, height: float, radius: float = 0.0) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(x, y, width, height), radius, radius)
    return path


def joined(*paths: QPainterPath) -> QPainterPath:
    whole = QPainterPath()
    for path in paths:
        whole = whole.united(path)
    return whole


def mirrored(path: QPainterPath) -> QPainterPath:
    return QTransform.fromScale(-1, 1).map(path)


def mirror(points: Sequence[Point]) -> list[Point]:
    return [(-x, y) for x, y in points]


def fluffy(outline: QPainterPath, length: float, height: float, seed: int) -> QPainterPath:
    """The outline again, in soft tufts of uneven size."""
    rng = np.random.default_rng(seed)
    total = outline.length()
    count = max(5, round(total / length))
    cuts = np.cumsum(rng.uniform(0.6, 1.4, count))
    cuts = cuts / cuts[-1]
    path = QPainterPath(outline.pointAtPercent(0.0))
    last = 0.0
    for cut in cuts:
        peak = last + (cut - last) * rng.uniform(0.45, 0.7)
        lift = height * rng.uniform(0.5, 1.3) * 1.6
        tip, end = _outside(outline, peak, lift), outline.pointAtPercent(min(float(cut), 1.0))
        path.quadTo(tip, end)
        last = float(cut)
    path.closeSubpath()
    return path


def tufted(outline: QPainterPath, length: float, height: float, seed: int) -> QPainterPath:
    """The outline in pointed locks that hang: each bulges, ends in a tip below and draws back."""
    rng = np.random.default_rng(seed)
    cuts = np.cumsum(rng.uniform(0.4, 1.7, max(5, round(outline.length() / length))))
    cuts = cuts / cuts[-1]
    path = QPainterPath(outline.pointAtPercent(0.0))
    last = 0.0
    for cut in np.minimum(cuts, 1.0):
        start, end = outline.pointAtPercent(last), outline.pointAtPercent(float(cut))
        falls = end.y() > start.y()
        lift = height * rng.uniform(0.5, 1.4)
        tip = _outside(outline, last + (cut - last) * (0.8 if falls else 0.2), lift) + QPointF(0, lift * 0.9)
        belly = _outside(outline, last + (cut - last) * 0.45, lift * 1.1)
        if falls:
            path.quadTo(belly, tip)
            path.quadTo((tip + end) / 2 - QPointF(0, lift * 0.3), end)
        else:
            path.quadTo((tip + start) / 2 - QPointF(0, lift * 0.3), tip)
            path.quadTo(belly, end)
        last = float(cut)
    path.closeSubpath()
    return path


def _outside(outline: QPainterPath, at: float, distance: float) -> QPointF:
    here = outline.pointAtPercent(at)
    a, b = outline.pointAtPercent(max(0.0, at - 0.004)), outline.pointAtPercent(min(1.0, at + 0.004))
    dx, dy = b.x() - a.x(), b.y() - a.y()
    size = math.hypot(dx, dy) or 1.0
    side = QPointF(dy / size, -dx / size)
    probe = here + side * 3
    sign = -1.0 if outline.contains(probe) else 1.0
    return here + side * (distance * sign)


def lock(points: Sequence[Point], width: float, root: float = 0.35) -> QPainterPath:
    """A tapered stroke along a curve: thin root, full belly, pointed tip."""
    spine = smooth(points, closed=False)
    left: list[Point] = []
    right: list[Point] = []
    steps = 9
    for i in range(steps + 1):
        u = i / steps
        here = spine.pointAtPercent(u)
        angle = math.radians(spine.angleAtPercent(min(max(u, 0.01), 0.99)))
        full = width * ((1 - u) ** 0.7) * (root + (1 - root) * math.sin(math.pi * min(u * 1.25, 1.0)))
        nx, ny = math.sin(angle) * full / 2, math.cos(angle) * full / 2
        left.append((here.x() + nx, here.y() + ny))
        right.append((here.x() - nx, here.y() - ny))
    return smooth([*left, *reversed(right)])


def star(x: float, y: float, outer: float, inner: float, points: int = 5, turn: float = -90) -> QPainterPath:
    corners = []
    for i in range(points * 2):
        radius = inner if i % 2 else outer
        angle = math.radians(turn + i * 180 / points)
        corners.append((x + radius * math.cos(angle), y + radius * math.sin(angle)))
    return polygon(corners)
