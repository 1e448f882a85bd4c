"""What stands on the Log page below its title: the filters, the lines, the chosen one in full."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from core.jobs.model import JobRecord
from core.logs.reading import Lack
from core.studio import Studio
from gui.bridge import Bridge
from gui.language import wording
from gui.log.film_names import FilmNames
from gui.log.filters import LogFilters
from gui.log.line_details import LineDetails
from gui.log.lines_model import LinesModel
from gui.log.lines_table import LinesTable
from gui.log.support_panel import SupportPanel
from gui.look.theme import Theme
from gui.widgets.banner import Banner


class LogBoard(QWidget):
    shown = Signal(bool)

    def __init__(self, studio: Studio, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._folder = studio.folder.logs
        self._lack: Lack | None = None
        self._read = self._low = False
        self._new = 0
        self.banner = Banner(theme)
        self.panel = SupportPanel()
        self.filters = LogFilters(theme)
        self.names = FilmNames(studio, bridge, self)
        self.lines = LinesModel(self.names.of)
        self.names.told.connect(self.lines.films_told)
        self.table = LinesTable(self.lines, theme)
        self.details = LineDetails()
        self._told = QLabel()
        self._told.setObjectName("second")
        self.newest = QPushButton()
        self.newest.setObjectName("quiet")
        self.newest.setAutoDefault(True)
        self.newest.clicked.connect(self._go_to_newest)
        self._empty = QLabel()
        self._empty.setObjectName("second")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(32)
        self._lay_out()
        self.filters.left.connect(self.table.setFocus)
        self.table.chosen_changed.connect(self._show_chosen)
        self.table.follows_changed.connect(self._follows)
        self.panel.shown.connect(lambda _: self._fit())
        self._add_keys()
        self._retranslate()

    def show_job(self, record: JobRecord) -> None:
        """Only what is said of this film."""
        self.names.keep(record)
        self.filters.want_job(record.id, record.job.name)
        self.table.follow()

    def be_low(self, low: bool) -> None:
        """In a low window one thing at a time: the lines, and either the chosen one or the support file."""
        self._low = low
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown.emit(False)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    # What the desk tells

    def show_counts(self, lack: Lack | None, *, read: bool, new: int = 0) -> None:
        """`new`: so many lines came that are not in sight."""
        self._lack, self._read = lack, read
        self._new = 0 if self.table.follows else self._new + new
        self._tell()

    def _tell(self) -> None:
        lack, read = self._lack, self._read
        shown, known = len(self.lines.shown()), self.lines.known
        words = self.tr("%Ln line(s)", "", shown)
        if shown != known:
            words = self.tr("{shown} of %Ln line(s)", "", known).format(shown=wording.number(shown))
        if lack is not None and known:
            words = f"{words} · {self.tr('the log can’t be read any more')}"
        self._told.setText(words if read else self.tr("Reading…"))
        self._empty.setText(self._why_empty(lack) if read else "")
        self._stack.setCurrentIndex(0 if shown else 1)
        self._say_newest()

    def told(self) -> str:
        return self._told.text()

    def why_empty(self) -> str:
        return self._empty.text() if self._stack.currentIndex() else ""

    def _why_empty(self, lack: Lack | None) -> str:
        if lack is Lack.MISSING:
            return self.tr("Nothing is written yet: the log begins with the first thing that is done.")
        if lack is Lack.UNREADABLE:
            return self.tr("The log can't be read: ask for the right to read {folder}.").format(folder=self._folder)
        if self.filters.wanted.job:
            return self.tr("Nothing is written here about this film: another computer made it, or it is too long ago.")
        return self.tr("No line is as you want it.")

    # Inside

    def _lay_out(self) -> None:
        frame = QFrame()
        frame.setObjectName("tableFrame")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        inside.addWidget(self._stack, 1)
        rule = QFrame()
        rule.setObjectName("rule")
        inside.addWidget(rule)
        foot = QWidget()
        line = QHBoxLayout(foot)
        line.setContentsMargins(12, 4, 4, 4)
        line.addWidget(self._told, 1)
        line.addWidget(self.newest)
        inside.addWidget(foot)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(16)
        for widget in (self.banner, self.panel, self.filters):
            lay.addWidget(widget)
        lay.addWidget(frame, 1)
        lay.addWidget(self.details)

    def _add_keys(self) -> None:
        self.copy = QAction(self.table)
        self.copy.setShortcut(QKeySequence.StandardKey.Copy)
        self.copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.table.addAction(self.copy)
        self.to_search = QAction(self)
        self.to_search.setShortcut(QKeySequence("Ctrl+Shift+F"))
        self.to_search.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.to_search.triggered.connect(self.filters.search.setFocus)
        self.addAction(self.to_search)

    def _show_chosen(self) -> None:
        chosen = self.table.chosen()
        self.details.show_line(chosen[-1] if chosen else None)
        self._fit()

    def _fit(self) -> None:
        asking = self.panel.isVisible()
        self.details.be_low(self._low)
        self.details.setVisible(self.details.line is not None and not (self._low and asking))

    def _follows(self, on: bool) -> None:
        self._new = 0
        self._say_newest()
        del on

    def _go_to_newest(self) -> None:
        self.table.follow()
        self.table.setFocus()

    def _say_newest(self) -> None:
        follows = self.table.follows
        self.newest.setEnabled(not follows)
        if follows:
            words = self.tr("Following")
        else:
            words = self.tr("%Ln new: to the newest", "", self._new) if self._new else self.tr("To the newest")
        self.newest.setText(words)
        self.newest.setToolTip(
            self.tr("New lines are shown as they come; scroll up to stop") if follows else self.tr("Follow again (End)")
        )

    def _retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Lines of the log"))
        self._tell()
