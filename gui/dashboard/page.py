"""The Dashboard page: how the work goes, what it costs, and whether all is well."""

from __future__ import annotations

from PySide6.QtCore import QEvent

from core.studio import Studio
from gui.bridge import Bridge
from gui.look.theme import Theme
from gui.page import PageFrame


class DashboardPage(PageFrame):
    def __init__(self, studio: Studio, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._studio = studio
        self._bridge = bridge
        self._theme = theme
        self._retranslate()

    def take_focus(self) -> None:
        self.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.say_title(self.tr("Dashboard"))
