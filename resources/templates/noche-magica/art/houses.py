"""The houses of the village and its church."""

from dataclasses import dataclass, replace

import numpy as np
from palette import tinted
from season import Season
from shapes import Point, box, ellipse, lock, polygon, smooth, star
from sheet import Sheet

CHURCH: Point = (590.0, 1110.0)


@dataclass(frozen=True)
class House:
    """Its gable stands to the left, in two fifths of its width; `mirrored`, to the right."""

    x: float
    base: float
    width: float
    height: float
    roof: float
    wall: int
    mirrored: bool = False

    def at(self, across: float) -> float:
        """A place along its width, 0 at the gable's side and 1 at the other."""
        return self.x + self.width * (1 - across if self.mirrored else across)

    @property
    def chimney(self) -> Point:
        """Where the smoke comes out."""
        return self.at(0.705), self.base - self.height - self.roof - self.width * 0.17


def paint_house(sheet: Sheet, season: Season, house: House) -> None:
    """Painted on its own sheet and then set into the snow."""
    light = (-season.light[0], season.light[1]) if house.mirrored else season.light
    own_season = replace(season, light=light)
    margin = round(house.width * 0.34)
    top = round(house.base - house.height - house.roof - house.width * 0.34)
    own = Sheet(round(house.x) - margin, top, round(house.width) + 2 * margin, round(house.base) + 24 - top, light)
    _standing(sheet, season, house)
    _body(own, own_season, house)
    _roof(own, own_season, house)
    _openings(own, own_season, house)
    _drift(own, own_season, house)
    sheet.stamp(own, mirrored=house.mirrored)


def _standing(sheet: Sheet, season: Season, house: House) -> None:
    """What the house does to the snow round it: its shadow, and the light that falls out of its windows."""
    x, base, w, h = house.x, house.base, house.width, house.height
    away = 1 if season.light[0] < 0 else -1
    near, far = (x, x + w) if away > 0 else (x + w, x)
    cast = polygon([
        (near, base - 4), (far, base - 6), (far + away * 0.62 * w, base + 0.1 * h),
        (far + away * 0.34 * w, base + 0.3 * h), (near + away * 0.2 * w, base + 0.2 * h),
    ])  # fmt: skip
    sheet.glaze(cast, season.middle[0], 0.5, 9)
    sheet.glaze(ellipse(x + w / 2, base + 3, w * 0.56, 9), season.middle[0], 0.45, 5)
    for across in (0.21, 0.71):
        pool = ellipse(house.at(across) + 6 * away, base + 16, w * 0.2, 12)
        sheet.glaze(pool, "#FFB45C", 0.62 * season.window_glow, 8)


def _body(sheet: Sheet, season: Season, house: House) -> None:
    x, base, w, h, roof = house.x, house.base, house.width, house.height, house.roof
    split, right, eave = x + w * 0.42, x + w, base - h
    walls, lit_left, seed = season.walls[house.wall], season.light[0] < 0, int(abs(x) * 3 + base)
    front = polygon([(x, base), (x, eave), (x + w * 0.21, eave - roof), (split, eave), (split, base)])
    side = polygon([(split - 5, base), (split - 5, eave - 4), (right, eave - 4), (right, base)])
    sheet.paint(side, walls, seed=seed, depth=20, gain=0.4, bias=-0.2 if lit_left else 0.1, edge=1.2)
    sheet.paint(front, walls, seed=seed + 1, depth=20, gain=0.4, bias=0.08 if lit_left else -0.2, edge=1.2)
    beams = [
        lock([(x + w * 0.03, eave + 4), (x + w * 0.21, eave - 2), (split - w * 0.03, eave + 4)], w * 0.035, 0.9),
        lock([(x + w * 0.21, eave - roof + 14), (x + w * 0.21, eave)], w * 0.03, 0.9),
    ]
    sheet.strokes([(beam, walls[0], 0.5) for beam in beams])
    sheet.glaze(box(split - 4, eave, right - split + 4, h * 0.2), "#0A1024", 0.55, 5)
    sheet.glaze(box(x - 4, base - h * 0.16, w + 8, h * 0.2), season.middle[0], 0.34, 6)


def _roof(sheet: Sheet, season: Season, house: House) -> None:
    """Thick snow over the eaves, in uneven scallops, and little lights beneath it."""
    x, w, roof = house.x, house.width, house.roof
    split, right, eave = x + w * 0.42, x + w, house.base - house.height
    lit_left, seed, over = season.light[0] < 0, int(abs(x) * 3 + house.base), w * 0.07
    _chimney(sheet, season, split + w * 0.24, eave - roof, w * 0.09)
    rng = np.random.default_rng(seed)
    hem = [
        (split + (right + over - split) * u, eave + 7 + (7 if k % 2 else -2) * w / 200 + rng.uniform(-2, 2))
        for k, u in enumerate(np.linspace(1, 0.04, 8))
    ]
    slab = smooth(
        [(x + w * 0.21, eave - roof - 9), (x + w * 0.5, eave - roof - 12), (right - w * 0.16, eave - roof - 5), *hem],
        tension=0.34,
    )
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
        (x - over, eave + 10), (x + w * 0.06, eave - roof * 0.4), (x + w * 0.21, eave - roof - 11),
        (split - w * 0.05, eave - roof * 0.36), (split + over, eave + 13), (split - 2, eave + 9),
        (x + w * 0.21, eave - roof + 13), (x + 4, eave + 9),
    ]  # fmt: skip
    sheet.paint(
        smooth(eaves, tension=0.2), season.roof, seed=seed + 3, depth=6, gain=1.0, bias=0.26 if lit_left else 0.1,
        edge=2, wobble=0.6,
    )  # fmt: skip
    _little_lights(sheet, season, house)


def _little_lights(sheet: Sheet, season: Season, house: House) -> None:
    x, w, roof = house.x, house.width, house.roof
    split, right, eave = x + w * 0.42, x + w, house.base - house.height
    peak = (x + w * 0.21, eave - roof + 16)
    places = [(peak[0] + (k / 5) * w * 0.2, peak[1] + abs(k / 5) * (roof - 4)) for k in range(-5, 6)]
    places += [(split + 10 + k * (right - split - 12) / 7, eave + 13 + (k % 2) * 3) for k in range(8)]
    tints = ("#FFD98A", "#FF8A4A", "#FFD98A", "#FFF0C8")
    for k, (px, py) in enumerate(places):
        sheet.glaze(ellipse(px, py, 4.5, 4.5), "#FFB04A", 0.55 * season.window_glow, 3)
        sheet.strokes([(ellipse(px, py, 1.9, 2.1), tints[k % 4], 0.95)], inside=False)


def _openings(sheet: Sheet, season: Season, house: House) -> None:
    x, base, w, h, roof = house.x, house.base, house.width, house.height, house.roof
    split, seed = x + w * 0.42, int(abs(x) * 3 + base)
    wood = season.walls[1]
    for at, half, tall in ((x + w * 0.21, w * 0.07, h * 0.19), (split + w * 0.36, w * 0.1, h * 0.18)):
        for side in (-1, 1):
            shutter = box(at + side * half * 1.36 - half * 0.3, base - h * 0.48 - tall, half * 0.6, 2 * tall, 2)
            sheet.paint(shutter, season.pine if house.wall != 2 else wood, seed=seed + 6, depth=4, bias=-0.1, edge=1)
        _pane(sheet, season, at, base - h * 0.48, half, tall)
    attic = ellipse(x + w * 0.21, base - h - roof * 0.32, w * 0.035, w * 0.042)
    sheet.glaze(
        ellipse(x + w * 0.21, base - h - roof * 0.32, w * 0.07, w * 0.08), "#FF9A3C", 0.5 * season.window_glow, 5
    )
    sheet.glaze(attic, season.window, 1.0, 1)
    left, wide, tall = split + w * 0.05, w * 0.12, h * 0.52
    door = box(left, base - tall, wide, tall + 8, wide / 2)
    sheet.paint(door, wood, seed=seed + 4, depth=6, bias=-0.14, edge=1)
    wreath = (left + wide / 2, base - tall * 0.62)
    for radius, tint in ((wide * 0.34, season.pine[2]), (wide * 0.26, season.pine[3])):
        ring = ellipse(*wreath, radius, radius).subtracted(ellipse(*wreath, radius * 0.5, radius * 0.5))
        sheet.strokes([(ring, tint, 1.0)], inside=False)
    sheet.strokes([(ellipse(wreath[0], wreath[1] + wide * 0.3, 2.4, 2.2), "#E4572E", 1.0)], inside=False)


def _drift(sheet: Sheet, season: Season, house: House) -> None:
    """Snow blown against the walls; its lower edge runs out into the ground."""
    x, base, w, h = house.x, house.base, house.width, house.height
    high = [0.1, 0.16, 0.07, 0.03, 0.02, 0.05, 0.12, 0.09]
    upper = [(x + w * (-0.05 + 1.1 * k / 7), base - h * tall) for k, tall in enumerate(high)]
    drift = smooth([(x - w * 0.14, base + 14), *upper, (x + w * 1.14, base + 14)], tension=0.5)
    sheet.paint(drift, season.middle, seed=int(abs(x)) + 5, depth=12, gain=0.7, bias=0.16, edge=3, wobble=0.5)
    sheet.fade(box(x - w * 0.4, base + 9, w * 1.8, 40), 5)


def _chimney(sheet: Sheet, season: Season, x: float, y: float, size: float) -> None:
    sheet.paint(
        box(x, y - size * 1.6, size, size * 2.4), season.walls[1], seed=int(abs(x)), depth=8, bias=-0.1, edge=1.2
    )
    cap = ellipse(x + size / 2, y - size * 1.7, size * 0.72, size * 0.34)
    sheet.paint(cap, season.roof, seed=int(abs(x)) + 1, depth=5, bias=0.2, edge=1.4)


def _pane(sheet: Sheet, season: Season, x: float, y: float, half: float, tall: float) -> None:
    glass = box(x - half, y - tall, 2 * half, 2 * tall, 2)
    sheet.glaze(ellipse(x, y + tall, half * 2.6, tall * 2.4), "#FF9A3C", 0.5 * season.window_glow, half * 1.6)
    hot = (season.window, "#F08A34", "#FFC65C", "#FFDF94", "#FFF1C4")
    ramp = hot if season.stars > 0.5 else tinted(hot, "#D9A48C", 0.3)
    sheet.paint(glass, ramp, seed=int(abs(x)), depth=4, gain=0.2, bias=0.06, sweep=(0, 0.2), edge=1)
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
        (x - 24, base + 12), (x - 4, base - 12), (x + 50, base - 2), (x + 120, base - 9), (x + 214, base - 12),
        (x + 236, base + 12),
    ])  # fmt: skip
    sheet.paint(foot, season.middle, seed=795, depth=10, gain=0.6, bias=0.12, edge=5, wobble=0.6)
    _pane(sheet, season, x + 44, base - 60, 13, 28)
    _pane(sheet, season, x + 44, base - 176, 15, 22)
    for dx in (110, 150, 186):
        _pane(sheet, season, x + dx, base - 54, 8, 22)
