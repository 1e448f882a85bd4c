"""So many at once, also when that is changed while some are inside and others wait."""

from __future__ import annotations

import threading

import pytest

from core.progress import unwatched
from core.render.turnstile import Turnstile
from tests.stand_ins import wait_until


class Crowd:
    """Threads that go in and stay until they are let out."""

    def __init__(self, gate: Turnstile, size: int) -> None:
        self.inside = 0
        self._lock = threading.Lock()
        self._out = threading.Event()
        self._gate = gate
        self.threads = [threading.Thread(target=self._go, daemon=True) for _ in range(size)]
        for thread in self.threads:
            thread.start()

    def let_out(self) -> None:
        self._out.set()
        for thread in self.threads:
            thread.join(10)

    def _go(self) -> None:
        with self._gate.passed(unwatched):
            with self._lock:
                self.inside += 1
            self._out.wait(10)


def test_more_places_let_more_in_and_fewer_wait_until_somebody_left() -> None:
    gate = Turnstile(1)
    crowd = Crowd(gate, 4)
    wait_until(lambda: crowd.inside == 1)
    gate.places = 3
    wait_until(lambda: crowd.inside == 3)
    gate.places = 1
    crowd.let_out()
    assert crowd.inside == 4
    again = Crowd(gate, 2)
    wait_until(lambda: again.inside == 1)
    again.let_out()
    assert again.inside == 2


def test_who_is_called_away_while_waiting_holds_nothing() -> None:
    gate = Turnstile(1)
    crowd = Crowd(gate, 1)
    wait_until(lambda: crowd.inside == 1)

    def called_away(_: float) -> None:
        raise KeyError

    with pytest.raises(KeyError), gate.passed(called_away):
        raise AssertionError("there was no room")
    crowd.let_out()
    with gate.passed(unwatched):
        pass
