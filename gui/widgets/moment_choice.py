"""A box to tick and a time behind it: `☐ Begin at …`."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from gui.widgets.moment_sheet import next_hour, time_field


class MomentChoice(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.field = time_field()
        self.field.setEnabled(False)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addWidget(self.box, 1)
        lay.addWidget(self.field)
        self.box.toggled.connect(self.field.setEnabled)

    def say(self, words: str, tip: str) -> None:
        self.field.setLocale(QLocale())
        self.box.setText(words)
        self.box.setToolTip(tip)
        self.field.setAccessibleName(words)
        self.field.setToolTip(tip)

    def forget(self) -> None:
        self.box.setChecked(False)
        self.field.setDateTime(next_hour())

    @property
    def moment_s(self) -> float:
        """Seconds since 1970; 0.0: not ticked."""
        return float(self.field.dateTime().toSecsSinceEpoch()) if self.box.isChecked() else 0.0
