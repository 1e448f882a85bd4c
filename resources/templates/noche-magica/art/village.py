"""Hills with the village, pines before it; one geometry for night and dawn."""

from dataclasses import replace

import numpy as np
from houses import CHURCH, House, paint_church, paint_house
from palette import tinted
from props import lamp, pine, snowman
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath
from season import MOONLIT, Season
from shapes import Point, ellipse, lock, smooth, star
from sheet import Sheet, Sprite

HOUSES = (
    House(84, 1006, 118, 64, 70, 0), House(252, 1000, 92, 74, 58, 1, mirrored=True), House(436, 984, 104, 56, 62, 2),
    House(806, 1002, 126, 62, 70, 1, mirrored=True),
    House(-46, 1112, 172, 96, 88, 1, mirrored=True), House(216, 1102, 168, 92, 110, 0),
    House(884, 1108, 186, 98, 112, 2),
    House(70, 1246, 214, 118, 136, 2, mirrored=True), House(744, 1232, 216, 128, 122, 0),
)  # fmt: skip
LAMP: Point = (742.0, 1336.0)
TREE, TREE_TALL = (512.0, 1336.0), 372.0
_MIDDLES = (0, 4, 7, len(HOUSES))


def windows() -> list[Point]:
    """Where light falls out, for the flicker and the glow."""
    places = [(CHURCH[0] + 44, CHURCH[1] - 60)]
    for house in HOUSES:
        places += [(house.at(across), house.base - house.height * 0.48) for across in (0.21, 0.78)]
    return places


def tree_lights() -> list[Point]:
    """On the tree in the village's middle, in rows that hang."""
    (x, base), places = TREE, []
    for row in range(7):
        half = TREE_TALL * 0.3 * (0.2 + 0.8 * row / 6)
        y = base - TREE_TALL * (0.9 - 0.115 * row)
        for k in np.linspace(-1, 1, 3 + row):
            places.append((x + float(k) * half * 0.86, y + 14 * (1 - float(k) ** 2) + 8 * float(k)))
    return places


def _hill(points: list[Point], bottom: float = 2060) -> QPainterPath:
    return smooth([(-200, bottom), (-200, points[0][1]), *points, (1280, points[-1][1]), (1280, bottom)], tension=0.45)


def village(season: Season) -> Sprite:
    sheet = Sheet(0, 640, 1080, 1320, season.light)
    rows = (
        ([(-80, 990), (140, 960), (380, 950), (620, 944), (860, 962), (1160, 950)], -0.04),
        ([(-80, 1080), (160, 1060), (420, 1066), (700, 1060), (960, 1062), (1160, 1050)], 0.02),
        ([(-80, 1210), (200, 1180), (480, 1216), (760, 1186), (1160, 1160)], 0.08),
    )
    _forest(sheet, season)
    for k, (ridge, bias) in enumerate(rows):
        sheet.paint(
            _hill(ridge),
            season.middle,
            seed=701 + k,
            depth=70,
            gain=1.3,
            bias=bias,
            sweep=(0, -0.1),
            texture=0.06,
            angle=6,
            edge=3,
        )
        _drifts(sheet, season, ridge, 720 + k)
        if k == 1:
            paint_church(sheet, season)
        for j, place in enumerate(((336, -6), (372, 4), (716, 2), (1010, -4), (30, 0), (1044, 6), (-4, 8))):
            pine(
                sheet,
                season,
                place[0] + 60 * k,
                ridge[2][1] + 18 + place[1],
                56 + 22 * k + 7 * (j % 3),
                760 + k * 9 + j,
            )
        if k == 2:
            _path(sheet, season)
        for house in HOUSES[_MIDDLES[k] : _MIDDLES[k + 1]]:
            paint_house(sheet, season, house)
    _plaza_tree(sheet, season)
    return sheet.sprite()


def _forest(sheet: Sheet, season: Season) -> None:
    """A fringe of far trees under the mountains, which tells how far they are."""
    rng = np.random.default_rng(741)
    dark, strokes = tinted(season.pine, season.far[2], 0.55), []
    for x in np.arange(-30, 1110, 11):
        foot = 962 - 16 * np.sin(x / 170) + rng.uniform(-4, 8)
        tall, wide = rng.uniform(26, 62), rng.uniform(14, 22)
        at = float(x) + rng.uniform(-6, 6)
        shape = lock([(at, foot + 24), (at, foot - tall * 0.4), (at + rng.uniform(-2, 2), foot - tall)], wide, 1.0)
        strokes.append((shape, dark[int(rng.integers(1, 3))], 0.9))
    sheet.strokes(strokes, inside=False, soft=0.8)


def _plaza_tree(sheet: Sheet, season: Season) -> None:
    x, base = TREE
    sheet.glaze(ellipse(x, base + 8, 170, 40), "#FFB45C", 0.6 * season.window_glow, 26)
    pine(sheet, season, x, base, TREE_TALL, 771, tiers=8)
    for k, (px, py) in enumerate(tree_lights()):
        sheet.glaze(ellipse(px, py, 7, 7), "#FFB04A", 0.6 * season.window_glow, 5)
        tint = ("#FFE3A0", "#FF9A55", "#FFF3D0")[k % 3]
        sheet.strokes([(ellipse(px, py, 3.4, 3.6), tint, 1.0)], inside=False)
    sheet.glaze(ellipse(x, base - TREE_TALL - 4, 40, 40), "#FFD27A", 0.5 * season.window_glow, 18, inside=False)
    sheet.strokes([(star(x, base - TREE_TALL - 2, 23, 9), "#F9D077", 1.0)], inside=False)


def _drifts(sheet: Sheet, season: Season, ridge: list[Point], seed: int) -> None:
    rng = np.random.default_rng(seed)
    strokes = []
    for _ in range(14):
        x, y = rng.uniform(-40, 1080), ridge[2][1] + rng.uniform(20, 190)
        long = rng.uniform(120, 280)
        tint = season.middle[4] if rng.random() < 0.5 else season.middle[1]
        strokes.append((lock([(x, y), (x + long / 2, y - 12), (x + long, y + 6)], rng.uniform(8, 20), 0.5), tint, 0.22))
    sheet.strokes(strokes, soft=3)


def _path(sheet: Sheet, season: Season) -> None:
    """Trodden snow from the tree to where we stand, wider as it comes."""
    middle = [(560.0, 1290.0), (600.0, 1340.0), (640.0, 1400.0), (620.0, 1470.0), (560.0, 1540.0), (520.0, 1640.0)]
    wide = (16, 26, 40, 54, 72, 100)
    left = [(x - w, y) for (x, y), w in zip(middle, wide, strict=True)]
    right = [(x + w, y) for (x, y), w in zip(middle, wide, strict=True)]
    trail = smooth([*left, *reversed(right)])
    sheet.glaze(trail.translated(-7, 5), season.near[1], 0.6, 9)
    sheet.glaze(trail, season.near[3], 0.5, 8, texture=0.5, angle=70)
    rng = np.random.default_rng(736)
    steps = []
    for k in range(44):
        u = (k / 43) ** 0.8
        place = int(min(u * 5, 4.999))
        part = u * 5 - place
        x = middle[place][0] * (1 - part) + middle[place + 1][0] * part
        y = middle[place][1] * (1 - part) + middle[place + 1][1] * part
        off = (0.38 if k % 2 else -0.3) * (wide[place] * (1 - part) + wide[place + 1] * part)
        size = 3.4 + 6 * u
        steps.append((ellipse(x + off, y + rng.uniform(-3, 3), size, size * 0.48, -20), season.middle[1], 0.5))
    sheet.strokes(steps, soft=1.2)


def near(season: Season) -> Sprite:
    """A snowy bank with tall pines, closer than the village."""
    sheet = Sheet(0, 900, 1080, 1160, season.light)
    sheet.paint(
        _hill([(-80, 1440), (120, 1470), (330, 1560), (560, 1590), (780, 1540), (960, 1460), (1160, 1430)]),
        season.near,
        seed=801,
        depth=90,
        gain=1.4,
        bias=0.06,
        sweep=(0, -0.16),
        texture=0.07,
        angle=8,
        edge=3,
    )
    for x, base, tall in ((60, 1500, 330), (190, 1560, 230), (1020, 1500, 380), (916, 1552, 240), (-20, 1600, 300)):
        pine(sheet, season, x, base, tall, int(x) + 860)
    if season is MOONLIT:  # at dawn the letter would hide him
        snowman(sheet, season, 318, 1566, 1.15)
    lamp(sheet, season, LAMP[0], 1570, 250)
    return sheet.sprite()


def fore(season: Season) -> Sprite:
    """The last bank before us, and two dark pines that frame the picture."""
    sheet = Sheet(0, 700, 1080, 1500, season.light)
    deep = tinted(season.pine, season.fore[0], 0.4)
    dark = replace(season, pine=deep, roof=season.fore)
    for x, base, tall in ((-60, 1860, 860), (40, 1900, 480), (1150, 1860, 940), (1030, 1890, 520)):
        pine(sheet, dark, x, base, tall, int(abs(x)) + 870, tiers=8)
    sheet.paint(
        _hill([(-80, 1700), (180, 1690), (420, 1760), (700, 1770), (920, 1700), (1160, 1660)], 2300),
        season.fore,
        seed=851,
        depth=90,
        gain=1.4,
        bias=0.04,
        sweep=(0, -0.22),
        texture=0.08,
        angle=6,
        edge=4,
    )
    return sheet.sprite()


def smoke(t: float) -> list[tuple[QPointF, float, float]]:
    """Puffs over some chimneys: place, size, opacity."""
    puffs = []
    for k in (5, 6, 7, 8):
        x0, y0 = HOUSES[k].chimney
        for j in range(7):
            u = (t / 4.2 + j / 7 + k * 0.13) % 1.0
            x = x0 + 46 * u * u + 7 * np.sin(6.3 * (u * 1.6 + k))
            puffs.append((QPointF(float(x), y0 - 130 * u), 9 + 24 * u, float(0.4 * (1 - u) * min(1, u * 6))))
    return puffs
