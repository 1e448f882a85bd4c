"""A chart over time, painted in the colours of the theme. The pointer or the arrow keys tell the value of each part."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.dashboard import chart_painting as paint
from gui.dashboard.plot import Plot
from gui.look.theme import Theme

_HEIGHT = 204


class Chart(QWidget):
    """Its accessible description is the whole chart in words; each part one goes to by key is announced."""

    def __init__(self, theme: Theme, height: int = _HEIGHT) -> None:
        super().__init__()
        self._theme = theme
        self._plot: Plot | None = None
        self._at: int | None = None
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        theme.changed.connect(self.update)

    @property
    def plot(self) -> Plot | None:
        return self._plot

    @property
    def told(self) -> str:
        """What is said of the part that is pointed at; empty if none is."""
        if self._plot is None or self._at is None:
            return ""
        said = [f"{one.word}: {value}" for one, value in self._plot.told_at(self._at)]
        return ". ".join([self._plot.labels[self._at], *said, *self._notes(self._at)])

    def show_plot(self, title: str, plot: Plot) -> None:
        self.setAccessibleName(title)
        self.setAccessibleDescription(plot.words)
        if self._plot is None or len(plot.labels) != len(self._plot.labels):
            self._at = None  # another span
        self._plot = plot
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._plot is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, whole = self._theme.palette, QRectF(self.rect())
        frame = paint.Frame.around(whole, self._plot)
        paint.draw_scale(painter, frame, self._plot, colours)
        paint.draw_series(painter, frame, self._plot, colours, self._at)
        if self._at is not None:
            paint.draw_told(painter, frame, self._plot, colours, (self._at, self._notes(self._at)))
        if self.hasFocus() and self._at is None:
            paint.draw_focus(painter, whole, colours)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._place_under(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self._point_at(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point_at(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wanted = self._place_by(Qt.Key(event.key())) if self._plot is not None else None
        if wanted is None:
            if event.key() == Qt.Key.Key_Escape and self._at is not None:
                self._point_at(None)
            else:
                event.ignore()
            return
        self._point_at(wanted)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.told))

    def _place_by(self, key: Qt.Key) -> int | None:
        """The part that a key leads to; None if it leads nowhere."""
        assert self._plot is not None
        last = len(self._plot.labels) - 1
        at = last + 1 if self._at is None else self._at
        wanted = {
            Qt.Key.Key_Left: at - 1,
            Qt.Key.Key_Right: at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(key)
        return None if wanted is None else max(0, min(last, wanted))

    def _place_under(self, point: QPointF) -> int | None:
        if self._plot is None:
            return None
        return paint.Frame.around(QRectF(self.rect()), self._plot).place_at(point.x())

    def _point_at(self, place: int | None) -> None:
        if place != self._at:
            self._at = place
            self.update()

    def _notes(self, place: int) -> tuple[str, ...]:
        return self._plot.notes[place] if self._plot is not None and self._plot.notes else ()
