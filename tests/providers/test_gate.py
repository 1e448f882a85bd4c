"""Not more at once than a provider takes, again when it asks for it, and not for ever."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from core.errors import AnswerLost, Cancelled, EnvironmentFault, JobFault, RenderError, StoreAway, TransientError
from core.jobs.store import JobStore
from core.progress import Progress, hearing_of_queueing, unwatched
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


def test_waiting_for_ones_turn_counts_against_no_limit(gate: Gate, store: JobStore) -> None:
    for token in "ab":
        assert store.take_slot("heygen", 2, token, lease_s=60)
    waited: list[float] = []

    def free_one(seconds: float) -> None:
        waited.append(seconds)
        store.free_slot("heygen", "a")

    with hearing_of_queueing(free_one):
        assert gate.through(failing(), unwatched) == "made"
        assert gate.through(failing(), unwatched) == "made"
    assert len(waited) == 1
    assert waited[0] > 0


def test_a_slot_is_free_again_whatever_happens(gate: Gate, store: JobStore) -> None:
    with raises_code(JobFault, "provider_refused"):
        gate.through(failing(JobFault("provider_refused", "No.")), unwatched)
    assert store.slots_taken("heygen") == 0


def test_a_store_that_goes_away_meanwhile_costs_no_answer(
    gate: Gate, store: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was paid for is in hand: neither keeping the slot nor giving it back may throw it away."""

    def away(*_: object, **__: object) -> bool:
        raise StoreAway("redis_away", "Away.")

    def call(report: Progress) -> str:
        monkeypatch.setattr(store, "take_slot", away)
        monkeypatch.setattr(store, "free_slot", away)
        report(0.5)
        return "made"

    monkeypatch.setattr("providers.gate._RENEW_EVERY_S", -1.0)
    assert gate.through(call, unwatched) == "made"


def test_a_probe_that_ends_for_another_reason_lets_the_next_one_decide(store: JobStore) -> None:
    """No budget, a full disk: that says nothing of the service, and must not keep everybody waiting for its answer."""
    now = [0.0]
    gate = Gate(Breaker("heygen", clock=lambda: now[0]), Slots(store, "heygen", 2))
    gate.breaker.faulted("provider_down", for_sure=True)
    now[0] = 1000.0  # half open
    full = EnvironmentFault("disk_full", "Full.", waits_for="disk:/")
    with ThreadPoolExecutor(1) as other_thread:
        ended = other_thread.submit(gate.through, failing(full), unwatched)
    assert ended.exception() is full
    assert gate.through(failing(), _not_for_long()) == "made"
    assert gate.breaker.circuit is Circuit.CLOSED


def _not_for_long() -> Progress:
    left = [30]

    def report(_: float) -> None:
        left[0] -= 1
        if not left[0]:
            raise Cancelled("cancelled", "It waits for ever.")

    return report


def _stop(_: float) -> None:
    raise Cancelled("cancelled", "Enough.")
