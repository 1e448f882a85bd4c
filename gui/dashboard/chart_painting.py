"""The strokes of a chart: its scale, bars, areas, and the box that tells of one part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from gui.dashboard.plot import Plot, Series, Shape, Tint, rounded_steps, sparse
from gui.dashboard.tints import tint
from gui.look.palette import Palette
from gui.look.theme import SMALL_PX, font

_TOP = 10.0
_BELOW = 28.0
_EDGE = 4.0  # for the ring of the focus
_BESIDE = 8.0
_TICK_PX = 58.0
_PAD = 10.0
_LINE = 18.0
_SWATCH = 9.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the chart itself is, and how values and parts lie in it. `steps`: the values at its side."""

    plot: QRectF
    steps: tuple[float, ...]
    parts: int

    @classmethod
    def around(cls, whole: QRectF, plot: Plot) -> Frame:
        steps = tuple(rounded_steps(plot.most, whole=plot.whole))
        metrics = QFontMetricsF(font(SMALL_PX))
        side = max(metrics.horizontalAdvance(plot.scale(step)) for step in steps) + _BESIDE + _EDGE
        return cls(whole.adjusted(side, _TOP, -_EDGE - 2, -_BELOW), steps, len(plot.labels))

    @property
    def part_px(self) -> float:
        return self.plot.width() / max(1, self.parts)

    def x(self, place: float) -> float:
        return self.plot.left() + place * self.part_px

    def y(self, value: float) -> float:
        return self.plot.bottom() - self.plot.height() * value / self.steps[-1]

    def place_at(self, x: float) -> int | None:
        """The part below a point; None beside the chart."""
        place = int((x - self.plot.left()) // self.part_px) if self.part_px else -1
        return place if 0 <= place < self.parts else None


def draw_scale(painter: QPainter, frame: Frame, plot: Plot, colours: Palette) -> None:
    painter.setFont(font(SMALL_PX))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for number, step in enumerate(frame.steps):
        y = round(frame.y(step)) + 0.5
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(QPointF(frame.plot.left(), y), QPointF(frame.plot.right(), y))
        painter.setPen(QColor(colours.second))
        side = QRectF(_EDGE, y - 9, frame.plot.left() - _BESIDE - _EDGE, 18)
        painter.drawText(side, right, plot.scale(step) if number or plot.most else "0")
    metrics = QFontMetricsF(font(SMALL_PX))
    for place, word in sparse(plot.ticks, frame.plot.width(), _TICK_PX):
        width = metrics.horizontalAdvance(word)
        middle = frame.x(place) if plot.shape is Shape.AREA else frame.x(place + 0.5)
        left = min(max(frame.plot.left() - 8, middle - width / 2), frame.plot.right() - width)
        painter.drawText(QPointF(left, frame.plot.bottom() + 17), word)


def draw_series(painter: QPainter, frame: Frame, plot: Plot, colours: Palette, at: int | None) -> None:
    if at is not None:
        painter.fillRect(
            QRectF(frame.x(at), frame.plot.top(), frame.part_px, frame.plot.height()), QColor(colours.chosen)
        )
    if plot.shape is Shape.AREA:
        for one in plot.series:
            _draw_area(painter, frame, one, colours)
    else:
        _draw_bars(painter, frame, plot, colours)


def _draw_bars(painter: QPainter, frame: Frame, plot: Plot, colours: Palette) -> None:
    gap = min(6.0, frame.part_px * 0.28)
    width = min(frame.part_px - gap, 48.0)
    painter.setPen(Qt.PenStyle.NoPen)
    for place in range(frame.parts):
        left = frame.x(place) + (frame.part_px - width) / 2
        below = 0.0
        for one in plot.series:
            value = one.values[place] or 0.0
            if value > 0:
                top, bottom = frame.y(below + value), frame.y(below)
                bar = QRectF(left, min(top, bottom - 2.0), width, max(2.0, bottom - top))
                _draw_bar(painter, bar, one.tint, colours)
                below += value


def _draw_bar(painter: QPainter, bar: QRectF, which: Tint, colours: Palette) -> None:
    radius = min(2.5, bar.width() / 3)
    painter.setBrush(QColor(tint(colours, which)))
    painter.drawRoundedRect(bar, radius, radius)
    if which is Tint.WRONG:
        painter.setBrush(QBrush(QColor(colours.panel), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(bar, radius, radius)


def _draw_area(painter: QPainter, frame: Frame, one: Series, colours: Palette) -> None:
    colour = QColor(tint(colours, one.tint))
    for first, values in _runs(one.values):
        line = QPainterPath(QPointF(frame.x(first), frame.y(values[0])))
        for number, value in enumerate(values):
            line.lineTo(frame.x(first + number), frame.y(value))
            line.lineTo(frame.x(first + number + 1), frame.y(value))
        filled = QPainterPath(line)
        filled.lineTo(frame.x(first + len(values)), frame.plot.bottom())
        filled.lineTo(frame.x(first), frame.plot.bottom())
        wash = QColor(colour)
        wash.setAlphaF(0.22)
        painter.fillPath(filled, wash)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(line)


def _runs(values: tuple[float | None, ...]) -> Iterator[tuple[int, list[float]]]:
    """Values without a gap between them, and where they begin."""
    run: list[float] = []
    for place, value in enumerate((*values, None)):
        if value is not None:
            run.append(value)
        elif run:
            yield place - len(run), run
            run = []


def draw_told(painter: QPainter, frame: Frame, plot: Plot, colours: Palette, told: tuple[int, tuple[str, ...]]) -> None:
    """The box beside the part `told` is about, with its further lines."""
    place, notes = told
    title, rows = font(SMALL_PX, QFont.Weight.DemiBold), plot.told_at(place)
    strong, plain = QFontMetricsF(title), QFontMetricsF(font(SMALL_PX))
    widths = [strong.horizontalAdvance(plot.labels[place]), *(plain.horizontalAdvance(note) for note in notes)]
    widths += [_SWATCH + 8 + plain.horizontalAdvance(f"{one.word}  {value}") for one, value in rows]
    width, height = max(widths) + 2 * _PAD, _LINE * (1 + len(rows) + len(notes)) + 1.4 * _PAD
    left = frame.x(place + 1) + 8
    if left + width > frame.plot.right():
        left = frame.x(place) - 8 - width
    left = max(0.0, min(left, frame.plot.right() - width))
    box = QRectF(left, frame.plot.top() + 2, width, height)
    painter.setPen(QPen(QColor(colours.second), 1))
    painter.setBrush(QColor(colours.panel))
    painter.drawRoundedRect(box, 6, 6)
    lines = QRectF(box.left() + _PAD, box.top() + 0.7 * _PAD, width, _LINE)
    _write(painter, lines, plot.labels[place], title, colours.text)
    for one, value in rows:
        lines.translate(0, _LINE)
        swatch = QRectF(lines.left(), lines.center().y() - _SWATCH / 2, _SWATCH, _SWATCH)
        draw_swatch(painter, swatch, one.tint, colours)
        _write(painter, lines.adjusted(_SWATCH + 8, 0, 0, 0), f"{one.word}  {value}", font(SMALL_PX), colours.text)
    for note in notes:
        lines.translate(0, _LINE)
        _write(painter, lines, note, font(SMALL_PX), colours.second)


def draw_swatch(painter: QPainter, where: QRectF, which: Tint, colours: Palette) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    _draw_bar(painter, where, which, colours)


def draw_focus(painter: QPainter, whole: QRectF, colours: Palette) -> None:
    painter.setPen(QPen(QColor(colours.accent), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


def _write(painter: QPainter, where: QRectF, text: str, typeface: QFont, colour: str) -> None:
    painter.setFont(typeface)
    painter.setPen(QColor(colour))
    painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
