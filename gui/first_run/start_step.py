"""The first thing one sees: welcome, the language, where videos go, for whom the first one is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.language import wording
from gui.language.translation import LANGUAGES
from gui.look.theme import Theme, font

NAME = "Sofía"
_LONGEST_NAME = 100


class StartStep(QWidget):
    """Everything is answered already: pressing the button is enough."""

    make_wanted = Signal(str)  # the child's name
    skip_wanted = Signal()
    language_wanted = Signal(str)
    folder_wanted = Signal(object)  # Path

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._folder = Path()
        self._title, self._words = QLabel(), QLabel()
        self._title.setFont(font(28, QFont.Weight.DemiBold))
        self._words.setFont(font(15))
        self._language_title, self._folder_title, self._name_title, self._hint = (_small() for _ in range(4))
        self.languages = {code: _chip(word) for code, word in LANGUAGES.items()}
        self._one_language = QButtonGroup(self)
        self._path = QLabel()
        self._path.setTextFormat(Qt.TextFormat.PlainText)
        self.change = QPushButton()
        self.name = QLineEdit(NAME)
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.setFont(font(15))
        self._name_title.setBuddy(self.name)
        self._wrong = QLabel()
        self._wrong.setTextFormat(Qt.TextFormat.PlainText)
        self.make, self.skip = QPushButton(), QPushButton()
        self.make.setObjectName("primary")
        self.skip.setObjectName("quiet")
        for button in (self.make, self.skip, self.change):
            button.setAutoDefault(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        for label in (self._title, self._words, self._hint, self._wrong):
            label.setWordWrap(True)
        self._wrong.hide()
        self._lay_out()
        self._connect()
        self._tint()
        self._retranslate()

    def show_folder(self, folder: Path) -> None:
        self._folder = folder
        room = max(120, self.width() - self.change.sizeHint().width() - 24)
        shown = QFontMetrics(self._path.font()).elidedText(str(folder), Qt.TextElideMode.ElideMiddle, room)
        self._path.setText(shown)
        self._path.setToolTip(wording.tool_tip(str(folder)))

    def complain(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
        self.name.setAccessibleDescription(words)
        if words:
            self.name.setFocus()

    @property
    def wrong(self) -> str:
        return self._wrong.text()

    def take_focus(self) -> None:
        self.name.setFocus()
        self.name.selectAll()

    def busy(self, busy: bool) -> None:
        for widget in (self.make, self.name, self.change):
            widget.setEnabled(not busy)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_folder(self._folder)

    def _lay_out(self) -> None:
        chips = QHBoxLayout()
        chips.setSpacing(8)
        for chip in self.languages.values():
            self._one_language.addButton(chip)
            chips.addWidget(chip)
        chips.addStretch(1)
        folder = QHBoxLayout()
        folder.addWidget(self._path, 1)
        folder.addWidget(self.change)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.make)
        buttons.addWidget(self.skip)
        buttons.addStretch(1)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(4)
        lay.addStretch(2)
        lay.addWidget(self._title)
        lay.addSpacing(4)
        lay.addWidget(self._words)
        lay.addSpacing(16)
        for widget in (self._name_title, self.name, self._wrong, self._hint):
            lay.addWidget(widget)
        for title, content in ((self._language_title, chips), (self._folder_title, folder)):
            lay.addSpacing(16)
            lay.addWidget(title)
            lay.addLayout(content)
        lay.addSpacing(24)
        lay.addLayout(buttons)
        lay.addStretch(3)

    def _connect(self) -> None:
        for code, chip in self.languages.items():
            chip.clicked.connect(lambda _=False, code=code: self.language_wanted.emit(code))
        self.change.clicked.connect(self._ask_folder)
        self.make.clicked.connect(self._make)
        self.name.returnPressed.connect(self._make)
        self.name.textEdited.connect(lambda _: self.complain(""))
        self.skip.clicked.connect(self.skip_wanted)
        self._theme.changed.connect(self._tint)

    def _make(self) -> None:
        self.make_wanted.emit(self.name.text().strip() or NAME)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("The folder for the films"), str(self._folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda folder: self.folder_wanted.emit(Path(folder)))
        dialog.open()

    def _tint(self) -> None:
        self._wrong.setStyleSheet(f"color: {self._theme.palette.failed_text};")

    def _retranslate(self) -> None:
        for code, chip in self.languages.items():
            chip.setChecked(code == QLocale().name()[:2])
        self._title.setText(self.tr("Welcome to Trineo"))
        self._words.setText(
            self.tr(
                "Santa speaks to each child by name. See it for yourself: your first film takes about a minute and "
                "needs no account and no key."
            )
        )
        self._name_title.setText(self.tr("Who is it for?"))
        self.name.setAccessibleName(self.tr("Who is it for?"))
        self._hint.setText(self.tr("Any first name will do."))
        self._language_title.setText(self.tr("Language"))
        self._folder_title.setText(self.tr("Films go to"))
        self.change.setText(self.tr("Change…"))
        self.change.setAccessibleName(self.tr("Change the folder for the films"))
        self.make.setText(self.tr("Make my first film"))
        self.skip.setText(self.tr("Skip this"))
        self.skip.setToolTip(self.tr("Go straight to the empty queue"))


def _small() -> QLabel:
    made = QLabel()
    made.setObjectName("small")
    return made


def _chip(word: str) -> QPushButton:
    made = QPushButton(word)
    made.setObjectName("chip")
    made.setCheckable(True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made
