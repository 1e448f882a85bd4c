"""Not more at once than a provider takes, again when it asks for it, and not for ever."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from core.errors import AnswerLost, Cancelled, EnvironmentFault, JobFault, RenderError, TransientError
from core.jobs.store import JobStore
from core.progress import Progress, unwatched
from providers.breaker import Breaker, Circuit
from providers.gate import Gate, Slots
from providers.limits import Limits
from tests.stand_ins import raises_code

BUSY = TransientError("provider_busy", "Busy.", retry_after_s=0.01)
DOWN = TransientError("provider_down", "Down.", retry_after_s=None)


@pytest.fixture
def store() -> Iterator[JobStore]:
    with closing(JobStore.in_memory()) as made:
        yield made


@pytest.fixture
def gate(store: JobStore, monkeypatch: pytest.MonkeyPatch) -> Gate:
    monkeypatch.setattr("providers.gate.delay_s", lambda tried: 0.0)
    return Gate(Breaker("heygen"), Slots(store, "heygen", 2))


def failing(*errors: RenderError) -> Callable[[Progress], str]:
    left = list(errors)

    def call(_: Progress) -> str:
        if left:
            raise left.pop(0)
        return "made"

    return call


def test_what_passes_is_asked_for_again(gate: Gate) -> None:
    assert gate.through(failing(BUSY, DOWN, BUSY), unwatched) == "made"
    assert gate.breaker.circuit is Circuit.CLOSED


def test_four_tries_are_enough(gate: Gate) -> None:
    with raises_code(TransientError, "provider_down"):
        gate.through(failing(*[DOWN] * 4), unwatched)


def test_a_provider_that_is_only_busy_is_not_left_alone(gate: Gate) -> None:
    for _ in range(3):
        with raises_code(TransientError, "provider_busy"):
            gate.through(failing(*[BUSY] * 4), unwatched)
    assert gate.breaker.circuit is Circuit.CLOSED


def test_one_that_is_down_is_left_alone_soon(gate: Gate) -> None:
    with raises_code(TransientError, "provider_down"):
        gate.through(failing(*[DOWN] * 4), unwatched)
    with raises_code(EnvironmentFault, "provider_left_alone"):
        gate.through(failing(*[DOWN] * 4), unwatched)


def test_it_does_not_wait_for_hours(gate: Gate) -> None:
    started = time.monotonic()
    with raises_code(TransientError, "provider_busy"):
        gate.through(failing(TransientError("provider_busy", "Busy.", retry_after_s=3600)), unwatched)
    assert time.monotonic() - started < 60


@pytest.mark.parametrize(
    ("error", "circuit"),
    [
        (JobFault("provider_refused", "No."), Circuit.CLOSED),
        (EnvironmentFault("provider_key_refused", "No.", waits_for="provider:heygen"), Circuit.OPEN),
        (EnvironmentFault("disk_full", "Full.", waits_for="disk:/"), Circuit.CLOSED),
        (AnswerLost("provider_answer_lost", "Lost.", waits_for="person:call:1"), Circuit.CLOSED),
    ],
)
def test_what_does_not_pass_is_not_asked_for_again(gate: Gate, error: RenderError, circuit: Circuit) -> None:
    with pytest.raises(type(error)):
        gate.through(failing(error), unwatched)
    assert gate.breaker.circuit is circuit


def test_no_more_calls_at_once_than_slots(gate: Gate) -> None:
    running: list[int] = []
    most: list[int] = []
    lock = threading.Lock()

    def call(_: Progress) -> None:
        with lock:
            running.append(1)
            most.append(len(running))
        time.sleep(0.02)
        with lock:
            running.pop()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: gate.through(call, unwatched), range(12)))
    assert max(most) == 2


def test_the_provider_knows_best_how_many_it_takes(gate: Gate, store: JobStore) -> None:
    gate.slots.hear(Limits("heygen", maximum=1))
    assert gate.slots.of == 1
    gate.slots.hear(Limits("heygen", retry_after_s=3))
    assert gate.slots.of == 1
    gate.slots.hear(Limits("heygen", maximum=5))
    gate.slots.crowded()  # somebody else uses the account, too
    for token in "abcd":
        assert store.take_slot("heygen", 5, token, lease_s=60)
    with pytest.raises(Cancelled), gate.slots.taken(_stop):
        pytest.fail("the fifth one was taken")


def test_a_slot_is_free_again_whatever_happens(gate: Gate, store: JobStore) -> None:
    with raises_code(JobFault, "provider_refused"):
        gate.through(failing(JobFault("provider_refused", "No.")), unwatched)
    assert store.slots_taken("heygen") == 0


def _stop(_: float) -> None:
    raise Cancelled("cancelled", "Enough.")
