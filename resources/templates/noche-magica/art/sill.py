"""The window that we look out of at dawn: its frame, the sill, and what Santa left on it."""

import numpy as np
from palette import EMBER, GOLD, Ramp, table
from PySide6.QtGui import QPainterPath
from shapes import Point, box, ellipse, lock, polygon, smooth
from sheet import Sheet, Sprite

LIGHT = (0.72, -0.6)
EDGE = 1596.0
"""Where the sill meets the pane; it comes towards us down to `LIP`."""
LIP = 1786.0
FIR: Ramp = ("#123440", "#1C4A4A", "#2F6656", "#568A62", "#A8BC84")
TIMBER: Ramp = ("#2A1A30", "#4A2C3C", "#7C4A48", "#B97C5E", "#F0C296")


def window() -> Sprite:
    """All that stands still before the picture outside; the panes are left open."""
    sheet = Sheet(0, 0, 1080, 1920, LIGHT)
    _frost(sheet)
    _stiles(sheet)
    _board(sheet)
    _glass(sheet, 164, 1742)
    _sprig(sheet)
    return sheet.sprite()


def _stiles(sheet: Sheet) -> None:
    sheet.paint(box(-40, -40, 1160, 92), TIMBER, seed=971, depth=14, bias=-0.28, gain=0.7, angle=2, texture=0.1)
    sheet.paint(box(-40, 46, 1160, 22), TIMBER, seed=972, depth=8, bias=-0.08, gain=0.8, angle=2, texture=0.1)
    for side in (-1, 1):
        outer = box(-40, -40, 92, 1960) if side < 0 else box(1028, -40, 92, 1960)
        inner = box(46, 40, 20, 1600) if side < 0 else box(1014, 40, 20, 1600)
        # the sun stands to the right: it reaches the left stile's cheek, the right one's is in its own shade
        sheet.paint(outer, TIMBER, seed=973 + side, depth=14, bias=-0.3, gain=0.7, angle=88, texture=0.12)
        sheet.paint(inner, TIMBER, seed=976 + side, depth=6, bias=0.3 if side < 0 else -0.16, angle=88, texture=0.1)
    sheet.glaze(box(-20, 40, 74, 1600), "#FF9E6A", 0.16, 26)


def _frost(sheet: Sheet) -> None:
    """Feathers of ice in the lower corners of the pane."""
    rng = np.random.default_rng(980)
    for side in (-1, 1):
        corner = 60.0 if side < 0 else 1020.0
        spread = ellipse(corner, EDGE + 10, 150, 250)
        sheet.glaze(spread, "#F4F7FC", 0.34, 60, inside=False)
        strokes: list[tuple[QPainterPath, str, float]] = []
        for _ in range(26):
            angle = rng.uniform(0.08, 1.5)
            long = rng.uniform(90, 300) * (1 - 0.4 * angle / 1.5)
            _feather(strokes, (corner, EDGE + 6), (-side * float(np.cos(angle)), -float(np.sin(angle))), long, rng)
        sheet.strokes(strokes, inside=False, soft=0.6)


def _feather(
    strokes: list[tuple[QPainterPath, str, float]], root: Point, way: Point, long: float, rng: np.random.Generator
) -> None:
    bend = rng.normal(0, 0.12)
    spine = [
        (root[0] + (way[0] - way[1] * bend * u) * long * u, root[1] + (way[1] + way[0] * bend * u) * long * u)
        for u in (0.0, 0.35, 0.7, 1.0)
    ]
    strokes.append((lock(spine, 5, 0.8), "#FFFFFF", 0.34))
    for u in np.linspace(0.25, 0.92, 9):
        x, y = root[0] + way[0] * long * u, root[1] + way[1] * long * u
        size = 26 * (1.05 - u) * rng.uniform(0.6, 1.3)
        for turn in (-0.75, 0.75):
            c, s = float(np.cos(turn)), float(np.sin(turn))
            dx, dy = way[0] * c - way[1] * s, way[0] * s + way[1] * c
            twig = lock([(x, y), (x + dx * size * 0.6, y + dy * size * 0.6), (x + dx * size, y + dy * size)], 3, 0.8)
            strokes.append((twig, "#FFFFFF", 0.3))


def _board(sheet: Sheet) -> None:
    top = polygon([(40, EDGE), (1040, EDGE), (1160, LIP), (-80, LIP)])
    sheet.glaze(box(0, EDGE - 12, 1080, 16), "#3A2440", 0.7, 5, inside=False)
    sheet.paint(
        top, TIMBER, seed=985, depth=40, gain=0.5, bias=0.4, sweep=(0.16, 0.04), angle=1, texture=0.13, softness=1.0
    )
    sheet.paint(box(-40, LIP - 2, 1160, 200), TIMBER, seed=986, depth=20, gain=0.6, bias=-0.3, angle=1, texture=0.12)
    sheet.strokes([(lock([(-60, LIP - 2), (540, LIP - 4), (1160, LIP - 2)], 9, 1.0), "#FFE0B8", 0.75)], soft=1.4)
    rng = np.random.default_rng(987)
    grain = []
    for _ in range(34):
        y = rng.uniform(EDGE + 12, LIP - 12)
        x, long = rng.uniform(-40, 900), rng.uniform(140, 420)
        line = lock([(x, y), (x + long / 2, y + rng.uniform(-4, 4)), (x + long, y + rng.uniform(-3, 3))], 3.4, 0.6)
        grain.append((line, TIMBER[1] if rng.random() < 0.6 else TIMBER[4], 0.28))
    sheet.strokes(grain, soft=0.8)
    sheet.glaze(box(-40, EDGE, 1160, 20), "#4A2C48", 0.4, 10)


def _glass(sheet: Sheet, x: float, foot: float) -> None:
    """What the child left him: a glass, nearly empty. Painted by what it does to the light, not by its outline."""
    tall, top, low = 228.0, 66.0, 52.0
    cast = polygon([(x - low, foot - 6), (x + low, foot), (x - 140, foot + 40), (x - 250, foot + 16)])
    sheet.glaze(cast, "#4A2C48", 0.55, 8)
    sheet.glaze(ellipse(x - 118, foot + 16, 60, 9, 9), "#FFE9C4", 0.6, 6)  # the light that it gathers
    sheet.glaze(ellipse(x, foot + 1, low + 4, 12), "#3A2038", 0.6, 4)
    brim = [(x - top, foot - tall), (x + top, foot - tall)]
    body = smooth([*brim, (x + low, foot - 4), (x, foot + 9), (x - low, foot - 4)], tension=0.1)
    walls = body.subtracted(body.translated(10, 0)).united(body.subtracted(body.translated(-10, 0)))
    sheet.strokes([(body, "#E4ECF8", 0.2)], inside=False)
    sheet.strokes([(walls, "#5E7AAE", 0.3)], inside=False, soft=2.6)
    level = foot - 60
    half = low + (top - low) * 60 / tall - 5
    edge = [(x - half, level), (x + half, level)]
    water = smooth([*edge, (x + low - 5, foot - 10), (x, foot + 2), (x - low + 5, foot - 10)], tension=0.12)
    sheet.strokes([(water, "#86A8D4", 0.62)], inside=False, soft=0.8)
    glow = ellipse(x - 16, foot - 24, 26, 20, -20).intersected(water)
    sheet.strokes([(glow, "#FFF0D2", 0.75)], inside=False, soft=5)
    sheet.strokes([(ellipse(x, level, half, 9), "#DCE9F8", 0.75)], inside=False, soft=0.6)
    sheet.strokes([(ellipse(x + 12, level + 2, half * 0.6, 4.5), "#FFFFFF", 0.7)], inside=False, soft=1)
    rim = ellipse(x, foot - tall, top, 13)
    back = rim.subtracted(ellipse(x, foot - tall + 2, top - 2, 12))
    front = rim.subtracted(ellipse(x, foot - tall - 2.4, top - 1, 11.5))
    sheet.strokes([(back, "#C8D8EE", 0.8), (front, "#FFFFFF", 0.85)], inside=False, soft=0.6)
    for dx, wide, light in ((0.76, 13, 0.7), (0.5, 5, 0.35), (-0.8, 6, 0.4)):
        a, b = (x + top * dx, foot - tall + 20), (x + low * dx, foot - 16)
        shine = lock([a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), b], wide, 0.8)
        sheet.strokes([(shine, "#FFFFFF", light)], inside=False, soft=1.6)
    heel = smooth([(x - low, foot - 5), (x, foot + 5), (x + low, foot - 5), (x, foot + 12)], tension=0.4)
    sheet.strokes([(heel, "#EAF1FB", 0.6)], inside=False, soft=1)


def _sprig(sheet: Sheet) -> None:
    """Fir, two cones of berries and a gold ball, lying at the right."""
    x0, y0 = 1100.0, 1770.0
    twigs: list[list[Point]] = [
        [(x0, y0 - 10), (980, 1738), (880, 1728), (790, 1742)], [(x0, y0 - 30), (1000, 1694), (930, 1650), (876, 1634)],
        [(x0, y0 + 30), (1010, 1776), (930, 1790), (860, 1800)], [(990, 1738), (930, 1700), (850, 1684), (806, 1688)],
    ]  # fmt: skip
    spines = [smooth(points, closed=False) for points in twigs]
    sheet.glaze(smooth([(790, 1764), (900, 1760), (1090, 1800), (1090, 1830), (860, 1822)]), "#3A2038", 0.5, 14)
    for k, spine in enumerate(spines):
        sheet.strokes([(lock(twigs[k], 12, 1.0), "#4A2C30", 1.0)], inside=False)
        _needles(sheet, spine, 990 + k)
    for x, y, r in ((918, 1742, 13), (944, 1752, 12), (930, 1728, 12)):
        sheet.glaze(ellipse(x - 3, y + 5, r, r), "#10202A", 0.5, 4)
        sheet.paint(ellipse(x, y, r, r), EMBER, seed=int(x), depth=7, gain=1.4, bias=0.1, edge=1.2)
        sheet.glaze(ellipse(x + r * 0.35, y - r * 0.4, r * 0.3, r * 0.24), "#FFEAD6", 0.9, 1.2)
    x, y, r = 1010.0, 1716.0, 46.0
    sheet.glaze(ellipse(x - 22, y + 40, r, 18), "#10202A", 0.5, 9)
    sheet.paint(ellipse(x, y, r, r), GOLD, seed=996, depth=24, gain=1.4, bias=0.02, edge=1.4, softness=1.0)
    sheet.glaze(ellipse(x + 17, y - 19, 11, 8, 40), "#FFF8E4", 0.95, 3)
    sheet.glaze(ellipse(x - 20, y + 20, 16, 10, 40), "#8FA6D8", 0.4, 6)


def _needles(sheet: Sheet, spine: QPainterPath, seed: int) -> None:
    rng = np.random.default_rng(seed)
    tones = [f"#{r:02X}{g:02X}{b:02X}" for r, g, b in (table(FIR, 1.0, 256) * 255).astype(int)]
    strokes = []
    for u in np.linspace(0.02, 0.995, 110):
        here, angle = spine.pointAtPercent(float(u)), np.deg2rad(-spine.angleAtPercent(float(u)))
        for side in (-1, 1):
            way = angle + side * rng.uniform(0.45, 0.95)
            long = rng.uniform(26, 46) * (1.15 - 0.6 * u)
            dx, dy = float(np.cos(way)) * long, float(np.sin(way)) * long
            lit = 0.62 - 0.16 * np.sin(way) + rng.normal(0, 0.14)
            tint = tones[int(np.clip(lit * 255, 0, 255))]
            x, y = here.x(), here.y()
            strokes.append((lock([(x, y), (x + dx * 0.6, y + dy * 0.5), (x + dx, y + dy)], 5.5, 0.8), tint, 0.95))
    sheet.strokes(strokes, inside=False)
