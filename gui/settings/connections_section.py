"""The services and the queue with their tests, as a group of the Settings page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.studio import Studio
from gui.bridge import Bridge
from gui.connections.panel import ConnectionsPanel
from gui.look.theme import Theme


class ConnectionsSection(QWidget):
    """Its panel is made when it is first looked at."""

    setting_wanted = Signal(str)  # by its name in the environment
    value_wanted = Signal(str, str)

    def __init__(self, studio: Studio, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._parts = studio, bridge, theme
        self.panel: ConnectionsPanel | None = None
        self._heading = QLabel()
        self._heading.setObjectName("heading")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(8)
        self._column.addWidget(self._heading)
        self.retranslate()

    @property
    def title(self) -> str:
        return self.tr("Connections")

    def search(self, wanted: str) -> bool:
        """What it shows are no settings: it is not found by words."""
        if wanted:
            return False
        if self.panel is None:
            self.panel = ConnectionsPanel(*self._parts)
            self.panel.setting_wanted.connect(self.setting_wanted)
            self.panel.value_wanted.connect(self.value_wanted)
            self._column.addWidget(self.panel)
        return True

    def refresh(self) -> None:
        if self.panel is not None:
            self.panel.refresh()

    def retranslate(self) -> None:
        self._heading.setText(self.title)
