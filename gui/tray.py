"""The icon in the system's tray: how far the work is while the window is out of sight, and news of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from gui.actions import Actions
from gui.look.icons import pixmap
from gui.look.theme import Theme

_SIZE = 64
_STEPS = 40  # the ring is drawn anew when it has grown by so much


class Tray(QObject):
    """Where the system has no tray it does nothing. `opened`: the icon or a message was clicked."""

    opened = Signal()

    def __init__(self, theme: Theme, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._step = -2
        self._icon: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._menu = QMenu()
            self._menu.addActions([actions.pause_all, actions.stop_after, actions.go_on_all])
            self._menu.addSeparator()
            self._menu.addAction(actions.close_window)
            self._icon = QSystemTrayIcon(self)
            self._icon.setContextMenu(self._menu)
            self._icon.activated.connect(self._activated)
            self._icon.messageClicked.connect(self.opened)
            self.show_progress(None, "Trineo")
            self._icon.show()

    @property
    def available(self) -> bool:
        return self._icon is not None

    def show_progress(self, fraction: float | None, words: str) -> None:
        """`fraction` of what is to be made now, 0 to 1; None: nothing is."""
        if self._icon is None:
            return
        self._icon.setToolTip(words)
        step = -1 if fraction is None else int(fraction * _STEPS)
        if step != self._step:
            self._step = step
            self._icon.setIcon(ring_icon(None if fraction is None else step / _STEPS, self._theme))

    def tell(self, headline: str, words: str) -> bool:
        """Shows the system's own message; False where it can't."""
        if self._icon is None or not QSystemTrayIcon.supportsMessages():
            return False
        self._icon.showMessage(headline, words, QSystemTrayIcon.MessageIcon.Information)
        return True

    def leave(self) -> None:
        if self._icon is not None:
            self._icon.hide()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.opened.emit()


def ring_icon(fraction: float | None, theme: Theme) -> QIcon:
    """Trineo's mark, with a ring around it that fills up while films are made."""
    drawn = QPixmap(_SIZE, _SIZE)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if fraction is None:
        painter.drawPixmap(0, 0, pixmap("trineo", theme.palette.accent, _SIZE, 1.0))
    else:
        painter.drawPixmap(14, 14, pixmap("sleigh", theme.palette.accent, _SIZE - 28, 1.0))
        ring = QRectF(4, 4, _SIZE - 8, _SIZE - 8)
        for colour, share in ((theme.palette.faint, 1.0), (theme.palette.accent, fraction)):
            painter.setPen(QPen(QColor(colour), 7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawArc(ring, 90 * 16, -round(360 * 16 * share))
    painter.end()
    return QIcon(drawn)
