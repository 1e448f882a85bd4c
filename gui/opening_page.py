"""What stands in every page's place until the studio is open, and says so if it can't be opened."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from gui.page import PageFrame
from gui.pages import Page
from gui.widgets.panel import words


class OpeningPage(PageFrame):
    close_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._page = Page.QUEUE
        self._trouble = ("", "")
        self._what, self._remedy = words("heading"), words("second")
        self._close = QPushButton()
        self._close.setObjectName("primary")
        self._close.setAutoDefault(True)
        self._close.clicked.connect(self.close_wanted)
        self._close.hide()
        lay = QVBoxLayout()
        lay.setSpacing(8)
        lay.addWidget(self._what)
        lay.addWidget(self._remedy)
        lay.addSpacing(8)
        lay.addWidget(self._close, 0, Qt.AlignmentFlag.AlignLeft)
        lay.addStretch(1)
        self.body.addLayout(lay, 1)
        self._retranslate()

    def stand_for(self, page: Page) -> None:
        self._page = page
        self._retranslate()

    def say_trouble(self, what: str, remedy: str) -> None:
        """The studio can't be opened: why, and what to do."""
        self._trouble = (what, remedy)
        self._close.show()
        self._retranslate()
        self.take_focus()

    def take_focus(self) -> None:
        (self._close if self._trouble[0] else self).setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.say_title(self._page.word)
        self._close.setText(self.tr("Close"))
        what, remedy = self._trouble
        self._what.setText(what or self.tr("Opening the queue…"))
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
