"""What the fire, the candle and the little lights do over the loop; every motion closes after it."""

import math
from dataclasses import dataclass

import numpy as np
from palette import WARM, colour
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from shapes import Point, box, ellipse, smooth
from sheet import Sprite, soft_dot

Plus = QPainter.CompositionMode.CompositionMode_Plus


def periodic(phase: float, low: int, high: int, seed: int) -> float:
    """Smooth noise, about -1 to 1, that repeats each time `phase` grows by 1."""
    rng = np.random.default_rng(seed)
    cycles = np.arange(low, high + 1)
    weight = 1 / np.sqrt(cycles)
    waves = np.sin(2 * np.pi * (cycles * phase + rng.random(cycles.size))) * weight
    return float(waves.sum() / np.sqrt((weight**2).sum() / 2) * 0.6)


def flicker(phase: float) -> float:
    """The fire's strength, about 1."""
    return 1 + 0.09 * periodic(phase, 3, 14, 5) + 0.05 * periodic(phase, 15, 38, 6)


@dataclass(frozen=True)
class Tongue:
    x: float
    foot: float
    width: float
    height: float
    seed: int


TONGUES = (
    Tongue(24, 1316, 84, 330, 1), Tongue(96, 1322, 116, 410, 2), Tongue(160, 1316, 86, 300, 3),
    Tongue(60, 1322, 74, 240, 4), Tongue(128, 1324, 84, 230, 5), Tongue(198, 1316, 48, 160, 6),
)  # fmt: skip
TONES = (
    ("#8E2416", 1.12, 0.55), ("#C23C1C", 1.0, 0.8), ("#E8622A", 0.82, 0.85), ("#F58A34", 0.66, 0.9),
    ("#FBB24C", 0.5, 0.92), ("#FFD98A", 0.36, 0.95), ("#FFF0C4", 0.22, 0.95),
)  # fmt: skip
SMALL = 0.34
HEARTH = box(-60, 850, 282, 560, 64)
FIELD = (-60, 820, 380, 540)


class Fire:
    def __init__(self, lights: list[Point]) -> None:
        self.glow = soft_dot(620, WARM, 2.2)
        self.halo = soft_dot(210, "#FFB050", 2.0)
        self.lights = lights
        self.light_glow = soft_dot(84, "#FFC060", 2.4)
        self.light_core = soft_dot(11, "#FFF0C8", 0.9)

    def draw_flames(self, painter: QPainter, phase: float) -> None:
        """Painted small and enlarged, which gives the fire its soft edge."""
        x, y, width, height = FIELD
        small = QImage(round(width * SMALL), round(height * SMALL), QImage.Format.Format_ARGB32_Premultiplied)
        small.fill(0)
        inner = QPainter(small)
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner.scale(SMALL, SMALL)
        inner.translate(-x, -y)
        for tint, size, solid in TONES:
            for tongue in TONGUES:
                inner.fillPath(smooth(_outline(tongue, phase, size)), colour(tint, solid))
        inner.end()
        painter.save()
        painter.setClipPath(HEARTH)
        painter.drawImage(QRectF(x, y, width, height), small)
        painter.restore()
        self._sparks(painter, phase)

    def _sparks(self, painter: QPainter, phase: float) -> None:
        rng = np.random.default_rng(17)
        for start, laps, x, sway in zip(
            rng.random(16), rng.integers(3, 7, 16), rng.random(16), rng.random(16), strict=True
        ):
            u = (phase * laps + start) % 1.0
            at_x = 20 + 180 * x + 26 * math.sin(2 * math.pi * (u * 1.3 + sway)) * u
            radius = 2.6 * (1 - u)
            painter.fillPath(ellipse(at_x, 1250 - 390 * u, radius, radius), colour("#FFC860", (1 - u) * min(1, 8 * u)))

    def draw_candle(self, painter: QPainter, phase: float, x: float, y: float) -> None:
        lean = 2.4 * periodic(phase, 4, 16, 31)
        tall = 40 + 4 * periodic(phase, 6, 22, 32)
        for tint, size in (("#F08A34", 1.0), ("#FFC862", 0.72), ("#FFF2CC", 0.42)):
            w, h = 11 * size, tall * size
            drop = [
                (x, y + 3),
                (x - w, y - h * 0.25),
                (x - w * 0.5 + lean * 0.4, y - h * 0.62),
                (x + lean * size, y - h),
                (x + w * 0.6 + lean * 0.4, y - h * 0.6),
                (x + w, y - h * 0.25),
            ]
            painter.fillPath(smooth(drop), colour(tint, 0.95))
        self._plus(painter, self.halo, x, y - 22, 0.34 + 0.03 * periodic(phase, 6, 22, 33))

    def draw_glow(self, painter: QPainter, phase: float) -> None:
        strength = flicker(phase)
        self._plus(painter, self.glow, 100, 1160, 0.30 * strength + 0.02)

    def draw_lights(self, painter: QPainter, phase: float) -> None:
        for k, (x, y) in enumerate(self.lights):
            shine = 0.5 + 0.5 * math.sin(2 * math.pi * ((2 + k % 3) * phase + k * 0.381))
            shine = 0.42 + 0.58 * shine * shine
            self._plus(painter, self.light_glow, x, y, 0.62 * shine)
            self._plus(painter, self.light_core, x, y, 0.5 + 0.5 * shine)

    def _plus(self, painter: QPainter, sprite: Sprite, x: float, y: float, opacity: float) -> None:
        painter.setCompositionMode(Plus)
        sprite.draw(painter, x, y, opacity)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def _outline(tongue: Tongue, phase: float, size: float) -> list[Point]:
    """One tongue of fire: waves climb it, the tip sways most."""
    tall = tongue.height * size * (1 + 0.16 * periodic(phase, 5, 18, tongue.seed * 7))
    left: list[Point] = []
    right: list[Point] = []
    steps = 6
    for i in range(steps):
        u = i / steps
        wave = math.sin(2 * math.pi * (u * 1.1 - (9 + tongue.seed % 3) * phase + tongue.seed * 0.37))
        bend = (wave * 0.16 + 0.14 * periodic(phase, 3, 9, tongue.seed * 11)) * u * tongue.width
        half = tongue.width * size * 0.5 * (1 - u) ** 0.8 * (0.72 + 0.9 * u * (1 - u) * 2)
        y = tongue.foot - tall * u
        left.append((tongue.x + bend - half, y))
        right.append((tongue.x + bend + half, y))
    tip = (tongue.x + 0.3 * tongue.width * periodic(phase, 4, 12, tongue.seed * 13), tongue.foot - tall)
    return [*left, tip, *reversed(right)]
