"""What bounds one request to an outside service, and who is told while it goes on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import httpcore

from core.progress import Progress

BEAT_S = 0.1


class Watch:
    """What bounds one request. `fraction` is what `progress` is told while it goes on."""

    def __init__(self, progress: Progress, *, silence_s: float, total_s: float, max_bytes: int) -> None:
        self._progress = progress
        self._deadline = time.monotonic() + total_s
        self._told = 0.0
        self.silence_s = silence_s
        self.max_bytes = max_bytes
        self.fraction = 0.0
        self.went_out = False  # True: the request was sent to its end

    def beat(self) -> None:
        """Raises what `progress` raises, and `httpcore.ReadTimeout` when the time for all of it is over."""
        now = time.monotonic()
        if now - self._told >= BEAT_S:
            self._told = now
            self._progress(self.fraction)
        if now > self._deadline:
            raise httpcore.ReadTimeout("it took too long in all")


_watch: ContextVar[Watch] = ContextVar("watch")


def watch_now() -> Watch:
    """That of the request which this thread is making. Without one there is none: a mistake in our code."""
    return _watch.get()


@contextmanager
def watching(watch: Watch) -> Iterator[Watch]:
    """The requests that this thread makes inside are bounded by `watch`."""
    token = _watch.set(watch)
    try:
        yield watch
    finally:
        _watch.reset(token)
