"""The pool: its workers, the keeper of their leases, and the timers the queue needs."""

from __future__ import annotations

import os
import platform
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

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
from core.workers.asking import Questions
from core.workers.leases import LeaseKeeper
from core.workers.monitor import StageLimits
from core.workers.probes import Pauses, Probes
from core.workers.worker import Notes, Stop, Worker, WorkerRules

_log = structlog.get_logger(__name__)

_TICK_S = 1.0
_PROBE_EVERY_S = 10.0
_HEARTBEAT_EVERY_S = 15.0
_LAST_PATIENCE_S = 10.0
_PATIENCE_S = 3.0  # with a folder that may be on a share which died
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
        self._questions = Questions(_PATIENCE_S)
        self._probed_at = time.monotonic()
        self._registered: Machine | None = None  # as the store has it
        self._set_aside = False
        self._stop = Stop(threading.Event(), threading.Event())
        self._keeper = LeaseKeeper(store, options.rules.lease_s, options.rules.limits.stall_s + _HANGS_AFTER_S)
        self._machine = Machine(machine_id(), platform.node(), __version__, options.workers)
        self._rules = options.rules

        def hire(number: int) -> Worker:
            name, notes = f"{self._machine.id}/{number}", Notes(self._meter, traces)
            return Worker(name, store, renderer, templates, self._keeper, self._rules, self._stop, notes)

        self._hire = hire
        self._hired = options.workers
        self._workers = [self._hire(number) for number in range(1, options.workers + 1)]
        self._leavers: list[Worker] = []  # too many since `adapt`; they end after the film they have
        self._adapting = threading.Lock()
        self._timers_stop = threading.Event()
        self._timers = threading.Thread(target=self._keep_time, name="pool-timers", daemon=True)

    @property
    def busy(self) -> int:
        """How many workers have a job in hand."""
        return sum(worker.busy for worker in (*self._workers, *self._leavers))

    @property
    def size(self) -> int:
        """How many workers take jobs."""
        return len(self._workers)

    def adapt(self, options: PoolOptions) -> None:
        """From the next film on; films in the making keep what they were begun with. Does nothing once it stops."""
        with self._adapting:
            if self._stop.claiming.is_set():
                return
            self._rules = options.rules
            self._keeper.adapt(options.rules.lease_s, options.rules.limits.stall_s + _HANGS_AFTER_S)
            for worker in self._workers:
                worker.adapt(options.rules)
            self._resize(options.workers)
        self._quietly(self.resume_parked)  # a budget may have been raised, a voice connected

    def _resize(self, wanted: int) -> None:
        if wanted == len(self._workers):
            return
        self._leavers = [worker for worker in self._leavers if not worker.join(0)]
        for worker in self._workers[wanted:]:
            worker.leave()
            self._leavers.append(worker)
        del self._workers[wanted:]
        while len(self._workers) < wanted:
            self._hired += 1
            self._workers.append(self._hire(self._hired))
            self._workers[-1].start()
        self._machine = replace(self._machine, slots=wanted)  # the timers tell the store
        _log.info("another number of workers", workers=wanted)

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
        with self._adapting:
            self._stop.claiming.set()
        self._quietly(self._store.wake)
        everybody = [*self._workers, *self._leavers]
        _log.info("workers stopping", running=self.busy, patience_s=patience_s)
        deadline = time.monotonic() + patience_s
        while any(not worker.join(0.05) for worker in everybody):
            if time.monotonic() > deadline or self._stop.working.is_set():
                break
        self._stop.working.set()
        deadline = time.monotonic() + _LAST_PATIENCE_S
        left = [worker for worker in everybody if not worker.join(max(0.0, deadline - time.monotonic()))]
        if left:
            _log.error("workers did not end; their leases will run out", workers=len(left))
        self._keeper.stop()
        self._timers_stop.set()
        self._timers.join(_LAST_PATIENCE_S)
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
        """Again and again until the store has heard it as it is."""
        machine = self._machine
        if self._registered is not machine:
            self._store.register(machine)
            self._registered = machine

    def _show_life(self) -> None:
        if not self._store.heartbeat(self._machine.id) and not self._set_aside:
            self._set_aside = True
            _log.error("this machine is set aside: it failed three films in a row that others then made")

    def _find_templates(self) -> None:
        """Looks for the templates that waiting jobs are made from; those of others are left to other machines."""
        for content_hash, job_id in self._store.waiting_templates().items():
            record = self._store.job(job_id)
            named = record.job.template if record else ""
            look = partial(self._has_template, content_hash, named)
            if not self._questions.ask(content_hash, look) and content_hash not in self._lacking:
                self._lacking.add(content_hash)
                _log.warning("jobs wait for a template that is not here", template=named, hash=content_hash[:12])

    def _has_template(self, content_hash: str, named: str) -> bool:
        return self._templates.by_hash(content_hash, named) is not None

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
