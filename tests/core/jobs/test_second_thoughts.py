"""Taking back what was cancelled or discarded."""

from __future__ import annotations

from core.jobs.model import State
from core.jobs.store import JobStore

from .samples import LEASE_S, batch, fault, jobs, transient
from .test_claiming import order
from .test_operating import one_in_each_state, running, state

WAITING = (State.READY, State.DELAYED, State.PARKED, State.HELD)


def test_what_waited_is_again_what_it_was(store: JobStore) -> None:
    ids = one_in_each_state(store)
    waiting = {where: ids[where] for where in WAITING}
    store.cancel(list(waiting.values()))
    assert store.parked_for() == {}
    assert store.restore(list(ids.values())) == len(WAITING) + 1  # the one that was cancelled before is ready
    assert {where: state(store, job_id) for where, job_id in waiting.items()} == {where: where for where in WAITING}
    assert store.parked_for() == {"disk": 1}
    assert store.restore(list(waiting.values())) == 0


def test_it_is_at_its_old_place(store: JobStore) -> None:
    of = batch()
    store.submit(of, some := jobs(of, 3))
    store.cancel([some[1].id])
    store.restore([some[1].id])
    assert order(store) == [one.id for one in some]


def test_a_running_job_goes_on_if_its_worker_has_not_heard_yet(store: JobStore) -> None:
    claim = running(store)
    store.cancel([claim.job.id])
    assert store.restore([claim.job.id]) == 1
    assert store.progress(claim, "speech", 0.1) is False


def test_a_job_that_was_stopped_is_ready_and_the_attempt_not_counted(store: JobStore) -> None:
    claim = running(store)
    store.cancel([claim.job.id])
    store.cancelled(claim)
    assert store.restore([claim.job.id]) == 1
    record = store.job(claim.job.id)
    assert record is not None
    assert (record.state, record.attempts) == (State.READY, 0)
    again = store.claim("m/1", lease_s=LEASE_S)
    assert again is not None
    assert again.attempt == 1


def test_an_attempt_that_failed_by_itself_stays_counted(store: JobStore) -> None:
    claim = running(store)
    store.cancel([claim.job.id])
    store.retry(claim, transient(), delay_s=0)
    assert state(store, claim.job.id) is State.CANCELLED
    store.restore([claim.job.id])
    record = store.job(claim.job.id)
    assert record is not None
    assert (record.state, record.attempts) == (State.READY, 1)


def test_what_was_discarded_is_in_the_dead_letter_queue_again(store: JobStore) -> None:
    claim = running(store)
    store.fail(claim, fault())
    before = store.failed()
    store.discard_failed([claim.job.id])
    assert store.causes() == []
    assert store.restore([claim.job.id]) == 1
    assert store.failed() == before
    assert [cause.code for cause in store.causes()] == ["bad_text"]
