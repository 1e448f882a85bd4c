"""Down through the snow to the village, seven seconds."""

import math

from ornament import Ornament
from palette import colour
from PySide6.QtGui import QPainter
from season import MOONLIT
from shapes import ellipse
from sheet import soft_dot
from sky import MOON, Snowfall, mountains, sky, sparkle
from sleigh import draw_sleigh
from village import LAMP, fore, near, smoke, tree_lights, village, windows

DROP = 1560.0
SKY, FAR, MIDDLE, NEAR, FORE = 0.6, 0.76, 1.0, 1.26, 1.6


def ease(u: float) -> float:
    """Slow out, slow in: a quintic, so that the camera never jerks."""
    u = min(max(u, 0.0), 1.0)
    return u * u * u * (u * (6 * u - 15) + 10)


class Intro:
    frames = 175

    def __init__(self) -> None:
        self.sky, self.far = sky(MOONLIT), mountains(MOONLIT)
        self.village, self.near, self.fore = village(MOONLIT), near(MOONLIT), fore(MOONLIT)
        self.snow = Snowfall()
        self.ornament = Ornament()
        self.glow = soft_dot(80, "#FFB04A", 2.2)
        self.spark = soft_dot(26, "#FFC870", 2.0)
        self.lamp = soft_dot(190, "#FFB04A", 2.0)
        self.puff = soft_dot(40, "#8FA6CC", 1.4)

    def draw(self, painter: QPainter, frame: int) -> None:
        t = frame / 25
        left = DROP * (1 - ease((t - 0.2) / 5.9))
        self.sky.glide(painter, 0, left * SKY)
        self._sleigh(painter, t, left * SKY)
        self.far.glide(painter, 0, left * FAR)
        self.snow.draw(painter, t, -left, 0)
        self.village.glide(painter, 0, left * MIDDLE)
        self._windows(painter, t, left * MIDDLE)
        self.snow.draw(painter, t, -left, 1)
        self.near.glide(painter, 0, left * NEAR)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        self.lamp.draw(painter, LAMP[0], LAMP[1] + left * NEAR, 0.5 + 0.04 * math.sin(3.1 * t))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        self.fore.glide(painter, 0, left * FORE)
        self._star(painter, t)
        self.snow.draw(painter, t, -left, 2)

    def _sleigh(self, painter: QPainter, t: float, dy: float) -> None:
        u = (t - 0.15) / 3.3
        if not 0 <= u <= 1:
            return
        x, y = -560 + 1760 * u, MOON[1] + dy + 80 - 150 * u + 26 * math.sin(3.1 * u)
        for k in range(34):
            age = k / 34
            at = u - 0.004 - age * 0.16
            tx, ty = -560 + 1760 * at - 50, MOON[1] + dy + 96 - 150 * at + 26 * math.sin(3.1 * at)
            jitter = math.sin(k * 12.9898) * 43758.5453 % 1.0
            alpha = (1 - age) ** 1.6 * (0.5 + 0.5 * math.sin(t * 17 + k * 2.4)) * 0.9
            size = 2.5 + 6 * jitter * (1 - age)
            ty += (jitter - 0.5) * 40 * (0.3 + age) + 34 * age
            painter.fillPath(ellipse(tx, ty, size * 0.4, size * 0.4), colour("#FFD98A", alpha))
            if k % 5 == 0:
                sparkle(painter, tx, ty, size * 1.5, alpha)
        slope = -5.5 + 2 * math.sin(2.2 * t)
        draw_sleigh(painter, x - 0.8, y - 2.4, 1.02, t, slope, "#6E93C4")
        draw_sleigh(painter, x, y, 1.02, t, slope)

    def _windows(self, painter: QPainter, t: float, dy: float) -> None:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        for k, (x, y) in enumerate(windows()):
            self.glow.draw(painter, x, y + dy, 0.26 + 0.05 * math.sin(2.3 * t + k * 1.9) + 0.03 * math.sin(7.1 * t + k))
        for k, (x, y) in enumerate(tree_lights()):
            self.spark.draw(painter, x, y + dy, 0.45 + 0.35 * math.sin(2.6 * t + k * 2.4))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        for place, size, alpha in smoke(t):
            painter.save()
            painter.translate(place.x(), place.y() + dy)
            painter.scale(size / 40, size / 40)
            self.puff.draw(painter, 0, 0, alpha)
            painter.restore()

    def _star(self, painter: QPainter, t: float) -> None:
        since = t - 3.55
        if since <= 0:
            return
        fall = (1 + 2.9 * since) * math.exp(-2.9 * since)
        y = 430 - 900 * fall
        swing = 2.2 * math.exp(-0.8 * since) * math.sin(3.0 * since)
        shine = min(since / 1.2, 1.0) * (1 + 0.08 * math.sin(4 * t))
        self.ornament.draw(painter, 540, y, swing, shine)
