"""The watcher: tells of every change, of the store's going and coming, and is not ended by anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.desk import watch
from core.desk.watch import StoreWatcher
from core.events import Event, EventHub, JobChanged, Resync, StoreReachable
from core.jobs.local import open_store
from core.jobs.model import State
from core.jobs.store import JobStore
from tests.redis_server import redis_server
from tests.stand_ins import make_jobs, wait_until


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "_AWAY_S", 0.1)


def test_every_change_is_told_in_order() -> None:
    store, hub = JobStore.in_memory(), EventHub()
    heard: list[Event] = []
    hub.listen(heard.append)
    watcher = StoreWatcher(store, hub)
    watcher.start()
    batch, jobs = make_jobs(2)
    store.submit(batch, jobs)
    claim = store.claim("m/1", lease_s=10)
    assert claim is not None
    store.give_back(claim)
    changes = [
        (jobs[0].id, State.READY),
        (jobs[1].id, State.READY),
        (jobs[0].id, State.RUNNING),
        (jobs[0].id, State.READY),
    ]
    wait_until(lambda: [(e.job_id, e.state) for e in heard if isinstance(e, JobChanged)] == changes)
    watcher.stop()
    store.close()


@pytest.mark.redis
def test_a_redis_that_goes_and_comes_back(tmp_path: Path) -> None:
    with redis_server(tmp_path, "--appendonly", "yes") as server:
        store, hub = open_store(server.url, tmp_path), EventHub()
        heard: list[Event] = []
        hub.listen(heard.append)
        watcher = StoreWatcher(store, hub)
        watcher.start()
        server.kill()
        wait_until(lambda: StoreReachable(False) in heard)
        server.start()
        wait_until(lambda: StoreReachable(True) in heard)
        assert any(isinstance(event, Resync) for event in heard)
        batch, jobs = make_jobs(1)
        store.submit(batch, jobs)
        wait_until(lambda: JobChanged(jobs[0].id, batch.id, State.READY) in heard)
        watcher.stop()
        store.close()


@pytest.mark.logs_errors
def test_a_listener_that_fails_harms_nobody() -> None:
    hub = EventHub()
    heard: list[Event] = []

    def fail(_event: Event) -> None:
        raise RuntimeError("stumbled")

    hub.listen(fail)
    forget = hub.listen(heard.append)
    hub.emit(Resync("first"))
    forget()
    hub.emit(Resync("second"))
    assert heard == [Resync("first")]
