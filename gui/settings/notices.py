"""What people should know of where their settings come from: a misspelt name, a keyring that is locked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from core.settings.sources import Notice
from gui.language.wording import sentence
from gui.look.icons import pixmap
from gui.look.theme import Theme


class SettingsNotices(QFrame):
    """Hidden while there is nothing to say."""

    ask_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Sequence[Notice] = ()
        self.setObjectName("card")
        self._mark = QLabel()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.ask = QPushButton()
        self.ask.setObjectName("quietSmall")
        self.ask.setAutoDefault(True)
        self.ask.clicked.connect(self.ask_wanted)
        right = QVBoxLayout()
        right.addWidget(self._words)
        right.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignLeft)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(16, 12, 16, 12)
        lay.setSpacing(12)
        lay.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        lay.addLayout(right, 1)
        theme.changed.connect(self._tint)
        self._tint()
        self._retranslate()
        self.hide()

    @property
    def told(self) -> str:
        return self._words.text()

    def show_notices(self, notices: Sequence[Notice], *, can_ask: bool) -> None:
        """`can_ask`: the keyring does not give out a key, and may be asked again."""
        self._shown = notices
        self.ask.setVisible(can_ask)
        self._say()
        self.setVisible(bool(notices))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _say(self) -> None:
        told = "\n".join(f"{sentence(one.what)} {sentence(one.remedy)}" for one in self._shown)
        self._words.setText(told)
        self.setAccessibleName(told)

    def _retranslate(self) -> None:
        self.ask.setText(self.tr("Ask the keyring again"))
        self._say()

    def _tint(self) -> None:
        self._mark.setPixmap(pixmap("warning", self._theme.palette.waiting_text, 20, self.devicePixelRatioF()))
