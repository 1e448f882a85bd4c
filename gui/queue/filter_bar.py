"""Above the table: a button for each group of films with its count, and a field that searches all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from core.jobs.model import State
from gui.language import wording
from gui.look.icons import draw_icon
from gui.look.theme import Theme
from gui.queue.wanted import STATES, Group

_TYPING_MS = 140

_FIRST_TO_GO = (Group.CANCELLED, Group.DONE, Group.WAITING, Group.RUNNING, Group.REVIEW, Group.HELD, Group.PARKED)

_WORDS: dict[Group, Any] = {
    Group.ALL: QT_TRANSLATE_NOOP("FilterBar", "All"),
    Group.RUNNING: QT_TRANSLATE_NOOP("FilterBar", "Being made"),
    Group.WAITING: QT_TRANSLATE_NOOP("FilterBar", "Waiting"),
    Group.HELD: QT_TRANSLATE_NOOP("FilterBar", "Paused"),
    Group.PARKED: QT_TRANSLATE_NOOP("FilterBar", "Held up"),
    Group.REVIEW: QT_TRANSLATE_NOOP("FilterBar", "To review"),
    Group.DONE: QT_TRANSLATE_NOOP("FilterBar", "Done"),
    Group.FAILED: QT_TRANSLATE_NOOP("FilterBar", "Failed"),
    Group.CANCELLED: QT_TRANSLATE_NOOP("FilterBar", "Cancelled"),
}


class SearchField(QLineEdit):
    """Escape empties it and gives the keyboard back to the rows."""

    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("search")
        self.setTextMargins(24, 0, 0, 0)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        where = QRectF(10, (self.height() - 16) / 2, 16, 16)
        draw_icon(QPainter(self), "search", where, self._theme.palette.second)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(240, super().sizeHint().height())


class FilterBar(QWidget):
    group_wanted = Signal(object)  # Group
    search_wanted = Signal(str)
    left = Signal()  # on to the rows
    _SPACING = 4

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField(theme)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.setMinimumWidth(140)
        self.search.setMaximumWidth(280)
        self.search.left.connect(self._leave)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_MS)
        self._pause.timeout.connect(lambda: self.search_wanted.emit(self.search.text()))
        self.search.textChanged.connect(lambda _: self._pause.start())
        self._chips = {group: QPushButton() for group in Group}
        self._counts: dict[Group, int] = dict.fromkeys(Group, 0)
        choice = QButtonGroup(self)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(self._SPACING)
        for group, chip in self._chips.items():
            chip.setObjectName("chip")
            chip.setCheckable(True)
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            chip.clicked.connect(lambda _=False, group=group: self.group_wanted.emit(group))
            choice.addButton(chip)
            lay.addWidget(chip)
        lay.addStretch(1)
        lay.addWidget(self.search, 1)
        self._chips[Group.ALL].setChecked(True)
        self.setTabOrder(self._chips[Group.CANCELLED], self.search)
        self._retranslate()

    def chip(self, group: Group) -> QPushButton:
        return self._chips[group]

    @property
    def group(self) -> Group:
        return next(group for group, chip in self._chips.items() if chip.isChecked())

    def choose(self, group: Group) -> None:
        self._chips[group].setChecked(True)
        self._show_chips()
        self.group_wanted.emit(group)

    def show_counts(self, counts: Mapping[State, int]) -> None:
        self._counts = {group: sum(counts.get(state, 0) for state in STATES[group]) for group in Group}
        self._show_chips()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_chips()

    def minimumSizeHint(self) -> QSize:
        return QSize(300, super().minimumSizeHint().height())

    def _leave(self) -> None:
        self._pause.stop()
        self.search_wanted.emit(self.search.text())
        self.left.emit()

    def _show_chips(self) -> None:
        """Groups nobody is in are left out, and in a narrow window some more, but never the one that is chosen."""
        for group, chip in self._chips.items():
            count = self._counts[group]
            word = QCoreApplication.translate("FilterBar", _WORDS[group])
            said = f"{word}  {wording.number(count)}"
            if chip.text() != said:
                chip.setText(said)
                chip.setAccessibleName(f"{word}: {wording.number(count)}")
        wanted = [group for group, chip in self._chips.items() if self._matters(group, chip)]
        left = self.width() - self.search.minimumWidth() - sum(self._room(group) for group in wanted)
        for group in _FIRST_TO_GO:
            if left < 0 and group in wanted and not self._chips[group].isChecked():
                wanted.remove(group)
                left += self._room(group)
        for group, chip in self._chips.items():
            chip.setVisible(group in wanted)

    def _matters(self, group: Group, chip: QPushButton) -> bool:
        return group is Group.ALL or self._counts[group] > 0 or chip.isChecked()

    def _room(self, group: Group) -> int:
        return self._chips[group].sizeHint().width() + self._SPACING

    def _retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Search (Ctrl+F)"))
        self.search.setAccessibleName(self.tr("Search the films"))
        self.search.setToolTip(
            self.tr("Looks in names, files, texts, states, machines and reasons, of every film in the queue")
        )
        for group, chip in self._chips.items():
            word = QCoreApplication.translate("FilterBar", _WORDS[group])
            chip.setToolTip(self.tr("Show only these: {group}").format(group=word))
        self._show_chips()
