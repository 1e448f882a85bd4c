"""The Settings page, made from the declaration of each setting: groups, search, where each value comes from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.settings.about import Group
from core.settings.declaration import declared
from core.studio import Studio
from gui.actions import Actions
from gui.bridge import Bridge
from gui.language.wording import sentence
from gui.look.theme import Theme
from gui.page import PageFrame
from gui.queue.filter_bar import SearchField
from gui.settings import words
from gui.settings.connections_section import ConnectionsSection
from gui.settings.desk import SettingsWork
from gui.settings.notices import SettingsNotices
from gui.settings.row import SettingRow
from gui.settings.section import Section
from gui.settings.window_section import WindowSection
from gui.widgets.banner import Banner, Tone
from gui.widgets.undo_bar import UndoBar

_GROUPS_PX = 188
_TYPING_MS = 150
_ENV = "trineo.env"


class SettingsPage(PageFrame):
    def __init__(self, studio: Studio, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._studio = studio
        self._bridge = bridge
        self._theme = theme
        self._joined: tuple[UndoBar, Banner, Actions] | None = None
        self._take, self._reset = QAction(self), QAction(self)
        self._hand, self._hand_keys = QAction(self), QAction(self)
        self.sections: list[Section | WindowSection | ConnectionsSection] = []
        self._retranslate()

    def join(self, undo: UndoBar, banner: Banner, actions: Actions) -> None:
        """Where it says what was done, and the choices it shares with the menus. To be called before it is shown."""
        self._joined = undo, banner, actions

    def build(self) -> None:
        assert self._joined is not None
        undo, banner, actions = self._joined
        self.desk = self._studio.settings_desk
        self.work = SettingsWork(self.desk, self._bridge, undo, banner, self)
        self.search = SearchField(self._theme)
        self.search.setMaximumWidth(280)
        self._head.addWidget(self.search)
        self.take_button = self.add_action(self._take)
        self.hand_button = QPushButton()
        self.hand_button.setObjectName("quiet")
        self.hand_button.setIconSize(QSize(16, 16))
        menu = QMenu(self.hand_button)
        menu.addActions([self._hand, self._hand_keys])
        self.hand_button.setMenu(menu)
        self._head.addWidget(self.hand_button)
        self.reset_button = self.add_action(self._reset)
        self.notices = SettingsNotices(self._theme)
        self.body.addWidget(self.notices)
        entries = self.desk.entries()
        groups = [
            Section(group, [one for one in entries if one.setting.about.group is group], self._theme) for group in Group
        ]
        self.connections = ConnectionsSection(self._studio, self._bridge, self._theme)
        self.sections = [WindowSection(actions), self.connections, *groups]
        self._lay_out()
        self._connect()
        self._retranslate()
        self._tint()
        self._show_entries()
        self.groups.setCurrentRow(0)

    def _lay_out(self) -> None:
        self.groups = QListWidget()
        self.groups.setObjectName("groups")
        self.groups.setFixedWidth(_GROUPS_PX)
        self.groups.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.groups.addItems([""] * len(self.sections))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        for section in self.sections:
            section.hide()
            column.addWidget(section)
        self._nothing = QLabel()
        self._nothing.setObjectName("second")
        self._nothing.hide()
        column.addWidget(self._nothing)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        both = QHBoxLayout()
        both.setSpacing(20)
        both.addWidget(self.groups)
        both.addWidget(self._scroll, 1)
        self.body.addLayout(both, 1)

    def _connect(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_MS)
        self._pause.timeout.connect(self._choose)
        self.search.textChanged.connect(lambda _: self._pause.start())
        self.search.left.connect(self._left_search)
        self.groups.currentRowChanged.connect(lambda _: self._chosen())
        self._take.triggered.connect(self._ask_what_to_take)
        self._hand.triggered.connect(lambda: self._ask_where_to(with_keys=False))
        self._hand_keys.triggered.connect(lambda: self._ask_where_to(with_keys=True))
        self._reset.triggered.connect(lambda _: self.work.reset())
        self.work.changed.connect(self._show_entries)
        self.work.done.connect(self._done)
        self.work.refused.connect(self._refused)
        self.notices.ask_wanted.connect(self.work.ask_keyring)
        self._theme.changed.connect(self._tint)
        self.connections.setting_wanted.connect(self.show_setting)
        self.connections.value_wanted.connect(lambda name, value: self.work.change(name.lower(), value))
        for section in self.sections:
            if isinstance(section, Section):
                section.row_made.connect(self._row_made)

    def take_focus(self) -> None:
        (self.groups if self.sections else self).setFocus()

    def row(self, key: str) -> SettingRow | None:
        """The row of a setting, if it was made already."""
        return next((one.rows[key] for one in self.sections if isinstance(one, Section) and key in one.rows), None)

    def show_group(self, group: Group) -> None:
        place = next(place for place, one in enumerate(self.sections) if getattr(one, "group", None) is group)
        self.search.clear()
        self.groups.setCurrentRow(place)

    def show_connections(self) -> None:
        self.search.clear()
        self.groups.setCurrentRow(self.sections.index(self.connections))

    def show_setting(self, name: str) -> None:
        """Goes to the one with this name in the environment."""
        setting = declared()[name.lower()]
        self.show_group(setting.about.group)
        section = next(one for one in self.sections if isinstance(one, Section) and one.group is setting.about.group)
        row = section.uncover(setting.key)
        self._scroll.ensureWidgetVisible(row)
        row.editor.field.setFocus()

    # What is to be seen

    def _row_made(self, row: SettingRow) -> None:
        row.typed.connect(self._typed)
        row.changed.connect(self._written)
        row.reset_wanted.connect(self.work.reset)
        row.ask_wanted.connect(self.work.ask_keyring)

    def _choose(self) -> None:
        """One group, or of all groups what is searched for."""
        wanted = words.folded(self.search.text().strip())
        any_found = False
        for place, section in enumerate(self.sections):
            if wanted:
                found = section.search(wanted)
            elif found := place == self.groups.currentRow():
                section.search("")
            section.setVisible(found)
            any_found |= found
        if (chosen := self.groups.currentItem()) is not None:
            chosen.setSelected(not wanted)
        self._nothing.setVisible(not any_found)
        self._scroll.verticalScrollBar().setValue(0)

    def _chosen(self) -> None:
        if self.search.text():
            self.search.clear()
        self._choose()

    def _left_search(self) -> None:
        self._pause.stop()
        self._choose()
        self.groups.setFocus()

    def _show_entries(self) -> None:
        entries = self.desk.entries()
        self.connections.refresh()
        for section in self.sections:
            if isinstance(section, Section):
                section.show_entries(entries)
        self.notices.show_notices(self.desk.notices, can_ask=any(one.unreadable for one in entries))

    # What is asked for

    def _typed(self, key: str, text: str) -> None:
        row = self.row(key)
        if row is not None:
            wrong = self.desk.complaint(key, text) if row.editor.is_touched else None
            row.complain(sentence(wrong) if wrong else "")

    def _written(self, key: str, text: str) -> None:
        """What can't be used stays in its field, with what is wrong with it, and goes no further."""
        row = self.row(key)
        wrong = self.desk.complaint(key, text) if text or not (row and row.entry.setting.about.is_secret) else None
        if row is not None and wrong:
            row.editor.let_go()
            row.complain(sentence(wrong))
        else:
            self.work.change(key, text)

    def _done(self, key: str, text: str) -> None:
        """It counts: its field shows it as it was understood, and of a key nothing any more."""
        row = self.row(key)
        if row is not None:
            row.editor.let_go()
        if row is not None and row.editor.written in (
            None,
            text,
        ):  # else it was shown already, or goes on being written
            row.show_entry(self.desk.entry(key))
            row.editor.show_entry(row.entry)
            row.complain("")

    def _refused(self, key: str, why: str) -> None:
        row = self.row(key)
        if row is not None:
            row.editor.let_go()
            if not row.editor.is_touched:
                row.editor.show_entry(row.entry)
            row.complain(why)
        if self._joined is not None and (row is None or not row.isVisible()):  # another part of the page asked for it
            self._joined[1].say(Tone.WARNING, why)

    def _ask_what_to_take(self) -> None:
        dialog = self._dialog(self.tr("Take settings over from a .env file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.work.take_over(Path(name)))
        dialog.open()

    def _ask_where_to(self, *, with_keys: bool) -> None:
        dialog = self._dialog(self.tr("Write the settings to a .env file"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(_ENV)
        dialog.fileSelected.connect(lambda name: self.work.hand_on(Path(name), with_keys=with_keys))
        dialog.open()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self, title)
        dialog.setNameFilters([self.tr(".env files (*.env .env* *.txt)"), self.tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    # Language and appearance

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.say_title(self.tr("Settings"))
        self._take.setText(self.tr("Import…"))
        self._take.setToolTip(self.tr("Take settings over from a .env file"))
        self._hand.setText(self.tr("Without keys…"))
        self._hand_keys.setText(self.tr("With keys…"))
        self._reset.setText(self.tr("Reset all"))
        self._reset.setToolTip(self.tr("Everything as it comes; keys stay"))
        if not self.sections:
            return
        self.hand_button.setText(f" {self.tr('Export')}")
        self.hand_button.setToolTip(self.tr("Write the settings to a .env file"))
        self.search.setPlaceholderText(self.tr("Search the settings"))
        self.search.setAccessibleName(self.tr("Search the settings"))
        self.groups.setAccessibleName(self.tr("Groups of settings"))
        self._nothing.setText(self.tr("No setting has these words."))
        for place, section in enumerate(self.sections):
            section.retranslate()
            self.groups.item(place).setText(section.title)
        self._show_entries()

    def _tint(self) -> None:
        colour = self._theme.palette.text
        for action, icon in ((self._take, "import"), (self._reset, "undo")):
            action.setIcon(self._theme.icon(icon, colour))
        self.hand_button.setIcon(self._theme.icon("export", colour))
