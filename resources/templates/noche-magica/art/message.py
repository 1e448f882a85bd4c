"""Santa by the fire, speaking to the child: ten seconds that close into a loop."""

import math

import numpy as np
from body import arms, coat, hands
from fireside import CANDLE, PANES, armchair, back, front_log
from flames import Fire, flicker, periodic
from head import Head, Pose
from mouth import SHAPES, MouthShape
from palette import colour
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPainterPath
from shapes import ellipse
from sheet import soft_dot
from tree import lights

SECONDS = 10.0
BLINKS = (1.3, 4.4, 8.3)
MOUTH_BOX = (258, 662, 624, 688)
"""x, y, width, height: all that a mouth moves lies in it."""
EYES = (604.0, 672.0)
SEAT, SIZE = (584.0, 1346.0), 0.97
"""Where he sits, and how large: fire on one side and the tree on the other are to be seen."""


def blink_at(t: float) -> float:
    """Shut in 80 ms, closed for 60, open in 160."""
    for start in BLINKS:
        since = (t - start) % SECONDS
        if since < 0.30:
            if since < 0.08:
                return _ease(since / 0.08)
            return 1.0 if since < 0.14 else 1 - _ease((since - 0.14) / 0.16)
    return 0.0


def _ease(u: float) -> float:
    u = min(max(u, 0.0), 1.0)
    return u * u * (3 - 2 * u)


def pose_at(t: float, mouth: MouthShape = SHAPES["X"]) -> Pose:
    """Only the mouth, and what it moves, is another while he talks: all else must match the loop."""
    phase = t / SECONDS
    wave = 2 * math.pi * phase
    turn = 2.4 * math.sin(wave + 0.4) + 0.7 * math.sin(2 * wave + 1.9)
    smile = 0.6 + 0.25 * math.sin(wave - 1.1)
    return Pose(
        turn=turn,
        tilt=1.3 * math.sin(wave + 1.6) + 0.5 * math.sin(3 * wave) - 1.2,
        blink=blink_at(t),
        smile=min(max(smile, 0.0), 1.0),
        brows=0.35 + 0.3 * periodic(phase, 1, 5, 61),
        swing=1.6 * math.sin(wave + 0.9) + 0.8 * math.sin(4 * wave),
        gaze=(0.6 * periodic(phase, 1, 4, 62), 0.3 * periodic(phase, 1, 4, 63)),
        mouth=mouth,
    )


class Message:
    frames = 250

    def __init__(self, mouth: MouthShape = SHAPES["X"]) -> None:
        self.mouth = mouth
        self.back, self.chair, self.log = back(), armchair(), front_log()
        self.coat, self.arms, self.hands = coat(), arms(), hands()
        self.head = Head()
        self.fire = Fire(lights())
        self.warm = soft_dot(560, "#FF8A3C", 2.0)
        rng = np.random.default_rng(81)
        self.snow = rng.random((110, 4))
        self.motes = rng.random((22, 4))
        self.mote = soft_dot(6, "#FFC870", 1.2)

    def draw(self, painter: QPainter, frame: int) -> None:
        t = (frame % self.frames) / 25
        phase = t / SECONDS
        self.back.draw(painter)
        self._snow(painter, phase)
        self.fire.draw_flames(painter, phase)
        self.log.draw(painter)
        self.fire.draw_candle(painter, phase, CANDLE[0], CANDLE[1])
        self.fire.draw_lights(painter, phase)
        self.fire.draw_glow(painter, phase)
        self._motes(painter, phase)
        self.chair.draw(painter, -26, 10)
        self._santa(painter, t)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
        self.warm.draw(painter, 200, 1180, 0.12 + 0.7 * (flicker(phase) - 1))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def _santa(self, painter: QPainter, t: float) -> None:
        breath = math.sin(2 * math.pi * t / 5)
        painter.save()
        painter.translate(*SEAT)
        painter.scale(SIZE, SIZE)
        painter.translate(-612, -1300)
        painter.save()
        painter.translate(604, 1960)
        painter.scale(1 + 0.003 * breath, 1 + 0.0055 * breath)
        painter.translate(-604, -1960)
        self.coat.draw(painter)
        painter.restore()
        self.arms.draw(painter, 0, -2.0 * breath)
        painter.save()
        painter.translate(EYES[0], EYES[1] - 4.5 * breath)
        pose = pose_at(t, self.mouth)
        painter.translate(pose.turn * 1.6, 0)
        self.head.draw(painter, pose)
        painter.restore()
        self._hands(painter, t / SECONDS, breath)
        painter.restore()

    def _hands(self, painter: QPainter, phase: float, breath: float) -> None:
        """The letter moves a little as he speaks."""
        painter.save()
        painter.translate(604 + 2.5 * periodic(phase, 1, 4, 64), 1676 - 2.6 * breath + 4 * periodic(phase, 1, 5, 65))
        painter.rotate(0.7 * periodic(phase, 1, 4, 66))
        self.hands.draw(painter, -604, -1700)
        painter.restore()

    def _motes(self, painter: QPainter, phase: float) -> None:
        """Specks of gold that rise through the warm air."""
        for start, x, sway, size in self.motes:
            u = (phase + start) % 1.0
            at_x = 40 + 760 * x + 34 * math.sin(2 * math.pi * (2 * phase + sway))
            alpha = 0.5 * math.sin(math.pi * u) * (0.6 + 0.4 * math.sin(2 * math.pi * (5 * phase + sway)))
            self.mote.draw(painter, at_x, 1700 - 1250 * u - 120 * size, max(alpha, 0.0))

    def _snow(self, painter: QPainter, phase: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for x, y, depth, sway in self.snow:
            laps = 1 if depth < 0.6 else 2
            at_y = 96 + ((y + phase * laps) % 1.0) * 530
            at_x = 452 + x * 376 + 8 * math.sin(2 * math.pi * (phase * 2 + sway))
            flake: QPainterPath = ellipse(at_x, at_y, 1.6 + 2.2 * depth, 1.6 + 2.2 * depth)
            if any(pane.contains(at_x, at_y) for pane in PANES):
                painter.fillPath(flake, colour("#CFDDEE", 0.22 + 0.4 * depth))
