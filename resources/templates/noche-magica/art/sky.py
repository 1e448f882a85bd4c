"""Sky, stars, moon and the far mountains."""

import numpy as np
from palette import colour
from PySide6.QtGui import QPainter, QPainterPath
from season import MOONLIT, Season
from shapes import Point, box, ellipse, lock, smooth
from sheet import Sheet, Sprite, soft_dot

MOON = (610.0, -300.0)
MOON_RADIUS = 205.0


def sky(season: Season, top: int = -1000) -> Sprite:
    sheet = Sheet(0, top, 1080, 1920 - top, season.light)
    night = season is MOONLIT
    sheet.paint(
        box(-60, top - 60, 1200, 2100 - top),
        season.sky,
        seed=601,
        depth=10,
        gain=0,
        bias=-0.08 if night else 0.12,
        sweep=(0, 0.5 if night else 0.72),
        texture=0.042,
        angle=8,
        softness=1.0,
    )
    _clouds(sheet, season, top)
    if night:
        _stars(sheet, top)
        _moon(sheet)
    else:
        for rx, ry, alpha in ((520, 420, 0.5), (300, 220, 0.55)):
            sheet.glaze(ellipse(1000, 800, rx * 0.6, ry * 0.6), "#FFDCA0", alpha, rx * 0.32)
    return sheet.sprite()


def _stars(sheet: Sheet, top: int) -> None:
    rng = np.random.default_rng(61)
    dots = []
    for _ in range(260):
        x, y = rng.uniform(0, 1080), rng.uniform(top, 900)
        r = rng.choice([1.1, 1.5, 2.1, 3.0], p=[0.5, 0.3, 0.15, 0.05])
        fade = 1 - max(0.0, (y - 200) / 700)
        dots.append((ellipse(x, y, r, r), "#F6EBCF" if rng.random() < 0.3 else "#CFE0F4", rng.uniform(0.3, 0.9) * fade))
    sheet.strokes(dots)


def _moon(sheet: Sheet) -> None:
    x, y = MOON
    for reach, alpha in ((420, 0.16), (250, 0.26), (120, 0.3)):
        sheet.glaze(ellipse(x, y, MOON_RADIUS + reach * 0.3, MOON_RADIUS + reach * 0.3), "#9FC0E6", alpha, reach * 0.4)
    ramp = ("#B8B49C", "#D9D2B4", "#F0E7C8", "#FBF5DD", "#FFFDF0")
    sheet.paint(
        ellipse(x, y, MOON_RADIUS, MOON_RADIUS),
        ramp,
        seed=621,
        depth=70,
        gain=0.7,
        bias=0.16,
        texture=0.04,
        angle=40,
        edge=2,
        softness=1.0,
    )
    for dx, dy, r in ((-60, -50, 46), (50, 30, 62), (-20, 96, 34), (90, -80, 28), (-110, 40, 26), (20, -120, 22)):
        sheet.glaze(ellipse(x + dx, y + dy, r, r * 0.84, 20), "#B9B6A6", 0.3, 9, texture=0.3)


def _clouds(sheet: Sheet, season: Season, top: int) -> None:
    rng = np.random.default_rng(63)
    night = season is MOONLIT
    for k in range(15):
        x, y = rng.uniform(-60, 1140), rng.uniform(top + 200, 760)
        wide, tall = rng.uniform(180, 430), rng.uniform(10, 30)
        bank = smooth(
            [
                (x - wide, y),
                (x - wide * 0.5, y - tall),
                (x, y - tall * 0.5),
                (x + wide * 0.45, y - tall * 1.4),
                (x + wide, y),
                (x + wide * 0.3, y + tall * 0.5),
                (x - wide * 0.4, y + tall * 0.3),
            ]
        )
        tint = "#4A6A9C" if night else ("#FFC79A" if k % 2 else "#A78FB4")
        sheet.glaze(bank, tint, 0.2 if night else 0.4, 9, texture=0.35, angle=4)


def mountains(season: Season) -> Sprite:
    sheet = Sheet(0, 520, 1080, 1400, season.light)
    back = [
        (-80, 900),
        (60, 800),
        (170, 720),
        (250, 770),
        (380, 640),
        (470, 720),
        (560, 690),
        (700, 590),
        (820, 700),
        (900, 670),
        (1010, 760),
        (1160, 700),
    ]
    front = [(-80, 960), (80, 900), (240, 930), (400, 850), (560, 920), (760, 850), (930, 930), (1160, 860)]
    for k, ridge in enumerate((back, front)):
        slope = smooth([(-200, 2000), (-200, ridge[0][1]), *ridge, (1300, ridge[-1][1]), (1300, 2000)], tension=0.24)
        sheet.paint(
            slope,
            season.far,
            seed=641 + k,
            depth=60,
            gain=1.3,
            bias=-0.16 + 0.1 * k,
            sweep=(0, 0.14),
            texture=0.1,
            angle=-38 + 30 * k,
            edge=2,
        )
        if k == 0:
            sheet.strokes(_peaks(season, ridge), soft=3.5)
    sheet.glaze(box(-100, 900, 1300, 260), season.sky[-1], 0.3, 60)
    return sheet.sprite()


def _peaks(season: Season, ridge: list[Point]) -> list[tuple[QPainterPath, str, float]]:
    """A shadow down the far side of each peak and snow on the side to the light."""
    lit = -1 if season.light[0] < 0 else 1
    strokes = []
    for before, (x, y), after in zip(ridge, ridge[1:], ridge[2:], strict=False):
        if y > min(before[1], after[1]):
            continue
        shade = [(x, y + 8), (x - lit * 44, y + 80), (x - lit * 50, y + 200)]
        strokes.append((lock(shade, 70, 0.7), season.far[0], 0.3))
        for k, (dx, dy, wide) in enumerate(((46, 60, 26), (26, 92, 20), (74, 104, 18), (8, 66, 14))):
            snow = [(x + lit * dx * 0.1, y + 4 + 6 * k), (x + lit * dx * 0.6, y + dy * 0.5), (x + lit * dx, y + dy)]
            strokes.append((lock(snow, wide, 0.9), season.far[4], 0.4))
    return strokes


class Snowfall:
    """Three depths of snow; the near flakes are larger, softer and faster."""

    def __init__(self, seed: int = 91, amount: float = 1.0) -> None:
        rng = np.random.default_rng(seed)
        self.depths = []
        for count, size, pace, factor, alpha in (
            (120, 3.2, 46, 0.7, 0.6),
            (70, 5.4, 88, 1.05, 0.7),
            (26, 11.0, 165, 1.6, 0.5),
        ):
            flakes = rng.random((int(count * amount), 4))
            self.depths.append((flakes, soft_dot(size, "#F2F6FB", 0.9), pace, factor, alpha))

    def draw(self, painter: QPainter, t: float, camera: float, depth: int) -> None:
        flakes, dot, pace, factor, alpha = self.depths[depth]
        for x, y, sway, bright in flakes:
            at_y = (y * 2100 + (pace * (0.8 + 0.4 * sway)) * t - camera * factor) % 2100 - 90
            at_x = (x * 1200 + 22 * np.sin(2 * np.pi * (0.23 * t + sway)) + 12 * t) % 1200 - 60
            dot.draw(painter, float(at_x), float(at_y), alpha * (0.5 + 0.5 * bright))


def sparkle(painter: QPainter, x: float, y: float, size: float, alpha: float, hue: str = "#FFE9B0") -> None:
    tint = colour(hue, alpha)
    painter.fillPath(lock([(x - size, y), (x, y), (x + size, y)], size * 0.3, 0.2), tint)
    painter.fillPath(ellipse(x, y, size * 0.18, size), tint)
    painter.fillPath(ellipse(x, y, size, size * 0.18), tint)
