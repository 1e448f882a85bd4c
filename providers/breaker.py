"""A circuit breaker: a service that fails again and again is left alone for a while, then tried with one call."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from enum import StrEnum

import structlog

from core.errors import EnvironmentFault
from core.progress import Progress

_log = structlog.get_logger(__name__)

_FAULTS = 5
_COOL_DOWN_S = 30.0
_LONGEST_S = 600.0
_BEAT_S = 0.1


class Circuit(StrEnum):
    CLOSED = "closed"  # calls go through
    OPEN = "open"  # none does
    HALF_OPEN = "half_open"  # one does, and decides


class Breaker:
    """Of one provider in this program. Opens after five faults in a row, for 30 s, then twice as long each time."""

    def __init__(self, provider: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.provider = provider
        self._clock = clock
        self._lock = threading.Lock()
        self._faults = 0
        self._pause_s = _COOL_DOWN_S
        self._until: float | None = None
        self._probing: int | None = None  # the thread whose call decides
        self._reason = ""

    @property
    def circuit(self) -> Circuit:
        with self._lock:
            return self._circuit()

    @property
    def reason(self) -> str:
        """The code of the fault that opened it; empty while it is closed."""
        with self._lock:
            return self._reason if self._circuit() is not Circuit.CLOSED else ""

    def enter(self, progress: Progress) -> None:
        """To be asked before a call. While another call is the one that decides, waits for what comes of it.

        Raises `EnvironmentFault` while it is open, and whatever `progress` raises.
        """
        while True:
            with self._lock:
                match self._circuit():
                    case Circuit.CLOSED:
                        return
                    case Circuit.OPEN:
                        raise self._fault()
                    case Circuit.HALF_OPEN if self._probing in (None, threading.get_ident()):
                        self._probing = threading.get_ident()
                        return
            progress(0.0)
            time.sleep(_BEAT_S)

    def succeeded(self) -> None:
        """The service answered as a service does, if only that this film is not to its liking."""
        with self._lock:
            if self._until is not None:
                _log.info("the provider works again", provider=self.provider)
            self._faults, self._until, self._probing = 0, None, None
            self._pause_s = _COOL_DOWN_S

    def faulted(self, code: str, *, for_sure: bool = False) -> None:
        """`for_sure`: the next call would meet the same (no credit, a wrong key), so it opens at once."""
        with self._lock:
            self._faults += 1
            if not for_sure and self._faults < _FAULTS and self._until is None:
                return
            if self._until is not None:
                self._pause_s = min(2 * self._pause_s, _LONGEST_S)
            self._until = self._clock() + self._pause_s
            self._probing, self._reason = None, code
            pause_s = self._pause_s
        _log.warning("the provider is left alone for a while", provider=self.provider, code=code, seconds=pause_s)

    def gave_up(self) -> None:
        """The call that was to decide ended without an answer, for reasons of our own."""
        with self._lock:
            if self._probing == threading.get_ident():
                self._probing = None

    def may_try(self) -> bool:
        return self.circuit is not Circuit.OPEN

    def _circuit(self) -> Circuit:
        if self._until is None:
            return Circuit.CLOSED
        return Circuit.OPEN if self._clock() < self._until else Circuit.HALF_OPEN

    def _fault(self) -> EnvironmentFault:
        return EnvironmentFault(
            "provider_left_alone",
            "{provider} failed again and again ({reason}) and is left alone for a while.",
            "It is tried again by itself; the films that wait go on then.",
            waits_for=f"provider:{self.provider}",
            provider=self.provider,
            reason=self._reason,
        )
