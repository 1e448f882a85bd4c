"""The beard in three overlapping pieces, the moustache in two, the brows."""

import math

from hair import comb
from palette import BEARD
from PySide6.QtGui import QPainterPath
from shapes import Point, box, ellipse, mirrored, smooth, tufted
from sheet import Sheet, Sprite

WHISKERS: list[Point] = [
    (-180, -80), (-220, 0), (-244, 90), (-276, 190), (-280, 300), (-236, 400), (-154, 470), (-70, 524),
    (10, 550), (82, 516), (160, 464), (240, 390), (278, 296), (274, 190), (244, 90), (220, 0), (180, -80),
    (150, 40), (80, 150), (0, 190), (-80, 150), (-150, 40),
]  # fmt: skip
JAW: list[Point] = [
    (-204, 92), (-222, 160), (-232, 240), (-194, 326), (-120, 392), (-50, 440), (8, 464), (66, 432),
    (132, 388), (198, 318), (228, 236), (220, 160), (204, 92), (148, 132), (66, 148), (0, 152), (-66, 148), (-148, 132),
]  # fmt: skip
TEMPLE: list[Point] = [
    (-146, -96), (-196, -90), (-212, -20), (-224, 70), (-228, 150), (-214, 206), (-176, 196), (-160, 158), (-172, 112),
    (-182, 66), (-176, 16), (-160, -40),
]  # fmt: skip
CHIN: list[Point] = [
    (-84, 214), (-110, 262), (-92, 318), (-52, 352), (-14, 392), (6, 408), (30, 374), (66, 344), (100, 306),
    (108, 258), (84, 214), (44, 232), (0, 238), (-44, 232),
]  # fmt: skip
MOUSTACHE: list[Point] = [
    (8, 100), (-36, 90), (-86, 96), (-134, 120), (-172, 132), (-204, 120), (-224, 88), (-228, 124), (-206, 162),
    (-164, 182), (-114, 182), (-68, 170), (-24, 160), (20, 155), (24, 124),
]  # fmt: skip
BROW: list[Point] = [
    (-26, -50), (-42, -76), (-76, -90), (-112, -86), (-138, -64), (-150, -34), (-122, -46), (-90, -56), (-56, -48),
]  # fmt: skip


def _flow(x: float, y: float) -> Point:
    away = math.atan2(y - 20, x * 0.9)
    sway = 0.35 * math.sin(y / 62 + x / 90)
    return math.cos(away + sway) * 0.75, abs(math.sin(away + sway)) + 0.35


def _light(x: float, y: float) -> float:
    return 0.74 - x / 720 - (y - 200) / 1400


def _piece(points: list[Point], seed: int, lift: float, bias: float, count: int, length: float) -> Sheet:
    sheet = Sheet(-330, -160, 660, 800)
    outline = tufted(smooth(points), 50, lift, seed)
    sheet.paint(outline, BEARD, seed=seed, depth=58, bias=bias, gain=1.15, edge=2.2, wobble=0.6, angle=80, texture=0.08)
    for k, (share, wide, solid) in enumerate(((0.3, 34, 0.4), (0.45, 17, 0.5), (1.0, 7, 0.5))):
        if k == 2:
            _fireshine(sheet)
        comb(
            sheet, outline, _flow, BEARD, count=int(count * share), length=length * (1.2 - 0.2 * k), width=wide,
            seed=seed + k, tone=lambda x, y: _light(x, y) + bias, opacity=solid,
        )  # fmt: skip
    sheet.glaze(ellipse(-296, 240, 16, 280), "#FFAE70", 0.3, 12, texture=1.0, angle=80)
    return sheet


def _ends(sheet: Sheet, outline: QPainterPath) -> None:
    """Fine hair that runs out over the lower edge and breaks it."""
    band = outline.subtracted(outline.translated(0, -44)).intersected(box(-330, 180, 660, 600))
    comb(
        sheet, band, _flow, BEARD, count=110, length=64, width=6, seed=49, stray=1.0,
        tone=lambda x, y: _light(x, y) - 0.08, opacity=0.7,
    )  # fmt: skip


def _fireshine(sheet: Sheet) -> None:
    """Warm on the side of the hearth, blue on the other; the finest locks go over it."""
    sheet.glaze(ellipse(-250, 230, 80, 300), "#FFD2A4", 0.6, 44, mode="multiply", texture=0.5, angle=80)
    sheet.glaze(ellipse(-292, 240, 22, 280), "#F2A064", 0.26, 18, texture=1.0, angle=80)
    sheet.glaze(ellipse(-140, 486, 130, 50, 40), "#E9783C", 0.36, 28, texture=0.5, angle=80)
    sheet.glaze(ellipse(250, 280, 110, 280), "#232F60", 0.56, 44, texture=0.2, angle=80)


def whiskers() -> Sprite:
    sheet = _piece(WHISKERS, 41, 11, -0.14, 260, 150)
    sheet.glaze(ellipse(-252, 60, 30, 140), "#FBC79A", 0.34, 18, texture=0.9, angle=84)
    _ends(sheet, smooth(WHISKERS))
    lit = ellipse(-216, 280, 54, 170).intersected(smooth(WHISKERS))
    for width, opacity in ((13, 0.3), (6, 0.5)):
        comb(
            sheet, lit, _flow, BEARD, count=90, length=120, width=width, seed=47 + width,
            tone=lambda x, y: 0.62 + 0.3 * math.sin(x / 9 + y / 37), opacity=opacity,
        )  # fmt: skip
    sheet.glaze(ellipse(-266, 240, 26, 260), "#FFC08A", 0.14, 18, texture=0.8, angle=80)
    sheet.glaze(smooth(shifted(JAW, 8, 26)), "#4B3B5E", 0.5, 16, texture=0.2, angle=80)
    return sheet.sprite()


def jaw() -> Sprite:
    sheet = _piece(JAW, 52, 8, -0.02, 220, 130)
    sheet.glaze(smooth(shifted(MOUSTACHE, 10, 26)), "#5A4360", 0.5, 13)
    sheet.glaze(mirrored(smooth(shifted(MOUSTACHE, -10, 26))), "#4A3B60", 0.55, 13)
    sheet.glaze(smooth(shifted(CHIN, 8, 18)), "#5A4A6C", 0.4, 14, texture=0.2, angle=80)
    for side in (-1, 1):
        sheet.fade(ellipse(side * 206, 104, 56, 50), 18)
    return sheet.sprite()


def temple(side: int) -> Sprite:
    """Hair before the ear, from the hat into the beard."""
    shape = smooth(TEMPLE)
    outline = shape if side < 0 else mirrored(shape)
    sheet = Sheet(-260, -130, 520, 360)
    body = tufted(outline, 56, 8, 31 + side)
    sheet.paint(body, BEARD, seed=33 + side, depth=22, bias=-0.02 - 0.06 * side, edge=2.2, angle=82)
    for count, wide in ((14, 16), (44, 7)):
        comb(
            sheet, body, lambda x, y: (side * 0.25, 1.0), BEARD, count=count, length=90, width=wide,
            seed=36 + side + count, tone=lambda x, y: 0.7 - x / 600 - (y + 40) / 900, opacity=0.55,
        )  # fmt: skip
    sheet.glaze(box(-220, -130, 440, 66), "#4A3450", 0.6, 16)
    if side < 0:
        sheet.glaze(ellipse(-246, 60, 30, 160), "#FFB27A", 0.6, 14, texture=0.6, angle=84)
    else:
        sheet.glaze(ellipse(226, 60, 46, 150), "#232F60", 0.55, 22)
    sheet.fade(ellipse(side * 214, 190, 60, 40), 18)
    return sheet.sprite()


def chin() -> Sprite:
    sheet = _piece(CHIN, 63, 6, 0.06, 120, 84)
    sheet.fade(box(-140, 170, 280, 84), 24)
    return sheet.sprite()


def moustache(side: int) -> Sprite:
    """Side -1 is to the left of the picture, nearer to the fire."""
    shape = smooth(MOUSTACHE)
    outline = shape if side < 0 else mirrored(shape)
    sheet = Sheet(-240, 50, 480, 180)
    body = tufted(outline, 70, 4, 70 + side)
    sheet.paint(body, BEARD, seed=70 + side, depth=30, bias=0.13, gain=1.0, edge=1.8, wobble=0.5, angle=10 * side)

    def sweep(x: float, y: float) -> Point:
        far = min(abs(x) / 190, 1.0)
        return side * 1.0, 0.38 - 1.0 * far**3 + (y - 140) * 0.004

    for count, wide, solid in ((26, 18, 0.45), (80, 7, 0.55)):
        comb(
            sheet, body, sweep, BEARD, count=count, length=92, width=wide, seed=75 + side + count,
            tone=lambda x, y: 0.86 - x / 800 - (y - 120) / 170, opacity=solid,
        )  # fmt: skip
    return sheet.sprite()


def brow(side: int) -> Sprite:
    shape = smooth(BROW)
    outline = shape if side < 0 else mirrored(shape)
    sheet = Sheet(-190, -140, 380, 150)
    body = tufted(outline, 26, 8, 90 + side)
    sheet.paint(body, BEARD, seed=90 + side, depth=16, bias=0.16, edge=1.6, wobble=0.6)
    sheet.glaze(ellipse(side * 92, -46, 60, 14, side * 8), "#6A4A62", 0.4, 8)
    comb(
        sheet, body, lambda x, y: (side * 1.0, 0.1 + (abs(x) - 80) * 0.012), BEARD, count=60, length=52, width=8,
        seed=95 + side, tone=lambda x, y: 0.84 - x / 700 - (y + 70) / 120, opacity=0.6,
    )  # fmt: skip
    return sheet.sprite()


def shifted(points: list[Point], dx: float, dy: float) -> list[Point]:
    return [(x + dx, y + dy) for x, y in points]
