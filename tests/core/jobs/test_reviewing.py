"""Films in review: delivered, or made again with other words."""

from __future__ import annotations

from dataclasses import replace

from core.jobs.model import Job, State
from core.jobs.store import JobStore

from .conftest import Rig
from .samples import LEASE_S, RESULT, batch, jobs


def in_review(store: JobStore, how_many: int = 2) -> list[Job]:
    of = batch()
    store.submit(of, some := jobs(of, how_many, review=True))
    for _ in some:
        claim = store.claim("m/1", lease_s=LEASE_S)
        assert claim is not None
        store.complete(claim, RESULT, review=True)
    return some


def test_a_delivered_film_is_done_and_is_where_the_result_says(rig: Rig) -> None:
    good, other = in_review(rig.store)
    moved = replace(RESULT, output="/delivered/Íñigo 1.mp4")
    assert [rig.store.delivered({good.id: moved}), rig.store.delivered({good.id: RESULT})] == [1, 0]
    record = rig.store.job(good.id)
    assert record is not None
    assert (record.state, record.result) == (State.DONE, moved)
    assert record.ended_s > 0
    assert rig.store.ids(state=State.REVIEW) == [other.id]


def test_a_film_that_is_made_again_comes_back_to_review(rig: Rig) -> None:
    [one] = in_review(rig.store, 1)
    changed = one.edited(take=1, template_hash="bbbb")
    assert [rig.store.remake([changed]), rig.store.remake([changed])] == [1, 0]
    record = rig.store.job(one.id)
    assert record is not None
    assert (record.state, record.attempts, record.result, record.job) == (State.READY, 0, None, changed)
    assert [attempt.how for attempt in rig.store.history(one.id)] == ["done"]
    claim = rig.store.claim("m/1", lease_s=LEASE_S, templates=["bbbb"])
    assert claim is not None
    assert (claim.job, claim.attempt, claim.epoch) == (changed, 1, 2)
    rig.store.complete(claim, RESULT, review=claim.job.review)
    assert rig.store.ids(state=State.REVIEW) == [one.id]


def test_only_what_is_in_review(store: JobStore) -> None:
    of = batch()
    store.submit(of, some := jobs(of, 2))
    assert store.delivered({some[0].id: RESULT, "nobody": RESULT}) == 0
    assert store.remake(some) == 0
    assert store.counts()[State.READY] == 2


def test_many_at_once(store: JobStore) -> None:
    some = in_review(store, 260)
    assert store.remake(one.edited(take=1) for one in some[:255]) == 255
    assert store.delivered({one.id: RESULT for one in some}) == 5
