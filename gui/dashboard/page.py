"""The Dashboard page: how the work goes, what it costs, and whether all is well."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShowEvent

from core.errors import StoreAway
from core.metrics.history import Span
from core.studio import Studio
from gui.bridge import Bridge
from gui.look.theme import Theme
from gui.page import PageFrame

if TYPE_CHECKING:
    from core.metrics.overview import Overview
    from gui.dashboard.frame import DashboardFrame

REFRESH_MS = 5_000
HEALTH_MS = 300_000
_HEALTH_HOLDS_S = 60.0


class DashboardPage(PageFrame):
    """Asks the studio while it is seen: for the figures every few seconds, for health every few minutes."""

    content: DashboardFrame  # from `build` on

    def __init__(self, studio: Studio, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._studio = studio
        self._bridge = bridge
        self._theme = theme
        self._reading = self._looking = False
        self._looked_at = float("-inf")
        self._refresh = QTimer(self)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self.refresh)
        self._look_again = QTimer(self)
        self._look_again.setInterval(HEALTH_MS)
        self._look_again.timeout.connect(self.look)
        self._now = QAction(self)
        self._now.setShortcut(QKeySequence(QKeySequence.StandardKey.Refresh))
        self._now.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._now.triggered.connect(self.refresh)
        self._now.triggered.connect(self.look)
        self.addAction(self._now)
        self._retranslate()

    def build(self) -> None:
        from gui.dashboard.frame import DashboardFrame  # noqa: PLC0415 - the window is there first

        self.content = DashboardFrame(self._theme)
        self.addActions([*self.content.switch.actions_.values()])
        self.body.setContentsMargins(24, 20, 6, 24)  # the scroll bar lies in the margin
        self._head.addWidget(self.content.switch)
        self._head.addSpacing(18)
        self.content.switch.chosen.connect(lambda _: self.refresh())
        self.content.health.again.clicked.connect(self.look)
        self.body.addWidget(self.content, 1)

    def take_focus(self) -> None:
        if not self._built:
            return  # the window is not shown yet
        switch = self.content.switch
        (switch.button(switch.span) if switch.isVisible() else self.content.health.again).setFocus()

    def refresh(self) -> None:
        """Reads the figures, unless that is being done."""
        if not self._reading:
            self._reading = True
            self._bridge.spawn(self._read())

    def look(self) -> None:
        """Looks at everything that a film needs, unless that is being done. Takes a second or two."""
        if not self._looking:
            self._looking = True
            self._bridge.spawn(self._look())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh.start()
        self._look_again.start()
        self.refresh()
        if time.monotonic() - self._looked_at > _HEALTH_HOLDS_S:
            self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._refresh.stop()
        self._look_again.stop()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    async def _read(self) -> None:
        try:
            span = None
            while span is not self.content.switch.span:  # another one was chosen meanwhile
                span = self.content.switch.span
                first = self.content.seen is None
                self.content.show_overview(await self._asked(span))
                if first and self.content.health.again.hasFocus():
                    self.take_focus()
        except StoreAway:
            self.content.show_away()
        finally:
            self._reading = False

    async def _asked(self, span: Span) -> Overview:
        return await self._bridge.call(self._studio.running.overview, span)

    async def _look(self) -> None:
        self.content.health.show_looking(True)
        try:
            checks = await self._bridge.call(self._studio.health)
            self._looked_at = time.monotonic()
            self.content.show_checks(checks)
        finally:
            self._looking = False
            self.content.health.show_looking(False)

    def _retranslate(self) -> None:
        self.say_title(self.tr("Dashboard"))
        self._now.setText(self.tr("Look again"))
