"""What long work tells whoever waits for it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Progress = Callable[[float], None]
"""Told the fraction done, 0 to 1, several times a second. Raises (`Cancelled`, …) to stop the work."""


Begun = Callable[[str], None]
"""Told the name of each part of long work when it begins."""


def unnamed(part: str) -> None:
    """For work whose parts nobody asks about."""


def unwatched(fraction: float) -> None:
    """For work that nobody watches."""


def creeping(progress: Progress, typical_s: float) -> Progress:
    """Passes `progress` on, never standing still: for what others work on, who may say nothing for minutes.

    After `typical_s` it shows about two thirds, and comes ever nearer to the end without reaching it.
    """
    started = time.monotonic()
    highest = 0.0

    def report(fraction: float) -> None:
        nonlocal highest
        waited = 0.95 * (1 - math.exp(-(time.monotonic() - started) / typical_s))
        highest = max(highest, fraction, waited)
        progress(min(1.0, highest))

    return report


_hears_of_queueing: ContextVar[Callable[[float], None] | None] = ContextVar("hears_of_queueing", default=None)


def queued(seconds: float) -> None:
    """So long this work waited its turn, behind others: that counts against no limit of its own."""
    if (hear := _hears_of_queueing.get()) is not None:
        hear(seconds)


@contextmanager
def hearing_of_queueing(hear: Callable[[float], None]) -> Iterator[None]:
    """`hear` is told what this thread's work inside says with `queued`."""
    token = _hears_of_queueing.set(hear)
    try:
        yield
    finally:
        _hears_of_queueing.reset(token)


def wait(seconds: float, progress: Progress) -> None:
    """Waits, calling `progress` ten times a second; it may raise."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        progress(0.0)
        time.sleep(min(0.1, left))
