"""Sleigh and reindeer as a silhouette, with legs that gallop."""

import math
from itertools import pairwise

from palette import colour
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from shapes import Point, ellipse, joined, lock, smooth

DARK = "#0A1226"


def _limb(points: list[Point], width: float) -> QPainterPath:
    return lock(points, width, 0.8)


def _leg(x: float, y: float, swing: float, bend: float, back: bool) -> QPainterPath:
    knee = (x + math.sin(swing) * 14, y + math.cos(swing) * 14)
    lower = swing + (bend if not back else -bend)
    foot = (knee[0] + math.sin(lower) * 17, knee[1] + math.cos(lower) * 17)
    return smooth(
        [
            (x - 5, y - 3),
            (knee[0] - 2.2, knee[1]),
            (foot[0] - 1.5, foot[1]),
            (foot[0] + 2.6, foot[1] + 0.6),
            (knee[0] + 2.4, knee[1]),
            (x + 5, y - 3),
        ],
        tension=0.3,
    )


def reindeer(stride: float) -> QPainterPath:
    """Facing right, about its chest; `stride` in turns."""
    body = smooth(
        [(-31, -6), (-22, -13), (-4, -11), (12, -14), (21, -10), (22, 0), (13, 8), (-4, 4), (-20, 6), (-31, 3)]
    )
    neck = smooth([(10, -10), (20, -24), (26, -32), (33, -30), (30, -20), (24, -4), (16, 2)])
    head = smooth([(24, -34), (32, -37), (42, -31), (47, -26), (44, -23), (34, -24), (27, -26)])
    ear = ellipse(24, -37, 6, 2.2, -30)
    tail = ellipse(-32, -8, 5, 3, 40)
    parts = [body, neck, head, ear, tail]
    for k, (x, offset, back) in enumerate(((16, 0.0, False), (12, 0.16, False), (-20, 0.52, True), (-25, 0.66, True))):
        turn = 2 * math.pi * (stride + offset)
        parts.append(_leg(x, 4, 0.95 * math.sin(turn), 0.9 + 0.7 * math.cos(turn) * (-1 if k > 1 else 1), back))
    return joined(*parts)


def _antlers(painter: QPainter, pen: QPen) -> None:
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for lean in (0, 4):
        beam = smooth([(28 + lean, -36), (24 + lean, -47), (28 + lean, -58)], closed=False)
        painter.drawPath(beam)
        for x, y, dx, dy in ((25, -45, 9, -5), (24.5, -50, -8, -6), (27, -55, 7, -2)):
            painter.drawLine(QPointF(x + lean, y), QPointF(x + lean + dx, y + dy))
    painter.setPen(Qt.PenStyle.NoPen)


def _sleigh() -> QPainterPath:
    tub = smooth(
        [
            (-62, -34),
            (-56, -6),
            (-34, 10),
            (20, 10),
            (44, 4),
            (58, -14),
            (70, -20),
            (58, -26),
            (42, -10),
            (10, -12),
            (-14, -14),
            (-30, -34),
            (-46, -44),
        ]
    )
    sack = smooth([(-52, -30), (-62, -56), (-52, -76), (-34, -78), (-20, -58), (-16, -24)])
    man = smooth([(-8, -12), (-8, -36), (2, -52), (16, -50), (25, -34), (26, -10)])
    head = joined(ellipse(13, -60, 9.5, 10), smooth([(15, -60), (25, -54), (22, -40), (12, -46)]))
    hat = joined(
        smooth(
            [(2, -64), (3, -76), (-3, -82), (-13, -78), (-9, -89), (3, -93), (16, -86), (24, -72), (25, -64), (13, -60)]
        ),
        ellipse(-14, -77, 4.8, 4.8),
    )
    arm = smooth([(14, -44), (30, -36), (42, -38), (43, -33), (28, -28), (12, -34)])
    return joined(tub, sack, man, head, hat, arm)


def _runner(painter: QPainter, pen: QPen) -> None:
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(smooth([(-70, 18), (-40, 26), (30, 26), (62, 20), (80, 2), (74, -10)], closed=False))
    for x in (-36, 24):
        painter.drawLine(QPointF(x, 8), QPointF(x - 4, 26))
    painter.setPen(Qt.PenStyle.NoPen)


def draw_sleigh(painter: QPainter, x: float, y: float, scale: float, t: float, slope: float, tint: str = DARK) -> None:
    """The whole team, the sleigh at (x, y) and four pairs ahead of it, along a gentle wave."""
    painter.save()
    painter.translate(x, y)
    painter.rotate(slope)
    painter.scale(scale, scale)
    painter.setPen(Qt.PenStyle.NoPen)
    pen = QPen(colour(tint), 3.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.fillPath(_sleigh(), colour(tint))
    _runner(painter, pen)
    places = [(124 + 74 * k, -14 - 7 * k + 5 * math.sin(2 * math.pi * (1.15 * t - 0.16 * k))) for k in range(4)]
    pen.setWidthF(1.6)
    painter.setPen(pen)
    reins = [(40, -36), *[(px - 4, py - 10) for px, py in places]]
    for one, two in pairwise(reins):
        painter.drawLine(QPointF(*one), QPointF(*two))
    painter.setPen(Qt.PenStyle.NoPen)
    pen.setWidthF(2.4)
    for k, (px, py) in enumerate(places):
        for far in (1, 0):
            painter.save()
            painter.translate(px + 9 * far, py - 6 * far)
            painter.fillPath(reindeer(1.9 * t + 0.21 * k + 0.12 * far), colour(tint))
            if not far:
                _antlers(painter, pen)
            painter.restore()
    painter.restore()
