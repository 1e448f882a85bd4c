"""The mouth, by shape. A later version adds the nine shapes of speech to `SHAPES`."""

from dataclasses import dataclass

from palette import colour
from PySide6.QtGui import QPainter
from shapes import ellipse, lock, smooth


@dataclass(frozen=True)
class MouthShape:
    """Each from 0 to 1: how far the jaw is down, how wide the corners, how round the lips."""

    openness: float = 0.0
    width: float = 0.5
    roundness: float = 0.0

    def towards(self, other: "MouthShape", amount: float) -> "MouthShape":
        def between(a: float, b: float) -> float:
            return a + (b - a) * amount

        return MouthShape(
            between(self.openness, other.openness),
            between(self.width, other.width),
            between(self.roundness, other.roundness),
        )


SHAPES = {
    "rest": MouthShape(0.0, 0.55, 0.0),
    "smile": MouthShape(0.12, 0.9, 0.0),
    "open": MouthShape(0.75, 0.6, 0.1),
    "half": MouthShape(0.4, 0.6, 0.1),
    "round": MouthShape(0.5, 0.2, 0.9),
}
TOP = 152.0


def jaw_drop(shape: MouthShape) -> float:
    return 34 * shape.openness


def draw_mouth(painter: QPainter, shape: MouthShape) -> None:
    """Drawn on the beard of the jaw, before the chin and the moustache cover its edges."""
    half = 48 + 26 * shape.width - 24 * shape.roundness
    lift = 13 * shape.width - 4 * shape.roundness
    floor = TOP + 9 + 58 * shape.openness
    corner = TOP + 8 - lift
    cave = smooth([
        (-half, corner), (-half * 0.55, TOP - 6), (0, TOP - 8), (half * 0.55, TOP - 6), (half, corner),
        (half * 0.72, corner + (floor - corner) * 0.66), (half * 0.3, floor), (-half * 0.3, floor),
        (-half * 0.72, corner + (floor - corner) * 0.66),
    ])  # fmt: skip
    lip = smooth([
        (-half * 1.04, corner), (-half * 0.76, corner + (floor - corner) * 0.6 + 6), (-half * 0.34, floor + 9),
        (0, floor + 12),
        (half * 0.34, floor + 9), (half * 0.76, corner + (floor - corner) * 0.6 + 6), (half * 1.04, corner),
        (0, TOP - 4),
    ])  # fmt: skip
    painter.fillPath(lip, colour("#B4503F"))
    painter.fillPath(cave, colour("#3A1020"))
    rise = min(max((shape.openness - 0.16) / 0.2, 0.0), 1.0)
    if rise > 0:
        sunk = floor + 4 + 16 * (1 - rise)
        tongue = ellipse(2, sunk, half * 0.56, 12 + 14 * shape.openness).intersected(cave)
        painter.fillPath(tongue, colour("#A83E3A"))
        top = ellipse(-6, sunk - 2, half * 0.3, 6 + 6 * shape.openness).intersected(cave)
        painter.fillPath(top, colour("#CC6250", 0.7))
    teeth = ellipse(0, TOP - 10, half * 0.7, 16 + 8 * shape.openness).intersected(cave)
    painter.fillPath(teeth, colour("#EADBCB"))
    gleam = lock([(-half * 0.5, floor + 3), (-half * 0.1, floor + 8), (half * 0.4, floor + 4)], 6, 0.6)
    painter.fillPath(gleam, colour("#E58A6E", 0.8))
