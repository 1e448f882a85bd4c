"""Below the table: how many films are shown or chosen, and what can be done with the chosen ones."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.actions import Actions
from gui.widgets.action_button import ActionButton


class RowsFooter(QWidget):
    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = QLabel()
        self._told.setObjectName("second")
        self._shown = self._of = self._chosen = self._unread = 0
        lay = QHBoxLayout(self)
        lay.setContentsMargins(12, 4, 4, 4)
        lay.setSpacing(4)
        lay.addWidget(self._told, 1)
        self.buttons = [
            ActionButton(action) for action in (actions.to_front, actions.hold, actions.resume, actions.cancel)
        ]
        for button in self.buttons:
            lay.addWidget(button)

    def words(self) -> str:
        return self._told.text()

    def show_counts(self, *, shown: int, of: int, chosen: int, unread: int) -> None:
        """`unread`: so many rows are still being read."""
        self._shown, self._of, self._chosen, self._unread = shown, of, chosen, unread
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _say(self) -> None:
        said = [self.tr("%Ln film(s)", "", self._shown)]
        if self._shown != self._of:
            said = [self.tr("{shown} of %Ln film(s)", "", self._of).format(shown=self._shown)]
        if self._chosen:
            said.append(self.tr("%Ln chosen", "", self._chosen))
        if self._unread:
            said.append(self.tr("reading %Ln more…", "", self._unread))
        self._told.setText(" · ".join(said))
