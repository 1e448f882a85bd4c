"""The Log page: what the program did, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLabel

from core.jobs.model import Batch, JobRecord
from core.studio import Studio
from gui.bridge import Bridge
from gui.log.board import LogBoard
from gui.log.desk import LogDesk
from gui.look.theme import Theme
from gui.page import PageFrame

_LOW_PX = 560


class LogPage(PageFrame):
    """Only the title and what belongs to it are there before the page is first looked at."""

    board: LogBoard

    def __init__(self, studio: Studio, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._studio = studio
        self._bridge = bridge
        self._theme = theme
        self._batches: Sequence[Batch] = ()
        self._asked: JobRecord | None = None
        self._there = False
        self.folder, self.support = QAction(self), QAction(self)
        self.folder_button = self.add_action(self.folder)
        self.add_action(self.support)
        self._note = QLabel()
        self._note.setObjectName("second")
        self._note.setWordWrap(True)
        self.body.addWidget(self._note)
        bridge.batches_read.connect(self._keep_batches)
        theme.changed.connect(self._tint)
        self._tint()
        self._retranslate()

    def build(self) -> None:
        self.board = LogBoard(self._studio, self._bridge, self._theme)
        self.body.addWidget(self.board, 1)
        desk = LogDesk(self._studio, self._bridge, self.board)
        self.folder.triggered.connect(desk.open_folder)
        self.support.triggered.connect(self.board.panel.open)
        self.board.filters.show_batches(self._batches)
        self._there = True
        self._fit()
        if self._asked is not None:
            self.board.show_job(self._asked)

    def show_job(self, record: JobRecord) -> None:
        """Only what is said of this film; before the page was looked at, as soon as it is."""
        self._asked = record
        if self._there:
            self.board.show_job(record)

    def take_focus(self) -> None:
        (self.board.table if self._there else self).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _fit(self) -> None:
        low = self.height() < _LOW_PX
        self._note.setVisible(not low)
        if self._there:
            self.board.be_low(low)

    def _keep_batches(self, batches: Sequence[Batch]) -> None:
        self._batches = batches
        if self._there:
            self.board.filters.show_batches(batches)

    def _tint(self) -> None:
        self.folder.setIcon(self._theme.icon("folder"))
        self.support.setIcon(self._theme.icon("export"))

    def _retranslate(self) -> None:
        self.say_title(self.tr("Log"))
        self.folder.setText(self.tr("Open folder"))
        self.folder.setToolTip(self.tr("Open the folder of the log's files"))
        self.support.setText(self.tr("Support file…"))
        self.support.setToolTip(self.tr("Save a file to ask for help with, without anything about a child"))
        self._note.setText(
            self.tr(
                "What this computer did; other computers keep logs of their own. "
                "What is written holds no child's name, no text and no key."
            )
        )
