"""Somebody before the Settings page: goes to a setting as one does, types, clicks, and looks."""

from __future__ import annotations

import tomllib
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLineEdit, QWidget

from core.settings.about import Group
from core.studio import Studio
from gui.pages import Page
from gui.settings.editors import ChoiceEditor, LineEditor, SwitchEditor
from gui.settings.key_editor import KeyEditor
from gui.settings.page import SettingsPage
from gui.settings.row import SettingRow
from gui.settings.section import Section
from tests.gui.operator import Operator

Key = Qt.Key


class Sitter:
    def __init__(self, operator: Operator, studio: Studio) -> None:
        self.operator = operator
        self.studio = studio
        operator.click(operator.window.rail.button(Page.SETTINGS))

    @property
    def page(self) -> SettingsPage:
        return self.operator.window.about.settings

    @property
    def file(self) -> dict[str, Any]:
        return tomllib.loads(self.studio.folder.settings_file.read_text(encoding="utf-8"))

    def section(self, group: Group) -> Section:
        return next(one for one in self.page.sections if isinstance(one, Section) and one.group is group)

    def search(self, words: str) -> None:
        self.operator.click(self.page.search)
        self.page.search.selectAll()
        if words:
            QTest.keyClicks(self.page.search, words)
        else:
            self.operator.press(Key.Key_Delete)
        self.operator.press(Key.Key_Return)  # on to what was found

    def seen(self) -> list[str]:
        """The names of the settings that are shown."""
        rows = [row for section in self.page.sections for row in getattr(section, "rows", {}).values()]
        QApplication.processEvents()  # so that they are laid out
        shown = sorted((row for row in rows if row.isVisible()), key=lambda row: row.mapTo(self.page, QPoint()).y())
        return [row.entry.setting.name for row in shown]

    def find(self, key: str) -> SettingRow:
        """By searching for its name in the environment."""
        self.search(key.upper())
        row = self.page.row(key)
        assert row is not None
        assert row.isVisible()
        return row

    def line(self, row: SettingRow) -> QLineEdit:
        assert isinstance(row.editor, LineEditor | KeyEditor)
        return row.editor.line

    def write(self, key: str, text: str, *, leave: bool = True) -> SettingRow:
        """Types it in place of what is there, and presses Enter."""
        row = self.find(key)
        line = self.line(row)
        self.operator.click(line)
        line.selectAll()
        self.operator.press(Key.Key_Delete)
        QTest.keyClicks(line, text)
        if leave:
            self.operator.press(Key.Key_Return)
        return row

    def choose(self, key: str, down: int) -> SettingRow:
        """With the keys, so many further down the list."""
        row = self.find(key)
        assert isinstance(row.editor, ChoiceEditor)
        row.editor.box.setFocus()
        for _ in range(down):
            self.operator.press(Key.Key_Down)
        return row

    def switch(self, key: str) -> SettingRow:
        row = self.find(key)
        assert isinstance(row.editor, SwitchEditor)
        QTest.mouseClick(row.editor.box, Qt.MouseButton.LeftButton, pos=QPoint(8, row.editor.box.height() // 2))
        return row

    def answer_dialog(self, name: str) -> None:
        """Types a file's name into the dialog that has opened."""
        self.operator.until(lambda: self._dialog() is not None)
        dialog = self._dialog()
        assert dialog is not None
        line, buttons = dialog.findChild(QLineEdit), dialog.findChild(QDialogButtonBox)
        assert line is not None
        assert buttons is not None
        line.setText(name)  # typing opens a list of files, which the offscreen screen has no place for
        QTest.mouseClick(buttons.buttons()[0], Qt.MouseButton.LeftButton)

    @staticmethod
    def _dialog() -> QFileDialog | None:
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog) and one.isVisible()]
        return found[0] if found else None


def describes(widget: QWidget) -> str:
    """What a screen reader says of it."""
    return f"{widget.accessibleName()} {widget.accessibleDescription()}"
