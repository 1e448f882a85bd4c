"""Lets so many threads at a processor's work at once: the others wait for services, or for their turn."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from core.progress import Progress, creeping

_BEAT_S = 0.1
_TYPICAL_S = 60.0


class Turnstile:
    """`places` may be changed at any time; who is inside stays inside."""

    def __init__(self, places: int) -> None:
        self.places = places
        self._taken = 0
        self._left = threading.Condition()

    @contextmanager
    def passed(self, waiting: Progress) -> Iterator[None]:
        """Waits for a place, calling `waiting` ten times a second (it may raise), and holds it."""
        waited = creeping(waiting, _TYPICAL_S)
        while not self._entered():
            waited(0.0)
        try:
            yield
        finally:
            with self._left:
                self._taken -= 1
                self._left.notify()

    def _entered(self) -> bool:
        with self._left:
            if self._taken >= self.places:
                self._left.wait(_BEAT_S)
            if self._taken >= self.places:
                return False
            self._taken += 1
            return True
