"""What works with the studio, put into the window when that is open: the pages, the sheets, and who hears of what."""

from __future__ import annotations

import gc
from pathlib import Path

from PySide6.QtCore import QObject

from core.jobs.model import Batch, JobRecord, State
from core.studio import Studio
from gui.bridge import Bridge
from gui.closing_sheet import ClosingSheet
from gui.desks import Desks
from gui.failed.page import FailedPage
from gui.leaving import Leaving
from gui.main_window import MainWindow
from gui.notices import Notices
from gui.pages import Page
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


def furnish(window: MainWindow, studio: Studio) -> Bridge:
    """The window can be used from now on. The answered bridge reads the studio as soon as it is started."""
    bridge = Bridge(studio)
    _Furnishing(window, studio, bridge)
    gc.freeze()  # what is loaded by now stays: to look through it for garbage would stop the window for a moment
    return bridge


class _Furnishing(QObject):
    """Made once; lives as long as the window."""

    def __init__(self, window: MainWindow, studio: Studio, bridge: Bridge) -> None:
        super().__init__(window)
        self._window = window
        self._bridge = bridge
        self._put_pages(studio)
        self._put_sheets()
        self._put_desks(studio)
        self._connect_bridge()
        self._connect_actions()
        window.menus.add_pages(window.review.does.every, window.failed.does.every)
        window.queue.table.restore_layout(window.state.columns)
        window.jobs.retranslate()
        window.may_close = self._may_close
        window.leave_now = window.leaving.now
        window.put_pages(
            {
                Page.QUEUE: window.queue,
                Page.REVIEW: window.review,
                Page.FAILED: window.failed,
                **window.about.by_name(),
            }
        )
        window.furnished = True
        window.hand_files_to(window.intake.take)

    def _put_pages(self, studio: Studio) -> None:
        window, theme, do = self._window, self._window.theme, self._window.actions_
        window.jobs = JobsModel()
        window.posters = Posters(window)
        window.queue = QueuePage(window.jobs, do, theme, window.posters)
        window.review = ReviewPage(window.jobs, theme, window.posters)
        window.failed = FailedPage(window.jobs, do, theme)
        window.about = StudioPages(studio, self._bridge, theme)

    def _put_sheets(self) -> None:
        window, theme = self._window, self._window.theme
        over = (window.centre, window.usable)
        window.sheet = PreflightSheet(theme, *over)
        window.moments = MomentSheet(theme, *over)
        window.closing = ClosingSheet(theme, *over)
        window.undo = UndoBar(theme, window.centre)

    def _put_desks(self, studio: Studio) -> None:
        window, bridge = self._window, self._bridge
        window.tray = Tray(window.theme, window.actions_, window)
        window.news = BatchNews(window.jobs, window)
        window.notices = Notices(window, window.banner, window.tray)
        window.intake = Intake(studio, bridge, window.sheet, window.state.films_folder)
        window.names = NamesDesk(studio, bridge, window.theme, window.centre, window.usable)
        window.leaving = Leaving(studio, bridge, window.closing)
        window.commands = Commands(studio, bridge, window.banner, window.undo)
        window.queue_desk = QueueDesk(
            studio, bridge, window.queue, window.jobs, window.actions_, window.commands, window.moments
        )
        window.desks = Desks(
            studio,
            bridge,
            window.theme,
            window.actions_,
            window.commands,
            pages=(window.failed, window.review, window.queue),
            places=(window.centre, window.usable),
            told=(window.undo, window.banner),
        )
        window.about.settings.join(window.undo, window.banner, window.actions_)

    def _connect_bridge(self) -> None:
        window, bridge = self._window, self._bridge
        bridge.sketched.connect(window.jobs.put_overview)
        bridge.sketched.connect(lambda _: self._hurry_what_is_seen())
        bridge.records_read.connect(window.jobs.put)
        bridge.batches_read.connect(window.jobs.put_batches)
        bridge.progressed.connect(window.jobs.put_progress)
        bridge.whole_read.connect(window.jobs.keep_only)
        bridge.whole_read.connect(lambda _: window.news.begin())
        bridge.whole_read.connect(lambda _: window.queue.all_is_read())
        bridge.reachable_changed.connect(window.notices.show_reachable)
        bridge.failed.connect(window.notices.show_failure)
        window.jobs.tallies_changed.connect(self._show_counts)
        window.intake.submitted.connect(self._show_submitted)
        window.intake.folder_used.connect(self._keep_folder)
        window.news.told.connect(window.notices.tell_news)
        window.tray.opened.connect(window.come_forward)
        window.queue.table.verticalScrollBar().valueChanged.connect(lambda _: self._hurry_what_is_seen())

    def _connect_actions(self) -> None:
        window, do = self._window, self._window.actions_
        for action in (do.search, do.queue_order):
            action.setEnabled(True)
        do.search.triggered.connect(self._search)
        do.undo.triggered.connect(window.undo.take_back)
        window.undo.changed.connect(do.undo.setEnabled)
        window.leaving.over.connect(window.close)
        window.queue_desk.log_wanted.connect(self._show_in_log)
        window.queue_desk.names_wanted.connect(window.names.show_batch)
        window.sheet.names_wanted.connect(lambda jobs: window.names.show_jobs(jobs, window.sheet))
        window.failed.does.log.triggered.connect(lambda: self._show_in_log(window.failed.chosen()[0]))

    # What is asked of the window

    def _search(self) -> None:
        if self._window.jobs.rowCount():
            self._window.go_to(Page.QUEUE)
            self._window.queue.filters.search.setFocus()
            self._window.queue.filters.search.selectAll()

    def _show_in_log(self, record: JobRecord) -> None:
        self._window.go_to(Page.LOG)
        self._window.about.log.show_job(record)

    def _show_submitted(self, batches: list[Batch]) -> None:
        self._window.go_to(Page.QUEUE)
        self._window.queue.show_submitted(batches)

    def _keep_folder(self, folder: Path) -> None:
        self._window.state.films_folder = folder

    def _may_close(self) -> bool:
        window = self._window
        if not window.leaving.done:
            window.leaving.ask(window.jobs.count(State.RUNNING))
            return False
        window.state.columns = window.queue.table.layout_state()
        window.tray.leave()
        return True

    # What comes from the studio

    def _show_counts(self, _: object = None) -> None:
        window, count = self._window, self._window.jobs.count
        running = count(State.RUNNING)
        waiting = sum(map(count, (State.READY, State.DELAYED, State.PARKED)))
        window.leaving.running_changed(running)
        window.rail.show_counts(
            running=running, waiting=waiting, failed=count(State.FAILED), review=count(State.REVIEW)
        )
        fraction = window.jobs.made_fraction() if running + waiting else None
        window.tray.show_progress(fraction, window.rail.words())

    def _hurry_what_is_seen(self) -> None:
        window = self._window
        if window.jobs.unread:
            self._bridge.hurry(window.queue.rows.unread_among(window.queue.table.rows_in_sight()))
