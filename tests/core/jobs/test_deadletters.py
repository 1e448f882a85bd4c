"""The dead-letter queue."""

from __future__ import annotations

import pytest

from core.jobs.model import Batch, Job, State
from core.jobs.store import JobStore

from .conftest import Rig
from .samples import LEASE_S, RESULT, batch, fault, job, jobs


def dead(rig: Rig, *codes: str) -> list[Job]:
    """Jobs that failed, one for each of `codes`, in this order."""
    of = batch()
    rig.store.submit(of, some := jobs(of, len(codes)))
    for code in codes:
        claim = rig.store.claim("m/1", lease_s=LEASE_S)
        assert claim is not None
        rig.store.fail(claim, fault(code))
        rig.pass_time(0.002)
    return some


def test_newest_first_by_page(rig: Rig) -> None:
    some = dead(rig, "a", "b", "c")
    assert [record.id for record in rig.store.failed()] == [one.id for one in reversed(some)]
    assert [record.id for record in rig.store.failed(1, 1)] == [some[1].id]
    assert rig.store.failed(0, 0) == []
    assert rig.store.failed(7, 10) == []


def test_causes_are_counted(rig: Rig) -> None:
    some = dead(rig, "a", "b", "a")
    first, second = rig.store.causes()
    assert (first.code, first.count, str(first.what)) == ("a", 2, "This can't be spoken.")
    assert (second.code, second.count) == ("b", 1)
    record = rig.store.job(some[2].id)
    assert record is not None
    assert first.newest_s == record.ended_s
    rig.store.retry_failed(cause="a")
    assert [cause.code for cause in rig.store.causes()] == ["b"]


def test_a_retry_starts_from_nought_and_keeps_the_history(rig: Rig) -> None:
    [one] = dead(rig, "a")
    assert rig.store.retry_failed([one.id]) == 1
    record = rig.store.job(one.id)
    assert record is not None
    assert (record.state, record.attempts, record.failure, record.job) == (State.READY, 0, None, one)
    assert [attempt.how for attempt in rig.store.history(one.id)] == ["fail"]
    claim = rig.store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    assert (claim.attempt, claim.epoch) == (1, 2)


def test_asking_twice_queues_once(rig: Rig) -> None:
    [one] = dead(rig, "a")
    assert [rig.store.retry_failed([one.id, one.id]), rig.store.retry_failed([one.id])] == [1, 0]
    assert rig.store.retry_failed() == 0


@pytest.mark.parametrize(
    ("ids", "cause", "expected"),
    [
        (None, None, {0, 1, 2}),
        (None, "a", {0, 2}),
        ([1, 2], None, {1, 2}),
        ([1, 2], "a", {2}),
        ([], None, set()),
    ],
)
def test_one_a_selection_a_cause_or_all(rig: Rig, ids: list[int] | None, cause: str | None, expected: set[int]) -> None:
    some = dead(rig, "a", "b", "a")
    chosen = None if ids is None else [some[n].id for n in ids]
    assert rig.store.retry_failed(chosen, cause) == len(expected)
    assert set(rig.store.ids(state=State.READY)) == {some[n].id for n in expected}


def test_an_edited_text(rig: Rig) -> None:
    one, other = dead(rig, "a", "a")
    changed = one.edited(script="Hola, Íñigo.", template_hash="bbbb")
    assert rig.store.retry_failed(edited={one.id: changed}) == 2
    claim = rig.store.claim("m/1", lease_s=LEASE_S, templates=["bbbb"])
    assert claim is not None
    assert claim.job == changed
    record = rig.store.job(other.id)
    assert record is not None
    assert record.job == other


def test_an_edited_job_must_be_the_same_one(rig: Rig) -> None:
    one, other = dead(rig, "a", "a")
    with pytest.raises(ValueError, match="take the place"):
        rig.store.retry_failed(edited={one.id: other})


def test_discarded_jobs_count_as_cancelled(rig: Rig) -> None:
    one, other = dead(rig, "a", "b")
    assert [rig.store.discard_failed([one.id]), rig.store.discard_failed([one.id])] == [1, 0]
    assert [record.id for record in rig.store.failed()] == [other.id]
    record = rig.store.job(one.id)
    assert record is not None
    assert record.state is State.CANCELLED
    assert record.failure == fault("a")


def test_many_at_once(store: JobStore) -> None:
    of: Batch = batch()
    store.submit(of, jobs(of, 260))
    while claim := store.claim("m/1", lease_s=LEASE_S):
        store.fail(claim, fault())
    assert len(store.failed(limit=1000)) == 260
    assert store.retry_failed() == 260


def test_what_failed_and_was_then_made_is_no_dead_letter(rig: Rig) -> None:
    dead(rig, "a")
    rig.store.retry_failed()
    claim = rig.store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    rig.store.complete(claim, RESULT)
    assert rig.store.failed() == []
    assert rig.store.causes() == []
    record = rig.store.job(claim.job.id)
    assert record is not None
    assert record.failure is None


def test_a_fault_without_a_code_can_still_be_listed(store: JobStore) -> None:
    of = batch()
    store.submit(of, [job(of)])
    claim = store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    store.fail(claim, fault(""))
    assert [cause.code for cause in store.causes()] == [""]
    assert store.retry_failed(cause="") == 1
