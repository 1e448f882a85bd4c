"""What a render tells its worker, and what the worker may have to say to it: stop."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import structlog

from core.errors import Cancelled, StoreAway, TransientError
from core.jobs.store import JobStore
from core.render.interfaces import STAGES
from core.workers.leases import Lease

_TELL_EVERY_S = 0.2
_LONGEST_AWAY_S = 5.0
# How much of its first film each stage is. Later ones find the picture made and jump over that part at once.
_WEIGHTS = dict(zip(STAGES, (0.15, 0.2, 0.35, 0.15, 0.07, 0.06, 0.02), strict=True))


class GiveBack(BaseException):
    """The program is closing and can't wait any longer. No error of the job's, so not an Exception."""


@dataclass(frozen=True, slots=True)
class StageLimits:
    """The longest a stage may take, and the longest it may show no progress, in seconds."""

    timeout_s: float = 1800.0
    stall_s: float = 120.0


class ClaimMonitor:
    """The `Monitor` of one attempt. Used by the thread that renders, and by no other."""

    def __init__(self, store: JobStore, lease: Lease, give_back: threading.Event, limits: StageLimits) -> None:
        self._store = store
        self._lease = lease
        self._give_back = give_back
        self._limits = limits
        self._told_at = 0.0
        self._entered = self._moved = time.monotonic()
        self._fraction = 0.0
        self.stage = ""

    def progress(self, stage: str, fraction: float) -> None:
        now = self._lease.heard = time.monotonic()
        entering = stage != self.stage
        if entering:
            self.stage, self._entered, self._moved, self._fraction = stage, now, now, 0.0
            structlog.contextvars.bind_contextvars(stage=stage)
        elif fraction > self._fraction:
            self._fraction, self._moved = fraction, now
        self._lease.check()
        if self._give_back.is_set():
            raise GiveBack
        self._check_limits(now)
        if entering or now - self._told_at >= _TELL_EVERY_S:
            self._told_at = now
            self._tell(stage, fraction)

    def queued(self, seconds: float) -> None:
        """So long it waited its turn: the stage's time goes on from where it stood."""
        self._entered += seconds
        self._moved += seconds

    def before_publish(self) -> None:
        """Waits for a store that is away, however long: whether the film may have its name, only it can say."""
        away_s = 0.2
        while True:
            self._lease.check()
            self._lease.heard = time.monotonic()
            if self._give_back.is_set():
                raise GiveBack
            try:
                return self._store.authorise_publish(self._lease.claim)
            except StoreAway:
                self._give_back.wait(away_s)
                away_s = min(2 * away_s, _LONGEST_AWAY_S)

    def _tell(self, stage: str, fraction: float) -> None:
        done = sum(_WEIGHTS[name] for name in STAGES[: STAGES.index(stage)])
        try:
            stop = self._store.progress(self._lease.claim, stage, done + _WEIGHTS[stage] * min(1.0, fraction))
        except StoreAway:
            return  # progress may be missed; the lease keeper says that the store is away
        if stop:
            raise Cancelled("cancelled", "Job {job} was cancelled.", job=self._lease.claim.job.id)

    def _check_limits(self, now: float) -> None:
        if now - self._entered > self._limits.timeout_s:
            raise TransientError(
                "stage_timeout",
                "The stage {stage} took longer than {seconds} seconds and was ended.",
                "It is tried again by itself. The limit is STAGE_TIMEOUT_SECONDS.",
                stage=self.stage,
                seconds=round(self._limits.timeout_s),
            )
        if now - self._moved > self._limits.stall_s:
            raise TransientError(
                "stage_stalled",
                "The stage {stage} showed no progress for {seconds} seconds and was ended.",
                "It is tried again by itself. The limit is STAGE_STALL_SECONDS.",
                stage=self.stage,
                seconds=round(self._limits.stall_s),
            )
