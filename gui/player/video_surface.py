"""Where a film is seen: its picture or its poster, as large as fits; or why there is none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.icons import draw_icon
from gui.look.theme import Theme, font
from gui.player.film_files import drag_films, is_drag
from gui.player.posters import Posters

_RADIUS = 10.0
_DRAGGED_PX = 120
_SHAPE = 9 / 16  # width to height, before anything is known of the film


class VideoSurface(QWidget):
    """A click plays or pauses; dragging takes the film out of the window."""

    pressed = Signal()

    def __init__(self, theme: Theme, posters: Posters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._posters = posters
        self._image = QImage()
        self._scaled = QImage()
        self._scaled_from: tuple[int, QSize] | None = None
        self._poster = ""
        self._film: Path | None = None
        self._message = ""
        self._shows_play = False
        self._pressed_at: QPoint | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(160, 200))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        posters.changed.connect(self.update)
        theme.changed.connect(self.update)

    @property
    def message(self) -> str:
        return self._message

    @property
    def has_picture(self) -> bool:
        return not self._image.isNull()

    def show_film(self, film: Path | None, poster: str) -> None:
        """The poster, until the first picture comes."""
        self._film, self._poster, self._image, self._message = film, poster, QImage(), ""
        self.update()

    def show_picture(self, image: QImage) -> None:
        self._image = image
        self.update()

    def say(self, message: str) -> None:
        self._message = message
        self.update()

    def invite(self, shown: bool) -> None:
        """The large sign that a click plays it."""
        self._shows_play = shown
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, 640)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is not None and is_drag(self._pressed_at, event.position().toPoint()):
            self._pressed_at = None
            if self._film is not None:
                drag_films(self, [self._film], self._small())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is not None and event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = None
            self.pressed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.EnabledChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        picture = self._picture()
        where = self._fitted(picture)
        outline = QPainterPath()
        outline.addRoundedRect(where, _RADIUS, _RADIUS)
        painter.fillPath(outline, QColor(colours.raised))
        painter.save()
        painter.setClipPath(outline)
        if isinstance(picture, QImage):
            painter.drawImage(where, self._as_seen(picture, where))
        elif picture is not None:
            painter.drawPixmap(where, picture, QRectF(picture.rect()))
        painter.restore()
        painter.setPen(QColor(colours.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)
        if self._message:
            self._draw_message(painter, where)
        elif self._shows_play and self._film is not None:
            self._draw_invitation(painter, where)

    def _picture(self) -> QImage | QPixmap | None:
        if not self._image.isNull():
            return self._image
        return self._posters.poster(self._poster, 640)

    def _as_seen(self, picture: QImage, where: QRectF) -> QImage:
        """As small as it is seen: of a larger one the painter would skip most pixels, and its edges crumble."""
        seen = (where.size() * self.devicePixelRatioF()).toSize()
        if picture.width() < 1.5 * seen.width():
            return picture
        if self._scaled_from != (picture.cacheKey(), seen):
            self._scaled_from = picture.cacheKey(), seen
            ratio, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._scaled = picture.scaled(seen, ratio, smooth)
        return self._scaled

    def _fitted(self, picture: QImage | QPixmap | None) -> QRectF:
        """The largest rectangle of the picture's shape, in the middle."""
        shape = picture.width() / picture.height() if picture is not None and picture.height() else _SHAPE
        height = min(float(self.height()), self.width() / shape)
        size = height * shape, height
        return QRectF((self.width() - size[0]) / 2, (self.height() - size[1]) / 2, *size).adjusted(1, 1, -1, -1)

    def _small(self) -> QPixmap:
        small = self.grab(self._fitted(self._picture()).toRect())
        return small.scaledToHeight(_DRAGGED_PX, Qt.TransformationMode.SmoothTransformation)

    def _draw_message(self, painter: QPainter, where: QRectF) -> None:
        colours = self._theme.palette
        veil = QColor(colours.panel)
        veil.setAlphaF(0.92)
        box = where.adjusted(12, 0, -12, 0)
        painter.setFont(font())
        inner = box.adjusted(16, 16, -16, -16)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        needed = painter.boundingRect(inner, flags, self._message)
        box.setHeight(needed.height() + 32)
        box.moveCenter(where.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(veil)
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(QColor(colours.text))
        painter.drawText(box.adjusted(16, 16, -16, -16), flags, self._message)

    def _draw_invitation(self, painter: QPainter, where: QRectF) -> None:
        circle = QRectF(0, 0, 64, 64)
        circle.moveCenter(where.center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(8, 12, 22, 170))
        painter.drawEllipse(circle)
        draw_icon(painter, "play", circle.adjusted(17, 16, -13, -16), "#FFFFFF")
