"""Coat, sleeves, mittens and the child's letter in them, in scene coordinates."""

from hair import fur
from letter import envelope_front
from palette import EMBER, FUR, GOLD, PINE, tinted
from PySide6.QtGui import QPainterPath, QTransform
from shapes import ellipse, lock, smooth
from sheet import Sheet, Sprite

NECK = (600.0, 1130.0)


def coat() -> Sprite:
    sheet = Sheet(0, 900, 1260, 1080)
    torso = smooth([
        (430, 1010), (330, 1046), (236, 1110), (178, 1220), (160, 1400), (150, 1620), (160, 1990), (1060, 1990),
        (1064, 1620), (1046, 1400), (1020, 1220), (962, 1110), (868, 1046), (770, 1010), (600, 990),
    ])  # fmt: skip
    sheet.paint(
        torso,
        EMBER,
        seed=201,
        depth=120,
        gain=1.1,
        bias=-0.02,
        sweep=(0.14, 0.1),
        angle=74,
        texture=0.055,
        softness=0.9,
    )
    folds = [
        ([(420, 1130), (380, 1280), (372, 1420), (400, 1560)], 40, "#5E1722", 0.5),
        ([(790, 1130), (840, 1280), (850, 1420), (820, 1560)], 46, "#3A1020", 0.55),
        ([(480, 1240), (470, 1400), (490, 1560)], 26, "#E0562E", 0.4),
        ([(900, 1130), (960, 1260), (980, 1420)], 26, "#8E2826", 0.5),
    ]  # fmt: skip
    sheet.strokes([(lock(points, width), tint, alpha) for points, width, tint, alpha in folds], soft=5)
    fur(
        sheet,
        smooth(
            [(546, 1060), (552, 1300), (548, 1600), (552, 1960), (650, 1960), (656, 1600), (650, 1300), (652, 1060)]
        ),
        FUR,
        seed=205,
        tuft=30,
        lift=8,
        depth=30,
        bias=0.02,
    )
    for y in (1304, 1420):
        sheet.glaze(ellipse(606, y + 9, 27, 26), "#5A4258", 0.6, 6)
        sheet.paint(ellipse(600, y, 25, 25), GOLD, seed=y, depth=10, gain=1.2, bias=0.02, edge=1.4)
        sheet.glaze(ellipse(601, y + 1, 15, 15), "#9A6222", 0.5, 3)
        sheet.glaze(ellipse(591, y - 10, 8, 5, -40), "#FFF6DC", 0.9, 2)
    collar = smooth([
        (330, 1078), (372, 1030), (470, 1040), (600, 1070), (730, 1040), (828, 1030), (872, 1078), (820, 1142),
        (720, 1180), (600, 1196), (480, 1180), (382, 1142),
    ])  # fmt: skip
    sheet.glaze(QTransform().translate(8, 34).map(collar), "#2A0E1E", 0.6, 20)
    fur(sheet, collar, FUR, seed=207, tuft=36, lift=11, depth=36, bias=0.02)
    sheet.glaze(ellipse(610, 1140, 220, 90), "#3C2F55", 0.6, 34)
    sheet.glaze(ellipse(356, 1070, 56, 50), "#FFC08C", 0.34, 22)
    beard = smooth(
        [(360, 1090), (450, 1200), (540, 1270), (612, 1310), (690, 1266), (780, 1190), (870, 1090), (600, 1040)]
    )
    sheet.glaze(beard, "#6A3A58", 0.8, 18, mode="multiply")
    sheet.glaze(ellipse(226, 1180, 60, 90, 24), "#FF9A52", 0.32, 34)
    sheet.glaze(ellipse(1010, 1500, 150, 520), "#161C42", 0.6, 60)
    sheet.glaze(ellipse(620, 1720, 330, 190), "#2A0C1C", 0.5, 60)
    return sheet.sprite()


def _sleeve(side: int) -> QPainterPath:
    shape = smooth([
        (246, 1150), (330, 1220), (352, 1350), (368, 1480), (430, 1600), (476, 1690), (440, 1800), (360, 1850),
        (250, 1830), (150, 1740), (96, 1580), (104, 1380), (150, 1220),
    ])  # fmt: skip
    return shape if side < 0 else QTransform(-1, 0, 0, 1, 1208, 0).map(shape)


def arms() -> Sprite:
    sheet = Sheet(0, 1080, 1260, 900)
    for side in (-1, 1):
        sleeve = _sleeve(side)
        sheet.glaze(QTransform().translate(16, 20).map(sleeve), "#1C0A18", 0.0, 20)
        sheet.paint(
            sleeve,
            EMBER,
            seed=211 + side,
            depth=74,
            gain=1.2,
            bias=0.06 - 0.1 * (side + 1),
            sweep=(0.06, 0.08),
            angle=70,
            texture=0.055,
            softness=0.9,
        )
        glow = 0.5 if side < 0 else 0.12
        folds = [
            ([(346, 1520), (260, 1490), (140, 1430)], 34, "#5E1722", 0.5),
            ([(346, 1530), (240, 1570), (116, 1590)], 30, "#5E1722", 0.45),
            ([(350, 1556), (280, 1660), (180, 1740)], 26, "#5E1722", 0.4),
            ([(300, 1506), (220, 1510), (110, 1500)], 22, "#F0783F", glow),
            ([(320, 1570), (240, 1640), (130, 1660)], 20, "#F0783F", glow * 0.8),
        ]  # fmt: skip
        strokes = []
        for points, width, tint, alpha in folds:
            placed = points if side < 0 else [(1208 - x, y) for x, y in points]
            strokes.append((lock(placed, width), tint, alpha * 0.8))
        sheet.strokes(strokes, soft=8)
        sheet.fade(ellipse(604 + side * 270, 1160, 130, 110), 40)
        sheet.fade(ellipse(604 + side * 236, 1290, 50, 120), 26, 0.8)
    sheet.glaze(ellipse(1010, 1560, 170, 420), "#161C42", 0.62, 50)
    _rims(sheet)
    return sheet.sprite()


def _rims(sheet: Sheet) -> None:
    """Firelight along one sleeve, the night from the window along the other; piping that follows the shoulder."""
    edge = [(246, 1150), (150, 1220), (104, 1380), (96, 1580), (150, 1740)]
    far = [(1208 - x, y) for x, y in edge]
    sheet.strokes([(lock(edge, 52, 0.8), "#FF9A52", 0.42), (lock(edge, 20, 0.8), "#FFD08A", 0.6)], soft=9)
    sheet.strokes([(lock(far, 44, 0.8), "#4E6CB0", 0.4), (lock(far, 16, 0.8), "#93B0E6", 0.42)], soft=8)
    for side in (-1, 1):
        seam = [(300, 1180), (330, 1290), (340, 1400), (372, 1500)]
        placed = seam if side < 0 else [(1208 - x, y) for x, y in seam]
        sheet.strokes([(lock(placed, 10, 0.9), "#F3C662", 0.5 if side < 0 else 0.28)], soft=1.4)
        sheet.strokes([(lock([(x + 5, y + 4) for x, y in placed], 9, 0.9), "#3A0E18", 0.4)], soft=3)


def hands() -> Sprite:
    """The letter, and a mitten on each side of it."""
    sheet = Sheet(0, 1380, 1080, 600)
    tilt = QTransform().translate(606, 1640).rotate(-4)
    sheet.glaze(tilt.map(ellipse(14, 60, 250, 150)), "#1C0A18", 0.5, 26, inside=False)
    envelope_front(sheet, tilt, 2.05)
    for side in (-1, 1):
        _mitten(sheet, side)
    return sheet.sprite()


def _mitten(sheet: Sheet, side: int) -> None:
    def place(path: QPainterPath) -> QPainterPath:
        return path if side < 0 else QTransform(-1, 0, 0, 1, 1208, -10).map(path)

    wool = tinted(PINE, "#6E9A5A", 0.1)
    shade = 0.12 if side < 0 else -0.08
    palm = smooth(
        [(388, 1640), (440, 1606), (500, 1622), (530, 1676), (526, 1742), (486, 1790), (420, 1798), (370, 1750)]
    )
    sheet.glaze(place(QTransform().translate(10, 14).map(palm)), "#2A1420", 0.5, 10)
    sheet.paint(place(palm), wool, seed=221 + side, depth=36, gain=1.2, bias=shade)
    thumb = smooth([(404, 1640), (420, 1588), (462, 1560), (494, 1572), (494, 1606), (470, 1640), (440, 1668)])
    sheet.glaze(place(QTransform().translate(7, 10).map(thumb)), "#06141A", 0.5, 7)
    sheet.paint(place(thumb), wool, seed=224 + side, depth=20, gain=1.2, bias=shade + 0.06)
    cuff = smooth(
        [(352, 1600), (398, 1626), (424, 1700), (420, 1790), (384, 1836), (330, 1840), (312, 1760), (320, 1660)]
    )
    sheet.glaze(place(QTransform().translate(12, 8).map(cuff)), "#06141A", 0.5, 9)
    fur(sheet, place(cuff), FUR, seed=231 + side, tuft=30, lift=9, depth=34, bias=0.08 - 0.08 * (side + 1))
    if side > 0:
        sheet.glaze(place(cuff), "#27305E", 0.35, 14)
