"""Everything that can be done, once: the menus, the buttons and the keys all use these."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from gui.language.translation import LANGUAGES
from gui.look.theme import Appearance, Theme
from gui.pages import Page

PRIORITIES = {1: 10, 0: 0, -1: -10}
"""High, normal and low, as the queue counts them."""


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
        self.watch = self._action("film", "Space", table_only=True)
        self.open_folder = self._action("folder", "Ctrl+Return", "Ctrl+Enter", table_only=True)
        self.copy_path = self._action("copy", "Ctrl+C", table_only=True)
        self.cancel = self._action("cancel", "Del", table_only=True)
        self.hold = self._action("pause", "Ctrl+P", table_only=True)
        self.resume = self._action("resume", "Ctrl+R", table_only=True)
        self.to_front = self._action("front", "Ctrl+Shift+Up", table_only=True)
        self.start_at = self._action("clock", table_only=True)
        self.priorities = {level: self._action("priority", table_only=True) for level in PRIORITIES}
        self.show_log = self._action("log", "Ctrl+L", table_only=True)
        self.undo = self._action("undo", "Ctrl+Z")
        self.search = self._action("search", "Ctrl+F")
        self.queue_order = self._action("queue")
        self.pause_all = self._action("pause", "Ctrl+Shift+P")
        self.stop_after = self._action("stop-after", "Ctrl+Shift+S")
        self.go_on_all = self._action("resume", "Ctrl+Shift+R")
        self.retry = self._action("retry", "Ctrl+T")
        self.retry_all = self._action("retry", "Ctrl+Shift+T")
        self.about = self._action("info")
        self.pages = {page: self._action(page.value, page.key) for page in Page}
        self.languages = self._choices(window, [*LANGUAGES])
        self.appearances = self._choices(window, [one.value for one in Appearance])
        theme.changed.connect(self._tint)
        self._tint()

    def wait_for_films(self) -> None:
        """Until the queue is open only what concerns no film can be chosen."""
        at_once = (self.add_files, self.try_sample, self.close_window, self.about, *self.pages.values())
        for action in self._icons:
            action.setEnabled(action in at_once)

    @property
    def on_rows(self) -> tuple[QAction, ...]:
        """Those that concern the selected films."""
        return (
            self.watch,
            self.open_film,
            self.open_folder,
            self.copy_path,
            self.hold,
            self.resume,
            self.to_front,
            self.start_at,
            *self.priorities.values(),
            self.show_log,
            self.cancel,
        )

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
        self._word(self.watch, self.tr("&Watch here"), self.tr("Watch the film in this window"))
        self._word(self.open_folder, self.tr("Open &folder"), self.tr("Show the film in its folder"))
        self._word(self.copy_path, self.tr("Copy &path"), self.tr("Copy where the film is"))
        self._word(self.cancel, self.tr("&Cancel"), self.tr("Cancel the selected films"))
        self._word(self.hold, self.tr("&Pause"), self.tr("Pause the selected films that wait"))
        self._word(self.resume, self.tr("&Go on"), self.tr("Let the selected paused films go on"))
        self._word(self.to_front, self.tr("To the f&ront"), self.tr("Make the selected films next"))
        self._word(self.start_at, self.tr("Begin &at…"), self.tr("Let the selected films begin at a time"))
        for level, words in ((1, self.tr("High")), (0, self.tr("Normal")), (-1, self.tr("Low"))):
            self._word(
                self.priorities[level], words, self.tr("Priority of the selected films: {level}").format(level=words)
            )
        self._word(self.show_log, self.tr("Show in the &log"), self.tr("What is written of this film"))
        self._word(self.undo, self.tr("&Undo"), self.tr("Take back what was just done"))
        self._word(self.search, self.tr("&Search"), self.tr("Search the films"))
        self._word(self.queue_order, self.tr("&Order of the queue"), self.tr("Sort the rows as they will be made"))
        self._word(self.pause_all, self.tr("Pause &everything"), self.tr("Stop all films; half-made ones go on later"))
        self._word(
            self.stop_after,
            self.tr("Stop &after these"),
            self.tr("Finish the films being made, begin no other"),
        )
        self._word(self.go_on_all, self.tr("Go on with everythin&g"), self.tr("Let every paused film go on"))
        self._word(self.retry, self.tr("&Try again"), self.tr("Make the selected failed films again"))
        self._word(self.retry_all, self.tr("Try a&ll again"), self.tr("Make every failed film again"))
        self._word(self.about, self.tr("&About Trineo"), self.tr("Which Trineo this is, and its licences"))
        for page, action in self.pages.items():
            self._word(action, page.word, page.tip)
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
        self._queue = bar.addMenu("")
        self._queue.addActions([actions.pause_all, actions.stop_after, actions.go_on_all])
        self._review = bar.addMenu("")
        self._failed = bar.addMenu("")
        self._view = bar.addMenu("")
        self._file.addActions([actions.add_files, actions.try_sample])
        self._file.addSeparator()
        self._file.addAction(actions.close_window)
        self._films.addActions([actions.watch, actions.open_film, actions.open_folder, actions.copy_path])
        self._films.addSeparator()
        self._films.addActions([actions.hold, actions.resume, actions.to_front, actions.start_at])
        self._priority = self._films.addMenu("")
        self._priority.addActions(list(actions.priorities.values()))
        self._films.addActions([actions.show_log, actions.cancel, actions.undo])
        self._failed.addActions([actions.retry, actions.retry_all])
        self._view.addActions(list(actions.pages.values()))
        self._view.addSeparator()
        self._view.addActions([actions.search, actions.queue_order])
        self._view.addSeparator()
        self._appearance = self._view.addMenu("")
        self._appearance.addActions(list(actions.appearances.values()))
        self._language = self._view.addMenu("")
        self._language.addActions(list(actions.languages.values()))
        self._help = bar.addMenu("")
        self._help.addAction(actions.about)
        self.retranslate()

    def add_pages(self, review: Sequence[QAction], failed: Sequence[QAction]) -> None:
        """What can be done on those pages."""
        self._failed.addActions(failed)
        self._review.addActions(review)

    def retranslate(self) -> None:
        self._file.setTitle(self.tr("&File"))
        self._films.setTitle(self.tr("Fil&ms"))
        self._queue.setTitle(self.tr("&Queue"))
        self._priority.setTitle(self.tr("P&riority"))
        self._review.setTitle(self.tr("&Review"))
        self._failed.setTitle(self.tr("F&ailed"))
        self._view.setTitle(self.tr("&View"))
        self._appearance.setTitle(self.tr("&Appearance"))
        self._language.setTitle(self.tr("&Language"))
        self._help.setTitle(self.tr("&Help"))
