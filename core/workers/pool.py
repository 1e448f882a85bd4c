"""The pool: its workers, the keeper of their leases, and the timers the queue needs."""

from __future__ import annotations

import os
import platform
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from core import __version__
from core.errors import EnvironmentFault, StoreAway
from core.jobs.machines import Machine
from core.jobs.store import JobStore
from core.metrics.meter import FLUSH_EVERY_S, Meter
from core.render.interfaces import Renderer
from core.settings.declaration import Settings
from core.storage.traces import Traces
from core.template.library import TemplateLibrary
from core.workers.leases import LeaseKeeper
from core.workers.monitor import StageLimits
from core.workers.probes import Pauses, Probes
from core.workers.worker import Notes, Stop, Worker, WorkerRules

_log = structlog.get_logger(__name__)

_TICK_S = 1.0
_PROBE_EVERY_S = 10.0
_HEARTBEAT_EVERY_S = 15.0
_LAST_PATIENCE_S = 10.0
_HANGS_AFTER_S = 60.0  # beyond the stall limit, which a stage that reports progress finds by itself


@dataclass(frozen=True, slots=True)
class PoolOptions:
    workers: int
    rules: WorkerRules

    @classmethod
    def of(cls, settings: Settings, workers: int | None, waiting: int = 0) -> PoolOptions:
        """`waiting`: so many more threads, for films that wait for a service while others are encoded."""
        return cls(
            workers=(workers or settings.workers) + waiting,
            rules=WorkerRules(
                lease_s=settings.job_lock_timeout_seconds,
                max_attempts=settings.max_job_attempts,
                limits=StageLimits(settings.stage_timeout_seconds, settings.stage_stall_seconds),
            ),
        )


def machine_id() -> str:
    """This program among all that share a queue: the computer's name and the process, no blank and no slash."""
    name = re.sub(r"[^\w.-]+", "-", platform.node()) or "machine"
    return f"{name}:{os.getpid()}"


class WorkerPool:
    """Started once and stopped once."""

    def __init__(
        self,
        store: JobStore,
        renderer: Renderer,
        templates: TemplateLibrary,
        probes: Probes,
        options: PoolOptions,
        meter: Meter | None = None,
        traces: Traces | None = None,
    ) -> None:
        """`traces`: where it is noted which personal pieces belong to which job."""
        self._store = store
        self._meter = meter or Meter(store)
        self._flushed_at = time.monotonic()
        self._probes = probes
        self._templates = templates
        self._lacking: set[str] = set()
        self._pauses = Pauses()
        self._probed_at = time.monotonic()
        self._registered = False
        self._set_aside = False
        self._stop = Stop(threading.Event(), threading.Event())
        self._keeper = LeaseKeeper(store, options.rules.lease_s, options.rules.limits.stall_s + _HANGS_AFTER_S)
        self._machine = Machine(machine_id(), platform.node(), __version__, options.workers)
        self._workers = [
            Worker(
                f"{self._machine.id}/{number}",
                store,
                renderer,
                templates,
                self._keeper,
                options.rules,
                self._stop,
                Notes(self._meter, traces),
            )
            for number in range(1, options.workers + 1)
        ]
        self._timers_stop = threading.Event()
        self._timers = threading.Thread(target=self._keep_time, name="pool-timers", daemon=True)

    @property
    def busy(self) -> int:
        """How many workers have a job in hand."""
        return sum(worker.busy for worker in self._workers)

    def start(self) -> None:
        self._quietly(self._find_templates)
        self._quietly(self.resume_parked)
        self._keeper.start()
        self._timers.start()
        for worker in self._workers:
            worker.start()
        _log.info("workers started", workers=len(self._workers), machine=self._machine.id)

    def give_back(self) -> None:
        """Cuts a `stop` that is waiting in another thread short: running jobs go back now."""
        self._stop.claiming.set()
        self._stop.working.set()

    def stop(self, patience_s: float) -> None:
        """No new jobs; waits `patience_s` for the running ones, then gives them back. Returns when all is still."""
        self._stop.claiming.set()
        self._quietly(self._store.wake)
        _log.info("workers stopping", running=self.busy, patience_s=patience_s)
        deadline = time.monotonic() + patience_s
        while any(not worker.join(0.05) for worker in self._workers):
            if time.monotonic() > deadline or self._stop.working.is_set():
                break
        self._stop.working.set()
        deadline = time.monotonic() + _LAST_PATIENCE_S
        left = [worker for worker in self._workers if not worker.join(max(0.0, deadline - time.monotonic()))]
        if left:
            _log.error("workers did not end; their leases will run out", workers=len(left))
        self._keeper.stop()
        self._timers_stop.set()
        self._timers.join()
        self._quietly(self._meter.flush)
        self._quietly(lambda: self._store.gone(self._machine.id))
        _log.info("workers stopped")

    def _keep_time(self) -> None:
        """Due delays, dead leases, the machine's sign of life, and what parked jobs wait for."""
        self._quietly(self._register)
        beaten = time.monotonic()
        while not self._timers_stop.wait(_TICK_S):
            self._quietly(self._store.tick)
            now = time.monotonic()
            if now - beaten >= _HEARTBEAT_EVERY_S:
                beaten = now
                self._quietly(self._register)
                self._quietly(self._show_life)
            if now - self._flushed_at >= FLUSH_EVERY_S:
                self._flushed_at = now
                self._quietly(self._meter.flush)
            if now - self._probed_at >= _PROBE_EVERY_S:
                self._probed_at = now
                self._quietly(self.resume_parked)
                self._quietly(self._find_templates)

    def _register(self) -> None:
        """Again and again until the store has heard it once."""
        if not self._registered:
            self._store.register(self._machine)
            self._registered = True

    def _show_life(self) -> None:
        if not self._store.heartbeat(self._machine.id) and not self._set_aside:
            self._set_aside = True
            _log.error("this machine is set aside: it failed three films in a row that others then made")

    def _find_templates(self) -> None:
        """Looks for the templates that waiting jobs are made from; those of others are left to other machines."""
        for content_hash, job_id in self._store.waiting_templates().items():
            record = self._store.job(job_id)
            named = record.job.template if record else ""
            if self._templates.by_hash(content_hash, named) is None and content_hash not in self._lacking:
                self._lacking.add(content_hash)
                _log.warning("jobs wait for a template that is not here", template=named, hash=content_hash[:12])

    def resume_parked(self) -> int:
        """Asks now whether what parked jobs wait for is back; answers how many go on. Else asked every few seconds."""
        resumed = 0
        parked = self._store.parked_for()
        self._pauses.keep(parked)
        for waits_for, count in parked.items():
            if self._pauses.over(waits_for) and self._probes.is_back(waits_for):
                self._pauses.resumed(waits_for)
                _log.info("it is back: parked jobs go on", waits_for=waits_for, jobs=count)
                resumed += self._store.unpark(waits_for)
        return resumed

    def asks_in_s(self, waits_for: str) -> float:
        """How soon what parked jobs wait for is asked after again."""
        next_round_s = self._probed_at + _PROBE_EVERY_S - time.monotonic()
        return max(0.0, next_round_s, self._pauses.left_s(waits_for))

    def _quietly(self, call: Callable[[], object]) -> None:
        """The store away or its disk full is told by the workers; here it only means: next time.

        Whatever else goes wrong must not end the timers: without them no lease of a dead machine runs out.
        """
        try:
            call()
        except (StoreAway, EnvironmentFault) as error:
            _log.debug("timer skipped", code=error.code)
        except Exception:  # noqa: BLE001 - see above
            _log.exception("timer stumbled")
