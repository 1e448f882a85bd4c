"""The gold star that comes down on its thread and settles: the title without words."""

import math

from palette import EMBER, GOLD, PINE
from PySide6.QtGui import QPainter
from shapes import Point, ellipse, lock, polygon
from sheet import Sheet, Sprite, soft_dot

RAYS = (172.0, 78.0, 142.0, 86.0, 262.0, 86.0, 142.0, 78.0)
"""How long each of the eight is, from the one that points up; the lowest points to the village."""
VALLEY = 37.0


def star_sprite() -> Sprite:
    """Each ray has a bright and a dark half, as folded paper has; the short ones lie behind."""
    sheet = Sheet(-200, -260, 400, 560, (-0.7, -0.7))
    for parity in (1, 0):
        for k in range(parity, 8, 2):
            _ray(sheet, k)
    sheet.glaze(ellipse(0, 0, 24, 24), "#8A5418", 0.5, 8)
    sheet.paint(ellipse(0, 0, 15, 15), GOLD, seed=941, depth=8, gain=1.3, bias=0.12, edge=1.2)
    sheet.glaze(ellipse(-5, -5, 5, 4), "#FFFBEA", 0.9, 1.5)
    _sprig(sheet)
    return sheet.sprite()


def _ray(sheet: Sheet, k: int) -> None:
    along = math.radians(-90 + 45 * k)
    tip = (RAYS[k] * math.cos(along), RAYS[k] * math.sin(along))
    for half in (-1, 1):
        side = along + half * math.radians(22.5)
        valley = (VALLEY * math.cos(side), VALLEY * math.sin(side))
        facing = math.cos(along + half * math.pi / 2 - math.radians(-130))
        sheet.paint(
            polygon([(0, 0), tip, valley]), GOLD, seed=901 + k * 2 + half, depth=22, gain=0.3,
            bias=0.02 + 0.3 * facing - (0.14 if k % 2 else 0.0), edge=1.4, wobble=0.2, angle=math.degrees(along),
            texture=0.08, softness=1.0,
        )  # fmt: skip


def _sprig(sheet: Sheet) -> None:
    """Two leaves of holly and their berries, where the thread is tied."""
    for side in (-1, 1):
        leaf: list[Point] = [
            (0, -176), (side * 18, -200), (side * 34, -196), (side * 52, -212), (side * 62, -198), (side * 82, -200),
            (side * 68, -184), (side * 66, -170), (side * 46, -174), (side * 30, -164), (side * 14, -170),
        ]  # fmt: skip
        sheet.paint(polygon(leaf), PINE, seed=921 + side, depth=14, gain=1.3, bias=0.14 - 0.06 * side, edge=2.6)
        rib = lock([(side * 6, -178), (side * 40, -188), (side * 74, -198)], 4, 0.7)
        sheet.strokes([(rib, PINE[4], 0.7)])
    for x, y in ((-11, -178), (11, -176), (1, -192)):
        sheet.glaze(ellipse(x + 2, y + 4, 12, 12), "#08131A", 0.5, 3)
        sheet.paint(ellipse(x, y, 11, 11), EMBER, seed=927, depth=6, gain=1.4, bias=0.1, edge=1.2)
        sheet.glaze(ellipse(x - 4, y - 4, 3.4, 2.8), "#FFE2CC", 0.85, 1)


class Ornament:
    def __init__(self) -> None:
        self.star = star_sprite()
        self.glow = soft_dot(430, "#FFC65C", 2.2)
        thread = Sheet(-5, -1500, 10, 1320)
        line = polygon([(-1.5, -1490), (1.5, -1490), (1.5, -184), (-1.5, -184)])
        thread.paint(line, GOLD, seed=931, depth=2, bias=0.0, edge=0)
        self.thread = thread.sprite()

    def draw(self, painter: QPainter, x: float, y: float, swing: float, shine: float) -> None:
        """`swing` in degrees about a nail far above."""
        painter.save()
        painter.translate(x, y - 1300)
        painter.rotate(swing)
        painter.translate(0, 1300)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        self.glow.draw(painter, 0, 0, 0.42 * shine)
        for wide, tall, light in ((0.16, 1.7, 0.5), (1.2, 0.1, 0.34)):
            painter.save()
            painter.translate(0, 30 if tall > 1 else 0)
            painter.scale(wide, tall)
            self.glow.draw(painter, 0, 0, light * shine)
            painter.restore()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        self.thread.draw(painter)
        painter.rotate(swing * 2.2)
        self.star.draw(painter)
        painter.restore()
