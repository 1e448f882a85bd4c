"""What an operator wants of a batch besides its films."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from core.jobs.local import open_store
from core.jobs.model import Batch, Job
from core.jobs.plan import AT_ONCE, Plan
from core.jobs.store import JobStore

from .samples import batch, jobs

PLAN = Plan(review_every=3, first=2, start_s=1_700_000_500.0, deadline_s=1_700_009_000.0)


def reviewed(plan: Plan, how_many: int) -> list[int]:
    of = batch()
    return [number for number, job in enumerate(plan.marked(jobs(of, how_many))) if job.review]


def test_each_nth_film_is_reviewed_from_the_first_on() -> None:
    assert reviewed(AT_ONCE, 4) == []
    assert reviewed(Plan(review_every=1), 3) == [0, 1, 2]
    assert reviewed(Plan(review_every=3), 8) == [0, 3, 6]


def test_a_batch_that_is_not_longer_than_its_first_films_has_none_to_hold() -> None:
    assert Plan(first=5).batch("b", "lote", 5).first == 0
    assert Plan(first=5).batch("b", "lote", 6).first == 5


def test_the_store_keeps_it(store: JobStore) -> None:
    of = PLAN.batch("b1", "lote", 3)
    assert (of.review_every, of.first, of.start_s, of.deadline_s) == (3, 2, PLAN.start_s, PLAN.deadline_s)
    store.submit(of, jobs(of, 3))
    [kept] = store.batches()
    assert (kept.review_every, kept.first, kept.start_s, kept.deadline_s) == (3, 2, PLAN.start_s, PLAN.deadline_s)


def test_another_deadline_later(store: JobStore) -> None:
    of = PLAN.batch("b1", "lote", 3)
    store.submit(of, jobs(of, 3))
    store.describe(Batch("b1", "lote", 3, review_every=3, deadline_s=1_700_010_000.0))
    [kept] = store.batches()
    assert (kept.review_every, kept.first, kept.deadline_s) == (3, 0, 1_700_010_000.0)


def test_whether_a_film_is_reviewed_is_the_jobs_own(store: JobStore) -> None:
    of = PLAN.batch("b1", "lote", 4)
    store.submit(of, PLAN.marked(jobs(of, 4)))
    assert [record.job.review for record in store.jobs()] == [True, False, False, True]
    claim = store.claim("m/1", lease_s=10)
    assert claim is not None
    assert claim.job.review
    assert Job.from_json(claim.job.to_json()) == claim.job


@pytest.mark.parametrize("compacted", [False, True])
def test_it_survives_a_restart(tmp_path: Path, compacted: bool) -> None:
    of = PLAN.batch("b1", "lote", 3)
    with closing(open_store(None, tmp_path)) as store:
        store.submit(of, jobs(of, 3))
        if compacted:
            store.compact()
        before = store.batches()
    with closing(open_store(None, tmp_path)) as store:
        assert store.batches() == before


def test_it_moves_with_its_batch(store: JobStore) -> None:
    source = JobStore.in_memory()
    of = PLAN.batch("b1", "lote", 3)
    source.submit(of, jobs(of, 3))
    assert store.take_over(source) == 3
    assert store.batches() == source.batches()
