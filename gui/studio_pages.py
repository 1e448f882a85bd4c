"""The pages about the studio itself rather than about its films."""

from __future__ import annotations

from core.studio import Studio
from gui.bridge import Bridge
from gui.dashboard.page import DashboardPage
from gui.log.page import LogPage
from gui.look.theme import Theme
from gui.page import PageFrame
from gui.pages import Page
from gui.settings.page import SettingsPage


class StudioPages:
    """Each is built when it is first looked at, so that the window is there at once."""

    def __init__(self, studio: Studio, bridge: Bridge, theme: Theme) -> None:
        self.dashboard = DashboardPage(studio, bridge, theme)
        self.log = LogPage(studio, bridge, theme)
        self.settings = SettingsPage(studio, bridge, theme)

    def by_name(self) -> dict[Page, PageFrame]:
        return {Page.DASHBOARD: self.dashboard, Page.LOG: self.log, Page.SETTINGS: self.settings}
