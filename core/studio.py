"""The facade every face talks to: the window, the command line, later a service. Nothing here blocks for long
but `check`, `submit` and `close`; a face with an event loop calls all of it in a thread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from core.errors import UsageError
from core.events import EventHub
from core.health import Check, Inspector
from core.intake.model import Order, Preflight
from core.intake.preflight import preflight
from core.jobs.local import move_queue
from core.jobs.model import ENDED, Attempt, Batch, Job, JobRecord, State, Strategy
from core.jobs.store import Cause, JobStore, MachineStatus, Recovery
from core.media.presets import find_preset
from core.paths import DataFolder
from core.render.interfaces import Renderer
from core.settings import Settings
from core.template.library import TemplateLibrary
from core.template.model import Template
from core.validation import writable_folder
from core.watch import StoreWatcher
from core.workers.pool import PoolOptions, WorkerPool
from core.workers.probes import Probes

_PAGE = 1000


class Studio:
    """Owns the store, the worker pool and the watcher; `close` ends them. Use as a context manager.

    `events` tells of every change, also of those that workers on other machines make.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        folder: DataFolder,
        store: JobStore,
        templates: TemplateLibrary,
        renderer: Renderer,
        inspector: Inspector,
        probes: Probes,
    ) -> None:
        self.settings = settings
        self.folder = folder
        self.events = EventHub()
        self.store = store
        self._templates = templates
        self._renderer = renderer
        self._inspector = inspector
        self._probes = probes
        self._pool: WorkerPool | None = None
        self._watcher = StoreWatcher(store, self.events)

    def __enter__(self) -> Studio:
        self._watcher.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Stops what runs (as `stop_workers`), then lets go of the store."""
        self.stop_workers()
        self._watcher.stop()
        self.store.close()

    # Getting work in

    def templates(self) -> list[Template]:
        return self._templates.installed()

    def order(
        self,
        *,
        template: str = "noche-magica",
        preset: str = "vertical-1080",
        strategy: Strategy = Strategy.AUTO,
        out: Path | None = None,
    ) -> Order:
        """Raises `UsageError`: no such template or preset, or a folder that can't be written."""
        find_preset(preset)
        folder = (out or self.settings.output_dir).expanduser().absolute()
        found = self._templates.find(template)
        writable_folder(folder)
        return Order(template=found, out=folder, preset=preset, strategy=strategy)

    def check(self, files: Sequence[Path], order: Order) -> Preflight:
        """Preflight: reads the files, queues nothing. Bad files and rows are in the answer, never raised."""
        promised = self._promised_films()
        return preflight(files, order, taken=lambda film: str(film) in promised or film.exists())

    def submit(self, checked: Preflight) -> list[Batch]:
        """Queues the accepted rows. Raises `StoreAway`; what was queued by then stays, and asking again with the same
        `checked` adds only the rest.
        """
        jobs: dict[str, list[Job]] = {}
        for row in checked.accepted:
            jobs.setdefault(row.job.batch, []).append(row.job)
        batches = []
        for batch_id, members in jobs.items():
            batch = Batch(id=batch_id, name=checked.batches[batch_id], total=len(members))
            self.store.submit(batch, members)
            batches.append(batch)
        return batches

    def _promised_films(self) -> frozenset[str]:
        """The names that queued films will have: taken, though nothing is there yet."""
        waiting = [state for state in State if state not in ENDED]
        return frozenset(
            record.job.output
            for state in waiting
            for offset in range(0, self.store.counts().get(state, 0), _PAGE)
            for record in self.store.jobs(state=state, offset=offset, limit=_PAGE)
        )

    def take_over_local_queue(self) -> int:
        """Moves the queue of the data folder to this studio's Redis; answers how many jobs were new there.

        The local queue is kept under another name. Broken off, it is simply repeated. Raises `QueueLocked` while
        another program works on it, `UsageError` if this studio's own queue is the local one.
        """
        if self.settings.redis_url.get_secret_value() == "":
            raise UsageError(
                "no_redis",
                "There is no Redis to move the queue to.",
                "Name it with --redis-url or REDIS_URL.",
            )
        return move_queue(self.folder.queue, self.settings.redis_url.get_secret_value())

    # Getting work done

    def start_workers(self, count: int | None = None) -> None:
        """Starts the embedded pool; does nothing if it runs."""
        if self._pool is None:
            self._pool = WorkerPool(
                self.store, self._renderer, self._templates, self._probes, PoolOptions.of(self.settings, count)
            )
            self._pool.start()

    def stop_workers(self, timeout_s: float | None = None) -> None:
        """No new jobs; running ones may finish for `timeout_s` (None: the setting), then go back."""
        if self._pool is not None:
            self._pool.stop(self.settings.shutdown_timeout_seconds if timeout_s is None else timeout_s)
            self._pool = None

    def resume_parked(self) -> int:
        """Asks now whether what parked jobs wait for is back; answers how many go on. 0 without workers."""
        return self._pool.resume_parked() if self._pool is not None else 0

    def give_back(self) -> None:
        """Cuts short a `stop_workers` that waits in another thread: what runs goes back to the queue now."""
        if self._pool is not None:
            self._pool.give_back()

    @property
    def working(self) -> bool:
        return self._pool is not None

    @property
    def read_only(self) -> bool:
        """Another program holds the queue: it is shown as it stood, and nothing can be changed or rendered."""
        return self.store.read_only

    @property
    def recovery(self) -> Recovery | None:
        """What was found in the local queue when it was opened; None on a Redis."""
        return self.store.recovery

    # Looking

    def batches(self) -> list[Batch]:
        return self.store.batches()

    def jobs(
        self, batch: str | None = None, state: State | None = None, offset: int = 0, limit: int = 1000
    ) -> list[JobRecord]:
        """In the order they were submitted."""
        return self.store.jobs(batch=batch, state=state, offset=offset, limit=limit)

    def job(self, job_id: str) -> JobRecord | None:
        return self.store.job(job_id)

    def history(self, job_id: str) -> list[Attempt]:
        return self.store.history(job_id)

    def counts(self, batch: str | None = None) -> dict[State, int]:
        return self.store.counts(batch)

    def waits_for_templates(self) -> list[str]:
        """The templates, as they were submitted, that ready jobs are made from and that this machine has not."""
        lacking = []
        for content_hash, job_id in self.store.waiting_templates().items():
            record = self.store.job(job_id)
            if record is not None and self._templates.by_hash(content_hash, record.job.template) is None:
                lacking.append(record.job.template)
        return lacking

    def machines(self) -> list[MachineStatus]:
        """The programs that work on this queue, also those that went silent or were set aside."""
        return self.store.machines()

    def health(self) -> list[Check]:
        """Looks at everything a render needs. Takes a second or two: it really encodes and really speaks."""
        return self._inspector.inspect()

    # Changing one's mind, about one job or many, also while they run. Each answers how many jobs it changed.

    def cancel(self, ids: Sequence[str]) -> int:
        return self.store.cancel(ids)

    def hold(self, ids: Sequence[str]) -> int:
        return self.store.hold(ids)

    def resume(self, ids: Sequence[str]) -> int:
        return self.store.resume(ids)

    def prioritise(self, ids: Sequence[str], priority: int) -> int:
        """Higher first, from -1000 to 1000; what a job is submitted with is 0."""
        return self.store.prioritise(ids, priority)

    def move_to_front(self, ids: Sequence[str]) -> int:
        """Before everything else that waits, in the order of `ids`."""
        return self.store.move_to_front(ids)

    # What failed

    def causes(self) -> list[Cause]:
        """Why jobs failed, the most frequent first."""
        return self.store.causes()

    def failed(self, *, ids: Sequence[str] | None = None, cause: str | None = None) -> list[JobRecord]:
        """The dead-letter queue, newest first: all of it, of `ids`, or of one cause's code."""
        wanted = None if ids is None else frozenset(ids)
        found: list[JobRecord] = []
        for offset in range(0, self.counts()[State.FAILED], _PAGE):
            for record in self.store.failed(offset, _PAGE):
                code = record.failure.code if record.failure else ""
                if (wanted is None or record.id in wanted) and cause in (None, code):
                    found.append(record)
        return found

    def retry_failed(
        self,
        ids: Sequence[str] | None = None,
        cause: str | None = None,
        edited: Mapping[str, Job] | None = None,
    ) -> int:
        """Queues failed jobs again (all of them without `ids` or `cause`), each once however often it is asked.

        With the settings each was made with, unless `edited` holds it with another text.
        """
        return self.store.retry_failed(ids, cause, edited)

    def discard_failed(self, ids: Sequence[str]) -> int:
        """Takes failed jobs out of the dead-letter queue; their record stays."""
        return self.store.discard_failed(ids)
