"""A picture that fills its place, cut at its edges; without one, a drawing of the program's own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.icons import draw_art
from gui.look.theme import Theme

_RADIUS = 12.0


class CoverPicture(QWidget):
    """For the eye only."""

    def __init__(self, theme: Theme, file: Path | None) -> None:
        super().__init__()
        self._theme = theme
        self._picture = QPixmap(str(file)) if file is not None else QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(160, 200))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        painter.setClipPath(outline)
        if self._picture.isNull():
            colours = self._theme.art_colours()
            painter.fillRect(self.rect(), QColor(colours["sky"]))
            draw_art(painter, "empty-queue", QRectF(self.rect()), colours)
            return
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        where = QRectF(0, 0, size.width(), size.height())
        where.moveCenter(QRectF(self.rect()).center())
        where.moveTop(min(0.0, where.top() * 0.6))  # the face is in the upper half
        painter.drawPixmap(where, self._picture, QRectF(self._picture.rect()))
