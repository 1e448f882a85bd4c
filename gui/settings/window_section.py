"""The language and the appearance of the window: the same choices as in the menu View."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.actions import Actions
from gui.settings import words
from gui.widgets.choice import QuietBox


class _Pick(QWidget):
    """A list of the actions of a menu; what is chosen in one is chosen in the other."""

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._actions = list(actions.values())
        self._title, self._meaning = QLabel(), QLabel()
        self._title.setObjectName("strong")
        self._meaning.setObjectName("second")
        self._meaning.setWordWrap(True)
        self.box = QuietBox()
        self.box.setMinimumWidth(200)
        self.box.addItems([action.text() for action in self._actions])
        self.box.activated.connect(lambda place: self._actions[place].trigger())
        for action in self._actions:
            action.changed.connect(self._follow)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self._title)
        left.addWidget(self._meaning)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(16, 14, 12, 14)
        lay.addLayout(left, 1)
        lay.addWidget(self.box)
        self._follow()

    def say(self, title: str, meaning: str) -> None:
        self._title.setText(title)
        self._meaning.setText(meaning)
        self.box.setAccessibleName(title)
        self.box.setAccessibleDescription(meaning)

    @property
    def seen(self) -> str:
        return words.folded(f"{self._title.text()} {self._meaning.text()}")

    def _follow(self) -> None:
        for place, action in enumerate(self._actions):
            self.box.setItemText(place, action.text().replace("&", ""))
            if action.isChecked():
                self.box.setCurrentIndex(place)


class WindowSection(QWidget):
    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._heading = QLabel()
        self._heading.setObjectName("heading")
        self.language, self.appearance = _Pick(actions.languages), _Pick(actions.appearances)
        self._rule = QFrame()
        self._rule.setObjectName("rule")
        card = QFrame()
        card.setObjectName("card")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for widget in (self.language, self._rule, self.appearance):
            rows.addWidget(widget)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 8)
        lay.setSpacing(8)
        lay.addWidget(self._heading)
        lay.addWidget(card)
        self.retranslate()

    @property
    def title(self) -> str:
        return self.tr("This window")

    def search(self, wanted: str) -> bool:
        found = [all(word in pick.seen for word in wanted.split()) for pick in (self.language, self.appearance)]
        self.language.setVisible(found[0])
        self.appearance.setVisible(found[1])
        self._rule.setVisible(all(found))
        return any(found)

    def retranslate(self) -> None:
        self._heading.setText(self.title)
        self.language.say(self.tr("Language"), self.tr("What this window speaks. Films have a language of their own."))
        self.appearance.say(self.tr("Appearance"), self.tr("Dark or light, or as the system has it."))
