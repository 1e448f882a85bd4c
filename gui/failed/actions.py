"""What can be done with failed films besides trying them again, once for buttons, keys and menus."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.look.theme import Theme


class FailedActions(QObject):
    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(page)
        self._theme = theme
        self._icons: dict[QAction, str] = {}
        self.details = self._action("details", "Return", "Enter")
        self.edit = self._action("edit", "Ctrl+E")
        self.log = self._action("log", "Ctrl+L")
        self.discard = self._action("discard", "Del")
        self.export = self._action("export", "Ctrl+Shift+E")
        theme.changed.connect(self._tint)
        self._tint()
        self.retranslate()

    @property
    def every(self) -> tuple[QAction, ...]:
        return (self.details, self.edit, self.log, self.discard, self.export)

    def _action(self, icon: str, *keys: str) -> QAction:
        made = QAction(self)
        made.setShortcuts([QKeySequence(key) for key in keys])
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._icons[made] = icon
        return made

    def _tint(self) -> None:
        for action, icon in self._icons.items():
            action.setIcon(self._theme.icon(icon))

    def _word(self, action: QAction, words: str, tip: str) -> None:
        action.setText(words)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip} ({keys})")

    def retranslate(self) -> None:
        self._word(self.details, self.tr("D&etails"), self.tr("What happened to this film, attempt by attempt"))
        self._word(self.edit, self.tr("Edit te&xt…"), self.tr("Correct this film's words and make it again"))
        self._word(self.log, self.tr("Show in the &log"), self.tr("What is written of this film"))
        self._word(self.discard, self.tr("&Discard"), self.tr("Take the selected films off this list; can be undone"))
        self._word(self.export, self.tr("E&xport…"), self.tr("Save the list of what failed, or its rows, as a file"))
