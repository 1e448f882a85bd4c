"""The village at dawn, from a child's window; the letter on the sill is closed and sealed. Five seconds."""

import math

from intro import ease
from letter import seal
from palette import PAPER, colour, tinted
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPainterPath, QTransform
from season import DAWN
from shapes import ellipse, lock, polygon, smooth, star
from sheet import Sheet, Sprite, soft_dot
from sill import LIGHT, window
from sky import Snowfall, mountains, sky, sparkle
from sleigh import draw_sleigh
from village import near, smoke, village

WIDE, TALL = 330.0, 222.0
FOOT = (548.0, 1716.0)
"""The middle of the edge that the letter stands on."""
LEAF = ("#8A90B4", "#B9C0D8", "#E2E6EE", "#F8F8F4", "#FFFFFF")


def _sheet(top: int, height: int) -> Sheet:
    return Sheet(-400, top, 800, height, LIGHT)


def pocket_back() -> Sprite:
    sheet = _sheet(-300, 640)
    sheet.paint(
        polygon([(-WIDE, -TALL), (WIDE, -TALL), (WIDE, TALL), (-WIDE, TALL)]),
        tinted(PAPER, "#7A5A6A", 0.45),
        seed=951,
        depth=30,
        gain=0.5,
        bias=-0.2,
    )
    return sheet.sprite()


def pocket_front() -> Sprite:
    sheet = _sheet(-300, 640)
    body = polygon([(-WIDE, -TALL), (0, 34), (WIDE, -TALL), (WIDE, TALL), (-WIDE, TALL)])
    sheet.glaze(QTransform().translate(-5, -10).map(body), "#5A4668", 0.5, 9, inside=False)
    sheet.fade(polygon([(-400, -300), (400, -300), (400, -TALL), (-400, -TALL)]), 1)
    sheet.paint(body, PAPER, seed=952, depth=60, gain=0.8, bias=0.08, sweep=(0.12, 0.0), texture=0.05)
    for side in (-1, 1):
        wing = polygon([(side * WIDE, -TALL), (0, 34), (side * WIDE, TALL)])
        sheet.glaze(wing, "#FFF8E6" if side > 0 else "#8A7690", 0.3, 2)
    lower = smooth([(-WIDE, TALL), (-30, 18), (0, 6), (30, 18), (WIDE, TALL)], tension=0.06)
    sheet.glaze(QTransform().translate(-4, -8).map(lower), "#6A4E5A", 0.4, 7)
    sheet.paint(lower, PAPER, seed=953, depth=40, gain=0.7, bias=0.14, sweep=(0.1, 0.05), texture=0.05, edge=1.4)
    return sheet.sprite()


def flap(inside: bool) -> Sprite:
    """Drawn pointing down from the upper edge at y = 0."""
    sheet = _sheet(-40, 340)
    shape = smooth([(-WIDE, 0), (-36, 246), (0, 262), (36, 246), (WIDE, 0)], tension=0.06)
    ramp = tinted(PAPER, "#8A6A78", 0.3) if inside else PAPER
    if not inside:
        sheet.glaze(QTransform().translate(-4, 12).map(shape), "#6A4E5A", 0.45, 9, inside=False)
    sheet.paint(
        shape,
        ramp,
        seed=955,
        depth=50,
        gain=0.8,
        bias=0.02 if inside else 0.2,
        sweep=(0.1, -0.08),
        texture=0.05,
        edge=1.2,
    )
    return sheet.sprite()


def paper() -> Sprite:
    """The child's letter: a drawn star and lines that are nobody's words."""
    sheet = Sheet(-300, -260, 600, 610, LIGHT)
    sheet.paint(
        polygon([(-284, -240), (284, -240), (284, 330), (-284, 330)]),
        LEAF,
        seed=957,
        depth=50,
        gain=0.6,
        bias=0.2,
        texture=0.04,
    )
    lines: list[tuple[QPainterPath, str, float]] = []
    for row in range(4):
        y = -150 + row * 46
        points = [(-220 + 20 * i, y + 5 * math.sin(i * 1.9 + row * 2)) for i in range(15 - 3 * (row == 3))]
        lines.append((lock(points, 6, 0.9), "#4A5C90", 0.6))
    sheet.strokes(lines)
    _crayon(sheet)
    return sheet.sprite()


def _crayon(sheet: Sheet) -> None:
    """A child's drawing in the corner: a tree, a star on it, a heart."""
    marks: list[tuple[QPainterPath, str, float]] = []
    for k in range(13):
        y = -196 + k * 9
        half = 6 + k * 4.4
        marks.append((lock([(176 - half, y + 6), (176, y - 2), (176 + half, y + 5)], 9, 0.9), "#2F6A50", 0.75))
    marks.append((star(176, -206, 20, 8), "#F0A830", 0.9))
    heart = smooth([(70, 30), (38, -4), (30, -34), (52, -46), (70, -28), (88, -46), (110, -34), (102, -4)], tension=0.8)
    marks.append((QTransform().translate(120, 10).map(heart), "#E4572E", 0.8))
    sheet.strokes(marks, soft=0.8)
    sheet.glaze(ellipse(180, -80, 120, 160), "#FFFDF4", 0.22, 2, texture=0.9, angle=52)


def wax() -> Sprite:
    sheet = Sheet(-110, -110, 220, 220, LIGHT)
    seal(sheet, QTransform.fromScale(3.2, 3.2), (0, 0), 19)
    return sheet.sprite()


def letter_shadow() -> Sprite:
    """On the sill, away from the sun, and a dark line where the letter stands."""
    sheet = Sheet(0, 1480, 1080, 440, LIGHT)
    x, y = FOOT
    cast = polygon([(x - 296, y - 2), (x + 292, y - 14), (x + 120, y + 62), (x - 420, y + 56)])
    sheet.glaze(cast, "#3A2040", 0.72, 12, inside=False)
    line = lock([(x - 300, y + 3), (x, y + 2), (x + 298, y - 20)], 16, 0.9)
    sheet.strokes([(line, "#2A1630", 0.7)], inside=False, soft=4)
    return sheet.sprite()


class Outro:
    frames = 125

    def __init__(self) -> None:
        self.sky, self.far = sky(DAWN, -60), mountains(DAWN)
        self.village, self.near = village(DAWN), near(DAWN)
        self.window = window()
        self.back, self.front, self.paper, self.wax = pocket_back(), pocket_front(), paper(), wax()
        self.flap_in, self.flap_out = flap(True), flap(False)
        self.shadow = letter_shadow()
        self.glow = soft_dot(360, "#FFD27A", 2.0)
        self.puff = soft_dot(40, "#E6D3D8", 1.4)
        self.sun = soft_dot(620, "#FFC98A", 1.8)
        self.snow = Snowfall(97, 0.5)

    def draw(self, painter: QPainter, frame: int) -> None:
        t = frame / 25
        push = 1.01 + 0.05 * ease((t + 0.6) / 6.2)
        painter.save()
        painter.translate(560, 1080)
        painter.scale(push, push)
        painter.translate(-560, -1080)
        self.sky.draw(painter)
        self.far.draw(painter)
        self._sleigh(painter, t)
        self.village.draw(painter)
        self._smoke(painter, t)
        self.snow.draw(painter, t, 0, 0)
        self.near.draw(painter)
        painter.restore()
        self._sunlight(painter, t)
        self.snow.draw(painter, t, 0, 1)
        self.window.draw(painter)
        self._letter(painter, t)

    def _sleigh(self, painter: QPainter, t: float) -> None:
        """Homewards, up and away from us: it grows smaller as it goes."""
        u = t / 5.0
        x, y = 150 + 520 * u - 90 * u * u, 560 - 120 * u - 60 * u * u
        size = 0.52 - 0.2 * u
        for k in range(26):
            back = 0.012 + 0.011 * k
            v = u - back
            jitter = math.sin(k * 12.9898) * 43758.5453 % 1.0
            tx, ty = 150 + 520 * v - 90 * v * v, 560 - 120 * v - 60 * v * v
            alpha = (1 - k / 26) ** 1.4 * (0.55 + 0.45 * math.sin(t * 13 + k * 2.4))
            radius = (1.2 + 2.6 * jitter) * (1 - k / 30)
            spot = ellipse(tx - 26 * size, ty + 12 + (jitter - 0.5) * 22 + 20 * k / 26, radius, radius)
            painter.fillPath(spot, colour("#FFF0C4", alpha))
        draw_sleigh(painter, x, y, size, t, -13, "#3A4470")

    def _sunlight(self, painter: QPainter, t: float) -> None:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        self.sun.draw(painter, 1060, 760, 0.2 + 0.1 * ease(t / 4.5))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def _smoke(self, painter: QPainter, t: float) -> None:
        for place, size, alpha in smoke(t):
            painter.save()
            painter.translate(place)
            painter.scale(size / 40, size / 40)
            self.puff.draw(painter, 0, 0, alpha * 1.4)
            painter.restore()

    def _letter(self, painter: QPainter, t: float) -> None:
        slide, fold = ease((t - 0.25) / 1.1), ease((t - 1.15) / 0.95)
        stamp = min(max((t - 2.15) / 0.42, 0.0), 1.0)
        since = max(t - 2.57, 0.0)
        press = 9 * math.exp(-6 * since) * math.sin(13 * since) if since else 0.0
        self.shadow.draw(painter)
        painter.save()
        painter.translate(FOOT[0], FOOT[1])
        painter.rotate(-2.2 - 0.16 * press)  # it stands on its lower edge, and rocks there when the seal lands
        painter.scale(0.9, 0.9 - 0.0016 * press)
        painter.translate(0, -TALL)
        self.back.draw(painter)
        hinge = math.cos(math.pi * fold)
        if hinge >= 0:
            self._flap(painter, self.flap_in, -hinge)
        self._paper(painter, slide)
        self.front.draw(painter)
        if hinge < 0:
            self._flap(painter, self.flap_out, -hinge)
        self._seal(painter, stamp, since)
        painter.restore()

    def _flap(self, painter: QPainter, sprite: Sprite, height: float) -> None:
        painter.save()
        painter.translate(0, -TALL)
        painter.scale(1, height if abs(height) > 0.01 else 0.01)
        sprite.draw(painter)
        painter.restore()

    def _paper(self, painter: QPainter, slide: float) -> None:
        painter.save()
        painter.setClipRect(-400, -900, 800, int(900 + TALL - 6))
        self.paper.draw(painter, 0, -250 * (1 - slide) + 34)
        painter.restore()

    def _seal(self, painter: QPainter, stamp: float, since: float) -> None:
        if stamp <= 0:
            return
        lift = 1 - stamp**2.2
        painter.save()
        painter.translate(0, 32)
        if since:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
            self.glow.draw(painter, 0, 0, 0.55 * math.exp(-1.5 * since))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            for k in range(14):
                angle, far = (
                    2 * math.pi * k / 14 + 0.2 * (k % 3),
                    (70 + 150 * (1 - math.exp(-2.6 * since))) * (0.8 + 0.13 * (k % 4)),
                )
                place = QPointF(far * math.cos(angle), far * math.sin(angle) + 40 * since * since)
                sparkle(painter, place.x(), place.y(), 6 + 5 * (k % 3), max(0.0, 1 - since / 1.5), "#F0A63A")
        squash = 1 + 0.06 * math.exp(-7 * since) * math.cos(18 * since) if since else 1.0
        painter.translate(46 * lift, -70 * lift)  # towards the letter, from where we sit
        painter.scale((1 + 1.1 * lift) * squash, (1 + 1.1 * lift) / squash)
        self.wax.draw(painter, 0, 0, min(stamp * 2.2, 1.0))
        painter.restore()
