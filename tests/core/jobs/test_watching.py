"""Events, as a listener follows them."""

from __future__ import annotations

import threading
import time

from core.events import Event, JobChanged, JobProgress, Resync
from core.jobs.keys import key
from core.jobs.model import State
from core.jobs.store import JobStore

from .conftest import Rig
from .samples import LEASE_S, RESULT, batch, job, jobs


def states(events: list[Event]) -> list[tuple[str, State]]:
    return [(event.job_id, event.state) for event in events if isinstance(event, JobChanged)]


def test_a_job_is_followed_from_submit_to_done(store: JobStore) -> None:
    after, nothing = store.events(None, block_s=0)
    assert nothing == []
    of = batch()
    store.submit(of, [one := job(of)])
    claim = store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    store.progress(claim, "speech", 0.25)
    store.complete(claim, RESULT)
    after, events = store.events(after, block_s=1)
    assert states(events) == [(one.id, State.READY), (one.id, State.RUNNING), (one.id, State.DONE)]
    assert events[2] == JobProgress(one.id, of.id, "speech", 0.25)
    assert store.events(after, block_s=0) == (after, [])


def test_completing_one_and_claiming_the_next_tells_of_both(store: JobStore) -> None:
    first, second = batch(), batch()
    store.submit(first, one := jobs(first, 1))
    store.submit(second, other := jobs(second, 1))
    claim = store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    after, _ = store.events(None, block_s=0)
    claim = store.complete_and_claim(claim, RESULT, lease_s=LEASE_S)
    assert claim is not None
    assert store.complete_and_claim(claim, RESULT, lease_s=LEASE_S) is None
    _, events = store.events(after, block_s=0)
    assert events == [
        JobChanged(one[0].id, first.id, State.DONE),
        JobChanged(other[0].id, second.id, State.RUNNING),
        JobChanged(other[0].id, second.id, State.DONE),
    ]


def test_following_starts_now(store: JobStore) -> None:
    of = batch()
    store.submit(of, jobs(of, 2))
    after, _ = store.events(None, block_s=0)
    store.hold_batch(of.id)
    after, events = store.events(after, block_s=0)
    assert [state for _, state in states(events)] == [State.HELD, State.HELD]


def test_a_selection_is_told_job_by_job(store: JobStore) -> None:
    first, second = batch(), batch()
    for of in (first, second):
        store.submit(of, jobs(of, 300))
    after, _ = store.events(None, block_s=0)
    store.cancel(store.ids())
    told: list[Event] = []
    while True:
        after, events = store.events(after, block_s=0)
        if not events:
            break
        told += events
    assert sorted(states(told)) == sorted((one, State.CANCELLED) for one in store.ids())
    assert {event.batch for event in told if isinstance(event, JobChanged)} == {first.id, second.id}


def test_waiting_ends_when_something_happens(rig: Rig) -> None:
    after, _ = rig.store.events(None, block_s=0)
    of = batch()
    timer = threading.Timer(0.2, rig.other_machine().submit, (of, [job(of)]))
    timer.start()
    began, cpu = time.monotonic(), time.process_time()
    _, events = rig.store.events(after, block_s=10)
    assert len(events) == 1
    assert 0.1 < time.monotonic() - began < 3
    assert time.process_time() - cpu < 0.15
    timer.join()


def test_waiting_ends_in_time(store: JobStore) -> None:
    after, _ = store.events(None, block_s=0)
    began = time.monotonic()
    assert store.events(after, block_s=0.2) == (after, [])
    assert 0.15 < time.monotonic() - began < 2


def test_a_listener_that_fell_behind_is_told_to_read_again(rig: Rig) -> None:
    of = batch()
    rig.store.submit(of, jobs(of, 1))
    after, _ = rig.store.events(None, block_s=0)
    rig.store.hold_batch(of.id)
    rig.client.xtrim(key("events"), maxlen=1, approximate=False)
    after, events = rig.store.events(after, block_s=0)
    assert [type(event) for event in events] == [Resync]
    rig.store.resume_batch(of.id)
    _, events = rig.store.events(after, block_s=0)
    assert [state for _, state in states(events)] == [State.READY]


def test_a_stream_that_was_lost_shows(rig: Rig) -> None:
    of = batch()
    rig.store.submit(of, jobs(of, 1))
    after, _ = rig.store.events(None, block_s=0)
    rig.client.delete(key("events"))
    after, events = rig.store.events(after, block_s=0)
    assert [type(event) for event in events] == [Resync]
    assert rig.store.events(after, block_s=0) == (after, [])


def test_the_stream_is_capped(rig: Rig) -> None:
    of = batch()
    rig.store.submit(of, [job(of)])
    claim = rig.store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    with rig.client.pipeline(transaction=False) as pipe:
        for _ in range(20_500):
            pipe.xadd(key("events"), {"j": "x", "b": "b", "s": "ready"})
        pipe.execute()
    rig.store.progress(claim, "speech", 0.5)
    assert int(rig.client.xlen(key("events"))) <= 20_200
