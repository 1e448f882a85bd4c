"""The program's own SVG icons, drawn in a colour of the theme, sharp at every scale."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from core.paths import resources

_SIZES = (16, 20, 24)


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    text = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))


def draw_icon(painter: QPainter, name: str, where: QRectF, colour: str) -> None:
    """As sharp as the screen; from pictures kept for it, since a table draws the same few again and again."""
    scale = painter.device().devicePixelRatio()
    painter.drawPixmap(where.topLeft(), _kept(name, colour, round(where.width()), scale))


@lru_cache(maxsize=512)
def _kept(name: str, colour: str, size: int, scale: float) -> QPixmap:
    return pixmap(name, colour, size, scale)


def write_tinted(name: str, colour: str, folder: Path) -> str:
    """A copy of an icon in a colour, for a style sheet, which can only name files; its path, with slashes."""
    file = folder / f"{name}-{colour.lstrip('#')}.svg"
    if not file.exists():
        text = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        file.write_text(text.replace("currentColor", colour), encoding="utf-8")
    return file.as_posix()


def draw_art(painter: QPainter, name: str, where: QRectF, colours: dict[str, str]) -> None:
    """A drawing whose `{places}` are filled from `colours`, as large as fits in `where`."""
    _art(name, tuple(sorted(colours.items()))).render(painter, where)


@lru_cache(maxsize=8)
def _art(name: str, colours: tuple[tuple[str, str], ...]) -> QSvgRenderer:
    text = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    for place, colour in colours:
        text = text.replace("{" + place + "}", colour)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    return renderer


def pixmap(name: str, colour: str, size: int, scale: float) -> QPixmap:
    """`size` in logical pixels, drawn for a screen of `scale`."""
    drawn = QPixmap(QSize(round(size * scale), round(size * scale)))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    _renderer(name, colour).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(scale)
    return drawn


@lru_cache(maxsize=256)
def icon(name: str, colour: str, disabled: str) -> QIcon:
    """Sharp on each of the screens there are; on one that is connected later, drawn from the sharpest."""
    made = QIcon()
    scales = {1.0, 2.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}
    for size in _SIZES:
        for scale in sorted(scales):
            made.addPixmap(pixmap(name, colour, size, scale), QIcon.Mode.Normal)
            made.addPixmap(pixmap(name, disabled, size, scale), QIcon.Mode.Disabled)
    return made


def application_icon() -> QIcon:
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(pixmap("trineo", "#E4572E", size, 1.0))
    return made
