"""A key's place on the Settings page: it goes in, it is replaced or removed, and it never comes out again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from core.desk.settings_desk import Entry
from core.settings.about import Kind
from core.settings.declaration import Declared
from gui.settings import words
from gui.settings.editors import Editor, Line

_DOTS = "••••••••••••"


class KeyEditor(Editor):
    """An empty field and a button; once there is a key, dots, and what can be done with it."""

    remove_wanted = Signal()
    ask_wanted = Signal()  # the keyring is to be asked once more

    def __init__(self, setting: Declared) -> None:
        super().__init__(setting)
        self._entry: Entry | None = None
        self._replacing = False
        self.line = Line()
        self.line.setMaxLength(4096)
        if setting.about.kind is Kind.KEY:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        hint = Qt.InputMethodHint
        self.line.setInputMethodHints(hint.ImhSensitiveData | hint.ImhNoPredictiveText | hint.ImhNoAutoUppercase)
        self.shown = QLabel(_DOTS)
        self.shown.setTextFormat(Qt.TextFormat.PlainText)
        self.shown.setWordWrap(True)
        self.save, self.back, self.replace, self.remove, self.ask = (QPushButton() for _ in range(5))
        rows = QVBoxLayout()
        rows.setSpacing(6)
        for row in ((self.line, self.shown), (self.save, self.back, self.replace, self.ask, self.remove)):
            inner = QHBoxLayout()
            inner.setSpacing(6)
            for widget in row:
                inner.addWidget(widget)
            if self.save in row:
                inner.addStretch(1)
            rows.addLayout(inner)
        self.lay.addLayout(rows, 1)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        for button in (self.save, self.back, self.replace, self.remove, self.ask):
            button.setObjectName("quietSmall")
            button.setAutoDefault(True)
        self.save.setObjectName("primarySmall")
        self.line.textEdited.connect(self._written)
        self.line.returnPressed.connect(self._save)
        self.line.left.connect(self._back)
        self.save.clicked.connect(self._save)
        self.back.clicked.connect(self._back)
        self.replace.clicked.connect(self._replace)
        self.remove.clicked.connect(self.remove_wanted)
        self.ask.clicked.connect(self.ask_wanted)

    @property
    def field(self) -> QWidget:
        return self.line if not self.line.isHidden() else self.replace

    @property
    def is_touched(self) -> bool:
        return bool(self.line.text())

    @property
    def written(self) -> str:
        return self.line.text()

    def show_entry(self, entry: Entry) -> None:
        self._entry = entry
        self._replacing = False
        self.line.setText("")
        self.let_go()
        self._lay_open()

    def retranslate(self) -> None:
        name = words.title(self.setting)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(
            self.setting.about.example if self.setting.about.example else self.tr("Paste the key here")
        )
        for button, word, tip in (
            (self.save, self.tr("Save"), self.tr("Save: {setting}")),
            (self.back, self.tr("Cancel"), self.tr("Keep as it is: {setting}")),
            (self.replace, self.tr("Replace…"), self.tr("Replace: {setting}")),
            (self.remove, self.tr("Remove"), self.tr("Remove: {setting}")),
            (self.ask, self.tr("Ask the keyring again"), self.tr("Ask the keyring again: {setting}")),
        ):
            button.setText(word)
            button.setAccessibleName(tip.format(setting=name))
        if self._entry is not None:
            self._lay_open()

    def _lay_open(self) -> None:
        entry = self._entry
        assert entry is not None
        focus = QApplication.focusWidget()
        was_here = focus is not None and self.isAncestorOf(focus)
        there = entry.is_set or entry.unreadable
        writing = (not there or self._replacing) and not entry.locked
        self.line.setVisible(writing)
        self.save.setVisible(writing)
        self.save.setEnabled(self.is_touched)
        self.back.setVisible(writing and there)
        self.shown.setVisible(not writing)
        self.shown.setText(entry.shown or (_DOTS if there else words.choice(self.setting, "")))
        free = not writing and not entry.locked and there
        self.replace.setVisible(free)
        self.remove.setVisible(free)
        self.ask.setVisible(free and entry.unreadable)
        if was_here and focus is not None and focus.isHidden():  # the keyboard stays with this key
            self.field.setFocus()

    def _written(self, text: str) -> None:
        self.save.setEnabled(bool(text.strip()))
        self.typed.emit(text)

    def _save(self) -> None:
        if self.line.text().strip() and not self.line.isReadOnly():
            self.line.setReadOnly(True)
            self.save.setEnabled(False)
            self.save.setText(self.tr("Saving…"))  # somebody may be asked to unlock the keyring
            self.done.emit(self.line.text())

    def let_go(self) -> None:
        self.line.setReadOnly(False)
        self.save.setEnabled(self.is_touched)
        self.save.setText(self.tr("Save"))

    def _replace(self) -> None:
        self._replacing = True
        self._lay_open()
        self.line.setFocus()

    def _back(self) -> None:
        self._replacing = False
        self.line.setText("")
        self.typed.emit("")
        self._lay_open()
