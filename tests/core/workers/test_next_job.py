"""A worker that completes a film takes the next one along, in one question; and never holds one it doesn't make."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from core.errors import StoreAway
from core.jobs.model import Claim, Job, State
from core.jobs.store import JobStore
from core.workers import worker as worker_module
from core.workers.pool import WorkerPool
from tests.core.workers.conftest import MakePool
from tests.stand_ins import QuickRenderer, make_jobs, wait_until


@pytest.fixture
def asked(store: JobStore, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What workers ask the store for."""
    names: list[str] = []
    really = store._backend.run

    def run(name: str, *args: Any) -> Any:
        names.append(name)
        return really(name, *args)

    monkeypatch.setattr(store._backend, "run", run)
    return names


def states(store: JobStore) -> dict[State, int]:
    return {state: count for state, count in store.counts().items() if count}


def test_a_film_and_the_next_one_are_one_question(store: JobStore, make_pool: MakePool, asked: list[str]) -> None:
    store.submit(*make_jobs(20))
    make_pool(QuickRenderer(), workers=1)
    wait_until(lambda: states(store) == {State.DONE: 20})
    assert asked.count("complete_and_claim") == 20
    assert asked.count("complete") == 0
    assert asked.count("claim") <= 3, "the first one, and when nothing is left"


def test_films_for_review_go_there_and_the_next_one_comes(
    store: JobStore, make_pool: MakePool, asked: list[str]
) -> None:
    batch, jobs = make_jobs(4)
    store.submit(batch, [job.edited(review=job.row % 2 == 0) for job in jobs])
    make_pool(QuickRenderer(), workers=1)
    wait_until(lambda: states(store) == {State.DONE: 2, State.REVIEW: 2})
    assert asked.count("complete_and_claim") == 4


def test_no_job_is_taken_along_when_it_stops(store: JobStore, make_pool: MakePool, asked: list[str]) -> None:
    gate = threading.Event()
    store.submit(*make_jobs(3))
    pool = make_pool(QuickRenderer(gate=gate), workers=1)
    wait_until(lambda: store.counts()[State.RUNNING] == 1)
    ending = threading.Thread(target=pool.stop, args=(30.0,))
    ending.start()
    wait_until(pool._stop.claiming.is_set)
    gate.set()
    ending.join(10)
    assert states(store) == {State.DONE: 1, State.READY: 2}
    assert asked.count("complete") == 1
    assert "complete_and_claim" not in asked


def test_one_that_was_taken_along_as_it_stopped_goes_back(
    store: JobStore, make_pool: MakePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program is told to stop while the store is being asked."""
    really = store.complete_and_claim
    pools: list[WorkerPool] = []

    def told_to_stop_meanwhile(*args: Any, **more: Any) -> Claim | None:
        following = really(*args, **more)
        pools[0]._stop.claiming.set()
        return following

    monkeypatch.setattr(store, "complete_and_claim", told_to_stop_meanwhile)
    _, jobs = made = make_jobs(3)
    store.submit(*made)
    known = threading.Event()

    def wait_for_it(_: Job) -> None:
        known.wait(5)

    pools.append(make_pool(QuickRenderer(wait_for_it), workers=1))
    known.set()
    pools[0].stop(10.0)
    assert states(store) == {State.DONE: 1, State.READY: 2}
    records = [store.job(job.id) for job in jobs]
    assert [record.attempts for record in records if record] == [1, 0, 0]
    assert not pools[0].busy


def test_an_answer_that_is_lost_leaves_no_job_waiting_for_its_lease(
    store: JobStore, make_pool: MakePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store did what it was asked, and nobody heard: asked again, it says the same."""
    if store._backend.local:
        pytest.skip("in process no answer gets lost")
    monkeypatch.setattr(worker_module, "_LONGEST_AWAY_S", 0.1)

    def losing(really: Callable[..., Claim | None]) -> Callable[..., Claim | None]:
        lost: list[object] = []

        def ask(*args: Any, **more: Any) -> Claim | None:
            answer = really(*args, **more)
            if len(lost) < 3:
                lost.append(answer)
                raise StoreAway("redis_away", "Away.")
            return answer

        return ask

    for name in ("claim", "complete_and_claim"):
        monkeypatch.setattr(store, name, losing(getattr(store, name)))
    _, jobs = made = make_jobs(6)
    store.submit(*made)
    make_pool(QuickRenderer(), workers=1, lease_s=60.0)
    wait_until(lambda: states(store) == {State.DONE: 6}, 20)
    assert [[one.how for one in store.history(job.id)] for job in jobs] == [["done"]] * 6
