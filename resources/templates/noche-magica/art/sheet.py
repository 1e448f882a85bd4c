"""A sheet of paper to paint on: gouache shapes lit from one side, glazes and locks of hair."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from brush import Plane, blur, bristles, mask_of, noise, step
from numpy.typing import NDArray
from palette import Ramp, colour, rgb, table
from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter, QPainterPath

Pixels = NDArray[np.float32]
Mode = Literal["normal", "multiply", "add"]
FIRELIGHT = (-0.86, -0.42)
STRETCH = 1.00002


@dataclass(frozen=True)
class Sprite:
    """A painted piece and where its corner lies."""

    image: QImage
    x: float
    y: float

    def draw(self, painter: QPainter, dx: float = 0.0, dy: float = 0.0, opacity: float = 1.0) -> None:
        if (self.x + dx) % 1 or (self.y + dy) % 1:
            self.glide(painter, dx, dy, opacity)
            return
        painter.setOpacity(opacity)
        painter.drawImage(QPointF(self.x + dx, self.y + dy), self.image)
        painter.setOpacity(1.0)

    def glide(self, painter: QPainter, dx: float, dy: float, opacity: float = 1.0) -> None:
        """Between pixels: Qt rounds a mere shift to whole ones, so it gets a stretch nobody can see."""
        painter.setOpacity(opacity)
        corner = QPointF(self.x + dx, self.y + dy)
        painter.drawImage(QRectF(corner, QSizeF(self.image.size()) * STRETCH), self.image)
        painter.setOpacity(1.0)


class Sheet:
    """Premultiplied colour over a window of the scene, painted back to front."""

    def __init__(self, x: int, y: int, width: int, height: int, light: tuple[float, float] = FIRELIGHT) -> None:
        self.x, self.y, self.width, self.height = x, y, width, height
        self.light = light
        self.px: Pixels = np.zeros((height, width, 4), np.float32)

    def paint(
        self,
        path: QPainterPath,
        ramp: Ramp,
        *,
        seed: int = 0,
        depth: float = 40.0,
        gain: float = 1.0,
        bias: float = 0.0,
        sweep: tuple[float, float] = (0.0, 0.0),
        edge: float = 1.6,
        wobble: float = 0.35,
        texture: float = 0.07,
        angle: float = 20.0,
        softness: float = 0.7,
        opacity: float = 1.0,
        inside: bool = False,
    ) -> None:
        """One body of paint. `depth` is how round it is, `sweep` a slope of tone across it (x, y)."""
        window = self._window(path, round(edge * 4 + 6))
        if window is None:
            return
        x, y, w, h = window
        raw = mask_of(path, x, y, w, h)
        alpha = self._edge(raw, edge, wobble, seed)
        tone = 0.5 + bias + gain * self._relief(raw, depth)
        tone += np.linspace(-sweep[0], sweep[0], w, dtype=np.float32)[None, :]
        tone += np.linspace(-sweep[1], sweep[1], h, dtype=np.float32)[:, None]
        if texture:
            tone += texture * bristles(x + seed * 37, y + seed * 91, w, h, angle)
        tint = table(ramp, softness)[np.clip(tone * 1023, 0, 1023).astype(np.int32)]
        self._lay(window, tint, alpha * opacity, "normal", inside)

    def glaze(
        self,
        path: QPainterPath,
        tint: str,
        opacity: float,
        soft: float = 12.0,
        mode: Mode = "normal",
        inside: bool = True,
        texture: float = 0.0,
        angle: float = 20.0,
    ) -> None:
        """Thin paint with a soft edge, by default only where there's paint already."""
        window = self._window(path, round(soft * 3 + 3))
        if window is None:
            return
        x, y, w, h = window
        alpha = blur(mask_of(path, x, y, w, h), soft)
        if texture:
            alpha = alpha * np.clip(1 + texture * bristles(x, y, w, h, angle), 0, 2)
        self._lay(window, rgb(tint), np.clip(alpha * opacity, 0, 1), mode, inside)

    def strokes(self, paths: Sequence[tuple[QPainterPath, str, float]], inside: bool = True, soft: float = 0.0) -> None:
        """Many small shapes at once, each with its colour and opacity."""
        image = QImage(self.width, self.height, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-self.x, -self.y)
        for path, tint, opacity in paths:
            painter.fillPath(path, colour(tint, opacity))
        painter.end()
        over = pixels_of(image)
        if soft:
            over = np.stack([blur(over[..., c], soft) for c in range(4)], axis=-1)
        if inside:
            over = over * self.px[..., 3:4]
        self.px = over + self.px * (1 - over[..., 3:4])

    def fade(self, path: QPainterPath, soft: float, amount: float = 1.0) -> None:
        """Wash paint away under the path."""
        window = self._window(path, round(soft * 3 + 3))
        if window is not None:
            x, y, w, h = window
            keep = 1 - amount * blur(mask_of(path, x, y, w, h), soft)
            self.px[y - self.y : y - self.y + h, x - self.x : x - self.x + w] *= keep[..., None]

    def shade(self, field: Plane, tint: str, mode: Mode = "multiply") -> None:
        """A whole-sheet glaze given as a plane of opacities."""
        self._lay((self.x, self.y, self.width, self.height), rgb(tint), np.clip(field, 0, 1), mode, True)

    def _relief(self, raw: Plane, depth: float) -> Plane:
        relief = np.zeros_like(raw)
        for size, weight in ((depth, 0.72), (depth * 0.35, 0.28)):
            height = blur(raw, max(size, 1.0))
            gy, gx = np.gradient(height)
            slope = -(gx * self.light[0] + gy * self.light[1]) * size
            relief += weight * slope * 1.15
        return relief

    def _edge(self, raw: Plane, edge: float, wobble: float, seed: int) -> Plane:
        if edge <= 0:
            return raw
        h, w = raw.shape
        soft = blur(raw, edge)
        if wobble:
            rough = noise(h, w, 7, 7, seed + 1) * 0.5 + noise(h, w, 34, 34, seed + 2) * 0.6
            soft = soft + rough * wobble * soft * (1 - soft)
        return step(soft, 0.22, 0.78)

    def _window(self, path: QPainterPath, margin: int) -> tuple[int, int, int, int] | None:
        bounds = path.boundingRect().toAlignedRect().adjusted(-margin, -margin, margin, margin)
        part = bounds.intersected(QRect(self.x, self.y, self.width, self.height))
        return None if part.width() < 4 or part.height() < 4 else (part.x(), part.y(), part.width(), part.height())

    def _lay(self, window: tuple[int, int, int, int], tint: Pixels, alpha: Plane, mode: Mode, inside: bool) -> None:
        x, y, w, h = window
        part = self.px[y - self.y : y - self.y + h, x - self.x : x - self.x + w]
        a = alpha[..., None]
        if mode == "add":
            part[..., :3] = np.minimum(part[..., :3] + tint * a * part[..., 3:4], part[..., 3:4])
        elif mode == "multiply":
            part[..., :3] *= 1 - a + tint * a
        elif inside:
            part[..., :3] = part[..., :3] * (1 - a) + tint * a * part[..., 3:4]
        else:
            part[..., :3] = part[..., :3] * (1 - a) + tint * a
            part[..., 3:4] = part[..., 3:4] * (1 - a) + a

    def stamp(self, other: "Sheet", *, mirrored: bool = False) -> None:
        """Another sheet's paint over this one's, mirrored about that one's middle if asked."""
        left, top = max(self.x, other.x), max(self.y, other.y)
        right = min(self.x + self.width, other.x + other.width)
        bottom = min(self.y + self.height, other.y + other.height)
        if right <= left or bottom <= top:
            return
        source = other.px[:, ::-1] if mirrored else other.px
        over = source[top - other.y : bottom - other.y, left - other.x : right - other.x]
        part = self.px[top - self.y : bottom - self.y, left - self.x : right - self.x]
        part *= 1 - over[..., 3:4]
        part += over

    def sprite(self) -> Sprite:
        return Sprite(image_of(self.px), self.x, self.y)


def pixels_of(image: QImage) -> Pixels:
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return raw[..., [2, 1, 0, 3]].astype(np.float32) / 255


def image_of(px: Pixels) -> QImage:
    """Eight bits with a fixed dither, so that slow tones don't band."""
    height, width = px.shape[:2]
    dither = np.random.default_rng(7).random((height, width, 1), np.float32)
    raw = np.clip(np.floor(px[..., [2, 1, 0, 3]] * 255 + dither * (px[..., 3:4] > 0)), 0, 255).astype(np.uint8)
    raw[..., :3] = np.minimum(raw[..., :3], raw[..., 3:4])
    return QImage(raw.tobytes(), width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()


def soft_dot(radius: float, tint: str, power: float = 2.0) -> Sprite:
    """A round glow that falls off softly, centred on (0, 0)."""
    size = math.ceil(radius)
    ys, xs = np.mgrid[-size : size + 1, -size : size + 1].astype(np.float32)
    fall = np.clip(1 - np.hypot(xs, ys) / radius, 0, 1) ** power
    px = np.concatenate([rgb(tint)[None, None] * fall[..., None], fall[..., None]], axis=-1)
    return Sprite(image_of(px.astype(np.float32)), -size, -size)
