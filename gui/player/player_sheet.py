"""A finished film watched over the page one is on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from core.jobs.model import JobRecord
from gui.language import wording
from gui.look.theme import Theme
from gui.player.player import Player
from gui.player.posters import Posters
from gui.widgets.sheet import Sheet


class PlayerSheet(Sheet):
    """Space plays and pauses, the arrows seek, Escape closes."""

    open_wanted = Signal(object)  # JobRecord
    folder_wanted = Signal(object)  # JobRecord

    def __init__(self, theme: Theme, posters: Posters, centre: QWidget, over: QWidget) -> None:
        super().__init__(theme, centre, over)
        self._record: JobRecord | None = None
        self._name = QLabel()
        self._name.setObjectName("title")
        self._about = QLabel()
        self._about.setObjectName("second")
        for label in (self._name, self._about):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.player = Player(theme, posters)
        self.player.open_wanted.connect(self.open_wanted)
        self.player.folder_wanted.connect(self.folder_wanted)
        self.close_button = QPushButton()
        self.close_button.setAutoDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        for widget in (self._name, self._about):
            self.body.addWidget(widget)
        self.body.addSpacing(8)
        self.body.addWidget(self.player, 1)
        self.body.addLayout(foot)
        self.close_button.clicked.connect(self.dismissed)
        self.dismissed.connect(self._close)
        self._retranslate()

    def show_record(self, record: JobRecord) -> None:
        self._record = record
        self._say()
        self.player.show_film(record)
        self.slide_in(self.player.play_button)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Space:
            self.player.play_or_pause()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.player.step(key is Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def _close(self) -> None:
        self.player.release()
        self.slide_out()

    def _say(self) -> None:
        if self._record is not None:
            self._name.setText(self._record.job.name)
            self._about.setText(f"{wording.origin(self._record)} · {wording.standing(self._record)}")

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Watch the film"))
        self.close_button.setText(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Esc"))
        self._say()
