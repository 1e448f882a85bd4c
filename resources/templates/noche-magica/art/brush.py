"""Numbers behind the paint: masks of outlines, blur, noise and the tooth of the brush."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath

Plane = NDArray[np.float32]


def mask_of(path: QPainterPath, x: int, y: int, width: int, height: int) -> Plane:
    """How much of each pixel of the window at (x, y) the path covers."""
    image = QImage(width, height, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-x, -y)
    painter.fillPath(path, Qt.GlobalColor.white)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    return rows[:, :width].astype(np.float32) / 255


def _box(plane: Plane, radius: int) -> Plane:
    size = 2 * radius + 1
    padded = np.pad(plane, ((radius + 1, radius), (0, 0)), mode="edge")
    total = np.cumsum(padded, axis=0, dtype=np.float64)
    return ((total[size:] - total[:-size]) / size).astype(np.float32)


def blur(plane: Plane, sigma: float) -> Plane:
    """Nearly Gaussian; big ones are made small first."""
    if sigma < 0.3:
        return plane
    if sigma > 16 and min(plane.shape) > 16:
        height, width = plane.shape
        small = blur(_halved(plane), sigma / 2)
        return _doubled(small)[:height, :width]
    for radius in _radii(sigma):
        plane = _box(_box(plane, radius).T, radius).T
    return plane


def _radii(sigma: float) -> list[int]:
    wanted = np.sqrt(12 * sigma * sigma / 3 + 1)
    low = int((wanted - 1) // 2)
    many = round((12 * sigma**2 - 3 * (2 * low + 1) ** 2 - 12 * low - 9) / (-4 * (2 * low + 1) - 4))
    return [low if i < many else low + 1 for i in range(3)]


def _halved(plane: Plane) -> Plane:
    height, width = plane.shape
    plane = np.pad(plane, ((0, height % 2), (0, width % 2)), mode="edge")
    return (plane[::2, ::2] + plane[1::2, ::2] + plane[::2, 1::2] + plane[1::2, 1::2]) / 4


def _doubled(plane: Plane) -> Plane:
    for axis in (0, 1):
        plane = np.swapaxes(plane, 0, axis)
        before = np.concatenate([plane[:1], plane[:-1]])
        after = np.concatenate([plane[1:], plane[-1:]])
        wide = np.empty((plane.shape[0] * 2, plane.shape[1]), np.float32)
        wide[::2] = plane * 0.75 + before * 0.25
        wide[1::2] = plane * 0.75 + after * 0.25
        plane = np.swapaxes(wide, 0, axis)
    return plane


def _spline(length: int, scale: float, knots: int) -> Plane:
    at = np.arange(length, dtype=np.float32) / scale + 1
    weights = np.zeros((length, knots), np.float32)
    near = at.astype(int)
    f = at - near
    parts = (
        (1 - f) ** 3 / 6,
        (3 * f**3 - 6 * f**2 + 4) / 6,
        (-3 * f**3 + 3 * f**2 + 3 * f + 1) / 6,
        f**3 / 6,
    )
    for k, part in enumerate(parts):
        weights[np.arange(length), np.clip(near - 1 + k, 0, knots - 1)] += part
    return weights


def noise(height: int, width: int, across: float, down: float, seed: int) -> Plane:
    """Smooth noise about 0 with deviation 1; `across` and `down` are its grain in pixels."""
    rng = np.random.default_rng(seed)
    rows, columns = int(height / down) + 5, int(width / across) + 5
    grid = rng.standard_normal((rows, columns)).astype(np.float32)
    plane = _spline(height, down, rows) @ grid @ _spline(width, across, columns).T
    return (plane / (plane.std() + 1e-6)).astype(np.float32)


TILE = 1024


@cache
def _bristles() -> Plane:
    """Strokes lying side by side, wrapped so that the texture tiles."""
    rng = np.random.default_rng(25)
    total = np.zeros((TILE, TILE), np.float32)
    fy, fx = np.fft.fftfreq(TILE)[:, None], np.fft.fftfreq(TILE)[None, :]
    for along, aside, weight in ((150, 9, 1.0), (60, 3.2, 0.7), (14, 2.0, 0.35), (260, 40, 0.9)):
        white = np.fft.fft2(rng.standard_normal((TILE, TILE)))
        kernel = np.exp(-2 * np.pi**2 * ((fx * along) ** 2 + (fy * aside) ** 2))
        plane = np.fft.ifft2(white * kernel).real
        total += (plane / plane.std() * weight).astype(np.float32)
    return (total / total.std()).astype(np.float32)


def bristles(x: int, y: int, width: int, height: int, angle: float) -> Plane:
    """The tooth of strokes drawn at an angle (degrees), fixed to the page."""
    turn = np.deg2rad(angle)
    xs = np.arange(x, x + width, dtype=np.float32)[None, :]
    ys = np.arange(y, y + height, dtype=np.float32)[:, None]
    along = (xs * np.cos(turn) + ys * np.sin(turn)).astype(np.int32) % TILE
    aside = (ys * np.cos(turn) - xs * np.sin(turn)).astype(np.int32) % TILE
    return _bristles()[aside, along]


def step(plane: Plane, low: float, high: float) -> Plane:
    t = np.clip((plane - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)
