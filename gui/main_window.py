"""The window: the rail, the pages, what lies over them, and who hears of what."""

from __future__ import annotations

from pathlib import Path

import structlog
from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from core.errors import TrineoError
from core.jobs.model import Batch, State
from core.paths import resources
from core.studio import Studio
from gui import wording
from gui.actions import Actions, Menus
from gui.banner import Banner, Tone
from gui.bridge import Bridge
from gui.closing_sheet import ClosingSheet
from gui.commands import CAN_CANCEL, CAN_HOLD, CAN_RESUME, Commands
from gui.drop_overlay import DropOverlay
from gui.failed_page import FailedPage
from gui.intake import Intake
from gui.jobs_model import JobsModel
from gui.leaving import Leaving
from gui.preflight_sheet import PreflightSheet
from gui.queue_page import QueuePage
from gui.rail import Page, Rail
from gui.row_actions import RowAction
from gui.theme import Appearance, Theme
from gui.translation import Languages
from gui.window_state import WindowState

_log = structlog.get_logger(__name__)
_STORE = "store"
_READ_ONLY = "read only"
SAMPLE = resources() / "samples" / "lote-navidad.csv"


class MainWindow(QMainWindow):
    """Owns the widgets; the bridge brings the news, the commands and the intake carry out what is asked."""

    closed = Signal()  # the workers have stopped and the window is gone

    def __init__(self, studio: Studio, bridge: Bridge, theme: Theme, languages: Languages, state: WindowState) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self.languages = languages
        self._state = state
        self.jobs = JobsModel()
        self.actions_ = Actions(theme, self)
        self.rail = Rail(theme)
        self.banner = Banner(theme, side=24, above=16)
        self.queue = QueuePage(self.jobs, self.actions_, theme)
        self.failed = FailedPage(self.jobs, self.actions_, theme)
        centre = self._lay_out()
        self.sheet = PreflightSheet(theme, centre, self._usable)
        self.closing = ClosingSheet(theme, centre, self._usable)
        self.overlay = DropOverlay(theme, centre)
        self.intake = Intake(studio, bridge, self.sheet)
        self.leaving = Leaving(studio, bridge, self.closing)
        self.commands = Commands(studio, bridge, self.banner)
        self._menus = Menus(self.menuBar(), self.actions_)
        self._connect_bridge()
        self._connect_actions()
        self.setAcceptDrops(True)
        self.setMinimumSize(QSize(800, 480))
        self.resize(1180, 760)
        self.restoreGeometry(state.geometry)
        self._retranslate()
        self._enable_actions()
        self.queue.take_focus()

    def _lay_out(self) -> QWidget:
        centre = QWidget()
        centre.setObjectName("centre")
        self._usable = QWidget(centre)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.queue)
        self._pages.addWidget(self.failed)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.banner)
        right.addWidget(self._pages, 1)
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

    def _connect_bridge(self) -> None:
        bridge = self._bridge
        bridge.records_read.connect(self.jobs.put)
        bridge.batches_read.connect(self.jobs.put_batches)
        bridge.progressed.connect(self.jobs.put_progress)
        bridge.whole_read.connect(self.jobs.keep_only)
        bridge.reachable_changed.connect(self._show_reachable)
        bridge.failed.connect(self._show_failure)
        self.jobs.tallies_changed.connect(self._show_counts)
        self.jobs.tallies_changed.connect(self._enable_actions)
        self.intake.submitted.connect(self._show_submitted)

    def _connect_actions(self) -> None:
        do, ask = self.actions_, self.commands
        self.rail.went_to.connect(self.go_to)
        do.show_queue.triggered.connect(lambda: self.go_to(Page.QUEUE))
        do.show_failed.triggered.connect(lambda: self.go_to(Page.FAILED))
        do.add_files.triggered.connect(self._choose_files)
        do.try_sample.triggered.connect(lambda: self.intake.take([SAMPLE]))
        do.close_window.triggered.connect(self.close)
        do.open_film.triggered.connect(lambda: self._open(RowAction.OPEN_FILM))
        do.open_folder.triggered.connect(lambda: self._open(RowAction.OPEN_FOLDER))
        do.cancel.triggered.connect(lambda: ask.cancel(self._chosen(CAN_CANCEL)))
        do.hold.triggered.connect(lambda: ask.hold(self._chosen(CAN_HOLD)))
        do.resume.triggered.connect(lambda: ask.resume(self._chosen(CAN_RESUME)))
        do.retry.triggered.connect(lambda: ask.retry([record.id for record in self.failed.chosen()]))
        do.retry_all.triggered.connect(ask.retry_all)
        for code, action in do.languages.items():
            action.triggered.connect(lambda _=False, code=code: self._speak(code))
        for name, action in do.appearances.items():
            action.triggered.connect(lambda _=False, name=name: self._wear(Appearance(name)))
        self.queue.table.acted.connect(self._act)
        self.queue.table.chosen_changed.connect(self._enable_actions)
        self.failed.retry_wanted.connect(ask.retry)
        self.leaving.over.connect(self.close)

    # Going about

    def go_to(self, page: Page) -> None:
        self.rail.show_page(page)
        shown = self.queue if page is Page.QUEUE else self.failed
        self._pages.setCurrentWidget(shown)
        shown.take_focus()

    def _choose_files(self) -> None:
        dialog = QFileDialog(self, self.tr("Spreadsheets or scripts"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self.tr("Spreadsheets and scripts (*.csv *.tsv *.txt)"), self.tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.intake.take([Path(name) for name in names]))
        dialog.open()

    def _show_submitted(self, batches: list[Batch]) -> None:
        self.go_to(Page.QUEUE)
        self.queue.show_submitted(batches)

    # Films

    def _act(self, action: RowAction, job_id: str) -> None:
        record = self.jobs.record(job_id)
        if record is None:
            return
        match action:
            case RowAction.OPEN_FILM:
                self.commands.open_film(record)
            case RowAction.OPEN_FOLDER:
                self.commands.open_folder(record)
            case RowAction.CANCEL:
                self.commands.cancel([job_id])
            case RowAction.RETRY:
                self.commands.retry([job_id])

    def _open(self, action: RowAction) -> None:
        made = [record for record in self.queue.table.chosen() if record.result is not None]
        if made:
            self._act(action, made[0].id)

    def _chosen(self, states: frozenset[State]) -> list[str]:
        return [record.id for record in self.queue.table.chosen() if record.state in states]

    def _enable_actions(self, *_: object) -> None:
        states = self.queue.table.chosen_states()
        made = bool(states & {State.DONE, State.REVIEW})
        self.actions_.open_film.setEnabled(made)
        self.actions_.open_folder.setEnabled(made)
        self.actions_.cancel.setEnabled(bool(states & CAN_CANCEL))
        self.actions_.hold.setEnabled(bool(states & CAN_HOLD))
        self.actions_.resume.setEnabled(bool(states & CAN_RESUME))

    # News

    def _show_counts(self, _: object = None) -> None:
        count = self.jobs.count
        waiting = sum(map(count, (State.READY, State.DELAYED, State.PARKED)))
        self.leaving.running_changed(count(State.RUNNING))
        self.rail.show_counts(running=count(State.RUNNING), waiting=waiting, failed=count(State.FAILED))

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

    # Files held over the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files_in(event.mimeData()):
            event.acceptProposedAction()
            self.overlay.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.overlay.hide()
        event.acceptProposedAction()
        self.intake.take(_files_in(event.mimeData()))

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
        self._state.save()
        event.accept()
        self.closed.emit()


def _files_in(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
