"""The eyes: always on the viewer, lids that close with the blink and rise with the smile."""

from palette import colour
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from shapes import Point, ellipse, lock, smooth

APART = 80
LASHES = "#3A1C28"


def _lid(side: int, peak: float) -> list[Point]:
    """From the inner to the outer corner, about the eye's centre."""
    rows = [(-33, 7), (-23, peak * 0.62 + 2), (-6, peak), (12, peak * 0.96), (27, peak * 0.5), (36, 2)]
    return [(side * x, y) for x, y in rows]


def _opening(side: int, upper: float, lower: float) -> QPainterPath:
    over = _lid(side, upper)
    under = [(side * 24, 2 + (lower - 2) * 0.72), (side * 4, lower), (side * -18, 6 + (lower - 6) * 0.78)]
    return smooth([*over, *under], tension=0.46)


def draw_eye(painter: QPainter, side: int, blink: float, smile: float, gaze: Point, drift: float) -> None:
    """`blink` 0 is open, 1 shut; `drift` moves the whole eye with the head's turn."""
    painter.save()
    painter.translate(side * APART + drift, 4)
    painter.scale(1.2, 1.2)
    painter.setPen(Qt.PenStyle.NoPen)
    lower = 18 - 9 * smile
    upper = -25 + 3 * smile
    lid = upper + (lower - 1 - upper) * blink
    if blink < 0.93:
        _ball(painter, _opening(side, lid, lower), side, gaze, lid)
    if blink > 0.02:
        _skin_lid(painter, side, upper, lid)
    _lines(painter, side, lid, upper, lower, blink, smile)
    painter.restore()


def _skin_lid(painter: QPainter, side: int, upper: float, lid: float) -> None:
    """The lid in the colour of its surroundings, a little darker towards its fold."""
    base, deep = ("#E2A078", "#C47A5C") if side < 0 else ("#CB8668", "#A8624F")
    painter.fillPath(smooth([*_lid(side, upper - 3), *reversed(_lid(side, lid))], tension=0.46), colour(base))
    for k in range(4):
        edge = upper + (lid - upper) * 0.14 * (k + 1)
        fold = smooth([*_lid(side, upper - 3), *reversed(_lid(side, edge))], tension=0.46)
        painter.fillPath(fold, colour(deep, 0.13))
    glint = upper + (lid - upper) * 0.66
    line = [(x * 0.6, y) for x, y in _lid(side, glint)[1:5]]
    painter.fillPath(lock(line, 5, 0.6), colour("#FFD9B4", 0.28 if side < 0 else 0.12))


def _ball(painter: QPainter, opening: QPainterPath, side: int, gaze: Point, lid: float) -> None:
    painter.fillPath(opening, colour("#F3E3D3" if side < 0 else "#D8CBD0"))
    x, y = gaze[0], gaze[1] - 2
    for radius, tint in ((24.5, "#16264A"), (21.5, "#2F62A0")):
        painter.fillPath(ellipse(x, y, radius, radius).intersected(opening), colour(tint))
    glow = ellipse(x + 2, y + 7, 15, 11).intersected(ellipse(x, y, 20, 20)).intersected(opening)
    painter.fillPath(glow, colour("#6FA3CC", 0.8))
    painter.fillPath(ellipse(x, y, 12.5, 12.5).intersected(opening), colour("#0B1022"))
    shade = smooth([*_lid(side, lid - 6), *reversed(_lid(side, lid + 9))], tension=0.46).intersected(opening)
    painter.fillPath(shade, colour("#2A1830", 0.42))
    painter.fillPath(ellipse(x - 8, y - 8, 6.2, 6.8).intersected(opening), colour("#FFF6E0"))
    painter.fillPath(ellipse(x + 8, y + 8, 3.2, 3.2).intersected(opening), colour("#DCEBFA", 0.85))


def _lines(painter: QPainter, side: int, lid: float, upper: float, lower: float, blink: float, smile: float) -> None:
    rim = _lid(side, lid)
    over = [(x, y - (5.5 if 0 < i < 5 else 1.5) * (1 - 0.35 * blink)) for i, (x, y) in enumerate(rim)]
    flick = (side * 42, rim[-1][1] - 4)
    painter.fillPath(smooth([*rim, flick, *reversed(over)], tension=0.44), colour(LASHES, 0.95))
    crease = [(x * 1.04, y - 11) for x, y in _lid(side, upper)]
    painter.fillPath(lock(list(reversed(crease)), 6.5, 0.7), colour("#9A5242", 0.36 * (1 - 0.5 * blink)))
    under = [(side * -20, 8 + (lower - 8) * 0.8), (side * 2, lower + 1), (side * 26, 3 + (lower - 3) * 0.6)]
    painter.fillPath(lock(under, 4, 0.7), colour("#8A4238", 0.6))
    pouch = [(x * 1.1, y + 8) for x, y in under]
    painter.fillPath(lock(pouch, 7, 0.6), colour("#FFD8B0" if side < 0 else "#E0A484", 0.35))
    fold = [(side * -24, 17), (side * 4, lower + 11 - 3 * smile), (side * 34, 9)]
    painter.fillPath(lock(fold, 5, 0.6), colour("#B05A48", 0.14 + 0.14 * smile))
    tear = QPointF(side * -29, 7)
    painter.setBrush(colour("#C9746A", 0.8 * (1 - blink)))
    painter.drawEllipse(tear, 4, 3)
