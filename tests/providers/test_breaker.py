"""A provider that fails again and again is left alone, then tried with one call."""

from __future__ import annotations

import threading

import pytest

from core.errors import Cancelled, EnvironmentFault
from core.progress import unwatched
from providers.breaker import Breaker, Circuit
from tests.core.jobs.conftest import Clock
from tests.stand_ins import raises_code, wait_until


@pytest.fixture
def time() -> Clock:
    return Clock()


@pytest.fixture
def breaker(time: Clock) -> Breaker:
    return Breaker("heygen", time)


def opened(breaker: Breaker) -> Breaker:
    for _ in range(5):
        breaker.faulted("provider_down")
    return breaker


def test_it_opens_after_five_faults_in_a_row(breaker: Breaker) -> None:
    for _ in range(4):
        breaker.faulted("provider_down")
    breaker.succeeded()
    for _ in range(4):
        breaker.faulted("provider_down")
    breaker.enter(unwatched)
    breaker.faulted("provider_down")
    assert (breaker.circuit, breaker.reason) == (Circuit.OPEN, "provider_down")
    with raises_code(EnvironmentFault, "provider_left_alone") as caught:
        breaker.enter(unwatched)
    assert isinstance(caught.value, EnvironmentFault)
    assert caught.value.waits_for == "provider:heygen"


def test_what_the_next_call_would_meet_too_opens_it_at_once(breaker: Breaker) -> None:
    breaker.faulted("provider_key_refused", for_sure=True)
    assert breaker.circuit is Circuit.OPEN


def test_one_call_decides_and_the_others_wait_for_it(breaker: Breaker, time: Clock) -> None:
    opened(breaker)
    time.now_s += 31
    breaker.enter(unwatched)
    waiting, through = threading.Event(), threading.Event()

    def other() -> None:
        breaker.enter(lambda _: waiting.set())
        through.set()

    thread = threading.Thread(target=other)
    thread.start()
    assert waiting.wait(5)
    assert not through.is_set()
    breaker.succeeded()
    assert through.wait(5)
    thread.join()
    assert breaker.circuit is Circuit.CLOSED


def test_when_it_fails_again_it_is_left_alone_for_longer(breaker: Breaker, time: Clock) -> None:
    opened(breaker)
    pauses = []
    for _ in range(8):
        pause = 0
        while breaker.circuit is Circuit.OPEN:
            time.now_s += 1
            pause += 1
        pauses.append(pause)
        breaker.enter(unwatched)
        breaker.faulted("provider_down")
    assert pauses == [30, 60, 120, 240, 480, 600, 600, 600]


def test_a_call_that_ended_for_our_own_reasons_decides_nothing(breaker: Breaker, time: Clock) -> None:
    opened(breaker)
    time.now_s += 31
    breaker.enter(unwatched)
    breaker.gave_up()
    assert breaker.circuit is Circuit.HALF_OPEN
    done = threading.Thread(target=breaker.enter, args=(unwatched,))
    done.start()
    wait_until(lambda: not done.is_alive())


def test_waiting_can_be_stopped(breaker: Breaker, time: Clock) -> None:
    opened(breaker)
    time.now_s += 31
    thread = threading.Thread(target=breaker.enter, args=(unwatched,))
    thread.start()
    thread.join()

    def stop(_: float) -> None:
        raise Cancelled("cancelled", "Enough.")

    with pytest.raises(Cancelled):
        breaker.enter(stop)
