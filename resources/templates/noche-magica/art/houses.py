"""The houses of the village and its church."""

from dataclasses import dataclass

from palette import tinted
from season import MOONLIT, Season
from shapes import Point, box, ellipse, lock, polygon, smooth, star
from sheet import Sheet

CHURCH: Point = (590.0, 1110.0)


@dataclass(frozen=True)
class House:
    x: float
    base: float
    width: float
    height: float
    roof: float
    wall: int


def paint_house(sheet: Sheet, season: Season, house: House) -> None:
    x, base, w, h, roof = house.x, house.base, house.width, house.height, house.roof
    split, right, eave = x + w * 0.42, x + w, base - h
    walls = season.walls[house.wall]
    lit_left = season.light[0] < 0
    front = polygon([(x, base), (x, eave), (x + w * 0.21, eave - roof), (split, eave), (split, base)])
    side = polygon([(split, base), (split, eave - 4), (right, eave - 4), (right, base)])
    seed = int(x * 3 + base)
    sheet.glaze(ellipse(x + w / 2, base + 4, w * 0.62, 13), season.middle[0], 0.5, 7)
    sheet.paint(side, walls, seed=seed, depth=20, gain=0.4, bias=-0.2 if lit_left else 0.1, edge=1.2)
    sheet.paint(front, walls, seed=seed + 1, depth=20, gain=0.4, bias=0.06 if lit_left else -0.22, edge=1.2)
    _chimney(sheet, season, split + w * 0.24, eave - roof * 1.0, w * 0.09)
    over = w * 0.07
    slab = smooth(
        [
            (x + w * 0.21, eave - roof - 8),
            (right - w * 0.16, eave - roof - 4),
            (right + over, eave + 3),
            (split + 4, eave + 8),
        ],
        tension=0.1,
    )
    sheet.glaze(box(split, eave, right - split, h * 0.16), "#0A1024", 0.5, 5)
    sheet.paint(
        slab,
        season.roof,
        seed=seed + 2,
        depth=16,
        gain=1.0,
        bias=0.0 if lit_left else 0.2,
        edge=2.4,
        wobble=0.8,
        angle=60,
    )
    eaves = [
        (x - over, eave + 10),
        (x + w * 0.06, eave - roof * 0.4),
        (x + w * 0.21, eave - roof - 10),
        (split - w * 0.05, eave - roof * 0.36),
        (split + over, eave + 12),
        (split - 2, eave + 8),
        (x + w * 0.21, eave - roof + 12),
        (x + 4, eave + 8),
    ]
    sheet.paint(
        smooth(eaves, tension=0.16),
        season.roof,
        seed=seed + 3,
        depth=6,
        gain=1.0,
        bias=0.26 if lit_left else 0.1,
        edge=2,
        wobble=0.6,
    )
    _pane(sheet, season, x + w * 0.21, base - h * 0.5, w * 0.075, h * 0.19)
    _pane(sheet, season, split + w * 0.29, base - h * 0.48, w * 0.11, h * 0.18)
    foot = smooth(
        [
            (x - w * 0.16, base + 12),
            (x - w * 0.04, base - h * 0.07),
            (x + w * 0.2, base - h * 0.03),
            (split, base - h * 0.01),
            (right - w * 0.1, base - h * 0.05),
            (right + w * 0.04, base - h * 0.08),
            (right + w * 0.16, base + 12),
            (x + w * 0.5, base + 20),
        ]
    )
    door = box(split + w * 0.06, base - h * 0.5, w * 0.1, h * 0.5, 5)
    sheet.paint(door, season.walls[1], seed=seed + 4, depth=6, bias=-0.2, edge=1)
    attic = ellipse(x + w * 0.21, eave - roof * 0.36, w * 0.04, w * 0.04)
    sheet.glaze(attic, season.window, 1.0, 1)
    sheet.paint(foot, season.middle, seed=seed + 5, depth=10, gain=1.0, bias=0.2, edge=3, wobble=0.8)
    for at in (x + w * 0.21, split + w * 0.29):
        sheet.glaze(ellipse(at, base + 12, w * 0.17, 13), "#FFB45C", 0.6 * season.window_glow, 10)


def _chimney(sheet: Sheet, season: Season, x: float, y: float, size: float) -> None:
    sheet.paint(box(x, y - size * 1.6, size, size * 2.4), season.walls[1], seed=int(x), depth=8, bias=-0.1, edge=1.2)
    sheet.paint(
        ellipse(x + size / 2, y - size * 1.7, size * 0.72, size * 0.34),
        season.roof,
        seed=int(x) + 1,
        depth=5,
        bias=0.2,
        edge=1.4,
    )


def _pane(sheet: Sheet, season: Season, x: float, y: float, half: float, tall: float) -> None:
    glass = box(x - half, y - tall, 2 * half, 2 * tall, 2)
    sheet.glaze(ellipse(x, y + tall, half * 2.6, tall * 2.4), "#FF9A3C", 0.5 * season.window_glow, half * 1.6)
    hot = (season.window, "#F08A34", "#FFC65C", "#FFDF94", "#FFF1C4")
    ramp = hot if season is MOONLIT else tinted(hot, "#D9A48C", 0.3)
    sheet.paint(glass, ramp, seed=int(x), depth=4, gain=0.2, bias=0.06, sweep=(0, 0.2), edge=1)
    frame = season.walls[1][1]
    bars = [(box(x - 1.6, y - tall, 3.2, 2 * tall), frame, 0.9), (box(x - half, y - 1.4, 2 * half, 2.8), frame, 0.9)]
    sheet.strokes(bars)
    sill = lock([(x - half * 1.3, y + tall + 2), (x, y + tall - 1), (x + half * 1.3, y + tall + 3)], 6, 0.8)
    sheet.strokes([(sill, season.roof[4], 0.9)])


def paint_church(sheet: Sheet, season: Season) -> None:
    x, base = CHURCH
    lit_left = season.light[0] < 0
    walls = season.walls[0]
    nave = polygon([(x + 70, base), (x + 70, base - 110), (x + 210, base - 110), (x + 210, base)])
    sheet.paint(nave, walls, seed=791, depth=20, gain=0.4, bias=-0.16 if lit_left else 0.1)
    roof = smooth(
        [(x + 64, base - 104), (x + 92, base - 186), (x + 196, base - 186), (x + 226, base - 104)], tension=0.08
    )
    sheet.paint(roof, season.roof, seed=792, depth=16, bias=0.0 if lit_left else 0.2, edge=2.4, wobble=0.7, angle=70)
    tower = polygon([(x, base), (x, base - 230), (x + 88, base - 230), (x + 88, base)])
    sheet.paint(tower, walls, seed=793, depth=26, gain=1.0, bias=0.02)
    spire = smooth(
        [
            (x - 12, base - 224),
            (x + 20, base - 320),
            (x + 44, base - 430),
            (x + 68, base - 320),
            (x + 100, base - 224),
            (x + 44, base - 214),
        ],
        tension=0.14,
    )
    sheet.paint(spire, season.roof, seed=794, depth=22, gain=1.3, bias=0.02, edge=2, wobble=0.6, angle=80)
    sheet.strokes([(star(x + 44, base - 444, 17, 7), "#F3C662", 1.0)], inside=False)
    foot = smooth([
        (x - 24, base + 10), (x - 4, base - 12), (x + 50, base - 2), (x + 120, base - 9), (x + 214, base - 12),
        (x + 236, base + 10), (x + 100, base + 18),
    ])  # fmt: skip
    sheet.paint(foot, season.middle, seed=795, depth=10, gain=1.0, bias=0.2, edge=3, wobble=0.8)
    _pane(sheet, season, x + 44, base - 60, 13, 28)
    _pane(sheet, season, x + 44, base - 176, 15, 22)
    for dx in (110, 150, 186):
        _pane(sheet, season, x + dx, base - 54, 8, 22)
