"""Above the log: which level, which batch, which film, and a field that searches all its lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from core.jobs.model import Batch
from gui.log.wanted import Wanted
from gui.look.theme import Theme
from gui.queue.filter_bar import SearchField
from gui.widgets.choice import QuietBox

_TYPING_MS = 140
_BATCHES = 50
_NAME_CHARS = 28

_LEVELS = ("", "info", "warning", "error")


class LogFilters(QWidget):
    changed = Signal()
    left = Signal()  # on to the lines

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._job = ""
        self._batches: list[Batch] = []
        self._ids: list[str] = [""]
        self.search = SearchField(theme)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.setMinimumWidth(140)
        self.search.setMaximumWidth(280)
        self.search.left.connect(self._leave)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_MS)
        self._pause.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda _: self._pause.start())
        self.levels = {level: QPushButton() for level in _LEVELS}
        self.batch_box = QuietBox()
        self.batch_box.setMinimumContentsLength(14)
        self.batch_box.activated.connect(lambda _: self.changed.emit())
        self.film = QPushButton()
        self.film.setObjectName("chip")
        self.film.setCheckable(True)
        self.film.setIconSize(QSize(14, 14))
        self.film.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.film.clicked.connect(lambda: self.want_job("", ""))
        self.film.hide()
        self._lay_out()
        theme.changed.connect(self._tint)
        self._tint()
        self._retranslate()

    @property
    def wanted(self) -> Wanted:
        level = next(level for level, chip in self.levels.items() if chip.isChecked())
        batch = self._ids[max(0, self.batch_box.currentIndex())]
        return Wanted(self._job, batch, level, self.search.text().strip())

    def want_job(self, job_id: str, name: str) -> None:
        """Only the lines about this film, of every level and batch; empty: of all films again."""
        self._job = job_id
        self.film.setText(name if len(name) <= _NAME_CHARS else f"{name[: _NAME_CHARS - 1]}…")
        self.film.setVisible(bool(job_id))
        self.film.setChecked(bool(job_id))
        self.batch_box.setVisible(not job_id)
        self._name_film()
        if job_id:
            self.levels[""].setChecked(True)
            self.batch_box.setCurrentIndex(0)
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
        self.changed.emit()

    def want_batch(self, batch_id: str) -> None:
        if batch_id in self._ids:
            self.batch_box.setCurrentIndex(self._ids.index(batch_id))
            self.changed.emit()

    def show_batches(self, batches: Sequence[Batch]) -> None:
        """The newest first; what was chosen stays chosen."""
        chosen = self._ids[max(0, self.batch_box.currentIndex())]
        self._batches = sorted(batches, key=lambda one: one.created_s, reverse=True)[:_BATCHES]
        self._ids = ["", *(batch.id for batch in self._batches)]
        self.batch_box.clear()
        self.batch_box.addItems([self.tr("All batches"), *(batch.name for batch in self._batches)])
        self.batch_box.setCurrentIndex(self._ids.index(chosen) if chosen in self._ids else 0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        choice = QButtonGroup(self)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(4)
        for chip in self.levels.values():
            chip.setObjectName("chip")
            chip.setCheckable(True)
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            chip.clicked.connect(lambda _=False: self.changed.emit())
            choice.addButton(chip)
            lay.addWidget(chip)
        self.levels[""].setChecked(True)
        lay.addSpacing(8)
        lay.addWidget(self.batch_box)
        lay.addWidget(self.film)
        lay.addStretch(1)
        lay.addWidget(self.search, 1)

    def _leave(self) -> None:
        self._pause.stop()
        self.changed.emit()
        self.left.emit()

    def _tint(self) -> None:
        self.film.setIcon(self._theme.icon("close", self._theme.palette.second))

    def _name_film(self) -> None:
        self.film.setToolTip(self.tr("Show the lines of all films again"))
        self.film.setAccessibleName(self.tr("Only this film: {name}").format(name=self.film.text()))

    def _retranslate(self) -> None:
        words = {
            "": (self.tr("All"), self.tr("Every line")),
            "info": (self.tr("Steps"), self.tr("What was done, without the details")),
            "warning": (self.tr("Warnings"), self.tr("What did not go as it should, and worse")),
            "error": (self.tr("Errors"), self.tr("What went wrong")),
        }
        for level, (word, tip) in words.items():
            self.levels[level].setText(word)
            self.levels[level].setToolTip(tip)
            self.levels[level].setAccessibleName(f"{word}: {tip}")
        self.search.setPlaceholderText(self.tr("Search the log"))
        self.search.setToolTip("Ctrl+Shift+F")
        self.search.setAccessibleName(self.tr("Search the log"))
        self.batch_box.setAccessibleName(self.tr("Batch"))
        self._name_film()
        self.show_batches(self._batches)
