"""A button that says and does what an action does."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget


class ActionButton(QPushButton):
    able_changed = Signal()

    def __init__(self, action: QAction, *, primary: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self._able = action.isEnabled()
        self.setObjectName("primary" if primary else "quiet")
        self.setIconSize(QSize(16, 16))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)  # Enter presses it
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        words = self._action.text().replace("&", "").removesuffix("…")
        self.setText(f" {words}")  # Qt leaves too little room behind an icon
        self.setAccessibleName(words)
        self.setIcon(self._action.icon())
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
        if self._able != self._action.isEnabled():
            self._able = self._action.isEnabled()
            self.able_changed.emit()

    @property
    def able(self) -> bool:
        """Whether its action can be done now; whether a sheet lies over the button makes no difference."""
        return self._able
