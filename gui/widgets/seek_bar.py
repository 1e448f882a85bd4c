"""A slim bar to seek in a film or to set how loud it is: click, drag, wheel or arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from gui.look.drawing import draw_bar
from gui.look.theme import Theme

_STEPS = 1000


class SeekBar(QSlider):
    """Tells of `chosen` fractions only when a person moved it. A slider to screen readers, too."""

    chosen = Signal(float)  # 0 to 1

    def __init__(self, theme: Theme, *, step: float = 0.05, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._step = step
        self.setRange(0, _STEPS)
        self.setFixedHeight(24)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.update)

    @property
    def fraction(self) -> float:
        return self.value() / _STEPS

    def show_fraction(self, fraction: float) -> None:
        """Moves it unless a person holds it."""
        if not self.isSliderDown():
            self.setValue(round(fraction * _STEPS))

    def sizeHint(self) -> QSize:
        return QSize(120, 24)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go_to(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._choose(self.fraction + (self._step if event.angleDelta().y() > 0 else -self._step))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Up):
            self._choose(self.fraction + self._step)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            self._choose(self.fraction - self._step)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._choose(0.0 if key is Qt.Key.Key_Home else 1.0)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.rect().center().y() + 0.5
        bar = QRectF(6, middle - 2, self.width() - 12, 4)
        usable = self.isEnabled()
        draw_bar(painter, bar, self.fraction if usable else 0.0, colours.accent, colours.line)
        if usable:
            knob = QRectF(bar.left() + bar.width() * self.fraction - 6, middle - 6, 12, 12)
            painter.setBrush(QColor(colours.accent))
            painter.setPen(QColor(colours.text if self.hasFocus() else colours.accent))
            painter.drawEllipse(knob)

    def _go_to(self, event: QMouseEvent) -> None:
        self._choose((event.position().x() - 6) / max(1, self.width() - 12))

    def _choose(self, fraction: float) -> None:
        self.setValue(round(max(0.0, min(1.0, fraction)) * _STEPS))
        self.chosen.emit(self.fraction)
