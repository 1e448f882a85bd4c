"""The voices of the account: found by name, heard at a click, chosen. What hearing one costs stands on its button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.desk.connections import VoiceChoice
from core.render.interfaces import Cost
from gui.look.theme import Theme

_ROWS = 6
_ROW_PX = 30
_ID = Qt.ItemDataRole.UserRole


class VoicePicker(QWidget):
    list_wanted = Signal()
    sample_wanted = Signal(object)  # VoiceChoice
    line_wanted = Signal(object)  # VoiceChoice: costs something
    chosen = Signal(str)  # a voice's id

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._voices: dict[str, VoiceChoice] = {}
        self._in_use = ""
        self._price = Cost()
        self.show_list = QPushButton()
        self.show_list.setObjectName("quiet")
        self.search = QLineEdit()
        self.list = QListWidget()
        self.list.setObjectName("well")
        self.list.setFixedHeight(_ROWS * _ROW_PX)
        self.list.setUniformItemSizes(True)
        self.list.setStyleSheet("QListWidget::item { padding: 0 8px; }")
        self.sample, self.line, self.use = QPushButton(), QPushButton(), QPushButton()
        self._note = QLabel()
        self._note.setObjectName("small")
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        for button in (self.show_list, self.sample, self.line, self.use):
            button.setAutoDefault(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._lay_out()
        self._connect()
        self._show_open(False)
        self._retranslate()

    def show_voices(self, voices: Sequence[VoiceChoice], in_use: str, price: Cost) -> None:
        """`price` is what hearing one say a line will cost."""
        self._voices = {voice.id: voice for voice in voices}
        self._in_use, self._price = in_use, price
        self.list.clear()
        for voice in voices:
            item = QListWidgetItem()
            item.setData(_ID, voice.id)
            item.setSizeHint(QSize(0, _ROW_PX))
            self.list.addItem(item)
        self._show_open(True)
        self._retranslate()
        self._find(self.search.text())
        here = next((row for row, voice in enumerate(voices) if voice.id == in_use), 0)
        self.list.setCurrentRow(here)

    def show_in_use(self, voice_id: str) -> None:
        self._in_use = voice_id
        self._retranslate()

    def say(self, words: str) -> None:
        """What came of hearing one; empty: nothing to say."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def busy(self, busy: bool) -> None:
        for button in (self.show_list, self.sample, self.line):
            button.setEnabled(not busy)
        if not busy:
            self._enable()

    @property
    def note(self) -> str:
        return self._note.text()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.sample, self.line):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.use)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(8)
        lay.addWidget(self.show_list, 0, Qt.AlignmentFlag.AlignLeft)
        lay.addWidget(self.search)
        lay.addWidget(self.list)
        lay.addLayout(buttons)
        lay.addWidget(self._note)

    def _connect(self) -> None:
        self.show_list.clicked.connect(self.list_wanted)
        self.search.textChanged.connect(self._find)
        self.list.currentItemChanged.connect(lambda *_: self._enable())
        self.list.itemActivated.connect(lambda _: self._use())
        self.sample.clicked.connect(lambda: self._with_current(self.sample_wanted))
        self.line.clicked.connect(lambda: self._with_current(self.line_wanted))
        self.use.clicked.connect(self._use)

    def current(self) -> VoiceChoice | None:
        item: QListWidgetItem | None = self.list.currentItem()
        return self._voices.get(str(item.data(_ID))) if item is not None and not item.isHidden() else None

    def _with_current(self, signal: SignalInstance) -> None:
        if (voice := self.current()) is not None:
            signal.emit(voice)

    def _use(self) -> None:
        if (voice := self.current()) is not None:
            self.chosen.emit(voice.id)

    def _find(self, text: str) -> None:
        wanted = text.casefold().strip()
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(wanted not in item.text().casefold())
        self._enable()

    def _show_open(self, opened: bool) -> None:
        for widget in (self.search, self.list, self.sample, self.line, self.use):
            widget.setVisible(opened)
        self.show_list.setVisible(not opened)
        self._note.setVisible(bool(self._note.text()))

    def _enable(self) -> None:
        voice = self.current()
        self.sample.setEnabled(voice is not None and bool(voice.sample))
        self.line.setEnabled(voice is not None)
        self.use.setEnabled(voice is not None and voice.id != self._in_use)

    def _words_of(self, voice: VoiceChoice) -> str:
        words = f"{voice.name or voice.id}  ·  {voice.kind}" if voice.kind else voice.name or voice.id
        return f"{words}  ·  {self.tr('in use')}" if voice.id == self._in_use else words

    def _retranslate(self) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setText(self._words_of(self._voices[str(item.data(_ID))]))
        usd = QLocale().toString(max(self._price.usd, 0.001), "f", 3)
        self.show_list.setText(self.tr("Choose a voice…"))
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search the voices"))
        self.list.setAccessibleName(self.tr("Voices of the account"))
        self.sample.setText(self.tr("Hear its sample (free)"))
        told = self.tr("Hear it say a line (%Ln characters, about {usd} US dollars)", "", self._price.characters)
        self.line.setText(told.format(usd=usd))
        self.line.setToolTip(self.tr("The service charges it to your account. Heard once, it costs nothing any more."))
        self.use.setText(self.tr("Use this voice"))
        self._enable()
