"""Jobs coming in, and going out for good."""

from __future__ import annotations

import pytest

from core.jobs.model import Batch, State
from core.jobs.store import JobStore

from .conftest import Rig
from .samples import LEASE_S, RESULT, batch, fault, job, jobs


def test_a_submit_that_is_repeated_adds_nothing(store: JobStore) -> None:
    of = batch()
    all_of_them = jobs(of, 7)
    assert store.submit(of, all_of_them[:4]) == 4
    assert store.submit(of, all_of_them) == 3
    assert store.submit(of, all_of_them) == 0
    assert store.ids() == [one.id for one in all_of_them]


def test_the_same_id_twice_in_one_submit_counts_once(store: JobStore) -> None:
    of = batch()
    one = job(of)
    assert store.submit(of, [one, one]) == 1


def test_a_job_that_moved_on_is_not_taken_back_by_a_repeated_submit(store: JobStore) -> None:
    of = batch()
    store.submit(of, [one := job(of)])
    claim = store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    store.complete(claim, RESULT)
    assert store.submit(of, [one]) == 0
    assert store.counts()[State.DONE] == 1


def test_more_jobs_than_one_script_takes(store: JobStore) -> None:
    of = batch()
    many = jobs(of, 1203)
    assert store.submit(of, many) == 1203
    assert store.ids(batch=of.id) == [one.id for one in many]
    assert store.counts(of.id)[State.READY] == 1203


def test_an_empty_batch_is_known_too(store: JobStore) -> None:
    of = Batch("b1", "vacía.csv", 0, 1_600_000_000.25)
    assert store.submit(of, []) == 0
    assert store.batches() == [of]


def test_held_jobs_wait_for_resume(store: JobStore) -> None:
    of = batch()
    store.submit(of, some := jobs(of, 2), held=True)
    assert store.claim("m/1", lease_s=LEASE_S) is None
    assert store.resume([some[1].id]) == 1
    claim = store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    assert claim.job.id == some[1].id


def test_a_job_of_another_batch_is_refused(store: JobStore) -> None:
    with pytest.raises(ValueError, match="belongs to"):
        store.submit(batch(), [job(batch())])
    assert store.ids() == []


def test_a_batch_is_forgotten_when_all_of_it_ended_long_ago(rig: Rig) -> None:
    store = rig.store
    old, half, failing = batch(), batch(), batch()
    for of in (old, half, failing):
        store.submit(of, jobs(of, 2))
    for end in range(5):
        claim = store.claim("m/1", lease_s=LEASE_S)
        assert claim is not None
        if end < 4:
            store.complete(claim, RESULT) if end < 3 else store.give_back(claim)
    store.cancel_batch(half.id)
    claim = store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    store.fail(claim, fault())
    store.cancel_batch(failing.id)
    newest = max(record.ended_s for record in store.jobs())

    assert store.forget_older_than(newest - 3600) == 0
    rig.pass_time(0.01)
    assert store.forget_older_than(newest + 1) == 2
    assert [one.id for one in store.batches()] == [half.id, failing.id]
