"""One worker: a thread that takes a job, has it rendered, and says how it ended. No exception ends it."""

from __future__ import annotations

import errno
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import structlog

from core.errors import (
    Cancelled,
    EnvironmentFault,
    JobFault,
    LeaseLost,
    RenderError,
    StoreAway,
    TransientError,
)
from core.jobs.model import Claim, Failure, Result
from core.jobs.retry import delay_s
from core.jobs.store import JobStore
from core.jobs.working import claim_token
from core.logs.redaction import private_words
from core.metrics.meter import Meter
from core.progress import hearing_of_queueing
from core.render.interfaces import Renderer
from core.storage.traces import Traces
from core.template.library import TemplateLibrary
from core.workers.leases import Lease, LeaseKeeper
from core.workers.monitor import ClaimMonitor, GiveBack, StageLimits

_log = structlog.get_logger(__name__)

_WAIT_S = 1.0
_LONGEST_AWAY_S = 10.0


@dataclass(frozen=True, slots=True)
class WorkerRules:
    """What all workers of a pool share."""

    lease_s: float
    max_attempts: int
    limits: StageLimits


@dataclass(frozen=True, slots=True)
class Stop:
    """Two steps of stopping: no new job; and, when patience is over, the running one goes back."""

    claiming: threading.Event
    working: threading.Event


@dataclass(frozen=True, slots=True)
class Notes:
    """Where it is noted how attempts end, and which personal pieces they leave in the caches."""

    meter: Meter
    traces: Traces | None = None


@dataclass(frozen=True, slots=True)
class _End:
    """How an attempt ended (as in a job's history), and the call that tells the store so."""

    how: str
    tell: Callable[[], None]
    result: Result | None = None
    code: str = ""


class Worker:
    """`name` is `<machine>/<number>`."""

    def __init__(
        self,
        name: str,
        store: JobStore,
        renderer: Renderer,
        templates: TemplateLibrary,
        keeper: LeaseKeeper,
        rules: WorkerRules,
        stop: Stop,
        notes: Notes,
    ) -> None:
        self._name = name
        self._traces = notes.traces
        self._meter = notes.meter
        self._store = store
        self._renderer = renderer
        self._templates = templates
        self._keeper = keeper
        self._rules = rules
        self._stop = stop
        self._thread = threading.Thread(target=self._run, name=f"worker {name}", daemon=True)
        self._leaving = False
        self._token = claim_token()
        self._following: Claim | None = None  # claimed when the last job was completed
        self.busy = False

    def adapt(self, rules: WorkerRules) -> None:
        """For the jobs it takes from now on."""
        self._rules = rules

    def leave(self) -> None:
        """Ends after the job it has."""
        self._leaving = True

    def start(self) -> None:
        self._thread.start()

    def join(self, timeout_s: float) -> bool:
        """True if the worker has ended within `timeout_s`."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        away_s = 0.5
        while not self._ends:
            try:
                claim = self._next()
                if claim is None:
                    self._store.wait_for_work(_WAIT_S)
                else:
                    self.busy = True
                    self._work(claim)
                away_s = 0.5
            except (StoreAway, EnvironmentFault) as error:  # the second: a local queue's disk is full
                _log.warning("no work can be taken", code=error.code, detail=error.detail)
                self._stop.claiming.wait(away_s)
                away_s = min(2 * away_s, _LONGEST_AWAY_S)
            except Exception:  # noqa: BLE001 - whatever it is, the worker goes on with the next job
                _log.exception("worker stumbled")
                self._stop.claiming.wait(away_s)
            finally:
                self.busy = self._following is not None
        self._leave_the_following()

    @property
    def _ends(self) -> bool:
        """No more jobs are wanted from it."""
        return self._stop.claiming.is_set() or self._leaving

    def _next(self) -> Claim | None:
        claim, self._following = self._following, None
        if claim is None:
            claim = self._store.claim(
                self._name, lease_s=self._rules.lease_s, templates=self._templates.hashes(), token=self._token
            )
            self._token = claim_token()
        return claim

    def _complete(self, claim: Claim, result: Result) -> None:
        """And takes the next job along, unless no more are wanted: that saves half of the store's work."""
        review = claim.job.review
        if self._ends:
            self._store.complete(claim, result, review=review)
            return
        self._following = self._store.complete_and_claim(
            claim,
            result,
            lease_s=self._rules.lease_s,
            templates=self._templates.hashes(),
            review=review,
            token=self._token,
        )
        self._token = claim_token()

    def _leave_the_following(self) -> None:
        """Claimed at the very moment when no more were wanted: back at its old place."""
        claim, self._following = self._following, None
        try:
            if claim is not None:
                self._store.give_back(claim)
        except (StoreAway, EnvironmentFault, LeaseLost) as error:
            _log.warning("a job is not given back; its lease will run out", code=error.code)
        finally:
            self.busy = False

    def _work(self, claim: Claim) -> None:
        job = claim.job
        with (
            structlog.contextvars.bound_contextvars(job=job.id, batch=job.batch, attempt=claim.attempt, stage="begin"),
            private_words.held(job.name, (*job.fields.values(), job.script, *job.respelled, *job.respelled.values())),
            self._keeper.keep(claim) as lease,
        ):
            _log.info("job claimed", row=job.row, epoch=claim.epoch)
            started = time.monotonic()
            end = self._attempt(lease)
            try:
                self._tell(lease, end.tell)
            except LeaseLost:
                self._meter.ended("lost", 0.0)
                _log.warning("job was taken over while it was worked on; nothing was changed", epoch=claim.epoch)
            else:
                took_s = time.monotonic() - started
                self._meter.ended(end.how, took_s, end.result, end.code)
                _log.info("attempt ended", how=end.how, seconds=round(took_s, 2))

    def _attempt(self, lease: Lease) -> _End:
        """Renders; answers what is to be told to the store."""
        claim, store, rules = lease.claim, self._store, self._rules
        monitor = ClaimMonitor(store, lease, self._stop.working, rules.limits)
        traced = self._traces.of(claim.job.batch, claim.job.id) if self._traces else nullcontext()
        try:
            with traced, hearing_of_queueing(monitor.queued):
                result: Result = self._renderer.render(claim.job, monitor)
        except Cancelled:
            return _End("cancelled", lambda: store.cancelled(claim))
        except GiveBack:
            return _End("given_back", lambda: store.give_back(claim))
        except StoreAway:  # nothing can be said to it now; when it is back, the job goes back to its place
            return _End("given_back", lambda: store.give_back(claim))
        except LeaseLost as error:
            lost = error

            def refuse() -> None:
                raise lost

            return _End("lost", refuse)
        except Exception as error:  # noqa: BLE001 - our own mistake must not take the queue down
            return self._after_failure(claim, _as_render_error(error), monitor.stage, rules)
        return _End("done", lambda: self._complete(claim, result), result)

    def _after_failure(self, claim: Claim, error: RenderError, stage: str, rules: WorkerRules) -> _End:
        failure = Failure.of(error, stage)
        store = self._store
        _log.warning("attempt failed", kind=failure.kind, code=failure.code, stage=stage)
        if isinstance(error, EnvironmentFault):
            return _End("park", lambda: store.park(claim, failure), code=failure.code)
        if isinstance(error, TransientError) and claim.attempt < rules.max_attempts:
            wait_s = max(delay_s(claim.attempt), error.retry_after_s or 0.0)
            return _End("retry", lambda: store.retry(claim, failure, delay_s=wait_s), code=failure.code)
        return _End("fail", lambda: store.fail(claim, failure), code=failure.code)

    def _tell(self, lease: Lease, end: Callable[[], None]) -> None:
        """Tells the store how the attempt ended, however long it is away: a finished film is not thrown away."""
        away_s = 0.5
        while True:
            lease.heard = time.monotonic()  # it waits, and does not hang: its lease is still wanted
            try:
                return end()
            except (StoreAway, EnvironmentFault) as error:
                if self._stop.working.is_set():
                    raise
                _log.warning("the store can't be told yet", code=error.code, detail=error.detail)
                self._stop.working.wait(away_s)
                away_s = min(2 * away_s, _LONGEST_AWAY_S)


def _as_render_error(error: Exception) -> RenderError:
    if isinstance(error, RenderError):
        return error
    if isinstance(error, OSError):
        return _file_trouble(error)
    _log.exception("unexpected error in a render")
    return _unexpected(error)


def _file_trouble(error: OSError) -> RenderError:
    """What the disk said. No file's name: it may be a child's."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return EnvironmentFault(
            "disk_full",
            "A disk is full.",
            "Make room on the disks of the films and of Trineo's data; the films that wait go on by themselves.",
            waits_for=f"disk:{Path(error.filename).parent}" if isinstance(error.filename, str) else "disk",
        )
    return TransientError(
        "file_trouble",
        "A file could not be read or written: {reason}.",
        "It is tried again by itself. If it happens again, look at the disks and folders Trineo uses.",
        detail=_where(error),
        reason=error.strerror or type(error).__name__,
    )


def _where(error: Exception) -> str:
    """The places in the code and the kind of error. Not its message: that may hold a file's name or a text."""
    number = f" (errno {error.errno})" if isinstance(error, OSError) else ""
    return "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__ + number


def _unexpected(error: Exception) -> JobFault:
    return JobFault(
        "internal_error",
        "Something went wrong that should not have ({kind}).",
        "Retry it; if it fails again, send us the details.",
        detail=_where(error),
        kind=type(error).__name__,
    )
