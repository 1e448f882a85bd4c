"""The window: the rail, the pages, what lies over them, and who hears of what."""

from __future__ import annotations

from pathlib import Path

import structlog
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from core.errors import TrineoError
from core.intake.readers import READERS
from core.jobs.model import Batch, State
from core.paths import resources
from core.studio import Studio
from gui.actions import Actions, Menus
from gui.bridge import Bridge
from gui.closing_sheet import ClosingSheet
from gui.desks import Desks
from gui.failed.page import FailedPage
from gui.language import wording
from gui.language.translation import Languages
from gui.leaving import Leaving
from gui.look.theme import Appearance, Theme
from gui.page import PageFrame
from gui.pages import Page
from gui.player.posters import Posters
from gui.preflight.drop_overlay import DropOverlay
from gui.preflight.file_drops import FileDrops
from gui.preflight.intake import Intake
from gui.preflight.sheet import PreflightSheet
from gui.queue.batch_news import BatchNews
from gui.queue.commands import Commands
from gui.queue.desk import QueueDesk
from gui.queue.jobs_model import JobsModel
from gui.queue.page import QueuePage
from gui.rail import Rail
from gui.review.page import ReviewPage
from gui.studio_pages import StudioPages
from gui.tray import Tray
from gui.widgets.banner import Banner, Tone
from gui.widgets.moment_sheet import MomentSheet
from gui.widgets.undo_bar import UndoBar
from gui.window_state import WindowState

_log = structlog.get_logger(__name__)
_STORE = "store"
_READ_ONLY = "read only"
SAMPLE = resources() / "samples" / "lote-navidad.csv"


class MainWindow(QMainWindow):
    """Owns the widgets; the bridge brings the news, the desks and the intake carry out what is asked."""

    closed = Signal()  # the workers have stopped and the window is gone

    def __init__(self, studio: Studio, bridge: Bridge, theme: Theme, languages: Languages, state: WindowState) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self.languages = languages
        self._state = state
        self.jobs = JobsModel()
        self.posters = Posters(self)
        self.actions_ = Actions(theme, self)
        self.banner = Banner(theme, side=24, above=16)
        self.queue = QueuePage(self.jobs, self.actions_, theme, self.posters)
        self.review = ReviewPage(self.jobs, theme, self.posters)
        self.failed = FailedPage(self.jobs, self.actions_, theme)
        self.about = StudioPages(studio, bridge, theme)
        self._pages: dict[Page, PageFrame] = {
            Page.QUEUE: self.queue,
            Page.REVIEW: self.review,
            Page.FAILED: self.failed,
            **self.about.by_name(),
        }
        self.rail = Rail(theme, self._pages)
        centre = self._lay_out()
        over = (centre, self._usable)
        self.sheet = PreflightSheet(theme, *over)
        self.moments = MomentSheet(theme, *over)
        self.closing = ClosingSheet(theme, *over)
        self.overlay = DropOverlay(theme, centre)
        self.undo = UndoBar(theme, centre)
        self.intake = Intake(studio, bridge, self.sheet, state.films_folder)
        self.leaving = Leaving(studio, bridge, self.closing)
        self.commands = Commands(studio, bridge, self.banner, self.undo)
        self.queue_desk = QueueDesk(studio, bridge, self.queue, self.jobs, self.actions_, self.commands, self.moments)
        self.desks = Desks(
            studio,
            bridge,
            theme,
            self.actions_,
            self.commands,
            pages=(self.failed, self.review, self.queue),
            places=over,
            told=(self.undo, self.banner),
        )
        self.tray = Tray(theme, self.actions_, self)
        self.news = BatchNews(self.jobs, self)
        self._menus = Menus(self.menuBar(), self.actions_)
        self._menus.add_pages(self.review.does.every, self.failed.does.every)
        self.drops = FileDrops(self, self.overlay, self.intake.take)
        self._connect_bridge()
        self._connect_actions()
        self._remember()
        self._retranslate()
        self.queue.take_focus()

    def _lay_out(self) -> QWidget:
        centre = QWidget()
        centre.setObjectName("centre")
        self._usable = QWidget(centre)
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.banner)
        right.addWidget(self._stack, 1)
        usable = QHBoxLayout(self._usable)
        usable.setContentsMargins(0, 0, 0, 0)
        usable.setSpacing(0)
        usable.addWidget(self.rail)
        usable.addLayout(right, 1)
        whole = QHBoxLayout(centre)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._usable)
        self.setCentralWidget(centre)
        return centre

    def _remember(self) -> None:
        """As it was left."""
        self.setMinimumSize(QSize(800, 480))
        self.resize(1180, 760)
        self.restoreGeometry(self._state.geometry)
        self.queue.table.restore_layout(self._state.columns)

    def _connect_bridge(self) -> None:
        bridge = self._bridge
        bridge.sketched.connect(self.jobs.put_overview)
        bridge.sketched.connect(lambda _: self._hurry_what_is_seen())
        bridge.records_read.connect(self.jobs.put)
        bridge.batches_read.connect(self.jobs.put_batches)
        bridge.progressed.connect(self.jobs.put_progress)
        bridge.whole_read.connect(self.jobs.keep_only)
        bridge.whole_read.connect(lambda _: self.news.begin())
        bridge.reachable_changed.connect(self._show_reachable)
        bridge.failed.connect(self._show_failure)
        self.jobs.tallies_changed.connect(self._show_counts)
        self.intake.submitted.connect(self._show_submitted)
        self.intake.folder_used.connect(self._keep_folder)
        self.news.told.connect(self._tell_news)
        self.tray.opened.connect(self._come_forward)
        self.queue.table.verticalScrollBar().valueChanged.connect(lambda _: self._hurry_what_is_seen())

    def _connect_actions(self) -> None:
        do = self.actions_
        self.rail.went_to.connect(self.go_to)
        for page, action in do.pages.items():
            action.triggered.connect(lambda _=False, page=page: self.go_to(page))
        do.add_files.triggered.connect(self._choose_files)
        do.try_sample.triggered.connect(lambda: self.intake.take([SAMPLE]))
        do.close_window.triggered.connect(self.close)
        do.search.triggered.connect(self._search)
        do.undo.triggered.connect(self.undo.take_back)
        do.undo.setEnabled(False)
        self.undo.changed.connect(do.undo.setEnabled)
        for code, action in do.languages.items():
            action.triggered.connect(lambda _=False, code=code: self._speak(code))
        for name, action in do.appearances.items():
            action.triggered.connect(lambda _=False, name=name: self._wear(Appearance(name)))
        self.leaving.over.connect(self.close)

    # Going about

    def go_to(self, page: Page) -> None:
        self.rail.show_page(page)
        self._stack.setCurrentWidget(self._pages[page])
        self._pages[page].take_focus()

    def _search(self) -> None:
        if self.jobs.rowCount():
            self.go_to(Page.QUEUE)
            self.queue.filters.search.setFocus()
            self.queue.filters.search.selectAll()

    def _choose_files(self) -> None:
        dialog = QFileDialog(self, self.tr("Spreadsheets or scripts"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        kinds = " ".join(f"*{ending}" for ending in READERS)
        named = self.tr("Spreadsheets and scripts ({kinds})").format(kinds=kinds)
        dialog.setNameFilters([named, self.tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.intake.take([Path(name) for name in names]))
        dialog.open()

    def _show_submitted(self, batches: list[Batch]) -> None:
        self.go_to(Page.QUEUE)
        self.queue.show_submitted(batches)

    def _keep_folder(self, folder: Path) -> None:
        self._state.films_folder = folder

    def _come_forward(self) -> None:
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    # News

    def _show_counts(self, _: object = None) -> None:
        count = self.jobs.count
        running = count(State.RUNNING)
        waiting = sum(map(count, (State.READY, State.DELAYED, State.PARKED)))
        self.leaving.running_changed(running)
        self.rail.show_counts(running=running, waiting=waiting, failed=count(State.FAILED), review=count(State.REVIEW))
        fraction = self.jobs.made_fraction() if running + waiting else None
        self.tray.show_progress(fraction, self.rail.words())

    def _hurry_what_is_seen(self) -> None:
        if self.jobs.unread:
            seen = self.queue.table.rows_in_sight()
            self._bridge.hurry(self.queue.rows.unread_among(seen))

    def _tell_news(self, batch_id: str, headline: str, words: str) -> None:
        """By the system where the window is out of sight, else in the window; never both."""
        if not self.isActiveWindow():
            QApplication.alert(self)
            if self.tray.tell(headline, words):
                return
        self.banner.say(Tone.INFO, headline, words)

    def _show_reachable(self, reachable: bool) -> None:
        if reachable:
            self.banner.withdraw(_STORE)
            return
        self.banner.say(
            Tone.WARNING,
            self.tr("The queue can't be reached."),
            self.tr("Nothing is lost: what is shown here goes on by itself as soon as it is back."),
            topic=_STORE,
            kept=True,
        )

    def _show_failure(self, error: BaseException) -> None:
        if isinstance(error, TrineoError):
            self.banner.say(Tone.ERROR, *wording.what_and_remedy(error))
        else:
            _log.error("a call of the window's failed", exc_info=error)
            self.show_unexpected()

    def show_recovered(self, running: int) -> None:
        """Said once, at the start: the last program ended without saying so."""
        if running:
            what = self.tr("Trineo was cut off while %Ln film(s) were being made.", "", running)
            self.banner.say(Tone.INFO, what, self.tr("Nothing is lost: they begin again by themselves."))

    def show_read_only(self) -> None:
        """As long as the window is open: another program works on this queue."""
        self.banner.say(
            Tone.WARNING,
            self.tr("Another Trineo is working on this queue. Here you only see how it stood when you opened it."),
            self.tr("Close the other one to work here."),
            topic=_READ_ONLY,
            kept=True,
        )

    def show_unexpected(self) -> None:
        self.banner.say(
            Tone.ERROR,
            self.tr("Something went wrong in this window."),
            self.tr("The films go on. If it happens again, send the log file to whoever looks after Trineo."),
        )

    # Language and appearance

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _speak(self, code: str) -> None:
        self._state.language = code
        self.languages.use(code)

    def _wear(self, appearance: Appearance) -> None:
        self._state.appearance = appearance
        self._theme.choose(appearance)

    def _retranslate(self) -> None:
        self.setWindowTitle("Trineo")
        self.actions_.retranslate()
        self._menus.retranslate()
        self.jobs.retranslate()
        self.actions_.languages[self.languages.current].setChecked(True)
        self.actions_.appearances[self._theme.appearance].setChecked(True)

    # Leaving

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.leaving.done:
            event.ignore()
            self.leaving.ask(self.jobs.count(State.RUNNING))
            return
        self._state.geometry = self.saveGeometry()
        self._state.columns = self.queue.table.layout_state()
        self._state.save()
        self.tray.leave()
        event.accept()
        self.closed.emit()
