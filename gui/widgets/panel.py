"""What sheets and panels are built from: words, a well around what belongs together, a rule, a row of buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget


def words(name: str = "") -> QLabel:
    """A text that wraps, can be selected, and means just what it says; `name` is its kind in the style sheet."""
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def well(*inside: QWidget, edge: bool = False) -> QFrame:
    """A frame in the ground's colour. With `edge` what is inside reaches to its border."""
    frame = QFrame()
    frame.setObjectName("well")
    lay = QVBoxLayout(frame)
    lay.setContentsMargins(*((1, 1, 1, 1) if edge else (16, 12, 16, 14)))
    lay.setSpacing(4)
    for widget in inside:
        lay.addWidget(widget)
    return frame


def rule() -> QFrame:
    line = QFrame()
    line.setObjectName("rule")
    return line


def scrolled(content: QWidget) -> QScrollArea:
    """Up and down only, without a frame of its own."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area


def foot(left: Sequence[QWidget], right: Sequence[QWidget]) -> QHBoxLayout:
    """The buttons under a sheet: some at its left, those that go on at its right."""
    lay = QHBoxLayout()
    lay.setSpacing(8)
    for button in left:
        lay.addWidget(button)
    lay.addStretch(1)
    for button in right:
        lay.addWidget(button)
    return lay
