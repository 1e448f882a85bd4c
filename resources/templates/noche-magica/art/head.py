"""Santa's head, put together from its pieces for one pose."""

from dataclasses import dataclass

import beard
import face
import hat
from eyes import draw_eye
from mouth import SHAPES, MouthShape, draw_mouth, jaw_drop
from PySide6.QtGui import QPainter


@dataclass(frozen=True)
class Pose:
    """`turn` and `tilt` in degrees, the rest from 0 to 1; `swing` moves the hat's end."""

    turn: float = 0.0
    tilt: float = 0.0
    blink: float = 0.0
    smile: float = 0.4
    brows: float = 0.3
    swing: float = 0.0
    gaze: tuple[float, float] = (0.0, 0.0)
    mouth: MouthShape = SHAPES["X"]


class Head:
    def __init__(self) -> None:
        self.whiskers, self.jaw, self.chin = beard.whiskers(), beard.jaw(), beard.chin()
        self.moustache = {side: beard.moustache(side) for side in (-1, 1)}
        self.brow = {side: beard.brow(side) for side in (-1, 1)}
        self.cheek = {side: face.cheek(side) for side in (-1, 1)}
        self.temple = {side: beard.temple(side) for side in (-1, 1)}
        self.skin, self.nose = face.skin(), face.nose()
        self.dome, self.tail, self.band = hat.dome(), hat.tail(), hat.band()

    def draw(self, painter: QPainter, pose: Pose) -> None:
        """About the point between the eyes. What is nearer to us moves further in a turn."""
        painter.save()
        painter.rotate(pose.tilt)
        near = pose.turn * 2.6
        drop = jaw_drop(pose.mouth)
        self.dome.draw(painter, -near * 0.2)
        self._tail(painter, pose, -near * 0.3)
        self.whiskers.draw(painter, near * 0.1, drop * 0.22)
        self.skin.draw(painter, near * 0.35)
        self._cheeks(painter, pose, near * 0.7)
        self._eyes(painter, pose, near)
        for side in (-1, 1):
            self.temple[side].draw(painter, near * 0.3)
        self.jaw.draw(painter, near * 0.5, drop * 0.55)
        painter.translate(near * 0.8, 0)
        draw_mouth(painter, pose.mouth)
        painter.translate(-near * 0.8, 0)
        self.chin.draw(painter, near * 0.75, drop)
        self._moustache(painter, pose, near)
        self.nose.draw(painter, near * 1.25, -1.5 * pose.smile)
        self.band.draw(painter, near * 0.3)
        painter.restore()

    def _tail(self, painter: QPainter, pose: Pose, dx: float) -> None:
        painter.save()
        painter.translate(hat.HINGE[0] + dx, hat.HINGE[1])
        painter.rotate(pose.swing)
        self.tail.draw(painter)
        painter.restore()

    def _eyes(self, painter: QPainter, pose: Pose, near: float) -> None:
        gaze = (pose.gaze[0] - near * 0.35, pose.gaze[1])
        for side in (-1, 1):
            draw_eye(painter, side, pose.blink, pose.smile, gaze, near * 0.75)
            self.brow[side].draw(painter, near * 0.8, 7 - 10 * pose.brows + 4 * pose.blink)

    def _cheeks(self, painter: QPainter, pose: Pose, dx: float) -> None:
        lift = 9 * pose.smile + 7 * pose.mouth.width - 5 * pose.mouth.openness
        for side in (-1, 1):
            self.cheek[side].draw(painter, dx + side * 2 * pose.smile, -lift + 6)

    def _moustache(self, painter: QPainter, pose: Pose, near: float) -> None:
        shape = pose.mouth
        for side in (-1, 1):
            painter.save()
            painter.translate(near * 0.95, 104 - 5 * shape.openness + 2 * shape.pout)
            painter.rotate(side * (1.0 - 3.0 * shape.width - 2.5 * pose.smile + 2.5 * shape.openness + 2 * shape.pout))
            painter.scale(1 - 0.07 * shape.pout, 1.0)
            self.moustache[side].draw(painter, 0, -108)
            painter.restore()
