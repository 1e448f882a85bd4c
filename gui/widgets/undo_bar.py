"""A line at the foot of the window for some seconds: what was just done, and a button that takes it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from gui.look.theme import Theme

_SHOWN_MS = 10_000
_ABOVE = 24


class UndoBar(QFrame):
    """`offer` may be used by whatever page does something that can be taken back; Ctrl+Z is `take_back`.

    It stays while the pointer is on it, and goes when something else is offered.
    """

    changed = Signal(bool)  # whether there is something to take back

    def __init__(self, theme: Theme, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._theme = theme
        self._undo: Callable[[], None] | None = None
        self.setObjectName("toast")
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton()
        self._button.setObjectName("toastButton")
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._button.setAutoDefault(True)
        self._button.clicked.connect(self.take_back)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(16, 8, 8, 8)
        lay.setSpacing(16)
        lay.addWidget(self._words)
        lay.addWidget(self._button)
        self._life = QTimer(self)
        self._life.setSingleShot(True)
        self._life.setInterval(_SHOWN_MS)
        self._life.timeout.connect(self.forget)
        over.installEventFilter(self)
        theme.changed.connect(self._tint)
        self._tint()
        self._retranslate()
        self.hide()

    @property
    def button(self) -> QPushButton:
        return self._button

    def words(self) -> str:
        return self._words.text()

    def offer(self, words: str, undo: Callable[[], None]) -> None:
        """`words` say what was done; `undo` is called at most once."""
        self._undo = undo
        self._words.setText(words)
        self.setAccessibleName(words)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._life.start()
        self.changed.emit(True)

    def take_back(self) -> None:
        undo = self._undo
        self.forget()
        if undo is not None:
            undo()

    def forget(self) -> None:
        self._undo = None
        self._life.stop()
        self.hide()
        self.changed.emit(False)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._life.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if self._undo is not None:
            self._life.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _place(self) -> None:
        self.move((self._over.width() - self.width()) // 2, self._over.height() - self.height() - _ABOVE)

    def _tint(self) -> None:
        self._button.setIcon(self._theme.icon("undo", self._theme.palette.toast_accent))

    def _retranslate(self) -> None:
        self._button.setText(self.tr("Undo"))
        self._button.setToolTip(self.tr("Take it back (Ctrl+Z)"))
        self.adjustSize()
