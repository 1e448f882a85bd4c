"""What covers the window while files are held over it: the visible target."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.look.icons import draw_icon
from gui.look.theme import TITLE_PX, Theme, font


class DropOverlay(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._window = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        parent.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(colours.ground)
        ground.setAlphaF(0.88)
        painter.fillRect(self.rect(), ground)
        pen = QPen(QColor(colours.accent), 2, Qt.PenStyle.DashLine, Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(24, 24, -24, -24), 16, 16)
        middle = QRectF(self.rect()).center()
        draw_icon(painter, "add", QRectF(middle.x() - 24, middle.y() - 64, 48, 48), colours.accent_text)
        painter.setPen(QColor(colours.text))
        painter.setFont(font(TITLE_PX, QFont.Weight.DemiBold))
        line = QRectF(0, middle.y(), self.width(), 32)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self.tr("Let go to check these files"))
        painter.setPen(QColor(colours.second))
        painter.setFont(font())
        below = line.translated(0, 30)
        painter.drawText(
            below,
            Qt.AlignmentFlag.AlignCenter,
            self.tr("Nothing is rendered before you have seen the result."),
        )
