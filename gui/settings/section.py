"""A group of settings under its heading. What hardly anybody needs is there at a click."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from core.desk.settings_desk import Entry
from core.settings.about import Group
from gui.language.wording import sentence
from gui.look.theme import Theme
from gui.settings import words
from gui.settings.row import SettingRow


class Section(QWidget):
    """Its rows are made when it is first shown. `row_made` tells of each, for who carries out what it asks for."""

    row_made = Signal(object)  # SettingRow

    def __init__(self, group: Group, entries: Sequence[Entry], theme: Theme) -> None:
        super().__init__()
        self.group = group
        self._theme = theme
        self._entries = {entry.setting.key: entry for entry in entries}
        self._wanted = ""
        self.rows: dict[str, SettingRow] = {}
        self._heading = QLabel()
        self._heading.setObjectName("heading")
        self._card = QFrame()
        self._card.setObjectName("card")
        self._in_card = QVBoxLayout(self._card)
        self._in_card.setContentsMargins(0, 0, 0, 0)
        self._in_card.setSpacing(0)
        self._rules: dict[str, QFrame] = {}
        self.more = QPushButton()
        self.more.setObjectName("quietSmall")
        self.more.setCheckable(True)
        self.more.setAutoDefault(True)
        self.more.toggled.connect(lambda _: self._choose())
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 8)
        lay.setSpacing(8)
        lay.addWidget(self._heading)
        lay.addWidget(self._card)
        lay.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.retranslate()

    @property
    def title(self) -> str:
        return sentence(self.group.value)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.setting.key in self._entries:
                self._entries[entry.setting.key] = entry
                if entry.setting.key in self.rows:
                    self.rows[entry.setting.key].show_entry(entry)

    def search(self, wanted: str) -> bool:
        """Shows what matches (folded words; empty: everything); whether anything does."""
        self._wanted = wanted
        found = any(words.matches(entry, self.title, wanted) for entry in self._entries.values())
        if found:
            self._choose()
        return found

    def uncover(self, key: str) -> SettingRow:
        """The row of a setting, also of one that only experts need."""
        if self._is_for_experts(self._entries[key]):
            self.more.setChecked(True)
        return self._row(key)

    def retranslate(self) -> None:
        self._heading.setText(self.title)
        for row in self.rows.values():
            row.retranslate()
        self._say_more()

    def _row(self, key: str) -> SettingRow:
        """Made when it is first to be seen, and put at its place."""
        if key in self.rows:
            return self.rows[key]
        row, rule = SettingRow(self._entries[key], self._theme), QFrame()
        rule.setObjectName("rule")
        before = list(self._entries)[: list(self._entries).index(key)]
        place = 2 * sum(one in self.rows for one in before)
        self.rows[key], self._rules[key] = row, rule
        self._in_card.insertWidget(place, rule)
        self._in_card.insertWidget(place + 1, row)
        self.row_made.emit(row)
        if place < 2 * (len(self.rows) - 1):
            self._order_tabs()
        return row

    def _order_tabs(self) -> None:
        """The keyboard goes from row to row as the eye does, whichever was made first."""
        rows = [self.rows[key] for key in self._entries if key in self.rows]
        chain = [field for row in rows for field in row.fields()] + [self.more]
        for one, other in pairwise(chain):
            QWidget.setTabOrder(one, other)

    def _choose(self) -> None:
        """The rows that are to be seen, with a line between two of them."""
        first = True
        for key, entry in self._entries.items():
            shown = not self._is_hidden(entry)
            if shown:
                self._row(key)
            if key in self.rows:
                self.rows[key].setVisible(shown)
                self._rules[key].setVisible(shown and not first)
            first = first and not shown
        self.more.setVisible(not self._wanted and self._experts > 0)
        self._say_more()

    def _is_hidden(self, entry: Entry) -> bool:
        if self._wanted:
            return not words.matches(entry, self.title, self._wanted)
        return self._is_for_experts(entry) and not self.more.isChecked()

    def _is_for_experts(self, entry: Entry) -> bool:
        return entry.setting.about.expert and not entry.is_set

    @property
    def _experts(self) -> int:
        return sum(map(self._is_for_experts, self._entries.values()))

    def _say_more(self) -> None:
        if self.more.isChecked():
            self.more.setText(self.tr("Show fewer"))
        else:
            self.more.setText(self.tr("Show %Ln more for experts", "", self._experts))
        self.more.setAccessibleName(f"{self.title}: {self.more.text()}")
