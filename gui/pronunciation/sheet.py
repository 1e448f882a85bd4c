"""The sheet of names: how each is said, heard at a click, respelled where it is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from core.desk.pronunciation import SpokenName
from gui.look.theme import Theme
from gui.pronunciation.names_model import NamesModel
from gui.pronunciation.names_table import NamesTable
from gui.widgets.banner import Banner
from gui.widgets.sheet import Sheet


class NamesSheet(Sheet):
    hear_wanted = Signal(object, str)  # SpokenName, what is to be heard
    respelled = Signal(object, str)  # SpokenName, how it is to be said
    width_px = 800

    def __init__(self, theme: Theme, centre: QWidget, over: QWidget) -> None:
        super().__init__(theme, centre, over)
        self._read = False
        self._title, self._note, self._told, self._empty = QLabel(), QLabel(), QLabel(), QLabel()
        self._title.setObjectName("title")
        for label in (self._note, self._told, self._empty):
            label.setObjectName("second")
            label.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.banner = Banner(theme)
        self.names = NamesModel()
        self.names.respelled.connect(self.respelled)
        self.table = NamesTable(self.names, theme)
        self.table.hear_wanted.connect(self.hear_wanted)
        self.table.chosen_changed.connect(self._enable)
        self.hear, self.respell, self.plain, self.done = QPushButton(), QPushButton(), QPushButton(), QPushButton()
        self.done.setObjectName("primary")
        self.hear.clicked.connect(self._hear_chosen)
        self.respell.clicked.connect(self.table.edit_chosen)
        self.plain.clicked.connect(self._make_plain)
        self.done.clicked.connect(self.dismissed)
        for button in (self.hear, self.respell, self.plain, self.done):
            button.setAutoDefault(True)
        self._lay_out()
        theme.changed.connect(self._tint)
        self._tint()
        self._retranslate()

    def show_reading(self) -> None:
        self._read = False
        self.banner.hide()
        self.names.show_names([])
        self._show()
        if not self.is_open:
            self.slide_in(self.table)

    def show_names(self, names: Sequence[SpokenName]) -> None:
        self._read = True
        self.names.show_names(names)
        if names:
            self.table.choose(0)
        self._show()
        self.table.setFocus()

    def renew(self, names: Sequence[SpokenName]) -> None:
        """Unless others are shown by now."""
        if [one.name for one in names] == [one.name for one in self.names.names()]:
            self.names.renew(names)
            self._show()

    def told(self) -> str:
        return self._told.text()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        frame = QFrame()
        frame.setObjectName("tableFrame")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        inside.addWidget(self._stack)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.hear, self.respell, self.plain):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.done)
        for widget in (self._title, self._note, self.banner):
            self.body.addWidget(widget)
        self.body.addSpacing(8)
        self.body.addWidget(frame, 1)
        self.body.addWidget(self._told)
        self.body.addSpacing(8)
        self.body.addLayout(foot)

    def _hear_chosen(self) -> None:
        if (name := self.table.chosen()) is not None:
            self.hear_wanted.emit(name, name.said)

    def _make_plain(self) -> None:
        if (name := self.table.chosen()) is not None:
            self.respelled.emit(name, "")

    def _enable(self) -> None:
        name = self.table.chosen()
        for button in (self.hear, self.respell):
            button.setEnabled(name is not None)
        self.plain.setEnabled(name is not None and bool(name.spelling))

    def _show(self) -> None:
        names = self.names.names()
        doubted = sum(1 for one in names if one.doubt and not one.is_respelled)
        respelled = sum(1 for one in names if one.is_respelled)
        parts = [self.tr("%Ln name(s)", "", len(names))]
        parts += [self.tr("%Ln to listen to", "", doubted)] if doubted else []
        parts += [self.tr("%Ln respelled", "", respelled)] if respelled else []
        self._told.setText(" · ".join(parts) if self._read else "")
        self._empty.setText(self.tr("There are no names here.") if self._read else self.tr("Reading…"))
        self._stack.setCurrentIndex(0 if names else 1)
        self._enable()

    def _tint(self) -> None:
        self.hear.setIcon(self._theme.icon("play"))
        self.respell.setIcon(self._theme.icon("edit"))

    def _retranslate(self) -> None:
        self._title.setText(self.tr("How names are said"))
        self.setAccessibleName(self._title.text())
        self._note.setText(
            self.tr(
                "Heard with the free offline voice; another voice may read a name otherwise. What you write here is "
                "only spoken: captions and name cards keep the name. Films that wait take it too."
            )
        )
        self.table.setAccessibleName(self.tr("Names and how they are said"))
        self.hear.setText(self.tr("Hear"))
        self.hear.setToolTip(self.tr("Hear the chosen name (Space)"))
        self.respell.setText(self.tr("Respell…"))
        self.respell.setToolTip(self.tr("Write it as it sounds; Enter keeps it, Ctrl+Space hears it before"))
        self.plain.setText(self.tr("As it is written"))
        self.plain.setToolTip(self.tr("Say this name as it is written again"))
        self.done.setText(self.tr("Done"))
        self.done.setToolTip(self.tr("Close (Esc)"))
        self.names.retranslate()
        self._show()
