"""The gold star that comes down on its ribbon and settles: the title without words."""

import math

from palette import EMBER, GOLD, PINE
from PySide6.QtGui import QPainter
from shapes import ellipse, lock, polygon, smooth, star
from sheet import Sheet, Sprite, soft_dot

RADIUS = 150.0


def star_sprite() -> Sprite:
    """Each ray has a bright and a dark half, as folded paper has."""
    sheet = Sheet(-240, -300, 480, 540, (-0.7, -0.7))
    inner = RADIUS * 0.42
    for i in range(5):
        a = math.radians(-90 + 72 * i)
        tip = (RADIUS * math.cos(a), RADIUS * math.sin(a))
        for half in (-1, 1):
            b = a + half * math.radians(36)
            valley = (inner * math.cos(b), inner * math.sin(b))
            facing = math.cos(a + half * math.pi / 2 - math.radians(-135))
            ray = polygon([(0, 0), tip, valley])
            sheet.paint(
                ray,
                GOLD,
                seed=901 + i * 2 + half,
                depth=26,
                gain=0.3,
                bias=0.04 + 0.3 * facing,
                edge=1.4,
                wobble=0.2,
                angle=math.degrees(a),
                texture=0.09,
            )
    sheet.glaze(star(0, 0, RADIUS, inner), "#FFF3C8", 0.0)
    _sprigs(sheet)
    _bow(sheet)
    return sheet.sprite()


def _sprigs(sheet: Sheet) -> None:
    needles = []
    for side in (-1, 1):
        for k in range(15):
            u = k / 14
            x, y = side * (12 + 92 * u), -152 + 26 * u * u
            for turn in (-1, 1):
                dx, dy = side * 20, turn * 17
                tint = PINE[3 if turn < 0 else 2] if k % 3 else PINE[4]
                needles.append((lock([(x, y), (x + dx * 0.6, y + dy * 0.5), (x + dx, y + dy)], 7, 0.5), tint, 0.95))
    sheet.strokes(needles, inside=False)


def _bow(sheet: Sheet) -> None:
    for side in (-1, 1):
        ribbon = smooth(
            [(0, -160), (side * 26, -146), (side * 40, -104), (side * 54, -84), (side * 26, -92), (side * 10, -130)]
        )
        sheet.paint(ribbon, EMBER, seed=921, depth=10, gain=1.2, bias=-0.06)
        loop = smooth(
            [(0, -164), (side * 36, -204), (side * 78, -206), (side * 84, -172), (side * 56, -150), (side * 24, -152)]
        )
        sheet.paint(loop, EMBER, seed=923, depth=16, gain=1.3, bias=0.06)
        sheet.glaze(ellipse(side * 56, -176, 17, 9, side * 14), "#3A0E1C", 0.55, 5)
    sheet.paint(ellipse(0, -162, 17, 19), EMBER, seed=925, depth=8, gain=1.3, bias=0.12)
    for side in (-1, 1):
        sheet.paint(ellipse(side * 34, -132, 12, 12), EMBER, seed=927, depth=6, gain=1.4, bias=0.1)


class Ornament:
    def __init__(self) -> None:
        self.star = star_sprite()
        self.glow = soft_dot(430, "#FFC65C", 2.2)
        thread = Sheet(-5, -1500, 10, 1300)
        thread.paint(
            polygon([(-1.8, -1490), (1.8, -1490), (1.8, -200), (-1.8, -200)]), GOLD, seed=931, depth=2, bias=0.0, edge=0
        )
        self.thread = thread.sprite()

    def draw(self, painter: QPainter, x: float, y: float, swing: float, shine: float) -> None:
        """`swing` in degrees about a nail far above."""
        painter.save()
        painter.translate(x, y - 1300)
        painter.rotate(swing)
        painter.translate(0, 1300)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        self.glow.draw(painter, 0, 0, 0.5 * shine)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        self.thread.draw(painter)
        painter.rotate(swing * 2.2)
        self.star.draw(painter)
        painter.restore()
