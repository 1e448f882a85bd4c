"""The question before closing while films are being made."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from gui.look.theme import Theme
from gui.widgets.sheet import Sheet


class ClosingSheet(Sheet):
    finish_chosen = Signal()
    give_back_chosen = Signal()

    def __init__(self, theme: Theme, centre: QWidget, over: QWidget) -> None:
        super().__init__(theme, centre, over)
        self._running = 0
        self._leaving = False
        self._title = QLabel()
        self._title.setObjectName("title")
        self._words = QLabel()
        self._words.setObjectName("second")
        self._finish = QPushButton()
        self._finish.setObjectName("primary")
        self._give_back = QPushButton()
        self._stay = QPushButton()
        for label in (self._title, self._words):
            label.setWordWrap(True)
            self.body.addWidget(label)
        self.body.addSpacing(16)
        self._buttons = (self._finish, self._give_back, self._stay)
        for button in self._buttons:
            button.setAutoDefault(True)  # Enter presses it
            self.body.addWidget(button)
        self.body.addStretch(1)
        self._finish.clicked.connect(self._finish_clicked)
        self._give_back.clicked.connect(self._give_back_clicked)
        self._stay.clicked.connect(self.dismissed)
        self.dismissed.connect(self._stay_open)
        self._retranslate()

    @property
    def finish_button(self) -> QPushButton:
        return self._finish

    @property
    def give_back_button(self) -> QPushButton:
        return self._give_back

    def ask(self, running: int) -> None:
        self._running = running
        self._retranslate()
        self.slide_in(self._finish)

    def count(self, running: int) -> None:
        """While it asks: so many are left."""
        self._running = running
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _finish_clicked(self) -> None:
        self._leave(self.tr("Finishing %Ln film(s), then closing", "", self._running))
        self._give_back.show()  # for who has waited long enough
        self.finish_chosen.emit()

    def _give_back_clicked(self) -> None:
        self._leave(self.tr("Giving back %Ln film(s), then closing", "", self._running))
        self.give_back_chosen.emit()

    def _leave(self, title: str) -> None:
        self._leaving = True
        self._title.setText(title)
        self._words.setText(self.tr("The window closes by itself. Nothing is lost."))
        for button in self._buttons:
            button.hide()

    def _stay_open(self) -> None:
        if not self._leaving:
            self.slide_out()

    def _retranslate(self) -> None:
        if self._leaving:
            return
        self.setAccessibleName(self.tr("Close the window?"))
        self._title.setText(self.tr("%Ln film(s) are being made", "", self._running))
        self._words.setText(self.tr("What waits in the queue stays there and goes on when Trineo is opened again."))
        self._finish.setText(self.tr("Finish the running films, then close"))
        self._finish.setToolTip(self.tr("Enter"))
        self._give_back.setText(self.tr("Give back and close now"))
        self._give_back.setToolTip(self.tr("The running films begin again next time"))
        self._stay.setText(self.tr("Stay"))
        self._stay.setToolTip(self.tr("Esc"))
