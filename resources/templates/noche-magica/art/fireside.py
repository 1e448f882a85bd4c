"""The room: wall and window, chimney with its mantel, the armchair. What moves is in flames.py."""

import numpy as np
from flames import HEARTH
from hair import comb
from palette import CHAIR, EMBER, FUR, GLASS, GOLD, PINE, SNOW, STONE, WALL, WOOD
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath, QTransform
from shapes import box, ellipse, joined, lock, smooth
from sheet import Sheet, Sprite
from tree import paint_tree

PANES = [QRectF(452, 96, 176, 236), QRectF(652, 96, 176, 236), QRectF(452, 356, 176, 270), QRectF(652, 356, 176, 270)]
CANDLE = (196.0, 524.0)


def back() -> Sprite:
    """All that stands behind the armchair."""
    sheet = Sheet(0, 0, 1080, 1920)
    sheet.paint(
        box(-40, -40, 1160, 2000),
        WALL,
        seed=401,
        depth=60,
        gain=0.0,
        bias=-0.16,
        sweep=(-0.2, 0.04),
        texture=0.08,
        angle=86,
        softness=1.0,
    )
    _panelling(sheet)
    _window(sheet)
    paint_tree(sheet)
    _chimney(sheet)
    _warmth(sheet)
    return sheet.sprite()


def _panelling(sheet: Sheet) -> None:
    for x in range(330, 1080, 92):
        sheet.glaze(box(x, -10, 5, 1300), "#070B18", 0.4, 2)
        sheet.glaze(box(x + 6, -10, 4, 1300), "#8A5A50", 0.16, 2)


def _window(sheet: Sheet) -> None:
    sheet.glaze(box(420, 60, 460, 620, 18), "#05070F", 0.6, 24)
    sheet.paint(box(424, 66, 432, 592, 10), WOOD, seed=411, depth=12, bias=0.0)
    for k, pane in enumerate(PANES):
        shape = box(pane.x(), pane.y(), pane.width(), pane.height())
        sheet.paint(
            shape,
            GLASS,
            seed=420 + k,
            depth=10,
            gain=0.0,
            bias=0.0 if k > 1 else -0.16,
            sweep=(0, 0.22),
            edge=1,
            texture=0.05,
            angle=12,
        )
        hill = smooth(
            [
                (pane.left(), pane.bottom()),
                (pane.left(), 560),
                (pane.left() + 90, 536),
                (pane.right(), 572),
                (pane.right(), pane.bottom()),
            ],
            tension=0.2,
        )
        if k > 1:
            sheet.paint(hill.intersected(shape), SNOW, seed=430, depth=30, bias=-0.12, gain=0.5)
        drift = smooth([
            (pane.left(), pane.bottom()), (pane.left(), pane.bottom() - 38), (pane.left() + 40, pane.bottom() - 16),
            (pane.left() + 110, pane.bottom() - 8), (pane.right(), pane.bottom() - 30), (pane.right(), pane.bottom()),
        ], tension=0.5)  # fmt: skip
        sheet.paint(drift.intersected(shape), SNOW, seed=432, depth=10, bias=0.16)
        sheet.glaze(box(pane.x(), pane.y(), pane.width(), 14), "#050A18", 0.5, 6)
    sheet.paint(box(396, 648, 488, 34, 8), WOOD, seed=415, depth=12, bias=0.1)


def _chimney(sheet: Sheet) -> None:
    breast = box(-60, -40, 372, 2000)
    sheet.glaze(box(300, -40, 60, 2000), "#05070F", 0.55, 22)
    sheet.paint(breast, STONE, seed=440, depth=40, gain=0.4, bias=-0.24, sweep=(0.06, 0.1))
    rng = np.random.default_rng(44)
    y = -20
    while y < 1900:
        height = int(rng.integers(70, 110))
        x = -60 + int(rng.integers(-60, 0))
        while x < 300:
            width = int(rng.integers(100, 190))
            stone = smooth(
                [
                    (x + 8, y + 8),
                    (x + width / 2, y + 3),
                    (min(x + width, 306) - 8, y + 10),
                    (min(x + width, 308) - 6, y + height - 10),
                    (x + width / 2, y + height - 4),
                    (x + 6, y + height - 8),
                ],
                tension=0.5,
            )
            tone = -0.12 + rng.normal(0, 0.06) + 0.12 * (y > 700)
            sheet.paint(stone, STONE, seed=4000 + y * 7 + x, depth=26, gain=0.9, bias=tone, edge=3, wobble=0.6)
            x += width
        y += height
    _hearth(sheet)
    _mantel(sheet)


def _hearth(sheet: Sheet) -> None:
    sheet.paint(box(-80, 806, 342, 700, 84), STONE, seed=450, depth=22, bias=0.08, gain=1.1, texture=0.12)
    sheet.paint(
        HEARTH,
        ("#0A0508", "#1C0A0C", "#3C1410", "#6B2A14"),
        seed=451,
        depth=60,
        gain=-1.2,
        bias=-0.06,
        sweep=(-0.1, 0.34),
    )
    for k, (x, y, turn) in enumerate(((50, 1316, -8), (150, 1322, 14), (96, 1280, 4))):
        sheet.paint(ellipse(x, y, 116, 30, turn), WOOD, seed=455 + k, depth=16, bias=-0.1, angle=turn)
        sheet.glaze(ellipse(x, y - 20, 96, 9, turn), "#FF8A3C", 0.6, 4)
    sheet.paint(box(-80, 1346, 400, 600), STONE, seed=459, depth=30, bias=0.05, gain=0.7)


def front_log() -> Sprite:
    """Lies before the flames, dark against them, with embers along its upper edge."""
    sheet = Sheet(0, 1230, 240, 150)
    for k, (x, y, wide, turn) in enumerate(((40, 1338, 120, 4), (150, 1344, 100, -9))):
        log = ellipse(x, y, wide, 25, turn)
        sheet.paint(log, WOOD, seed=465 + k, depth=14, bias=-0.2, gain=0.7, angle=turn, texture=0.16)
        sheet.glaze(ellipse(x, y - 20, wide * 0.9, 6, turn), "#FF7A2E", 0.8, 4)
        sheet.glaze(ellipse(x, y - 23, wide * 0.7, 3, turn), "#FFD080", 0.7, 2)
    return sheet.sprite()


def _mantel(sheet: Sheet) -> None:
    sheet.glaze(box(-60, 740, 420, 60), "#05060E", 0.6, 18)
    sheet.paint(box(-60, 668, 424, 76, 10), WOOD, seed=460, depth=18, bias=0.1, gain=1.0, angle=3, texture=0.16)
    _candle(sheet)
    _garland(sheet)


def _candle(sheet: Sheet) -> None:
    x, y = CANDLE
    sheet.paint(ellipse(x, y + 138, 58, 13), GOLD, seed=471, depth=10, bias=-0.1)
    sheet.paint(box(x - 27, y + 8, 54, 128, 8), FUR, seed=472, depth=18, bias=-0.02, gain=1.2)
    sheet.glaze(ellipse(x, y + 16, 30, 26), "#FFC070", 0.8, 9)
    sheet.strokes([(lock([(x, y + 10), (x + 1, y - 2), (x - 1, y - 12)], 5), "#2A1A1F", 0.9)], inside=False)


def _garland(sheet: Sheet) -> None:
    loops = joined(
        smooth([(-40, 676), (60, 752), (170, 738), (236, 690), (240, 732), (170, 790), (50, 800), (-40, 738)]),
        smooth([(210, 690), (280, 734), (350, 694), (358, 730), (284, 784), (208, 734)]),
    )
    sheet.glaze(QTransform().translate(6, 16).map(loops), "#04080C", 0.6, 14)
    sheet.paint(loops, PINE, seed=480, depth=20, bias=-0.1, edge=5, wobble=1)
    comb(
        sheet, loops, lambda x, y: (np.sin(x * 1.7 + y) * 1.2, np.cos(x * 2.3) + 0.4), PINE,
        count=460, length=36, width=8, seed=482, opacity=0.9, stray=1.0,
        tone=lambda x, y: 0.6 - (y - 740) / 170 - x / 1600,
    )  # fmt: skip
    for x, y, ramp in ((34, 774, EMBER), (136, 786, GOLD), (226, 744, EMBER), (300, 762, GOLD)):
        sheet.paint(ellipse(x, y, 18, 18), ramp, seed=x, depth=10, gain=1.3, bias=0.08)
        sheet.glaze(ellipse(x - 6, y - 7, 5, 4), "#FFF3D8", 0.8, 1.5)


def _warmth(sheet: Sheet) -> None:
    """The fire's reach over wall and stone, still; flames.py makes it breathe."""
    for x, y, rx, ry, tint, alpha in (
        (70, 1090, 430, 480, "#FF7A2E", 0.36),
        (196, 510, 170, 170, "#FFB060", 0.34),
        (960, 600, 260, 400, "#F3B24A", 0.07),
    ):  # fmt: skip
        sheet.glaze(ellipse(x, y, rx * 0.6, ry * 0.6), tint, alpha, rx * 0.3, mode="add")
    sheet.glaze(box(900, -40, 300, 2000), "#070C1C", 0.5, 110)
    sheet.glaze(box(-40, -60, 1200, 200), "#060A18", 0.55, 80)


def armchair() -> Sprite:
    sheet = Sheet(0, 380, 1140, 1540)  # it is drawn a little to the left
    back_rest = smooth([
        (290, 1960), (278, 1400), (282, 900), (306, 640), (376, 490), (500, 430), (640, 418), (780, 440), (884, 510),
        (940, 660), (956, 900), (960, 1400), (950, 1960),
    ])  # fmt: skip
    sheet.glaze(back_rest, "#04060E", 0.5, 30, inside=False)
    sheet.paint(back_rest, CHAIR, seed=501, depth=90, gain=1.1, bias=-0.04, sweep=(0.12, 0.1), angle=80, texture=0.1)
    sheet.glaze(
        smooth(
            [
                (350, 1700),
                (344, 900),
                (380, 660),
                (470, 540),
                (620, 506),
                (770, 552),
                (846, 680),
                (876, 900),
                (880, 1700),
            ]
        ),
        "#0A1A20",
        0.4,
        16,
    )
    _buttons(sheet)
    for side in (-1, 1):
        _wing(sheet, side)
    return sheet.sprite()


def _buttons(sheet: Sheet) -> None:
    for row in range(3):
        for column in range(4):
            x, y = 430 + column * 128 + (row % 2) * 40, 600 + row * 110
            sheet.glaze(ellipse(x, y, 26, 22), "#050E12", 0.55, 9)
            sheet.paint(ellipse(x, y, 9, 9), GOLD, seed=row * 9 + column, depth=5, bias=-0.2)


def _wing(sheet: Sheet, side: int) -> None:
    def place(points: list[tuple[float, float]]) -> QPainterPath:
        return smooth(points if side < 0 else [(1226 - x, y) for x, y in points])

    wing = [
        (346, 520), (276, 566), (238, 680), (232, 860), (240, 1010), (228, 1110), (180, 1180), (120, 1236), (90, 1330),
        (90, 1960), (380, 1960), (350, 1300), (330, 960), (338, 760), (362, 620),
    ]  # fmt: skip
    shape = place(wing)
    sheet.glaze(shape, "#040A0E", 0.5, 16, inside=False)
    sheet.paint(
        shape,
        CHAIR,
        seed=511 + side,
        depth=46,
        gain=1.2,
        bias=0.08 - 0.12 * (side + 1),
        sweep=(0.04, 0.04),
        angle=84,
        texture=0.1,
    )
    if side > 0:
        sheet.glaze(shape, "#0A1230", 0.4, 30)
    rim = place([(352, 560), (322, 640), (310, 760), (306, 960), (318, 1160), (330, 1320)])
    for k in range(17):
        nail = rim.pointAtPercent(0.02 + k * 0.027)
        sheet.paint(
            ellipse(nail.x(), nail.y(), 5.5, 5.5), GOLD, seed=520 + k, depth=3, bias=-0.04 - 0.14 * (side + 1), edge=1
        )
