"""A setting on the page: what it is called and means, where it comes from, and what it is entered with."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.desk.settings_desk import Entry
from core.settings.sources import Origin
from gui.look.icons import pixmap
from gui.look.theme import Theme
from gui.settings import words
from gui.settings.editors import Editor, editor_for
from gui.settings.key_editor import KeyEditor

_EDITOR_PX = 320
_NARROW_PX = 620


class SettingRow(QFrame):
    """`changed` with its name in the file and what was written."""

    typed = Signal(str, str)
    changed = Signal(str, str)
    reset_wanted = Signal(str)
    ask_wanted = Signal()

    def __init__(self, entry: Entry, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.entry = entry
        self.key = entry.setting.key
        self.editor: Editor = KeyEditor(entry.setting) if entry.setting.about.is_secret else editor_for(entry.setting)
        self._title, self._meaning, self._whence, self._wrong, self._lock = (QLabel() for _ in range(5))
        self.reset = QToolButton()
        self._lay_out()
        self._connect()
        theme.changed.connect(self._tint)
        self.show_entry(entry)
        self.retranslate()
        self._tint()

    @property
    def wrong(self) -> str:
        """What is said to be wrong with what is written, if anything."""
        return self._wrong.text()

    @property
    def told(self) -> str:
        """Its name in the environment and where its value comes from."""
        return self._whence.text()

    def fields(self) -> list[QWidget]:
        """What takes the keyboard, in order."""
        tab = Qt.FocusPolicy.TabFocus
        inner = [one for one in self.findChildren(QWidget) if not isinstance(one.parent(), QComboBox)]
        return [one for one in inner if one.focusPolicy() & tab and one.window() is self.window()]

    def show_entry(self, entry: Entry) -> None:
        """What is being written stays."""
        changed = entry != self.entry
        self.entry = entry
        if changed or not self.editor.is_touched:
            self.editor.show_entry(entry)
            self.complain("")
        self._say_whence()
        self.reset.setVisible(entry.origin is Origin.FILE and not entry.setting.about.is_secret)
        self._lock.setVisible(entry.locked)

    def complain(self, wrong: str) -> None:
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self._describe()

    def retranslate(self) -> None:
        self._title.setText(words.title(self.entry.setting))
        self._meaning.setText(words.meaning(self.entry.setting))
        self.reset.setToolTip(
            self.tr("Back to how it comes: {default}").format(default=words.default(self.entry.setting))
        )
        self.reset.setAccessibleName(self.tr("Reset: {setting}").format(setting=words.title(self.entry.setting)))
        self._lock.setToolTip(self.tr("It can be changed only where it is set."))
        self.editor.retranslate()
        self._say_whence()
        self._describe()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the words stand over the field."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW_PX
        self._both.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _lay_out(self) -> None:
        self._title.setObjectName("strong")
        self._meaning.setObjectName("second")
        self._whence.setObjectName("small")
        for label in (self._title, self._meaning, self._whence, self._wrong):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._whence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._wrong.hide()
        self.reset.setObjectName("bare")
        self.reset.setIconSize(QSize(16, 16))
        kept = self.reset.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # so that the fields of all rows stand below one another
        self.reset.setSizePolicy(kept)
        title = QHBoxLayout()
        title.setSpacing(6)
        title.addWidget(self._lock)
        title.addWidget(self._title, 1)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addLayout(title)
        left.addWidget(self._meaning)
        left.addWidget(self._whence)
        left.addStretch(1)
        entering = QHBoxLayout()
        entering.setSpacing(4)
        entering.addWidget(self.editor, 1)
        entering.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addLayout(entering)
        right.addWidget(self._wrong)
        right.addStretch(1)
        self.editor.setMinimumWidth(_EDITOR_PX - 40)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(16, 14, 12, 14)
        self._both.setSpacing(12)
        self._both.addLayout(left, 3)
        self._both.addLayout(right, 2)

    def _connect(self) -> None:
        self.editor.typed.connect(lambda text: self.typed.emit(self.key, text))
        self.editor.done.connect(lambda text: self.changed.emit(self.key, text))
        self.reset.clicked.connect(lambda: self.reset_wanted.emit(self.key))
        if isinstance(self.editor, KeyEditor):
            self.editor.remove_wanted.connect(lambda: self.changed.emit(self.key, ""))
            self.editor.ask_wanted.connect(self.ask_wanted)

    def _say_whence(self) -> None:
        told = f"{self.entry.setting.name} · {words.whence(self.entry)}"
        if self.entry.waits:
            told = f"{told}\n{self.tr('Changed. Start Trineo again for it to count.')}"
        elif self.entry.unreadable:
            told = f"{told}\n{self.tr('The keyring does not give this key out now.')}"
        self._whence.setText(told)

    def _describe(self) -> None:
        """For who hears the page read out."""
        field = self.editor.field
        if not isinstance(field, QPushButton):  # that has words of its own
            field.setAccessibleName(words.title(self.entry.setting))
        told = (words.meaning(self.entry.setting), self._whence.text(), self._wrong.text())
        field.setAccessibleDescription(" ".join(one for one in told if one))

    def _tint(self) -> None:
        colours = self._theme.palette
        self._wrong.setStyleSheet(f"color: {colours.failed_text}; font-size: 12px;")
        self.reset.setIcon(self._theme.icon("undo", colours.second))
        self._lock.setPixmap(pixmap("lock", colours.waiting_text, 16, self.devicePixelRatioF()))
