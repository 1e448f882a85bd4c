"""Lets so many threads at a processor's work at once: the others wait for services, or for their turn."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from core.progress import Progress, creeping

_BEAT_S = 0.1
_TYPICAL_S = 60.0


class Turnstile:
    def __init__(self, places: int) -> None:
        self._free = threading.BoundedSemaphore(places)

    @contextmanager
    def passed(self, waiting: Progress) -> Iterator[None]:
        """Waits for a place, calling `waiting` ten times a second (it may raise), and holds it."""
        waited = creeping(waiting, _TYPICAL_S)
        while not self._free.acquire(timeout=_BEAT_S):
            waited(0.0)
        try:
            yield
        finally:
            self._free.release()
