"""How an attempt ends, and what its end leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from core.errors import LeaseLost
from core.jobs.model import Claim, State
from core.jobs.store import JobStore

from .conftest import Rig
from .samples import LEASE_S, RESULT, batch, fault, job, missing, transient

Ending = Callable[[JobStore, Claim], object]


ENDINGS: dict[str, tuple[Ending, State]] = {
    "complete": (lambda store, claim: store.complete(claim, RESULT), State.DONE),
    "review": (lambda store, claim: store.complete(claim, RESULT, review=True), State.REVIEW),
    "retry": (lambda store, claim: store.retry(claim, transient(), delay_s=60), State.DELAYED),
    "park": (lambda store, claim: store.park(claim, missing()), State.PARKED),
    "fail": (lambda store, claim: store.fail(claim, fault()), State.FAILED),
    "give_back": (lambda store, claim: store.give_back(claim), State.READY),
    "cancelled": (lambda store, claim: store.cancelled(claim), State.READY),  # nobody asked for it
}
STEPS: dict[str, Ending] = {
    "renew": lambda store, claim: store.renew(claim, lease_s=LEASE_S),
    "progress": lambda store, claim: store.progress(claim, "speech", 0.5),
    "authorise_publish": lambda store, claim: store.authorise_publish(claim),
}


def running(store: JobStore) -> Claim:
    of = batch()
    store.submit(of, [job(of)])
    claim = store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    return claim


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_attempt_ends_in_its_state(store: JobStore, ending: str) -> None:
    claim = running(store)
    end, state = ENDINGS[ending]
    end(store, claim)
    record = store.job(claim.job.id)
    assert record is not None
    assert record.state is state
    assert store.counts()[state] == store.counts(claim.job.batch)[state] == 1
    assert sum(store.counts().values()) == 1


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_end_whose_answer_got_lost_may_be_told_again(store: JobStore, ending: str) -> None:
    claim = running(store)
    end, state = ENDINGS[ending]
    end(store, claim)
    end(store, claim)
    assert store.counts()[state] == 1
    assert len(store.history(claim.job.id)) == 1


@pytest.mark.parametrize("late", [*ENDINGS, *STEPS])
@pytest.mark.parametrize("meanwhile", ["ready", "running", "done"])
def test_a_worker_that_lost_its_lease_changes_nothing(rig: Rig, late: str, meanwhile: str) -> None:
    store = rig.store
    of = batch()
    store.submit(of, [job(of)])
    stale = store.claim("m1/1", lease_s=0.01)
    assert stale is not None
    rig.pass_time(0.02)
    assert store.tick().lost == 1
    if meanwhile != "ready":
        fresh = store.claim("m2/1", lease_s=LEASE_S)
        assert fresh is not None
        if meanwhile == "done":
            store.complete(fresh, RESULT)
    before = store.job(stale.job.id)
    act = STEPS[late] if late in STEPS else ENDINGS[late][0]
    with pytest.raises(LeaseLost) as caught:
        act(store, stale)
    assert caught.value.code == "lease_lost"
    assert store.job(stale.job.id) == before


@pytest.mark.parametrize("act", [*ENDINGS, *STEPS])
def test_both_epoch_and_token_must_be_right(store: JobStore, act: str) -> None:
    claim = running(store)
    for forged in (replace(claim, epoch=2), replace(claim, epoch=0), replace(claim, token="somebody's")):
        with pytest.raises(LeaseLost):
            (STEPS[act] if act in STEPS else ENDINGS[act][0])(store, forged)
    assert store.counts()[State.RUNNING] == 1


@pytest.mark.parametrize("ending", [*ENDINGS, *STEPS])
def test_another_end_after_the_first_is_refused(store: JobStore, ending: str) -> None:
    claim = running(store)
    first = "fail" if ending != "fail" else "park"
    ENDINGS[first][0](store, claim)
    with pytest.raises(LeaseLost):
        (STEPS[ending] if ending in STEPS else ENDINGS[ending][0])(store, claim)


def test_a_lease_that_ran_out_unnoticed_still_holds(rig: Rig) -> None:
    of = batch()
    rig.store.submit(of, [job(of)])
    claim = rig.store.claim("m/1", lease_s=0.01)
    assert claim is not None
    rig.pass_time(0.02)
    rig.store.authorise_publish(claim)
    assert not rig.store.tick()
    rig.store.complete(claim, RESULT)


def test_a_retry_waits_its_delay_and_returns_to_its_place(rig: Rig) -> None:
    store, of = rig.store, batch()
    store.submit(of, both := [job(of), job(of)])
    claim = store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    store.retry(claim, transient(), delay_s=0.05)
    record = store.job(claim.job.id)
    assert record is not None
    assert record.failure == transient()
    assert record.due_s == pytest.approx(record.ended_s + 0.05)
    assert store.tick().due == 0
    rig.pass_time(0.06)
    assert store.tick().due == 1
    again = store.claim("m/1", lease_s=LEASE_S)
    assert again is not None
    assert (again.job.id, again.attempt, again.epoch) == (both[0].id, 2, 2)


def test_a_parked_job_keeps_its_attempts_and_its_place(store: JobStore) -> None:
    of = batch()
    store.submit(of, both := [job(of), job(of)])
    for waits_for in ("provider:heygen", "disk"):
        claim = store.claim("m/1", lease_s=LEASE_S)
        assert claim is not None
        store.park(claim, missing(waits_for))
    assert store.parked_for() == {"disk": 1, "provider:heygen": 1}
    assert store.unpark("provider:heygen") == 1
    assert store.unpark("provider:heygen") == 0
    assert store.parked_for() == {"disk": 1}
    again = store.claim("m/1", lease_s=LEASE_S)
    assert again is not None
    assert (again.job.id, again.attempt) == (both[0].id, 1)


def test_waiting_on_for_the_same_thing_is_one_line_of_history(rig: Rig) -> None:
    """A service that is down all night is asked for again and again, for each of thousands of films."""
    store, of = rig.store, batch()
    store.submit(of, [one := job(of)])
    for waits_for in ("provider:heygen", "provider:heygen", "disk", "provider:heygen", "provider:heygen"):
        rig.pass_time(0.01)
        claim = store.claim("m/1", lease_s=LEASE_S)
        assert claim is not None
        store.park(claim, missing(waits_for))
        store.unpark(waits_for)
    history = store.history(one.id)
    told = [attempt.failure.waits_for for attempt in history if attempt.failure]
    assert told == ["provider:heygen", "disk", "provider:heygen"]
    first, second, third = history
    assert first.started_s < first.ended_s <= second.started_s <= second.ended_s <= third.started_s < third.ended_s


def test_a_job_given_back_is_first_again(store: JobStore) -> None:
    of = batch()
    store.submit(of, [job(of), job(of)])
    claim = store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    store.give_back(claim)
    again = store.claim("m/2", lease_s=LEASE_S)
    assert again is not None
    assert (again.job.id, again.attempt, again.epoch) == (claim.job.id, 1, 2)


def test_progress_shows_and_goes(store: JobStore) -> None:
    claim = running(store)
    assert store.progress(claim, "mouth", 0.25) is False
    record = store.job(claim.job.id)
    assert record is not None
    assert (record.stage, record.fraction, record.worker) == ("mouth", 0.25, "m/1")
    store.give_back(claim)
    record = store.job(claim.job.id)
    assert record is not None
    assert (record.stage, record.fraction) == ("", 0.0)


def test_a_result_comes_back_as_it_was(store: JobStore) -> None:
    claim = running(store)
    store.complete(claim, RESULT)
    record = store.job(claim.job.id)
    assert record is not None
    assert record.result == RESULT
    assert record.fraction == 1.0
    assert record.ended_s >= record.started_s >= record.submitted_s > 0


def test_history_tells_every_attempt(rig: Rig) -> None:
    store, of = rig.store, batch()
    store.submit(of, [one := job(of)])
    claim = store.claim("a/1", lease_s=LEASE_S)
    assert claim is not None
    store.park(claim, missing())
    store.unpark("disk")
    claim = store.claim("b/1", lease_s=LEASE_S)
    assert claim is not None
    store.retry(claim, transient(), delay_s=0)
    store.tick()
    assert store.claim("c/1", lease_s=0) is not None
    store.tick()
    claim = store.claim("d/1", lease_s=LEASE_S)
    assert claim is not None
    store.fail(claim, fault())
    told = [(attempt.number, attempt.worker, attempt.how, attempt.failure) for attempt in store.history(one.id)]
    assert told == [
        (1, "a/1", "park", missing()),
        (1, "b/1", "retry", transient()),
        (2, "c/1", "lost", None),
        (3, "d/1", "fail", fault()),
    ]


def test_history_keeps_the_newest_fifty(store: JobStore) -> None:
    of = batch()
    store.submit(of, [one := job(of)])
    for _ in range(60):
        claim = store.claim("m/1", lease_s=LEASE_S)
        assert claim is not None
        store.give_back(claim)
    assert len(store.history(one.id)) == 50


def test_no_job_no_history(store: JobStore) -> None:
    assert store.job("nobody") is None
    assert store.history("nobody") == []
