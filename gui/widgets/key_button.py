"""A wide button that shows its key: an icon, a word, and the key's cap at its right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFont, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from gui.look.theme import SMALL_PX, Theme, font

_CAP_PX = 22


class KeyButton(QPushButton):
    """Does what an action does, and says so with its words."""

    def __init__(self, action: QAction, theme: Theme, *, primary: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self._theme = theme
        self._primary = primary
        if primary:
            self.setObjectName("primary")
        self.setIconSize(QSize(18, 18))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)  # Enter presses it
        self.setStyleSheet("text-align: left; padding-left: 14px;")
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        theme.changed.connect(self.update)
        self._follow()

    def sizeHint(self) -> QSize:
        return QSize(max(180, super().sizeHint().width() + _CAP_PX + 32), 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        typeface = font(SMALL_PX, QFont.Weight.DemiBold)
        painter.setFont(typeface)
        key = self._key()
        width = max(float(_CAP_PX), painter.fontMetrics().horizontalAdvance(key) + 14.0)
        cap = QRectF(self.width() - width - 12, (self.height() - _CAP_PX) / 2, width, _CAP_PX)
        usable = self.isEnabled()
        ink = colours.on_accent if self._primary and usable else colours.text if usable else colours.second
        painter.setPen(QColor(ink if self._primary and usable else colours.second))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(QColor(ink))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)

    def _key(self) -> str:
        keys = self._action.shortcut()
        if keys == QKeySequence(Qt.Key.Key_Space):
            return self.tr("Space")
        return keys.toString(QKeySequence.SequenceFormat.NativeText)

    def _follow(self) -> None:
        words = self._action.text().replace("&", "").removesuffix("…")
        self.setText(f"  {words}")
        self.setAccessibleName(f"{words} ({self._key()})")
        self.setIcon(self._action.icon())
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
        self.update()
