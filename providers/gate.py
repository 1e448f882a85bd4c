"""The way to a provider: not while it is broken, not more at once than it takes, and again when it asks for it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

import structlog

from core.errors import AnswerLost, EnvironmentFault, JobFault, StoreAway, TransientError
from core.jobs.retry import delay_s
from core.jobs.store import JobStore
from core.progress import Progress, queued, wait
from providers.breaker import Breaker
from providers.limits import Limits

T = TypeVar("T")

_log = structlog.get_logger(__name__)

_LEASE_S = 60.0
_RENEW_EVERY_S = 15.0
_LOOK_EVERY_S = 0.5
_TRIES = 4
_LONGEST_WAIT_S = 120.0
_CROWDED_S = 60.0
_BUSY = "provider_busy"  # the code of: too much at once, or too fast


class Slots:
    """How many calls a provider takes at once, on all machines of the queue together.

    `of` is what the plan allows as far as we know; what the provider itself says counts from then on.
    """

    def __init__(self, store: JobStore, provider: str, of: int) -> None:
        self.of = of
        self._store = store
        self._provider = provider
        self._fewer_until = 0.0

    def hear(self, limits: Limits) -> None:
        """What an answer of the provider said."""
        if limits.maximum:
            self.of = limits.maximum

    def crowded(self) -> None:
        """It said that there are too many at once: somebody else uses the account too. One fewer for a minute."""
        self._fewer_until = time.monotonic() + _CROWDED_S

    @contextmanager
    def taken(self, progress: Progress) -> Iterator[Progress]:
        """Waits for a slot, however long others need it, and holds it; the progress it gives keeps it held.

        A store that goes away meanwhile ends no call: what it answers may be paid for already.
        """
        token = secrets.token_hex(8)
        while not self._take(token):
            began = time.monotonic()
            wait(_LOOK_EVERY_S, progress)
            queued(time.monotonic() - began)
        renewed = time.monotonic()

        def report(fraction: float) -> None:
            nonlocal renewed
            if time.monotonic() - renewed > _RENEW_EVERY_S:
                renewed = time.monotonic()
                with suppress(StoreAway):
                    self._take(token)
            progress(fraction)

        try:
            yield report
        finally:
            with suppress(StoreAway):  # its lease runs out by itself
                self._store.free_slot(self._provider, token)

    def _take(self, token: str) -> bool:
        fewer = time.monotonic() < self._fewer_until
        return self._store.take_slot(self._provider, max(1, self.of - fewer), token, lease_s=_LEASE_S)


class Gate:
    """Safe to use from any thread."""

    def __init__(self, breaker: Breaker, slots: Slots) -> None:
        self.breaker = breaker
        self.slots = slots

    def through(self, call: Callable[[Progress], T], progress: Progress) -> T:
        """Makes the call, up to four times while its faults may pass, waiting as long as the provider asks for.

        Raises what the last try raised, `EnvironmentFault` while the provider is left alone, and whatever
        `progress` raises.
        """
        for tried in range(1, _TRIES + 1):
            self.breaker.enter(progress)
            try:
                with self.slots.taken(progress) as report:
                    answer = call(report)
            except TransientError as error:
                pause_s = self._after(error, tried)
                if pause_s is None:
                    raise
                _log.info("the provider is asked again", provider=self.breaker.provider, code=error.code)
                wait(pause_s, progress)
            except JobFault:
                self.breaker.succeeded()
                raise
            except AnswerLost as error:
                self.breaker.faulted(error.code)
                raise
            except EnvironmentFault as error:
                if error.waits_for == f"provider:{self.breaker.provider}":
                    self.breaker.faulted(error.code, for_sure=True)
                else:
                    self.breaker.gave_up()
                raise
            except BaseException:
                self.breaker.gave_up()
                raise
            else:
                self.breaker.succeeded()
                return answer
        raise AssertionError("the last try returns or raises")

    def _after(self, error: TransientError, tried: int) -> float | None:
        """How long to wait before the next try; None: there is none."""
        asked_to_wait = error.retry_after_s is not None
        if error.code == _BUSY:
            self.slots.crowded()
        if asked_to_wait or error.code == _BUSY:
            self.breaker.gave_up()  # it answers, it is only busy
        else:
            self.breaker.faulted(error.code)
        pause_s = error.retry_after_s if error.retry_after_s is not None else delay_s(tried)
        if tried == _TRIES or pause_s > _LONGEST_WAIT_S:
            return None
        return pause_s
