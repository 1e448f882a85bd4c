"""The facade every face talks to: the window, the command line, later a service. Nothing here blocks for long
but `check`, `submit` and `close`; a face with an event loop calls all of it in a thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.desk.connections import Connections, Examiner
from core.desk.delivery import Delivery
from core.desk.first_film import PRESET as FIRST_PRESET
from core.desk.first_film import checked_name
from core.desk.money import Money
from core.desk.preview import Preview, preview
from core.desk.pronunciation import Pronunciation
from core.desk.queue_desk import QueueDesk
from core.desk.review import Review
from core.desk.settings_desk import SettingsDesk
from core.desk.warming import Warmer
from core.desk.watch import StoreWatcher
from core.errors import UsageError
from core.events import EventHub
from core.intake.desk import IntakeDesk
from core.intake.model import Order, Preflight
from core.intake.patterns import FilmPattern
from core.intake.refused import export_refused
from core.jobs.local import move_queue
from core.jobs.model import Batch, Job, Strategy
from core.jobs.plan import AT_ONCE, Plan
from core.jobs.store import JobStore, Recovery
from core.jobs.submission import Parcel
from core.media.captions import CaptionKind
from core.media.presets import find_preset, presets
from core.paths import DataFolder
from core.render.interfaces import Renderer, ServiceState, SpeechProvider
from core.settings.declaration import Settings
from core.settings.sources import Sources, fixed
from core.storage.caches import Caches
from core.storage.validation import writable_folder
from core.template.assets import AssetCheck
from core.template.lexicon import Lexicon
from core.template.library import TemplateLibrary
from core.template.model import Template
from core.text import Text
from core.upkeep.health import Check, Inspector
from core.upkeep.running import Running
from core.workers.pool import PoolOptions, WorkerPool
from core.workers.probes import Probes, Wait

DEFAULT_TEMPLATE = "noche-magica"


@dataclass(frozen=True, slots=True)
class Parts:
    """What a studio is built from; app.py puts it together.

    `services`: the outside ones that are connected. `waiting`: how many films may wait for them while others are
    encoded. `examiner`: asks services whether they work. `offline`: the voice that costs nothing.
    `sources`: where the settings come from; None: they are fixed. `adapt` brings the parts that the studio doesn't know
    itself up to changed settings.
    """

    store: JobStore
    templates: TemplateLibrary
    renderer: Renderer
    inspector: Inspector
    probes: Probes
    money: Money
    caches: Caches
    services: Callable[[], list[ServiceState]] = list
    waiting: Callable[[], int] = lambda: 0
    examiner: Examiner | None = None
    sources: Sources | None = None
    adapt: Callable[[Settings], None] = lambda _: None
    offline: SpeechProvider | None = None


class Studio(QueueDesk):
    """Owns the store, the worker pool and the watcher; `close` ends them. Use as a context manager.

    `events` tells of every change, also of those that workers on other machines make.
    """

    def __init__(self, settings: Settings, folder: DataFolder, parts: Parts) -> None:
        self.settings = settings
        self.folder = folder
        self.events = EventHub()
        self.store = parts.store
        self.money = parts.money
        self.caches = parts.caches
        self.running = Running(settings, folder, parts.store, parts.caches)
        self._parts = parts
        self._templates = parts.templates
        self._assets = AssetCheck()
        self._pool: WorkerPool | None = None
        self._watcher = StoreWatcher(parts.store, self.events)
        self._warmer = Warmer(parts.renderer, self.events)
        self._intake = IntakeDesk(parts.store, folder)
        self._delivery = Delivery(parts.store, folder.delivering, settings.delivery_dir)
        self._workers: int | None = None
        self.names = Pronunciation(parts.store, Lexicon(folder.names_file), parts.offline, folder.work)
        self.review = Review(parts.store, parts.templates, self._delivery, self.names.applied)
        sources = parts.sources or fixed(settings, folder)
        self.settings_desk = SettingsDesk(sources, self._adapt, parts.templates)
        self.connections = Connections(lambda: self.settings, parts.examiner, parts.store, folder.queue, folder.work)

    def __enter__(self) -> Studio:
        self._watcher.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Stops what runs (as `stop_workers`), then lets go of the store."""
        self.stop_workers()
        self._warmer.close()
        self._watcher.stop()
        self.store.close()

    # Getting work in

    def templates(self) -> list[Template]:
        return self._templates.installed()

    def presets(self) -> dict[str, Mapping[str, str]]:
        """What films can be encoded as: each preset's name and its title by language."""
        return {name: preset.title for name, preset in presets().items()}

    def preview(self, job: Job) -> Preview:
        """What a job that was checked, and is not queued yet, will say, and about how long its film will be."""
        return preview(self._templates.find(job.template), job)

    def export_refused(self, checked: Preflight, file: Path, told: Callable[[Text], str] = str) -> int:
        """Writes the refused rows with their reasons to a CSV file: see `core.intake.refused`."""
        return export_refused(checked, file, told)

    def order(
        self,
        *,
        template: str = DEFAULT_TEMPLATE,
        preset: str = "vertical-1080",
        strategy: Strategy = Strategy.AUTO,
        out: Path | None = None,
        captions: CaptionKind = "off",
    ) -> Order:
        """Raises `UsageError`: no such template or preset, one that is not whole, a folder that can't be written."""
        find_preset(preset)
        folder = (out or self.settings.output_dir).expanduser().absolute()
        found = self._templates.find(template)
        self._assets.check(found)
        writable_folder(folder)
        film_names = self.settings.film_names
        FilmPattern(film_names, found.fields)  # a wrong one is told before any file is read
        return Order(found, folder, preset=preset, strategy=strategy, captions=captions, film_names=film_names)

    def check(self, files: Sequence[Path], order: Order) -> Preflight:
        """Preflight: reads the files, queues nothing. Bad files and rows are in the answer, never raised."""
        return self.names.marked(self._intake.check(files, order))

    def remember_columns(self, order: Order, fields: Mapping[str, str]) -> None:
        """From the next `check` on, sheets with just these titles are read so: see `ColumnMemory.remember`."""
        self._intake.remember_columns(order, fields)

    def warm(self, order: Order) -> None:
        """Begins to make what the films of an order share; `TemplateWarming` events tell how far it is."""
        self._warmer.start(order.template, order.preset)

    def warm_first(self) -> None:
        """The same for what `make_first` needs."""
        self._warmer.start(self._templates.find(DEFAULT_TEMPLATE), FIRST_PRESET)

    def make_first(self, name: str, language: str, out: Path | None = None) -> Job:
        """Queues a newcomer's first film, for the child `name`, at half size; answers its job.

        Raises `UsageError`: the name can't be used, or the folder can't be written.
        """
        order = self.order(preset=FIRST_PRESET, out=out)
        checked = checked_name(self._intake, order, name, language, self.folder.work)
        self.submit(checked)
        return checked.accepted[0].job

    def submit(self, checked: Preflight, plan: Plan = AT_ONCE) -> list[Batch]:
        """Queues the accepted rows: all of them, or, broken off (`StoreAway`), none. Asking again with the same
        `checked` queues nothing twice. With `plan.first` the others are held until `resume`.
        """
        jobs: dict[str, list[Job]] = {}
        for row in checked.accepted:
            jobs.setdefault(row.job.batch, []).append(self.names.applied(row.job))
        parcels = []
        for batch_id, members in jobs.items():
            batch = plan.batch(batch_id, checked.batches[batch_id], len(members))
            parcels.append(Parcel(batch, plan.marked(members), batch.first or None, batch.start_s))
        if parcels:
            self.store.queue(parcels)
        return [parcel.batch for parcel in parcels]

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

    def stop_warming(self) -> None:
        """Ends what `warm` began; what is made stays."""
        self._warmer.close()

    # Getting work done

    def start_workers(self, count: int | None = None) -> None:
        """Starts the embedded pool; does nothing if it runs."""
        if self._pool is None:
            self.review.finish_deliveries()
            self._workers = count
            parts, options = self._parts, self._pool_options()
            meter = self.running.meter
            self._pool = WorkerPool(
                parts.store, parts.renderer, parts.templates, parts.probes, options, meter, self.running.traces
            )
            self._pool.start()
            self.running.start()

    def _pool_options(self) -> PoolOptions:
        return PoolOptions.of(self.settings, self._workers, self._parts.waiting())

    def _adapt(self, settings: Settings) -> None:
        """What can reaches whatever runs; films in the making keep what they were begun with."""
        self.settings = settings
        self._parts.adapt(settings)
        self._parts.inspector.adapt(settings)
        self.running.adapt(settings)
        self._delivery.move_to(settings.delivery_dir)
        if self._pool is not None:
            self._pool.adapt(self._pool_options())

    def stop_workers(self, timeout_s: float | None = None) -> None:
        """No new jobs; running ones may finish for `timeout_s` (None: the setting), then go back."""
        if self._pool is not None:
            self._pool.stop(self.settings.shutdown_timeout_seconds if timeout_s is None else timeout_s)
            self._pool = None
            self.running.stop()

    def parked(self) -> list[Wait]:
        """What parked jobs wait for, how many, and when it is asked after next."""
        return self._parts.probes.waits(self.store.parked_for(), self._pool.asks_in_s if self._pool else None)

    def pay_again(self, ids: Sequence[str]) -> int:
        """Lets films go on whose paid call was never answered: see `Money.pay_again`. Answers how many."""
        return self.money.pay_again(ids)

    def services(self) -> list[ServiceState]:
        """The outside services that are connected, and how each does."""
        return self._parts.services()

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

    def waits_for_templates(self) -> list[str]:
        """The templates, as they were submitted, that ready jobs are made from and that this machine has not."""
        lacking = []
        for content_hash, job_id in self.store.waiting_templates().items():
            record = self.store.job(job_id)
            if record is not None and self._templates.by_hash(content_hash, record.job.template) is None:
                lacking.append(record.job.template)
        return lacking

    def health(self) -> list[Check]:
        """Looks at everything a render needs. Takes a second or two: it really encodes and really speaks."""
        return self._parts.inspector.inspect()
