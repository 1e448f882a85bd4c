"""The child's letter: an envelope with a flap and a wax seal."""

from palette import EMBER, PAPER
from PySide6.QtGui import QPainterPath, QTransform
from shapes import Point, ellipse, lock, polygon, smooth, star
from sheet import Sheet

WIDTH, HEIGHT = 200.0, 134.0


def _corners(points: list[Point]) -> QPainterPath:
    return polygon(points)


def envelope_front(sheet: Sheet, place: QTransform, scale: float) -> None:
    """Closed and sealed, seen from its flap's side, about its centre."""
    grow = QTransform.fromScale(scale, scale) * place
    w, h = WIDTH / 2, HEIGHT / 2
    sheet.paint(
        grow.map(_corners([(-w, -h), (w, -h), (w, h), (-w, h)])),
        PAPER,
        seed=301,
        depth=40,
        bias=0.1,
        sweep=(0.12, 0.05),
        texture=0.05,
    )
    for x in (-1, 1):
        fold = [(x * w, -h), (0, h * 0.12), (x * w, h)]
        sheet.glaze(grow.map(_corners(fold)), "#FFF3DA" if x < 0 else "#8F7A78", 0.3, 2)
    sheet.glaze(grow.map(_corners([(-w, h), (-4, 2), (4, 2), (w, h)])), "#E9D6B8", 0.5, 2)
    flap = smooth([(-w, -h), (-w * 0.1, h * 0.22), (0, h * 0.28), (w * 0.1, h * 0.22), (w, -h)], tension=0.06)
    sheet.glaze(QTransform().translate(4, 9).map(grow.map(flap)), "#7A5A50", 0.5, 6)
    sheet.paint(grow.map(flap), PAPER, seed=303, depth=30, bias=0.2, sweep=(0.08, -0.1), texture=0.05, edge=1.2)
    seal(sheet, grow, (0, h * 0.24), 19)


def seal(sheet: Sheet, place: QTransform, at: Point, radius: float) -> None:
    x, y = at
    rim = [
        (x + radius, y - 1), (x + radius * 0.74, y + radius * 0.8), (x - 2, y + radius * 0.96),
        (x - radius * 0.8, y + radius * 0.68), (x - radius * 1.04, y - 2), (x - radius * 0.68, y - radius * 0.76),
        (x + 3, y - radius * 1.02), (x + radius * 0.76, y - radius * 0.66),
    ]  # fmt: skip
    wax = smooth(rim)
    sheet.glaze(QTransform().translate(3, 7).map(place.map(wax)), "#3A1A20", 0.5, 5)
    sheet.paint(place.map(wax), EMBER, seed=305, depth=12, gain=1.3, bias=0.14)
    sheet.glaze(place.map(ellipse(x, y, radius * 0.72, radius * 0.72)), "#7A1E22", 0.6, 3)
    sheet.paint(place.map(star(x, y, radius * 0.62, radius * 0.28)), EMBER, seed=307, depth=5, bias=0.3, edge=1.4)
    gleam = lock([(x - radius * 0.8, y), (x - radius * 0.6, y - radius * 0.6), (x, y - radius * 0.84)], 4, 0.6)
    sheet.glaze(place.map(gleam), "#FFC79A", 0.8, 1.5)
