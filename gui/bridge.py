"""Between the studio's threads and the window's: calls are awaited, events arrive as signals."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

import structlog
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.errors import TrineoError
from core.events import Event, JobChanged, JobProgress, Resync, StoreReachable, TemplateWarming
from core.jobs.model import JobRecord
from core.memory import hand_back_memory
from core.studio import Studio

_log = structlog.get_logger(__name__)
_T = TypeVar("_T")

FLUSH_MS = 100
RETRY_MS = 2000
PAGE = 1000
_AT_ONCE = 200


class Bridge(QObject):
    """Reads the studio and tells of it. Every signal comes in the window's thread.

    After each `JobChanged` the job is read again, however many come; of `JobProgress` only the latest of
    each job is passed on, at most every `FLUSH_MS`.
    """

    records_read = Signal(object)  # list[JobRecord]: new ones or ones that changed
    batches_read = Signal(object)  # list[Batch], all of them
    sketched = Signal(object)  # list[Sketch]: of a long queue, before its records
    whole_read = Signal(object)  # frozenset[str]: the ids of all jobs there are, after reading everything
    progressed = Signal(object)  # list[JobProgress]
    reachable_changed = Signal(bool)
    warmed = Signal(object)  # TemplateWarming: how far a template is made ready
    failed = Signal(object)  # BaseException that a spawned call ended with
    _woken = Signal()

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._lock = threading.Lock()
        self._changed: dict[str, None] = {}
        self._progress: dict[str, JobProgress] = {}
        self._reachable: bool | None = None
        self._warming: TemplateWarming | None = None
        self._batches: set[str] = set()
        self._told_reachable = True
        self._read_all = False
        self._urgent: list[str] = []
        self._awake = False
        self._reading = False
        self._forget: Callable[[], None] = lambda: None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._flush)
        self._woken.connect(self._wake)

    def start(self) -> None:
        """Listens from now on and reads everything there is."""
        self._forget = self._studio.events.listen(self._heard)
        self._heard(Resync("start"))

    def stop(self) -> None:
        self._forget()
        self._timer.stop()
        for task in self._tasks:
            task.cancel()

    def hurry(self, ids: Sequence[str]) -> None:
        """While everything is being read: these before the others, for they are in sight."""
        self._urgent = list(ids)

    async def call(self, function: Callable[..., _T], *args: object, **options: object) -> _T:
        """Runs one of the studio's calls in a thread. Raises what it raises."""
        return await asyncio.to_thread(function, *args, **options)

    def spawn(self, work: Coroutine[Any, Any, object]) -> None:
        """Lets `work` run; if it raises, `failed` tells of it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.failed.emit(error)

    def _heard(self, event: Event) -> None:
        """Called in whatever thread emits, so it only takes note."""
        with self._lock:
            match event:
                case JobChanged():
                    self._changed[event.job_id] = None
                case JobProgress():
                    self._progress[event.job_id] = event
                case StoreReachable():
                    self._reachable = event.reachable
                case Resync():
                    self._read_all = True
                case TemplateWarming():
                    self._warming = event
            wake, self._awake = not self._awake, True
        if wake:
            self._woken.emit()

    @Slot()
    def _wake(self) -> None:
        if not self._timer.isActive():
            self._timer.start(FLUSH_MS)

    @Slot()
    def _flush(self) -> None:
        with self._lock:
            self._awake = False
            progress, self._progress = list(self._progress.values()), {}
            reachable, self._reachable = self._reachable, None
            warming, self._warming = self._warming, None
        if reachable is not None:
            self._tell_reachable(reachable)
        if warming is not None:
            self.warmed.emit(warming)
        if progress:
            self.progressed.emit(progress)
        if not self._reading and self._pending:
            self._reading = True
            self.spawn(self._read())

    def _tell_reachable(self, reachable: bool) -> None:
        if reachable != self._told_reachable:
            self._told_reachable = reachable
            self.reachable_changed.emit(reachable)

    async def _read(self) -> None:
        """One reading at a time, so that an older record never follows a newer one."""
        everything, ids = self._take()
        try:
            if everything:
                await self._read_everything()
            await self._read_some(ids)
            self._tell_reachable(True)
        except TrineoError as error:
            _log.warning("jobs can't be read, trying again", code=error.code)
            self._tell_reachable(False)
            self._read_all = True
            self._timer.start(RETRY_MS)
        except BaseException:
            self._read_all = True  # with the next event: what was taken must not be lost
            raise
        else:
            if self._pending:
                self._wake()
        finally:
            self._reading = False

    async def _tell(self, records: list[JobRecord]) -> None:
        if not self._batches.issuperset(record.job.batch for record in records):
            await self.read_batches()
        self.records_read.emit(records)

    async def read_batches(self) -> None:
        """Their names and plans; the bridge does so by itself when it meets a new one."""
        batches = await self.call(self._studio.batches)
        self._batches = {batch.id for batch in batches}
        self.batches_read.emit(batches)

    @property
    def _pending(self) -> bool:
        return bool(self._changed or self._read_all)

    def _take(self) -> tuple[bool, list[str]]:
        with self._lock:
            everything, self._read_all = self._read_all, False
        return everything, self._take_changed()

    def _take_changed(self) -> list[str]:
        with self._lock:
            ids, self._changed = list(self._changed), {}
        return ids

    async def _read_some(self, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), _AT_ONCE):
            await self._tell(await self.call(self._studio.records, ids[start : start + _AT_ONCE]))

    async def _read_everything(self) -> None:
        """A long queue is sketched first: all its rows are there at once, and are filled one page after the other.

        What is in sight, and what changes meanwhile, does not wait for the end.
        """
        await self.read_batches()
        sketches = await self.call(self._studio.sketches)
        if len(sketches) > PAGE:
            self.sketched.emit(sketches)
        ids = [sketch.id for sketch in sketches]
        del sketches  # of 100,000 they are 20 MB
        seen = set(ids)
        for start in range(0, len(ids), PAGE):
            await self._tell(await self.call(self._studio.records, ids[start : start + PAGE]))
            urgent, self._urgent = self._urgent, []
            await self._read_some(urgent)
            changed = self._take_changed()
            seen.update(changed)
            await self._read_some(changed)
            gc.freeze()  # records are no garbage: looking through 20,000 of them for some stops the window for 0.1 s
        self.whole_read.emit(frozenset(seen))
        if len(ids) > PAGE:
            await self.call(hand_back_memory)
