"""A labelled list to choose one thing from, its words in the language of the moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

_Value = TypeVar("_Value")


class QuietBox(QComboBox):
    """As narrow as it must. The wheel scrolls the page it stands on; it does not change what was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Choice(QWidget, Generic[_Value]):
    """`changed` is told when a person chose something else, not when the list is filled."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._values: list[_Value] = []
        self._title = QLabel()
        self._title.setObjectName("small")
        self.box = QuietBox()
        self._title.setBuddy(self.box)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(4)
        lay.addWidget(self._title)
        lay.addWidget(self.box)
        self.box.activated.connect(lambda _: self.changed.emit())

    def say(self, title: str, tip: str = "") -> None:
        self._title.setText(title)
        self.box.setAccessibleName(title)
        self.box.setToolTip(tip)

    @property
    def value(self) -> _Value | None:
        place = self.box.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None

    def fill(self, choices: Sequence[tuple[_Value, str]], chosen: _Value | None = None) -> None:
        """Keeps what was chosen if it is still there."""
        wanted = self.value if chosen is None else chosen
        self._values = [value for value, _ in choices]
        self.box.clear()
        self.box.addItems([words for _, words in choices])
        if wanted in self._values:
            self.box.setCurrentIndex(self._values.index(wanted))
