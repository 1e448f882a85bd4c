"""Everything that can be done, once: the menus, the buttons and the keys all use these."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from gui.theme import Appearance, Theme
from gui.translation import LANGUAGES


class Actions(QObject):
    """The window connects them; `retranslate` gives them words and puts their keys into the tool tips."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._icons: dict[QAction, str] = {}
        self.add_files = self._action("add", "Ctrl+O")
        self.try_sample = self._action("sample")
        self.close_window = self._action("", "Ctrl+Q")
        self.open_film = self._action("play", "Return", "Enter", table_only=True)
        self.open_folder = self._action("folder", "Ctrl+Return", "Ctrl+Enter", table_only=True)
        self.cancel = self._action("cancel", "Del", table_only=True)
        self.hold = self._action("pause", "Ctrl+P", table_only=True)
        self.resume = self._action("resume", "Ctrl+R", table_only=True)
        self.retry = self._action("retry", "Ctrl+T")
        self.retry_all = self._action("retry", "Ctrl+Shift+T")
        self.show_queue = self._action("queue", "Ctrl+1")
        self.show_failed = self._action("failed", "Ctrl+2")
        self.languages = self._choices(window, [*LANGUAGES])
        self.appearances = self._choices(window, [one.value for one in Appearance])
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def on_rows(self) -> tuple[QAction, ...]:
        """Those that concern the selected films."""
        return (self.open_film, self.open_folder, self.hold, self.resume, self.cancel)

    def _action(self, icon: str, *keys: str, table_only: bool = False) -> QAction:
        made = QAction(self)
        made.setShortcuts([QKeySequence(key) for key in keys])
        if table_only:
            # Enter and Del mean something else in a sheet or on a button.
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._icons[made] = icon
        return made

    def _choices(self, window: QWidget, names: list[str]) -> dict[str, QAction]:
        group = QActionGroup(window)
        made = {}
        for name in names:
            action = group.addAction(QAction(self))
            action.setCheckable(True)
            made[name] = action
        return made

    def _tint(self) -> None:
        for action, icon in self._icons.items():
            if icon:
                primary = action is self.add_files
                action.setIcon(self._theme.icon(icon, self._theme.palette.on_accent if primary else ""))

    def _word(self, action: QAction, words: str, tip: str = "") -> None:
        action.setText(words)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        told = tip or words.replace("&", "").removesuffix("…")
        action.setToolTip(f"{told} ({keys})" if keys else told)

    def retranslate(self) -> None:
        self._word(self.add_files, self.tr("&Add files…"), self.tr("Choose spreadsheets or scripts"))
        self._word(
            self.try_sample,
            self.tr("Try the &sample"),
            self.tr("Six films from a spreadsheet that comes along"),
        )
        self._word(self.close_window, self.tr("&Close"))
        self._word(self.open_film, self.tr("&Open film"))
        self._word(self.open_folder, self.tr("Open &folder"), self.tr("Show the film in its folder"))
        self._word(self.cancel, self.tr("&Cancel"), self.tr("Cancel the selected films"))
        self._word(self.hold, self.tr("&Pause"), self.tr("Pause the selected films that wait"))
        self._word(self.resume, self.tr("&Go on"), self.tr("Let the selected paused films go on"))
        self._word(self.retry, self.tr("&Try again"), self.tr("Make the selected failed films again"))
        self._word(self.retry_all, self.tr("Try a&ll again"), self.tr("Make every failed film again"))
        self._word(self.show_queue, self.tr("&Queue"))
        self._word(self.show_failed, self.tr("&Failed"))
        for code, name in LANGUAGES.items():
            self.languages[code].setText(name)
        self.appearances[Appearance.SYSTEM].setText(self.tr("As the &system"))
        self.appearances[Appearance.DARK].setText(self.tr("&Dark"))
        self.appearances[Appearance.LIGHT].setText(self.tr("&Light"))


class Menus(QObject):
    """The menu bar; it holds everything."""

    def __init__(self, bar: QMenuBar, actions: Actions) -> None:
        super().__init__(bar)
        self._file = bar.addMenu("")
        self._films = bar.addMenu("")
        self._view = bar.addMenu("")
        self._file.addActions([actions.add_files, actions.try_sample])
        self._file.addSeparator()
        self._file.addAction(actions.close_window)
        self._films.addActions([actions.open_film, actions.open_folder])
        self._films.addSeparator()
        self._films.addActions([actions.hold, actions.resume, actions.cancel])
        self._films.addSeparator()
        self._films.addActions([actions.retry, actions.retry_all])
        self._view.addActions([actions.show_queue, actions.show_failed])
        self._view.addSeparator()
        self._appearance = self._view.addMenu("")
        self._appearance.addActions(list(actions.appearances.values()))
        self._language = self._view.addMenu("")
        self._language.addActions(list(actions.languages.values()))
        self.retranslate()

    def retranslate(self) -> None:
        self._file.setTitle(self.tr("&File"))
        self._films.setTitle(self.tr("Fil&ms"))
        self._view.setTitle(self.tr("&View"))
        self._appearance.setTitle(self.tr("&Appearance"))
        self._language.setTitle(self.tr("&Language"))
