"""The first evening: from an empty data folder to a film that plays. What was begun goes on after a restart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from core.errors import TrineoError
from core.events import JobProgress, TemplateWarming
from core.jobs.model import JobRecord, State
from core.paths import resources
from core.studio import DEFAULT_TEMPLATE, Studio
from gui.bridge import Bridge
from gui.first_run.frame import FirstRunFrame
from gui.language import wording
from gui.main_window import MainWindow
from gui.pages import Page
from gui.window_state import WindowState

_BEGUN = "begun"
_DONE = "done"
_POSTER = resources() / "templates" / DEFAULT_TEMPLATE / "poster.jpg"


def is_wanted(studio: Studio, state: WindowState) -> bool:
    """For who is here for the first time, or has not come to the end of it yet. Who has films knows his way."""
    if studio.read_only or state.first_run == _DONE:
        return False
    if state.first_run:
        return True
    return state.is_new and not studio.connections.shares_queue() and not any(studio.counts().values())


class FirstRun(QObject):
    """Lies over the window until it is done or skipped; files that are dropped meanwhile end it."""

    def __init__(self, window: MainWindow, studio: Studio, bridge: Bridge) -> None:
        super().__init__(window)
        self._window = window
        self._studio = studio
        self._bridge = bridge
        self._state = window.state
        self._job = ""
        self._over = False
        poster = _POSTER if _POSTER.is_file() else None
        self.frame = FirstRunFrame(window.theme, window.posters, window.centre, window.usable, poster)
        self._connect()

    def begin(self) -> None:
        """Shows where one is; what films share is made from now on, while the newcomer reads."""
        window, frame = self._window, self.frame
        window.menuBar().hide()  # its keys would do things underneath
        window.hand_files_to(self._take)
        frame.start.show_folder(self._folder)
        frame.open()
        job = self._state.first_run.partition(":")[2]
        self._remember(job)
        frame.show_start()
        self._bridge.spawn(self._bridge.call(self._studio.warm_first))
        if job:
            self._bridge.spawn(self._resume(job))

    @property
    def _folder(self) -> Path:
        return self._state.films_folder or self._studio.settings.output_dir

    def _connect(self) -> None:
        start, making, film = self.frame.start, self.frame.making, self.frame.film
        start.make_wanted.connect(lambda name: self._bridge.spawn(self._make(name)))
        start.skip_wanted.connect(lambda: self._leave(Page.QUEUE))
        start.language_wanted.connect(lambda code: self._window.actions_.languages[code].trigger())
        start.folder_wanted.connect(self._change_folder)
        making.cancel_wanted.connect(self._cancel)
        making.again_wanted.connect(self._try_again)
        making.later_wanted.connect(lambda: self._leave(Page.QUEUE))
        film.start_wanted.connect(lambda: self._leave(Page.QUEUE))
        film.voice_wanted.connect(self._connect_voice)
        film.redis_wanted.connect(self._connect_redis)
        film.another_wanted.connect(self._start_anew)
        player, commands = self.frame.player, self._window.commands
        player.open_wanted.connect(commands.open_film)
        player.folder_wanted.connect(commands.open_folder)
        self._bridge.warmed.connect(self._show_warming)
        self._bridge.progressed.connect(self._show_progress)
        self._bridge.records_read.connect(self._show_records)

    async def _make(self, name: str) -> None:
        start = self.frame.start
        start.complain("")
        start.busy(True)
        language = self._window.languages.current
        try:
            job = await self._bridge.call(self._studio.make_first, name, language, self._folder)
        except TrineoError as error:
            start.busy(False)
            start.complain(_in_words(error))
            return
        start.busy(False)
        self._watch(job.id, job.name)

    async def _resume(self, job_id: str) -> None:
        """The window was closed while the film was made."""
        record = await self._bridge.call(self._studio.job, job_id)
        if record is not None and not self._job and record.state is not State.CANCELLED:
            self._watch(job_id, record.job.name)
            self._show_records([record])

    def _watch(self, job_id: str, name: str) -> None:
        self._job = job_id
        self._remember(job_id)
        self.frame.show_making(name)

    def _remember(self, job_id: str) -> None:
        """What is gone on with if the window is closed now; nothing once a film was seen."""
        if self._state.first_run != _DONE:
            self._state.first_run = f"{_BEGUN}:{job_id}"

    def _cancel(self) -> None:
        job, self._job = self._job, ""
        if job:
            self._bridge.spawn(self._bridge.call(self._studio.cancel, [job]))
        self._start_anew()

    def _try_again(self) -> None:
        self.frame.making.begin_again()
        self._bridge.spawn(self._bridge.call(self._studio.retry_failed, ids=[self._job]))

    def _start_anew(self) -> None:
        self._job = ""
        self._remember("")
        self.frame.player.release()
        self.frame.show_start()

    def _connect_voice(self) -> None:
        self._leave(Page.SETTINGS)
        self._window.about.settings.show_connections()

    def _connect_redis(self) -> None:
        self._leave(Page.SETTINGS)
        self._window.about.settings.show_setting("REDIS_URL")

    def _change_folder(self, folder: Path) -> None:
        self._state.films_folder = folder
        self._window.intake.use_folder(folder)
        self.frame.start.show_folder(folder)

    def _take(self, files: Sequence[Path]) -> None:
        """Who drops files knows what he wants."""
        if files:
            self._leave(Page.QUEUE)
            self._window.intake.take(files)

    def _leave(self, page: Page) -> None:
        if self._over:
            return
        self._over = True
        self._state.first_run = _DONE
        self.frame.shut()
        if self._job == "":
            self._bridge.spawn(self._bridge.call(self._studio.stop_warming))
        self._window.menuBar().show()
        self._window.hand_files_to(self._window.intake.take)
        self._window.go_to(page)

    # What comes from the studio

    def _show_warming(self, event: TemplateWarming) -> None:
        self.frame.making.show_warming(event.fraction, event.making)

    def _show_progress(self, events: list[JobProgress]) -> None:
        for event in events:
            if event.job_id == self._job and not self._over:
                self.frame.making.show_stage(event.fraction, event.stage)

    def _show_records(self, records: list[JobRecord]) -> None:
        for record in records:
            if record.job.id == self._job and not self._over:
                self._show_record(record)

    def _show_record(self, record: JobRecord) -> None:
        making = self.frame.making
        if record.state in (State.DONE, State.REVIEW) and record.result is not None:
            self._job = ""
            self._state.first_run = _DONE
            self.frame.show_film(record)
        elif record.state is State.RUNNING:
            making.show_stage(record.fraction, record.stage)
        elif record.state is State.CANCELLED:
            self._start_anew()
        elif record.failure is not None:
            making.show_trouble(record.failure.what, record.failure.remedy, failed=record.state is State.FAILED)
            making.take_focus()


def _in_words(error: TrineoError) -> str:
    return " ".join(part for part in wording.what_and_remedy(error) if part)
