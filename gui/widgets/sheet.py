"""A sheet that slides in from the right over the page, instead of a dialog."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from gui.look.theme import Theme

_MOTION_MS = 160
_SHEETS = "sheets"


def hold_page(page: QWidget, more: int) -> None:
    """It can be used again when the last of what lies over it is gone."""
    sheets = int(page.property(_SHEETS) or 0) + more
    page.setProperty(_SHEETS, sheets)
    page.setEnabled(sheets == 0)


class Scrim(QWidget):
    """Dims the page behind a sheet and keeps the mouse from it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(self._theme.palette.scrim))


class Sheet(QFrame):
    """Lies over `over`, which can't be used meanwhile. Escape dismisses it."""

    dismissed = Signal()
    width_px = 520

    def __init__(self, theme: Theme, centre: QWidget, over: QWidget) -> None:
        super().__init__(centre)
        self._theme = theme
        self._centre = centre
        self._over = over
        self._open = False
        self._back_to: QWidget | None = None
        self._scrim = Scrim(theme, centre)
        self._motion = QPropertyAnimation(self, b"pos", self)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.finished.connect(self._moved)
        self.setObjectName("sheet")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(32, 28, 32, 24)
        self.body.setSpacing(8)
        centre.installEventFilter(self)
        theme.changed.connect(self._scrim.update)
        self.hide()

    @property
    def is_open(self) -> bool:
        return self._open

    def slide_in(self, focus: QWidget) -> None:
        if not self._open:
            self._open = True
            self._back_to = QApplication.focusWidget()
            hold_page(self._over, 1)
            self._scrim.setGeometry(self._centre.rect())
            self._scrim.show()
            self._scrim.raise_()
            self._fit()
            self.move(self._centre.width(), 0)
            self.show()
            self.raise_()
            self._slide_to(self._centre.width() - self.width())
        focus.setFocus(Qt.FocusReason.PopupFocusReason)

    def slide_out(self) -> None:
        if self._open:
            self._open = False
            hold_page(self._over, -1)
            if self._back_to is not None and isValid(self._back_to):
                self._back_to.setFocus()
            self._scrim.hide()
            self._slide_to(self._centre.width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._motion.stop()
            self._scrim.setGeometry(self._centre.rect())
            self._fit()
            self.move(self._centre.width() - self.width(), 0)
            self.setVisible(self._open)  # one that was on its way out is out
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        self.resize(min(self.width_px, self._centre.width()), self._centre.height())

    def _slide_to(self, left: int) -> None:
        self._motion.stop()
        self._motion.setDuration(self._theme.motion_ms(_MOTION_MS))
        self._motion.setStartValue(self.pos())
        self._motion.setEndValue(QPoint(left, 0))
        self._motion.start()

    def _moved(self) -> None:
        if not self._open:
            self.hide()
