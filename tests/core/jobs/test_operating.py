"""The operator's hand on jobs: waiting ones, running ones, whole batches."""

from __future__ import annotations

from collections.abc import Callable

from core.jobs.model import Claim, State
from core.jobs.store import JobStore

from .samples import LEASE_S, RESULT, batch, fault, job, jobs, missing, transient
from .test_claiming import order


def running(store: JobStore) -> Claim:
    of = batch()
    store.submit(of, [job(of)])
    claim = store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    return claim


def state(store: JobStore, job_id: str) -> State:
    record = store.job(job_id)
    assert record is not None
    return record.state


def one_in_each_state(store: JobStore) -> dict[State, str]:
    of = batch()
    store.submit(of, jobs(of, 8))
    ids: dict[State, str] = {}
    for wanted in (
        *(State.DONE, State.REVIEW, State.FAILED, State.DELAYED, State.PARKED),
        *(State.RUNNING, State.CANCELLED, State.HELD),
    ):
        claim = store.claim("m/1", lease_s=LEASE_S)
        assert claim is not None
        ids[wanted] = claim.job.id
        match wanted:
            case State.DONE | State.REVIEW:
                store.complete(claim, RESULT, review=wanted is State.REVIEW)
            case State.FAILED:
                store.fail(claim, fault())
            case State.DELAYED:
                store.retry(claim, transient(), delay_s=1000)
            case State.PARKED:
                store.park(claim, missing())
            case State.CANCELLED | State.HELD:
                (store.cancel if wanted is State.CANCELLED else store.hold)([claim.job.id])
                store.cancelled(claim)
    store.submit(of, [ready := job(of)])
    return ids | {State.READY: ready.id}


def test_hold_and_resume_take_what_waits(store: JobStore) -> None:
    ids = one_in_each_state(store)
    assert {where: n for where, n in store.counts().items() if n != 1} == {}
    assert store.hold(list(ids.values())) == 4
    assert store.counts()[State.HELD] == 4
    assert store.hold(list(ids.values())) == 0
    assert store.resume(list(ids.values())) == 5
    assert store.counts()[State.READY] == 4


def test_cancel_takes_what_has_not_ended(store: JobStore) -> None:
    ids = one_in_each_state(store)
    assert store.cancel(list(ids.values())) == 5
    assert store.cancel(list(ids.values())) == 0
    assert store.counts()[State.CANCELLED] == 5
    assert store.parked_for() == {}


def test_a_whole_batch(store: JobStore) -> None:
    mine, other = batch(), batch()
    store.submit(mine, jobs(mine, 300))
    store.submit(other, jobs(other, 3))
    assert store.hold_batch(mine.id) == 300
    assert store.resume_batch(mine.id) == 300
    assert store.cancel_batch(mine.id) == 300
    assert store.counts(other.id)[State.READY] == 3
    assert store.hold_batch("nobody's") == 0


def test_a_running_job_is_told_to_stop_and_is_held(store: JobStore) -> None:
    claim = running(store)
    assert store.hold([claim.job.id]) == 1
    assert state(store, claim.job.id) is State.RUNNING
    assert store.progress(claim, "speech", 0.1) is True
    store.cancelled(claim)
    assert state(store, claim.job.id) is State.HELD
    assert store.resume([claim.job.id]) == 1
    again = store.claim("m/1", lease_s=LEASE_S)
    assert again is not None
    assert again.attempt == 1
    assert store.progress(again, "speech", 0.1) is False


def test_a_running_job_is_told_to_stop_and_is_cancelled(store: JobStore) -> None:
    claim = running(store)
    assert store.cancel([claim.job.id]) == 1
    assert store.progress(claim, "speech", 0.1) is True
    store.cancelled(claim)
    assert state(store, claim.job.id) is State.CANCELLED


def test_a_hold_can_be_taken_back_while_the_job_still_runs(store: JobStore) -> None:
    claim = running(store)
    store.hold([claim.job.id])
    assert store.resume([claim.job.id]) == 1
    assert store.progress(claim, "speech", 0.1) is False


def test_what_the_operator_asked_for_comes_before_what_the_worker_wants(store: JobStore) -> None:
    ends: list[Callable[[Claim], object]] = [
        lambda claim: store.retry(claim, transient(), delay_s=0),
        lambda claim: store.park(claim, missing()),
        store.give_back,
        lambda claim: store.fail(claim, fault()),
    ]
    for end in ends:
        claim = running(store)
        store.cancel([claim.job.id])
        end(claim)
        assert state(store, claim.job.id) is State.CANCELLED
    for end in ends[:3]:
        claim = running(store)
        store.hold([claim.job.id])
        end(claim)
        assert state(store, claim.job.id) is State.HELD


def test_a_film_that_was_finished_first_stays_finished(store: JobStore) -> None:
    claim = running(store)
    store.cancel([claim.job.id])
    store.complete(claim, RESULT)
    assert state(store, claim.job.id) is State.DONE


def test_another_priority(store: JobStore) -> None:
    of = batch()
    store.submit(of, some := jobs(of, 4))
    assert store.prioritise([some[2].id, some[3].id], 5) == 2
    assert store.prioritise([some[0].id], -5) == 1
    record = store.job(some[2].id)
    assert record is not None
    assert record.job.priority == 5
    assert order(store) == [some[n].id for n in (2, 3, 1, 0)]
    assert store.prioritise(["nobody"], 1) == 0


def test_priority_of_a_job_that_is_not_waiting_counts_when_it_is_again(store: JobStore) -> None:
    of = batch()
    store.submit(of, some := jobs(of, 3), held=True)
    store.prioritise([some[2].id], 1)
    store.resume([one.id for one in some])
    assert order(store) == [some[n].id for n in (2, 0, 1)]


def test_move_to_front(store: JobStore) -> None:
    of = batch()
    store.submit(of, some := [*jobs(of, 4), job(of, priority=7, template="bbbb")])
    assert store.move_to_front([some[3].id, some[2].id]) == 2
    assert store.move_to_front([some[1].id]) == 1
    assert order(store) == [some[n].id for n in (1, 3, 2, 4, 0)]


def test_moving_many_to_the_front_keeps_their_order(store: JobStore) -> None:
    of = batch()
    store.submit(of, some := jobs(of, 310))
    chosen = [one.id for one in some[5:]]
    assert store.move_to_front(chosen) == 305
    assert order(store)[:305] == chosen


def test_move_to_front_then_another_priority_puts_it_back(store: JobStore) -> None:
    of = batch()
    store.submit(of, some := jobs(of, 3))
    store.move_to_front([some[2].id])
    store.prioritise([some[2].id], 0)
    assert order(store) == [one.id for one in some]


def test_review(store: JobStore) -> None:
    for _ in range(2):
        store.complete(running(store), RESULT, review=True)
    good, bad = store.ids(state=State.REVIEW)
    assert store.approve([good]) == 1
    assert store.approve([good]) == 0
    assert store.reject([bad, good]) == 1
    assert [state(store, one) for one in (good, bad)] == [State.DONE, State.FAILED]
    [cause] = store.causes()
    assert cause.code == "rejected_in_review"


def test_a_job_that_may_go_on_before_its_worker_has_stopped_is_ready_again(store: JobStore) -> None:
    of = batch()
    [one] = jobs(of, 1)
    store.submit(of, [one])
    claim = store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    store.hold([one.id])
    assert store.progress(claim, "speech", 0.5)
    store.resume([one.id])
    store.cancelled(claim)
    record = store.job(one.id)
    assert record is not None
    assert (record.state, record.attempts) == (State.READY, 0)
