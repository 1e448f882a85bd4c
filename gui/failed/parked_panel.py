"""What waits for something outside the films: for what, how many, and when it goes on by itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.jobs.model import JobRecord
from core.workers.probes import Wait
from gui.language import wording
from gui.look.icons import pixmap
from gui.look.theme import Theme

PERSON = "person:"
_FAR_S = 90.0


class ParkedCard(QFrame):
    """One thing that is waited for."""

    ask_wanted = Signal()
    again_wanted = Signal(object)  # list[str]: job ids; a person says that they may be made, whatever it costs
    cancel_wanted = Signal(object)  # list[str]
    details_wanted = Signal(object)  # JobRecord

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._records: list[JobRecord] = []
        self._wait: Wait | None = None
        self.setObjectName("well")
        self._mark = QLabel()
        self._what = self._label("heading")
        self._when = self._label("second")
        self._names = self._label("small")
        self.details_button, self.cancel_button, self.again_button, self.ask_button = (QPushButton() for _ in range(4))
        for button in self.buttons:
            button.setIconSize(QSize(16, 16))
            button.setAutoDefault(True)
            button.setObjectName("quiet")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.again_button.setObjectName("")
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self._what, self._when, self._names):
            words.addWidget(label)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(16, 12, 12, 12)
        lay.setSpacing(14)
        lay.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        lay.addLayout(words, 1)
        for button in self.buttons:
            lay.addWidget(button)
        self.ask_button.clicked.connect(self.ask_wanted)
        self.again_button.clicked.connect(lambda: self.again_wanted.emit(self.ids))
        self.cancel_button.clicked.connect(lambda: self.cancel_wanted.emit(self.ids))
        self.details_button.clicked.connect(lambda: self.details_wanted.emit(self._records[0]))
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """From left to right."""
        return (self.details_button, self.cancel_button, self.again_button, self.ask_button)

    @property
    def ids(self) -> list[str]:
        return [record.id for record in self._records]

    @property
    def when(self) -> str:
        """How many wait, and until when, as it is shown."""
        return self._when.text()

    def show_films(self, records: Sequence[JobRecord]) -> None:
        self._records = list(records)
        self._say()

    def show_wait(self, wait: Wait | None) -> None:
        """What the studio knows of it; None as long as it has not been asked."""
        self._wait = wait
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)

    def _label(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    @property
    def _waits_for_a_person(self) -> bool:
        failure = self._records[0].failure
        if failure is not None and failure.waits_for.startswith(PERSON):
            return True
        return self._wait is not None and not self._wait.by_itself

    def _say(self) -> None:
        if not self._records:
            return
        failure = self._records[0].failure
        self._what.setText(wording.sentence(failure.what) if failure else "")
        count = self.tr("%Ln film(s)", "", len(self._records))
        self._when.setText(f"{count} · {self._until()}")
        self._names.setText(wording.sentence(failure.remedy) if failure else "")
        person = self._waits_for_a_person
        self.again_button.setVisible(person)
        self.cancel_button.setVisible(person)
        self.ask_button.setVisible(not person and self._wait is not None and self._wait.asked_in_s is not None)
        self.details_button.setText(f" {self.tr('Details')}")
        self.again_button.setText(f" {self.tr('Make them anyway')}")
        self.again_button.setToolTip(self.tr("They are made again, although they may have been paid for already"))
        self.cancel_button.setText(f" {self.tr('Cancel these')}")
        self.ask_button.setText(f" {self.tr('Ask now')}")
        self.ask_button.setToolTip(self.tr("Look now whether it is back"))
        self.setAccessibleName(f"{self._what.text()} {self._when.text()}")

    def _until(self) -> str:
        if self._waits_for_a_person:
            return self.tr("waits for you to decide")
        wait = self._wait
        if wait is None or wait.asked_in_s is None:
            return self.tr("goes on by itself as soon as a computer that works here finds it back")
        if wait.asked_in_s > _FAR_S:
            minutes = round(wait.asked_in_s / 60)
            return self.tr("goes on by itself; asked again in %Ln min", "", minutes)
        return self.tr("goes on by itself; asked again in %Ln s", "", max(1, round(wait.asked_in_s)))

    def _tint(self) -> None:
        theme = self._theme
        self._mark.setPixmap(pixmap("state-parked", theme.palette.waiting, 22, self.devicePixelRatioF()))
        self.details_button.setIcon(theme.icon("details"))
        self.cancel_button.setIcon(theme.icon("cancel"))
        self.again_button.setIcon(theme.icon("retry"))
        self.ask_button.setIcon(theme.icon("retry"))


def _kind(record: JobRecord) -> str:
    """What is waited for; of a person's decisions, which each film needs for itself, those of one kind together."""
    failure = record.failure
    if failure is None:
        return ""
    return f"{PERSON}{failure.code}" if failure.waits_for.startswith(PERSON) else failure.waits_for


class ParkedPanel(QWidget):
    """A card for each thing that is waited for; hidden while nothing waits."""

    ask_wanted = Signal()
    again_wanted = Signal(object)
    cancel_wanted = Signal(object)
    details_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards: dict[str, ParkedCard] = {}
        self._title = QLabel()
        self._title.setObjectName("heading")
        self._lay = QVBoxLayout(self)
        self._lay.setContentsMargins(0, 0, 0, 0)
        self._lay.setSpacing(8)
        self._lay.addWidget(self._title)
        self._retranslate()
        self.hide()

    def cards(self) -> list[ParkedCard]:
        return list(self._cards.values())

    def show_films(self, records: Sequence[JobRecord]) -> None:
        groups: dict[str, list[JobRecord]] = {}
        for record in records:
            groups.setdefault(_kind(record), []).append(record)
        for gone in set(self._cards) - set(groups):
            card = self._cards.pop(gone)
            self._lay.removeWidget(card)
            card.deleteLater()
        for waits_for, members in groups.items():
            (self._cards.get(waits_for) or self._add(waits_for)).show_films(members)
        self.setVisible(bool(groups))

    def show_waits(self, waits: Sequence[Wait]) -> None:
        for wait in waits:
            if wait.waits_for in self._cards:
                self._cards[wait.waits_for].show_wait(wait)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _add(self, waits_for: str) -> ParkedCard:
        card = ParkedCard(self._theme)
        card.ask_wanted.connect(self.ask_wanted)
        card.again_wanted.connect(self.again_wanted)
        card.cancel_wanted.connect(self.cancel_wanted)
        card.details_wanted.connect(self.details_wanted)
        self._cards[waits_for] = card
        self._lay.addWidget(card)
        return card

    def _retranslate(self) -> None:
        self._title.setText(self.tr("Held up: nothing is wrong with these films"))
