"""Santa's skin: the head under the hat, the cheeks, the nose. The eyes are in eyes.py."""

from palette import NOSE, SKIN
from shapes import box, ellipse, lock, smooth
from sheet import Sheet, Sprite

FACE = [
    (0, -130), (-120, -126), (-172, -100), (-184, -20), (-206, 70), (-184, 150), (-110, 214), (0, 244),
    (110, 214), (184, 150), (206, 70), (184, -20), (172, -100), (120, -126),
]  # fmt: skip


def skin() -> Sprite:
    sheet = Sheet(-230, -240, 460, 520)
    sheet.paint(
        smooth(FACE), SKIN, seed=11, depth=95, gain=1.05, bias=0.16, sweep=(0.12, 0.02), texture=0.035, angle=60
    )
    sheet.glaze(box(-210, -150, 420, 66), "#6B2F3C", 0.6, 18)
    for side in (-1, 1):
        sheet.glaze(ellipse(side * 76, -8, 58, 40), "#B9604A", 0.36, 16)
        sheet.glaze(ellipse(side * 34, -6, 14, 40), "#A2513F", 0.2, 11)
        sheet.glaze(ellipse(side * 80, 34, 44, 9, side * 8), "#A8554A", 0.2, 6)
        sheet.glaze(ellipse(side * 78, -40, 52, 12, side * 10), "#FFE0BC", 0.3, 9)
        for k, (dx, dy) in enumerate(((134, -16), (138, 2), (134, 20))):
            end = (side * (dx + 24), dy + (k - 1) * 12 - 2)
            sheet.strokes(
                [(lock([(side * dx, dy), (side * (dx + 12), dy + (k - 1) * 4), end], 5), "#A8503F", 0.3)], soft=1.2
            )
    sheet.glaze(ellipse(-6, 20, 13, 46), "#FFE2C2", 0.34, 9)
    sheet.glaze(ellipse(186, 30, 56, 160), "#46274E", 0.42, 30)
    sheet.glaze(ellipse(-188, 20, 30, 120), "#FFB066", 0.5, 18)
    sheet.glaze(ellipse(0, 150, 150, 50), "#8A3F3C", 0.4, 22)
    return sheet.sprite()


def cheek(side: int) -> Sprite:
    """An apple that lifts with the smile; its upper edge is what pushes the lower lid."""
    x = side * 124
    sheet = Sheet(x - 110, -20, 220, 220)
    shape = smooth(
        [(x - 70, 84), (x - 46, 46), (x, 33), (x + 48, 46), (x + 70, 84), (x + 50, 128), (x, 146), (x - 50, 128)]
    )
    sheet.paint(
        shape, SKIN, seed=21 + side, depth=34, gain=0.85, bias=0.2 - side * 0.07, edge=12, wobble=0.1, texture=0.03
    )
    sheet.glaze(ellipse(x, 90, 56, 40), "#DF4A30", 0.5, 18)
    sheet.glaze(ellipse(x - side * 2 - 14, 64, 24, 11, -14), "#FFE9CC", 0.62 if side < 0 else 0.3, 6)
    if side > 0:
        sheet.glaze(ellipse(x + 40, 96, 30, 50), "#4A305C", 0.34, 16)
    return sheet.sprite()


def nose() -> Sprite:
    sheet = Sheet(-90, 0, 180, 150)
    sheet.glaze(ellipse(12, 104, 54, 20), "#7A2F30", 0.5, 9, inside=False)
    for side in (-1, 1):
        sheet.paint(ellipse(side * 35, 82, 21, 18), NOSE, seed=31, depth=12, bias=0.02 - 0.1 * side, edge=2)
    sheet.paint(
        smooth([(-22, 42), (-44, 68), (-38, 96), (0, 110), (38, 96), (44, 68), (22, 42), (0, 34)]), NOSE,
        seed=33, depth=24, bias=0.13, gain=1.1, edge=3, wobble=0.1, texture=0.03,
    )  # fmt: skip
    sheet.glaze(ellipse(2, 78, 34, 24), "#D8432C", 0.36, 11)
    sheet.glaze(ellipse(-13, 62, 12, 8, -20), "#FFF3DE", 0.9, 3)
    sheet.glaze(ellipse(22, 88, 18, 22), "#5A2C4C", 0.28, 9)
    return sheet.sprite()
