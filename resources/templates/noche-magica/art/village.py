"""Hills with the village, pines before it; one geometry for night and dawn."""

from dataclasses import replace

import numpy as np
from houses import CHURCH, House, paint_church, paint_house
from palette import tinted
from props import lamp, pine, snowman
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath
from season import MOONLIT, Season
from shapes import Point, ellipse, lock, smooth
from sheet import Sheet, Sprite

HOUSES = (
    House(96, 1010, 120, 66, 66, 0), House(452, 984, 116, 60, 62, 2), House(800, 1004, 128, 64, 66, 1),
    House(-30, 1110, 170, 92, 92, 1), House(250, 1100, 180, 96, 98, 0), House(890, 1106, 190, 100, 104, 2),
    House(120, 1238, 220, 122, 124, 2), House(700, 1226, 226, 124, 128, 0), House(426, 1290, 210, 116, 120, 1),
)  # fmt: skip
LAMP: Point = (742.0, 1336.0)


def windows() -> list[Point]:
    """Where light falls out, for the flicker and the glow."""
    places = [(CHURCH[0] + 44, CHURCH[1] - 60)]
    for house in HOUSES:
        split = house.x + house.width * 0.42
        places.append((house.x + house.width * 0.21, house.base - house.height * 0.5))
        places.append((split + house.width * 0.29, house.base - house.height * 0.48))
    return places


def _hill(points: list[Point], bottom: float = 2060) -> QPainterPath:
    return smooth([(-200, bottom), (-200, points[0][1]), *points, (1280, points[-1][1]), (1280, bottom)], tension=0.45)


def village(season: Season) -> Sprite:
    sheet = Sheet(0, 640, 1080, 1320, season.light)
    rows = (
        ([(-80, 990), (140, 960), (380, 950), (620, 944), (860, 962), (1160, 950)], 0, 3, -0.04),
        ([(-80, 1080), (160, 1060), (420, 1066), (700, 1060), (960, 1062), (1160, 1050)], 3, 6, 0.02),
        ([(-80, 1210), (200, 1180), (480, 1216), (760, 1186), (1160, 1160)], 6, 9, 0.08),
    )
    for k, (ridge, first, last, bias) in enumerate(rows):
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
        for house in HOUSES[first:last]:
            paint_house(sheet, season, house)
    _path(sheet, season)
    return sheet.sprite()


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
    trail = smooth(
        [
            (546, 1296),
            (590, 1340),
            (560, 1420),
            (440, 1500),
            (420, 1580),
            (560, 1640),
            (640, 1640),
            (520, 1560),
            (540, 1500),
            (640, 1430),
            (668, 1360),
            (600, 1292),
        ]
    )
    sheet.paint(
        trail, season.near, seed=735, depth=26, gain=-1.2, bias=0.1, edge=7, wobble=1.2, inside=True, opacity=0.8
    )
    rng = np.random.default_rng(736)
    steps = []
    for k in range(26):
        u = k / 25
        x, y = 586 - 120 * u + 70 * np.sin(3.4 * u), 1310 + 250 * u
        steps.append(
            (ellipse(x + (9 if k % 2 else -9), y + rng.uniform(-2, 2), 5 + 3 * u, 2.4 + 2 * u), season.middle[0], 0.4)
        )
    sheet.strokes(steps, soft=1)


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
    for k in (4, 6, 7, 8):
        house = HOUSES[k]
        x0 = house.x + house.width * 0.705
        y0 = house.base - house.height - house.roof - house.width * 0.16
        for j in range(7):
            u = (t / 4.2 + j / 7 + k * 0.13) % 1.0
            x = x0 + 46 * u * u + 7 * np.sin(6.3 * (u * 1.6 + k))
            puffs.append((QPointF(float(x), y0 - 130 * u), 9 + 24 * u, float(0.4 * (1 - u) * min(1, u * 6))))
    return puffs
