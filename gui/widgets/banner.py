"""A message inside the window, above the page: what happened and what to do about it."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout

from gui.look.icons import draw_icon
from gui.look.theme import Theme


class Tone(Enum):
    """Names the icon; the colour goes with it."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Banner(QFrame):
    """Hidden until it has something to say. One that is `kept` goes only when `withdraw` says so.

    `side` and `above` keep room around it, in pixels, while it is shown.
    """

    def __init__(self, theme: Theme, *, side: int = 0, above: int = 0) -> None:
        super().__init__()
        self._theme = theme
        self._side, self._above = side, above
        self._tone = Tone.INFO
        self._topic = ""
        self._what = QLabel()
        self._what.setObjectName("heading")
        self._remedy = QLabel()
        for label in (self._what, self._remedy):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton()
        self._close.setObjectName("bare")
        self._close.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._what)
        words.addWidget(self._remedy)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(52 + side, 12 + above, 12 + side, 12)
        lay.addLayout(words, 1)
        lay.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        theme.changed.connect(self._tint)
        self._tint()
        self._retranslate()
        self.hide()

    def say(self, tone: Tone, what: str, remedy: str = "", *, topic: str = "", kept: bool = False) -> None:
        self._tone, self._topic = tone, topic
        self._what.setText(what)
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
        self._close.setVisible(not kept)
        self.setAccessibleName(f"{what} {remedy}".strip())
        self.show()
        self.update()

    def withdraw(self, topic: str) -> None:
        """Takes a message of that topic back, and no other."""
        if topic == self._topic:
            self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.palette
        colour = {
            Tone.INFO: colours.info_text,
            Tone.WARNING: colours.waiting_text,
            Tone.ERROR: colours.failed_text,
        }
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(self._side + 0.5, self._above + 0.5, -self._side - 0.5, -0.5)
        painter.setPen(QColor(colour[self._tone]))
        painter.setBrush(QColor(colours.panel))
        painter.drawRoundedRect(whole, 8, 8)
        draw_icon(painter, self._tone.value, QRectF(self._side + 18, self._above + 12, 20, 20), colour[self._tone])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _tint(self) -> None:
        self._close.setIcon(self._theme.icon("close", self._theme.palette.second))

    def _retranslate(self) -> None:
        self._close.setToolTip(self.tr("Close this message"))
        self._close.setAccessibleName(self.tr("Close this message"))
