"""One service: what it is, whether it is connected, and what the last test found."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.desk.connections import Connection, Standing
from core.desk.findings import Finding, Mark, worst
from gui.connections import words
from gui.language import wording
from gui.look.icons import pixmap
from gui.look.theme import Theme, font

_SIGNS = {Mark.GOOD: "accepted", Mark.NOTE: "info", Mark.WARNING: "warning", Mark.WRONG: "refused"}
_STANDING_SIGNS = {
    Standing.CONNECTED: "tick",
    Standing.INCOMPLETE: "warning",
    Standing.ABSENT: "state-ready",
    Standing.OFF: "state-held",
}


class FindingLine(QWidget):
    """A mark, what was found, and below it what to do."""

    def __init__(self, theme: Theme, finding: Finding) -> None:
        super().__init__()
        self._theme = theme
        self._finding = finding
        self._mark, self._what, self._remedy = QLabel(), QLabel(), QLabel()
        self._remedy.setObjectName("second")
        for label in (self._what, self._remedy):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        told = QVBoxLayout()
        told.setSpacing(1)
        told.addWidget(self._what)
        told.addWidget(self._remedy)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(10)
        lay.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        lay.addLayout(told, 1)
        theme.changed.connect(self.tint)
        self.tint()
        self.say()

    @property
    def text(self) -> str:
        return f"{self._what.text()} {self._remedy.text()}".strip()

    def say(self) -> None:
        self._what.setText(wording.sentence(self._finding.what))
        remedy = wording.sentence(self._finding.remedy)
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))

    def tint(self) -> None:
        self._mark.setPixmap(
            pixmap(
                _SIGNS[self._finding.mark], mark_colour(self._theme, self._finding.mark), 16, self.devicePixelRatioF()
            )
        )


def mark_colour(theme: Theme, mark: Mark) -> str:
    colours = theme.palette
    return {
        Mark.GOOD: colours.done_text,
        Mark.NOTE: colours.info_text,
        Mark.WARNING: colours.waiting_text,
        Mark.WRONG: colours.failed_text,
    }[mark]


class ConnectionCard(QFrame):
    """`body` is for what only this service has."""

    test_wanted = Signal(str)  # its name
    setting_wanted = Signal(str)  # a setting, by its name in the environment

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setObjectName("tableFrame")
        self.name = name
        self._theme = theme
        self._connection: Connection | None = None
        self._findings: list[Finding] | None = None
        self._testing = False
        self._title, self._about, self._sign, self._state = (QLabel() for _ in range(4))
        self._title.setFont(font(15, QFont.Weight.DemiBold))
        self._about.setObjectName("second")
        self._about.setWordWrap(True)
        self.test, self.fill = QPushButton(), QPushButton()
        self.fill.setObjectName("quiet")
        for button in (self.test, self.fill):
            button.setAutoDefault(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.test.clicked.connect(lambda: self.test_wanted.emit(self.name))
        self.fill.clicked.connect(self._ask_for_setting)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self._lay_out()
        theme.changed.connect(self._tint)
        self.retranslate()

    @property
    def state(self) -> str:
        """How it stands, in a word."""
        return self._state.text()

    @property
    def told(self) -> list[str]:
        return [line.text for line in self._finding_lines()]

    def show_connection(self, connection: Connection) -> None:
        if connection != self._connection:
            self._connection = connection
            self._findings = None
            self._replace_lines()
        self.retranslate()

    def show_testing(self) -> None:
        self._testing = True
        self._findings = None
        self._replace_lines()
        self.retranslate()

    def show_findings(self, findings: list[Finding]) -> None:
        self._testing = False
        self._findings = findings
        self._replace_lines()
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        title = words.title(self.name)
        self._title.setText(title)
        self._about.setText(words.about(self.name))
        self.test.setText(self.tr("Testing…") if self._testing else self.tr("Test"))
        self.test.setAccessibleName(self.tr("Test {service}").format(service=title))
        self.test.setToolTip(self.tr("Asks it whether all is well. Costs nothing."))
        self.test.setEnabled(not self._testing)
        self.fill.setText(self.tr("Fill it in"))
        self.fill.setAccessibleName(self.tr("Fill in what {service} needs").format(service=title))
        self.fill.setVisible(bool(self._connection and self._connection.lacking))
        self._state.setText(self._word())
        for line in self._finding_lines():
            line.say()
        self.setAccessibleName(f"{title}: {self._word()}")
        self._tint()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._sign)
        head.addWidget(self._state)
        head.addSpacing(8)
        head.addWidget(self.fill)
        head.addWidget(self.test)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(16, 12, 12, 14)
        lay.setSpacing(8)
        lay.addLayout(head)
        lay.addWidget(self._about)
        lay.addLayout(self._lines)
        lay.addLayout(self.body)

    def _ask_for_setting(self) -> None:
        if self._connection is not None and self._connection.lacking:
            self.setting_wanted.emit(self._connection.lacking[0])

    def _replace_lines(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for finding in self._findings or ():
            self._lines.addWidget(FindingLine(self._theme, finding))

    def _finding_lines(self) -> list[FindingLine]:
        items = (self._lines.itemAt(place) for place in range(self._lines.count()))
        found = (item.widget() for item in items if item is not None)
        return [widget for widget in found if isinstance(widget, FindingLine)]

    def _word(self) -> str:
        if self._findings and (mark := worst(self._findings)) is not Mark.NOTE:
            return words.outcome_word(mark)
        return words.standing_word(self._connection.standing) if self._connection is not None else ""

    def _tint(self) -> None:
        mark = worst(self._findings) if self._findings else Mark.NOTE
        if mark is not Mark.NOTE:
            sign, colour = _SIGNS[mark], mark_colour(self._theme, mark)
        elif self._connection is not None:
            standing = self._connection.standing
            sign = _STANDING_SIGNS[standing]
            connected = standing is Standing.CONNECTED
            colour = self._theme.palette.done_text if connected else self._theme.palette.second
        else:
            self._sign.hide()
            return
        self._sign.show()
        self._sign.setPixmap(pixmap(sign, colour, 16, self.devicePixelRatioF()))
        self._state.setStyleSheet(f"color: {colour};")
