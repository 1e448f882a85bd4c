"""What can be done with a film that is looked at, once for buttons, keys and menus. One key each."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.look.theme import Theme


class ReviewActions(QObject):
    def __init__(self, theme: Theme, page: QWidget) -> None:
        super().__init__(page)
        self._theme = theme
        self._icons: dict[QAction, str] = {}
        self.play = self._action("play", "Space")
        self.approve = self._action("approve", "A")
        self.voice = self._action("voice", "V")
        self.text = self._action("edit", "T")
        self.aside = self._action("aside", "X")
        self.next = self._action("next", "N")
        self.back = self._action("", "Left")
        self.forward = self._action("", "Right")
        theme.changed.connect(self._tint)
        self._tint()
        self.retranslate()

    @property
    def shown(self) -> tuple[QAction, ...]:
        """In the order of their buttons and of the menu."""
        return (self.play, self.approve, self.voice, self.text, self.aside, self.next)

    @property
    def every(self) -> tuple[QAction, ...]:
        return (*self.shown, self.back, self.forward)

    def _action(self, icon: str, key: str) -> QAction:
        made = QAction(self)
        made.setShortcut(QKeySequence(key))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._icons[made] = icon
        return made

    def _tint(self) -> None:
        for action, icon in self._icons.items():
            if icon:
                primary = action is self.approve
                action.setIcon(self._theme.icon(icon, self._theme.palette.on_accent if primary else ""))

    def _word(self, action: QAction, words: str, tip: str) -> None:
        action.setText(words)
        action.setToolTip(f"{tip} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")

    def retranslate(self) -> None:
        self._word(self.play, self.tr("&Play or pause"), self.tr("Play the film, or pause it"))
        self._word(self.approve, self.tr("&Approve"), self.tr("It is good: move it to the approved films"))
        self._word(self.voice, self.tr("&Voice again"), self.tr("Speak the same words anew and make the film again"))
        self._word(self.text, self.tr("Edit &text…"), self.tr("Correct the words and make the film again"))
        self._word(self.aside, self.tr("&Set aside"), self.tr("Not good: put it among the failed films"))
        self._word(self.next, self.tr("&Next"), self.tr("Decide later, look at the next one"))
        self._word(self.back, self.tr("&Back 5 s"), self.tr("Go back five seconds in the film"))
        self._word(self.forward, self.tr("&Forward 5 s"), self.tr("Go on five seconds in the film"))
