"""A number with its word and its shape: `4 · accepted`."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from gui.language import wording
from gui.look.icons import pixmap
from gui.look.theme import Theme


class Tile(QFrame):
    def __init__(self, icon: str, theme: Theme) -> None:
        super().__init__()
        self._icon = icon
        self._theme = theme
        self.setObjectName("well")
        self._mark = QLabel()
        self._number = QLabel("–")
        self._number.setObjectName("title")
        self._word = QLabel()
        self._word.setObjectName("small")
        lay = QHBoxLayout(self)
        lay.setContentsMargins(12, 10, 12, 10)
        lay.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._number)
        words.addWidget(self._word)
        lay.addWidget(self._mark)
        lay.addLayout(words, 1)
        self._count = 0
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def count(self) -> int:
        return self._count

    def show_count(self, count: int, word: str) -> None:
        self._count = count
        self._number.setText(wording.number(count))
        self._word.setText(word)
        self.setAccessibleName(f"{wording.number(count)} {word}")
        self._tint()

    def _tint(self) -> None:
        colours = self._theme.palette
        tint = {
            "accepted": colours.done_text,
            "warning": colours.waiting_text,
            "refused": colours.failed_text,
        }
        shade = tint[self._icon] if self._count else colours.second
        self._mark.setPixmap(pixmap(self._icon, shade, 24, self.devicePixelRatioF()))
