"""What every page begins with: its title, and buttons at its right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.widgets.action_button import ActionButton


class PageFrame(QWidget):
    """The page's own content goes into `body`; what takes long to build, in `build`, when it is first looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._built = False
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = QLabel()
        self._title.setObjectName("title")
        self._head = QHBoxLayout()
        self._head.setSpacing(4)
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 20, 24, 24)
        self.body.setSpacing(16)
        self.body.addLayout(self._head)

    def build(self) -> None:
        """Called once, before the page is shown for the first time. The window is there by then."""

    def showEvent(self, event: QShowEvent) -> None:
        if not self._built:
            self._built = True
            self.build()
        super().showEvent(event)

    def say_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def add_action(self, action: QAction, *, primary: bool = False) -> ActionButton:
        button = ActionButton(action, primary=primary)
        self._head.addWidget(button)
        return button

    def take_focus(self) -> None:
        """The keyboard goes to what one is most likely to use here."""
        raise NotImplementedError
