"""The hat: a dome that falls to the side, a band of fur, a pompom that swings late."""

from hair import fur
from palette import EMBER, FUR
from shapes import ellipse, lock, smooth
from sheet import Sheet, Sprite

HINGE = (204.0, -286.0)


def dome() -> Sprite:
    sheet = Sheet(-280, -470, 640, 420)
    shape = smooth([
        (-214, -110), (-222, -190), (-186, -290), (-110, -370), (-20, -412), (90, -412), (176, -378),
        (232, -306), (246, -236), (230, -210), (218, -160), (212, -110), (0, -80),
    ])  # fmt: skip
    sheet.paint(
        shape, EMBER, seed=101, depth=88, gain=1.1, bias=0.08, sweep=(0.08, 0.05), angle=70, texture=0.06, softness=0.95
    )
    folds = [
        ([(60, -404), (130, -330), (168, -250), (182, -170)], 44, "#6E1A22", 0.4),
        ([(-30, -408), (40, -340), (84, -250), (96, -160)], 30, "#7A1E22", 0.26),
        ([(-150, -300), (-140, -230), (-148, -150)], 18, "#F08A50", 0.3),
        ([(-90, -380), (-40, -330), (-10, -260)], 20, "#E8683A", 0.34),
    ]  # fmt: skip
    sheet.strokes([(lock(points, width), tint, alpha) for points, width, tint, alpha in folds], soft=9)
    rim = [(-216, -120), (-222, -190), (-186, -290), (-110, -372), (-20, -412)]
    sheet.strokes([(lock(rim, 26, 0.8), "#FFA860", 0.6)], soft=7)
    sheet.glaze(ellipse(0, -110, 220, 30), "#2A0E1E", 0.5, 16)
    return sheet.sprite()


def tail() -> Sprite:
    """The falling end, drawn about its hinge so that it can swing."""
    sheet = Sheet(-140, -130, 380, 500)
    shape = smooth([
        (-110, -70), (-40, -98), (34, -80), (88, -18), (120, 66), (138, 150), (140, 206), (100, 214),
        (82, 150), (54, 84), (14, 48), (-40, 30), (-90, 10),
    ])  # fmt: skip
    sheet.paint(shape, EMBER, seed=111, depth=44, gain=1.15, bias=0.0, angle=60, texture=0.05, softness=0.95)
    sheet.strokes([(lock([(-30, -60), (44, -20), (86, 70), (106, 180)], 20), "#E0562E", 0.4)], soft=4)
    sheet.fade(ellipse(-128, -6, 74, 84), 20)
    sheet.fade(ellipse(-44, 30, 46, 34, 12), 16)
    sheet.strokes([(lock([(60, -30), (104, 60), (124, 190)], 16), "#6E1A22", 0.34)], soft=5)
    fur(sheet, ellipse(124, 246, 55, 53), FUR, seed=114, tuft=24, lift=9, depth=36, bias=0.04)
    return sheet.sprite()


def band() -> Sprite:
    sheet = Sheet(-300, -230, 600, 210)
    roll = smooth([
        (-246, -92), (-236, -146), (-140, -172), (0, -182), (140, -172), (236, -146), (246, -92), (216, -62),
        (110, -84), (0, -92), (-110, -84), (-200, -66),
    ])  # fmt: skip
    fur(sheet, roll, FUR, seed=121, tuft=30, lift=9, depth=32, bias=0.12)
    sheet.glaze(
        smooth([(-250, -84), (-120, -104), (0, -112), (120, -104), (250, -84), (220, -50), (0, -70), (-220, -50)]),
        "#6A5878",
        0.45,
        12,
    )
    sheet.glaze(ellipse(214, -100, 80, 80), "#2F3566", 0.5, 30)
    sheet.glaze(ellipse(-244, -110, 30, 50), "#FFA45C", 0.6, 15)
    return sheet.sprite()
