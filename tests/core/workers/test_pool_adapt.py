"""Settings changed while films are made: more and fewer workers, other rules; no film is lost or made twice."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import TransientError
from core.jobs.model import Job, State
from core.jobs.store import JobStore
from core.workers import pool as pool_module
from core.workers import worker as worker_module
from core.workers.monitor import StageLimits
from core.workers.pool import PoolOptions, WorkerPool
from core.workers.worker import WorkerRules
from tests.core.workers.conftest import MakePool
from tests.core.workers.test_pool import states, submit
from tests.stand_ins import QuickRenderer, wait_until

RULES = WorkerRules(5.0, 3, StageLimits())


@pytest.fixture(autouse=True)
def _short_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_module, "delay_s", lambda attempt: 0.01)
    monkeypatch.setattr(pool_module, "_TICK_S", 0.05)


def test_more_workers_at_once_while_films_are_made(store: JobStore, make_pool: MakePool) -> None:
    gate = threading.Event()
    pool = make_pool(QuickRenderer(gate=gate), workers=1)
    submit(store, 6)
    wait_until(lambda: store.counts()[State.RUNNING] == 1)
    pool.adapt(PoolOptions(4, RULES))
    wait_until(lambda: store.counts()[State.RUNNING] == 4)
    wait_until(lambda: (pool.size, pool.busy) == (4, 4))
    gate.set()
    wait_until(lambda: states(store) == {State.DONE: 6})


def test_fewer_finish_what_they_have_and_take_nothing_new(store: JobStore, make_pool: MakePool) -> None:
    gate, renderer = threading.Event(), QuickRenderer()
    renderer = QuickRenderer(gate=gate)
    pool = make_pool(renderer, workers=4)
    jobs = submit(store, 7)
    wait_until(lambda: store.counts()[State.RUNNING] == 4)
    pool.adapt(PoolOptions(1, RULES))
    wait_until(lambda: (pool.size, pool.busy) == (1, 4))
    first = set(renderer.rendered)
    gate.set()
    wait_until(lambda: states(store) == {State.DONE: 7})
    assert first == set()
    assert sorted(renderer.rendered) == sorted(job.id for job in jobs)  # each once
    wait_until(lambda: pool.busy == 0)


def test_the_machine_says_how_many_it_has_now(
    store: JobStore, make_pool: MakePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "_HEARTBEAT_EVERY_S", 0.05)
    pool = make_pool(QuickRenderer(), workers=1)
    wait_until(lambda: [one.machine.slots for one in store.machines()] == [1])
    pool.adapt(PoolOptions(3, RULES))
    wait_until(lambda: [one.machine.slots for one in store.machines()] == [3])


def test_a_film_keeps_the_rules_it_was_begun_with(store: JobStore, make_pool: MakePool) -> None:
    gate = threading.Event()

    def fail(job: Job) -> None:
        raise TransientError("t", "It may pass.")

    pool = make_pool(QuickRenderer(fail, gate), workers=1, max_attempts=3)
    [job] = submit(store, 1)
    wait_until(lambda: store.records([job.id])[0].stage != "")  # its render has begun
    pool.adapt(PoolOptions(1, replace(RULES, max_attempts=1)))
    gate.set()
    wait_until(lambda: states(store) == {State.FAILED: 1})
    assert len(store.history(job.id)) == 2  # the first by the rules it began with, the second by the new ones


def test_a_pool_that_stops_hires_nobody(store: JobStore, tmp_path: Path, make_pool: MakePool) -> None:
    pool = make_pool(QuickRenderer(), workers=1)
    pool.stop(1.0)
    pool.adapt(PoolOptions(5, RULES))
    assert pool.size == 1


def test_who_was_sent_away_is_waited_for_when_it_stops(store: JobStore, make_pool: MakePool) -> None:
    gate = threading.Event()
    pool: WorkerPool = make_pool(QuickRenderer(gate=gate), workers=2)
    submit(store, 2)
    wait_until(lambda: store.counts()[State.RUNNING] == 2)
    pool.adapt(PoolOptions(1, RULES))
    pool.stop(0.0)
    assert states(store) == {State.READY: 2}  # both gave their film back


def test_what_waits_is_asked_after_at_once(store: JobStore, make_pool: MakePool) -> None:
    """A budget that was raised lets films go on, and not only with the next round of probes."""
    back = threading.Event()
    pool = make_pool(
        QuickRenderer(lambda job: None if back.is_set() else _budget_spent()),
        probes={"budget": lambda _: back.is_set()},
    )
    submit(store, 1)
    wait_until(lambda: states(store) == {State.PARKED: 1})
    back.set()
    pool.adapt(PoolOptions(2, RULES))
    wait_until(lambda: states(store) == {State.DONE: 1}, timeout_s=5)


def _budget_spent() -> None:
    from core.errors import EnvironmentFault

    raise EnvironmentFault("budget_of_day_spent", "It is used up.", waits_for="budget:day:2030-12-24")
