"""The Christmas tree by the window: boughs of needles, baubles, and where its lights sit."""

import math

import numpy as np
from palette import EMBER, GOLD, PINE, Ramp, table
from PySide6.QtGui import QPainterPath
from shapes import Point, ellipse, lock, smooth, star
from sheet import Sheet

TOP: Point = (912.0, 150.0)
FOOT = 1560.0


def _half_width(y: float) -> float:
    return 34 + (y - TOP[1]) * 0.44


def lights() -> list[Point]:
    """On garlands that hang across the tree."""
    rng = np.random.default_rng(77)
    places = []
    for row, y in enumerate(range(236, 1400, 92)):
        half = _half_width(y) * 0.84
        for k in np.linspace(-1, 1, 3 + row // 2):
            sag = 34 * (1 - k * k)
            places.append((TOP[0] + k * half + rng.uniform(-14, 14), y + sag + k * 26 + rng.uniform(-10, 10)))
    return [place for place in places if place[0] < 1090]


def paint_tree(sheet: Sheet) -> None:
    rng = np.random.default_rng(70)
    outline = smooth(
        [TOP, (TOP[0] + 230, 900), (TOP[0] + 520, FOOT), (TOP[0] - 520, FOOT), (TOP[0] - 230, 900)], tension=0.2
    )
    sheet.paint(outline, PINE, seed=71, depth=90, bias=-0.2, gain=0.8, edge=9, wobble=1.0)
    colours = table(PINE, 1.0, 256)
    for row, y in enumerate(np.arange(TOP[1] + 24, FOOT, 40)):
        half = _half_width(float(y))
        lit = (0.13, 0.0, -0.16)[row % 3]  # boughs: a lit upper side over a dark gap
        strokes = [_needles(rng, float(y), half, colours, lit) for _ in range(int(18 + half * 0.42))]
        sheet.strokes(strokes, inside=False)
    _baubles(sheet, rng)
    sheet.glaze(ellipse(1110, 1000, 120, 760), "#060B1C", 0.5, 60)
    sheet.paint(star(TOP[0], TOP[1] - 14, 54, 23, turn=-84), GOLD, seed=79, depth=12, gain=1.2, bias=0.06, edge=1.4)
    sheet.glaze(ellipse(TOP[0], TOP[1] - 14, 80, 80), "#FFC65C", 0.3, 40, mode="add")


def _needles(
    rng: np.random.Generator, y: float, half: float, colours: np.ndarray, lit: float
) -> tuple[QPainterPath, str, float]:
    k = rng.uniform(-1, 1)
    x0, y0 = TOP[0] + k * half * 0.86, y + rng.uniform(-24, 24)
    lean = k * 0.9 + rng.normal(0, 0.25)
    length = rng.uniform(36, 74)
    x1, y1 = x0 + math.sin(lean) * length, y0 + math.cos(lean) * length * 0.8
    value = np.clip(0.56 + lit - 0.32 * k + rng.normal(0, 0.12), 0.04, 0.97)
    r, g, b = (colours[int(value * 255)] * 255).astype(int)
    middle = ((x0 + x1) / 2 + rng.uniform(-6, 6), (y0 + y1) / 2 + 6)
    return (
        lock([(x0, y0), middle, (x1, y1 - 8)], rng.uniform(7, 15), 0.5),
        f"#{r:02X}{g:02X}{b:02X}",
        rng.uniform(0.5, 0.95),
    )


def _baubles(sheet: Sheet, rng: np.random.Generator) -> None:
    for x, y, radius in (
        (884, 300, 19), (958, 372, 21), (842, 432, 22), (918, 512, 24), (1012, 520, 22), (984, 690, 26),
        (1046, 812, 27), (992, 960, 28), (1052, 1090, 28),
    ):  # fmt: skip
        ramp: Ramp = EMBER if rng.random() < 0.55 else GOLD
        ball = ellipse(x, y, radius, radius)
        sheet.glaze(ellipse(x + 6, y + 10, radius * 1.1, radius), "#050C14", 0.5, 8)
        sheet.paint(ball, ramp, seed=int(x), depth=radius * 0.6, gain=1.3, bias=0.0)
        sheet.glaze(ellipse(x - radius * 0.36, y - radius * 0.36, radius * 0.26, radius * 0.2, -35), "#FFF3D8", 0.8, 2)
        sheet.glaze(ellipse(x + radius * 0.4, y + radius * 0.5, radius * 0.34, radius * 0.2, -40), "#8FB2DC", 0.4, 3)
