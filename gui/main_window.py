"""The window: the rail, the pages' places, what lies over them, and how one goes about in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from core.paths import resources
from gui.actions import Actions, Menus
from gui.language.translation import Languages
from gui.look.theme import Appearance, Theme
from gui.opening_page import OpeningPage
from gui.page import PageFrame
from gui.pages import Page
from gui.preflight.drop_overlay import DropOverlay
from gui.preflight.file_drops import FileDrops
from gui.rail import Rail
from gui.widgets.banner import Banner
from gui.window_state import WindowState

if TYPE_CHECKING:
    from gui.about.sheet import AboutSheet
    from gui.closing_sheet import ClosingSheet
    from gui.desks import Desks
    from gui.failed.page import FailedPage
    from gui.leaving import Leaving
    from gui.notices import Notices
    from gui.player.posters import Posters
    from gui.preflight.intake import Intake
    from gui.preflight.sheet import PreflightSheet
    from gui.pronunciation.desk import NamesDesk
    from gui.queue.batch_news import BatchNews
    from gui.queue.commands import Commands
    from gui.queue.desk import QueueDesk
    from gui.queue.jobs_model import JobsModel
    from gui.queue.page import QueuePage
    from gui.review.page import ReviewPage
    from gui.studio_pages import StudioPages
    from gui.tray import Tray
    from gui.widgets.moment_sheet import MomentSheet
    from gui.widgets.undo_bar import UndoBar

SAMPLE = resources() / "samples" / "lote-navidad.csv"


class MainWindow(QMainWindow):
    """There before the studio is open: `gui/furnishing.py` brings what works with it, and what is only named below.

    Until then every page says that the queue is being opened, files that are dropped wait, and of the actions those can
    be chosen that need no film.
    """

    closed = Signal()  # the workers have stopped and the window is gone

    jobs: JobsModel
    posters: Posters
    queue: QueuePage
    review: ReviewPage
    failed: FailedPage
    about: StudioPages
    sheet: PreflightSheet
    moments: MomentSheet
    closing: ClosingSheet
    undo: UndoBar
    intake: Intake
    leaving: Leaving
    commands: Commands
    queue_desk: QueueDesk
    desks: Desks
    tray: Tray
    news: BatchNews
    notices: Notices
    names: NamesDesk

    def __init__(self, theme: Theme, languages: Languages, state: WindowState) -> None:
        super().__init__()
        self.theme = theme
        self.languages = languages
        self.state = state
        self.furnished = False
        self.left = False  # it is closed, and `closed` was told
        self.may_close: Callable[[], bool] = lambda: True  # asked before it closes; may see to it that it closes later
        self.leave_now: Callable[[], object] = self.close  # without a question
        self._take: Callable[[Sequence[Path]], None] | None = None
        self._waiting: list[Path] = []
        self._page = Page.QUEUE
        self._pages: dict[Page, PageFrame] = {}
        self.about_sheet: AboutSheet | None = None  # made when it is asked for
        self.actions_ = Actions(theme, self)
        self.actions_.wait_for_films()
        self.banner = Banner(theme, side=24, above=16)
        self.rail = Rail(theme, Page)
        self.opening = OpeningPage()
        self.centre, self.usable = QWidget(), QWidget()
        self._lay_out()
        self.overlay = DropOverlay(theme, self.centre)
        self.drops = FileDrops(self, self.overlay, self.take)
        self.menus = Menus(self.menuBar(), self.actions_)
        self._connect()
        self._retranslate()
        self.setMinimumSize(QSize(800, 480))
        self.resize(1180, 760)
        self.restoreGeometry(state.geometry)
        self.opening.take_focus()

    def _lay_out(self) -> None:
        """`centre` is everything under the menus; `usable` what can't be used while a sheet lies over it."""
        self.centre.setObjectName("centre")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.opening)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.banner)
        right.addWidget(self._stack, 1)
        usable = QHBoxLayout(self.usable)
        usable.setContentsMargins(0, 0, 0, 0)
        usable.setSpacing(0)
        usable.addWidget(self.rail)
        usable.addLayout(right, 1)
        whole = QHBoxLayout(self.centre)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.usable)
        self.setCentralWidget(self.centre)

    def _connect(self) -> None:
        do = self.actions_
        self.rail.went_to.connect(self.go_to)
        self.opening.close_wanted.connect(self.close)
        for page, action in do.pages.items():
            action.triggered.connect(lambda _=False, page=page: self.go_to(page))
        do.add_files.triggered.connect(self._choose_files)
        do.try_sample.triggered.connect(lambda: self.take([SAMPLE]))
        do.close_window.triggered.connect(self.close)
        do.about.triggered.connect(self._show_about)
        for code, action in do.languages.items():
            action.triggered.connect(lambda _=False, code=code: self._speak(code))
        for name, action in do.appearances.items():
            action.triggered.connect(lambda _=False, name=name: self._wear(Appearance(name)))

    # Going about

    def go_to(self, page: Page) -> None:
        self._page = page
        self.rail.show_page(page)
        self.opening.stand_for(page)
        shown = self._pages.get(page, self.opening)
        self._stack.setCurrentWidget(shown)
        shown.take_focus()

    def put_pages(self, pages: Mapping[Page, PageFrame]) -> None:
        """They take the place of the one that says that the queue is being opened."""
        self._pages = dict(pages)
        for widget in pages.values():
            self._stack.addWidget(widget)
        self.go_to(self._page)

    def take(self, files: Sequence[Path]) -> None:
        """Files to make films from, however they came; they wait until the queue is open."""
        if self._take is None:
            self._waiting += files
        else:
            self._take(files)

    def hand_files_to(self, take: Callable[[Sequence[Path]], None]) -> None:
        """From now on, and those that have waited."""
        self._take = take
        waiting, self._waiting = self._waiting, []
        take(waiting)

    def come_forward(self) -> None:
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    def _choose_files(self) -> None:
        from gui.preflight.file_choice import choose_files  # noqa: PLC0415 - knows all readers; not for the first picture

        choose_files(self, self.take)

    def _show_about(self) -> None:
        from gui.about.sheet import AboutSheet  # noqa: PLC0415 - seldom asked for

        if self.about_sheet is None:
            self.about_sheet = AboutSheet(self.theme, self.centre, self.usable)
        self.about_sheet.open_sheet()

    # Language and appearance

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _speak(self, code: str) -> None:
        self.state.language = code
        self.languages.use(code)

    def _wear(self, appearance: Appearance) -> None:
        self.state.appearance = appearance
        self.theme.choose(appearance)

    def _retranslate(self) -> None:
        self.setWindowTitle("Trineo")
        self.actions_.retranslate()
        self.menus.retranslate()
        self.actions_.languages[self.languages.current].setChecked(True)
        self.actions_.appearances[self.theme.appearance].setChecked(True)

    # Leaving

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        self.state.geometry = self.saveGeometry()
        self.state.save()
        event.accept()
        self.left = True
        self.closed.emit()
