"""What a setting is entered with: a line, a folder, a choice, a switch. Each speaks the language of the environment."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from core.desk.settings_desk import Entry
from core.settings.about import Kind
from core.settings.declaration import Declared
from gui.language.wording import sentence
from gui.settings import words
from gui.widgets.choice import QuietBox

_NUMBER_PX = 96


class Editor(QWidget):
    """`typed` while somebody writes, `done` when it is meant: both with the text as it would be in the environment."""

    typed = Signal(str)
    done = Signal(str)

    def __init__(self, setting: Declared) -> None:
        super().__init__()
        self.setting = setting
        self.lay = QHBoxLayout(self)
        self.lay.setContentsMargins(0, 0, 0, 0)
        self.lay.setSpacing(8)

    @property
    def field(self) -> QWidget:
        """What has the keyboard."""
        raise NotImplementedError

    @property
    def is_touched(self) -> bool:
        """Something is written in it that does not count yet."""
        return False

    @property
    def written(self) -> str | None:
        """What stands in it; None where one does not write but choose."""
        return None

    def let_go(self) -> None:
        """What was meant has been carried out, or refused."""

    def show_entry(self, entry: Entry) -> None:
        raise NotImplementedError

    def retranslate(self) -> None:
        """The words in it, in the language of the moment."""


class Line(QLineEdit):
    left = Signal()  # Escape: what was written is not meant

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.left.emit()
        else:
            super().keyPressEvent(event)


class LineEditor(Editor):
    """A text or a number; Enter or leaving it means it, Escape brings back what counts."""

    def __init__(self, setting: Declared) -> None:
        super().__init__(setting)
        self._kept = ""
        self._sent: str | None = None  # what is being carried out
        self.line = Line()
        self.line.setMaxLength(4096)
        self._unit = QLabel()
        self._unit.setObjectName("second")
        self.lay.addWidget(self.line, 0 if setting.is_number else 1)
        self.lay.addWidget(self._unit)
        if setting.is_number:
            self.line.setFixedWidth(_NUMBER_PX)
            self.lay.addStretch(1)
        self._unit.setVisible(setting.about.unit is not None)
        self.line.textEdited.connect(self.typed)
        self.line.editingFinished.connect(self._finished)
        self.line.left.connect(self._back)
        self.retranslate()

    @property
    def field(self) -> QWidget:
        return self.line

    @property
    def is_touched(self) -> bool:
        return self.line.text().strip() != self._kept

    @property
    def written(self) -> str:
        return self.line.text()

    def show_entry(self, entry: Entry) -> None:
        self._kept = entry.text
        self.line.setText(entry.text)
        self.line.setCursorPosition(0)
        self.line.setEnabled(not entry.locked)

    def retranslate(self) -> None:
        if self.setting.about.unit is not None:
            self._unit.setText(sentence(self.setting.about.unit))
        self.line.setPlaceholderText(words.choice(self.setting, ""))

    def _finished(self) -> None:
        if self.is_touched and self.line.text() != self._sent:  # Enter and leaving it are one
            self._sent = self.line.text()
            self.done.emit(self.line.text())

    def let_go(self) -> None:
        self._sent = None

    def _back(self) -> None:
        self.line.setText(self._kept)
        self.typed.emit(self._kept)


class FolderEditor(LineEditor):
    def __init__(self, setting: Declared) -> None:
        self._choose = QPushButton()
        super().__init__(setting)
        self._choose.setObjectName("quietSmall")
        self._choose.setAutoDefault(True)
        self._choose.clicked.connect(self._ask)
        self.lay.addWidget(self._choose)

    def show_entry(self, entry: Entry) -> None:
        super().show_entry(entry)
        self.line.setToolTip(entry.text)
        self._choose.setEnabled(not entry.locked)

    def retranslate(self) -> None:
        super().retranslate()
        self._choose.setText(self.tr("Choose…"))
        self._choose.setAccessibleName(self.tr("Choose: {setting}").format(setting=words.title(self.setting)))

    def _ask(self) -> None:
        dialog = QFileDialog(self, words.title(self.setting), self._nearest())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _nearest(self) -> str:
        folder = Path(self.line.text() or self.setting.default_text or Path.home())
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        return str(folder)

    def _chosen(self, folder: str) -> None:
        self.line.setText(folder)
        self.typed.emit(folder)
        self._finished()


class ChoiceEditor(Editor):
    def __init__(self, setting: Declared) -> None:
        super().__init__(setting)
        self.box = QuietBox()
        self.lay.addWidget(self.box, 1)
        self.box.addItems(list(setting.choices))
        self.box.activated.connect(lambda place: self.done.emit(self.setting.choices[place]))
        self.retranslate()

    @property
    def field(self) -> QWidget:
        return self.box

    def show_entry(self, entry: Entry) -> None:
        self.box.setCurrentIndex(self.setting.choices.index(entry.text))
        self.box.setEnabled(not entry.locked)

    def retranslate(self) -> None:
        for place, value in enumerate(self.setting.choices):
            self.box.setItemText(place, words.choice(self.setting, value))


class SwitchEditor(Editor):
    def __init__(self, setting: Declared) -> None:
        super().__init__(setting)
        self.box = QCheckBox()
        self.lay.addWidget(self.box)
        self.lay.addStretch(1)
        self.box.clicked.connect(lambda on: self.done.emit("true" if on else "false"))
        self.box.toggled.connect(lambda _: self.retranslate())
        self.retranslate()

    @property
    def field(self) -> QWidget:
        return self.box

    def show_entry(self, entry: Entry) -> None:
        self.box.setChecked(entry.text == "true")
        self.box.setEnabled(not entry.locked)

    def retranslate(self) -> None:
        self.box.setText(words.choice(self.setting, "true" if self.box.isChecked() else "false"))


def editor_for(setting: Declared) -> Editor:
    """By what was declared, not by name. Keys have an editor of their own."""
    if setting.is_switch:
        return SwitchEditor(setting)
    if setting.choices:
        return ChoiceEditor(setting)
    return FolderEditor(setting) if setting.about.kind is Kind.FOLDER else LineEditor(setting)
