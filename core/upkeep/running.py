"""What keeps a studio running well: its figures, cleaning up, forgetting, and what help is asked for with."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import structlog

from core.errors import UsageError
from core.jobs.machines import computer_of
from core.jobs.metering import Hour
from core.jobs.store import JobStore
from core.logs.reading import lines_about
from core.logs.redaction import Redactor
from core.metrics.figures import Metrics, MetricsDesk
from core.metrics.history import Span
from core.metrics.meter import Meter
from core.metrics.overview import Observer, Overview
from core.metrics.prometheus import Endpoint, exposition
from core.paths import DataFolder
from core.settings.declaration import Settings
from core.settings.running import secrets_of
from core.storage.cache import Usage
from core.storage.caches import Caches
from core.storage.traces import Traces
from core.upkeep.cleanup import Janitor, Removed, Schedule, clean_when_due
from core.upkeep.forgetting import Forgetting, Forgotten
from core.upkeep.health import Check
from core.upkeep.story import story
from core.upkeep.support import write_support
from core.workers.pool import machine_id

_log = structlog.get_logger(__name__)

_USAGE_HOLDS_S = 60.0
_LOOK_EVERY_S = 60.0
_PATIENCE_S = 10.0


class Running:
    """The part of `core.studio.Studio` that is about running it. `start` and `stop` go with the workers."""

    def __init__(self, settings: Settings, folder: DataFolder, store: JobStore, caches: Caches) -> None:
        self.meter = Meter(store, caches.lookups, machine=computer_of(machine_id()))
        self.traces = Traces(folder.traces, settings.audio_cache_dir)
        self._settings = settings
        self._folder = folder
        self._store = store
        self._caches = caches
        self._observer = Observer(store, settings)
        self._desk = MetricsDesk(store, self._usage)
        self._janitor = Janitor(settings, folder, store, caches, self.traces)
        self._schedule = Schedule(folder.root / "cleaned", settings.cleanup_interval_hours)
        self._used: tuple[float, Mapping[str, Usage]] | None = None
        self._endpoint: Endpoint | None = None
        self._cleaner: threading.Thread | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        """Lets Prometheus read the figures, where a port is set, and cleans when it is time.

        A port that is taken keeps nobody from working.
        """
        self._serve()
        if self._cleaner is None:
            self._stopping.clear()
            self._cleaner = threading.Thread(target=self._clean_by_itself, name="cleanup", daemon=True)
            self._cleaner.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._cleaner is not None:
            self._cleaner.join(_PATIENCE_S)  # it may hang on a share that died; nothing of it is ever half done
            self._cleaner = None
        self._serve_no_more()

    def adapt(self, settings: Settings) -> None:
        """From the next cleaning on; the port at once, while it is served at all."""
        before, self._settings = self._settings, settings
        self._observer.settings = settings
        self._janitor.adapt(settings)
        self._schedule.every_hours = settings.cleanup_interval_hours
        if self._cleaner is not None and settings.metrics_port != before.metrics_port:
            self._serve_no_more()
            self._serve()

    def _serve(self) -> None:
        port = self._settings.metrics_port
        if port is not None and self._endpoint is None:
            try:
                self._endpoint = Endpoint(port, self.metrics)
            except UsageError as error:
                _log.warning("the figures are not served", code=error.code, port=port)

    def _serve_no_more(self) -> None:
        if self._endpoint is not None:
            self._endpoint.close()
            self._endpoint = None

    # Figures

    def metrics(self) -> Metrics:
        """All machines' figures as they stand. Raises `StoreAway`."""
        return self._desk.metrics()

    def overview(self, span: Span) -> Overview:
        """What the dashboard shows. Raises `StoreAway`."""
        return self._observer.overview(span)

    def history(self, days: float = 100.0) -> list[Hour]:
        """Films, seconds, failures and money of each hour in which there were any; at most a season of them."""
        return self._desk.history(days)

    def prometheus(self) -> str:
        """The figures in Prometheus' text format."""
        return exposition(self.metrics)

    # Cleaning and forgetting

    def clean(self, *, dry_run: bool = False) -> dict[str, Removed]:
        """See `core.upkeep.cleanup.Janitor.clean`."""
        removed = self._janitor.clean(dry_run=dry_run)
        if not dry_run:
            self._schedule.done()
        return removed

    def forget(
        self, *, batch: str = "", name: str = "", films: bool = False, spellings: bool = False, dry_run: bool = False
    ) -> Forgotten:
        """Removes all that is known of a batch, or of a child or customer by `name`; see `core.upkeep.forgetting`.

        Films stay unless `films`. How a `name` is said is forgotten with it; of a batch's names that stays, for the
        next child of that name, unless `spellings`. What is being made is told to stop first.
        """
        forgetting = Forgetting(self._store, self._folder, self.traces, self._janitor)
        records = forgetting.found(batch=batch, name=name)
        spelled = forgetting.spelled(records, name)
        gone = spelled if name or spellings else []
        done = forgetting.forget(records, films=films, spellings=gone, dry_run=dry_run)
        return replace(done, spellings_kept=len(spelled) - len(gone))

    def support(self, file: Path, health: Callable[[], list[Check]]) -> list[str]:
        """Writes what help is asked for with to a zip, without personal data; answers what is in it."""
        told: dict[str, Callable[[], Any]] = {
            "health": lambda: [
                {"check": one.name, "light": str(one.light), "message": str(one.what)} for one in health()
            ],
            "metrics": lambda: self.metrics().as_dict(),
        }
        return write_support(file, self._settings, self._folder, self._store, told)

    def story(self, job_id: str) -> str:
        """What happened to a job and what this computer's log says of it, without its words; empty if there is no such
        job. Raises `StoreAway`.
        """
        record = self._store.job(job_id)
        if record is None:
            return ""
        door = Redactor(secrets_of(self._settings), self._folder.root)
        return story(record, self._store.history(job_id), lines_about(self._folder.logs, job_id), door)

    def _clean_by_itself(self) -> None:
        while not self._stopping.wait(_LOOK_EVERY_S):
            try:
                clean_when_due(self._janitor, self._schedule)
            except Exception:  # noqa: BLE001 - the next time may go better, and the films go on
                if not self._stopping.is_set():  # else the store was closed under it
                    _log.exception("cleaning stumbled")

    def _usage(self) -> Mapping[str, Usage]:
        """Looked at once a minute: it goes through all of a cache's files."""
        if self._used is None or time.monotonic() - self._used[0] > _USAGE_HOLDS_S:
            self._used = (time.monotonic(), self._caches.usage())
        return self._used[1]
