"""Rows of a shape, a name and words below one another: computers, and the lights of health."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.look.icons import pixmap
from gui.look.theme import Theme

_ICON = 20


@dataclass(frozen=True, slots=True)
class Row:
    """`icon` is a shape, `colour` its place in the palette, `state` its word. `words` and `more` may be long."""

    icon: str
    colour: str
    name: str
    state: str
    words: str = ""
    more: str = ""

    def __str__(self) -> str:
        return ". ".join(part.rstrip(".") for part in (f"{self.name}: {self.state}", self.words, self.more) if part)


class RowView(QWidget):
    """One of them. A screen reader finds it by its name; all of its words are labels."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row: Row | None = None
        self._mark = QLabel()
        self._mark.setFixedSize(_ICON, _ICON)
        self._name, self._state, self._words, self._more = (QLabel() for _ in range(4))
        self._name.setObjectName("strong")
        self._more.setObjectName("second")
        for label in (self._name, self._state, self._words, self._more):
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self._words, self._more):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        lay = QGridLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setHorizontalSpacing(12)
        lay.setVerticalSpacing(2)
        lay.addWidget(self._mark, 0, 0)
        lay.addWidget(self._name, 0, 1)
        lay.addWidget(self._state, 0, 2, Qt.AlignmentFlag.AlignRight)
        lay.addWidget(self._words, 1, 1, 1, 2)
        lay.addWidget(self._more, 2, 1, 1, 2)
        lay.setColumnStretch(1, 1)
        theme.changed.connect(self._tint)

    @property
    def row(self) -> Row | None:
        return self._row

    def show_row(self, row: Row) -> None:
        if row == self._row:
            return
        self._row = row
        self._name.setText(row.name)
        self._state.setText(row.state)
        self._words.setText(row.words)
        self._more.setText(row.more)
        self._words.setVisible(bool(row.words))
        self._more.setVisible(bool(row.more))
        self.setAccessibleName(str(row))
        self._tint()

    def _tint(self) -> None:
        if self._row is None:
            return
        colours = self._theme.palette
        shade: str = getattr(colours, self._row.colour)
        self._mark.setPixmap(pixmap(self._row.icon, shade, _ICON, self.devicePixelRatioF()))
        self._state.setStyleSheet(f"color: {shade};")


class Rows(QWidget):
    """Kept from one look to the next; only what changed is written anew."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._views: list[RowView] = []
        self._lay = QVBoxLayout(self)
        self._lay.setContentsMargins(0, 0, 0, 0)
        self._lay.setSpacing(14)

    def rows(self) -> list[Row]:
        return [view.row for view in self._views if view.row is not None]

    def show_rows(self, rows: Sequence[Row]) -> None:
        while len(self._views) > len(rows):
            gone = self._views.pop()
            self._lay.removeWidget(gone)
            gone.deleteLater()
        while len(self._views) < len(rows):
            self._views.append(RowView(self._theme))
            self._lay.addWidget(self._views[-1])
        for view, row in zip(self._views, rows, strict=True):
            view.show_row(row)
