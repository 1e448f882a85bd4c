"""Leases that run out, and what becomes of their jobs."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from core.jobs import timers
from core.jobs.local import open_store
from core.jobs.model import State
from core.jobs.store import JobStore, Tick

from .conftest import Clock, Rig
from .samples import LEASE_S, RESULT, batch, job, jobs


def lose(rig: Rig) -> Tick:
    claim = rig.store.claim("m/1", lease_s=0.01)
    assert claim is not None
    rig.pass_time(0.02)
    return rig.store.tick()


def test_a_lost_job_is_ready_again_with_its_attempt_counted(rig: Rig) -> None:
    of = batch()
    rig.store.submit(of, [job(of)])
    assert lose(rig) == Tick(lost=1)
    claim = rig.store.claim("m/2", lease_s=LEASE_S)
    assert claim is not None
    assert (claim.attempt, claim.epoch) == (2, 2)


def test_a_job_that_brings_down_its_worker_three_times_is_dead(rig: Rig) -> None:
    of = batch()
    rig.store.submit(of, [one := job(of)])
    assert [lose(rig), lose(rig), lose(rig)] == [Tick(lost=1), Tick(lost=1), Tick(dead=1)]
    [record] = rig.store.failed()
    assert record.failure is not None
    assert (record.id, record.failure.code) == (one.id, "crashed_its_worker")
    assert [attempt.how for attempt in rig.store.history(one.id)] == ["lost"] * 3
    assert rig.store.retry_failed() == 1
    assert lose(rig) == Tick(lost=1)


def test_renewing_keeps_a_job(rig: Rig) -> None:
    of = batch()
    rig.store.submit(of, [job(of)])
    claim = rig.store.claim("m/1", lease_s=0.2)
    assert claim is not None
    for _ in range(3):
        rig.pass_time(0.1)
        rig.store.renew(claim, lease_s=0.2)
        assert not rig.store.tick()
    rig.store.complete(claim, RESULT)


def test_a_renewal_never_shortens_a_lease(rig: Rig) -> None:
    of = batch()
    rig.store.submit(of, [job(of)])
    claim = rig.store.claim("m/1", lease_s=0.01)
    assert claim is not None
    rig.store.authorise_publish(claim)
    rig.store.renew(claim, lease_s=0.01)
    rig.pass_time(0.02)
    assert not rig.store.tick()


def test_many_leases_run_out_together(rig: Rig) -> None:
    of = batch()
    rig.store.submit(of, jobs(of, 230))
    while rig.store.claim("m/1", lease_s=0):
        pass
    rig.pass_time(0.001)
    assert rig.store.tick() == Tick(lost=230)
    assert rig.store.counts()[State.READY] == 230


def test_a_job_somebody_holds_or_cancels_while_its_worker_dies(rig: Rig) -> None:
    of = batch()
    rig.store.submit(of, both := jobs(of, 2))
    for _ in both:
        assert rig.store.claim("m/1", lease_s=0.01)
    rig.store.hold([both[0].id])
    rig.store.cancel([both[1].id])
    rig.pass_time(0.02)
    rig.store.tick()
    assert [record.state for record in rig.store.jobs()] == [State.HELD, State.CANCELLED]


def test_a_third_loss_of_a_job_that_was_to_be_cancelled_cancels_it(rig: Rig) -> None:
    of = batch()
    rig.store.submit(of, [one := job(of)])
    lose(rig)
    lose(rig)
    assert rig.store.claim("m/1", lease_s=0.01)
    rig.store.cancel([one.id])
    rig.pass_time(0.02)
    assert rig.store.tick() == Tick(lost=1)
    assert rig.store.counts()[State.CANCELLED] == 1


def test_a_lease_found_over_that_was_claimed_anew_meanwhile_is_left_alone(rig: Rig) -> None:
    """Looking and releasing are two steps: the epoch looked at has to be the one released."""
    of = batch()
    rig.store.submit(of, [one := job(of)])
    claim = rig.store.claim("m/1", lease_s=0)
    assert claim is not None
    rig.pass_time(0.001)
    assert rig.store.tick().lost == 1
    again = rig.store.claim("m/2", lease_s=0)
    assert again is not None
    rig.pass_time(0.001)
    assert rig.store.release([one.id, str(claim.epoch)], look_again=False) == Tick()
    assert rig.store.release([one.id, str(again.epoch)], look_again=True) == Tick(lost=1)


def test_on_a_server_a_lease_renewed_since_it_was_looked_at_is_left_alone(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    if rig.url is None:
        pytest.skip("in process nobody else can have renewed it")
    of = batch()
    rig.store.submit(of, [one := job(of)])
    claim = rig.store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    monkeypatch.setattr(rig.store, "_over", lambda: (0.0, [one.id, str(claim.epoch)]))
    assert not rig.store.tick()
    rig.store.complete(claim, RESULT)


def test_nothing_due_changes_nothing(store: JobStore) -> None:
    of = batch()
    store.submit(of, [job(of)])
    assert store.claim("m/1", lease_s=LEASE_S)
    assert not store.tick()


def test_leases_can_be_taken_back_all_at_once(store: JobStore) -> None:
    of = batch()
    store.submit(of, jobs(of, 260))
    while store.claim("m/1", lease_s=LEASE_S):
        pass
    assert store.release_all_leases() == Tick(lost=260)


def test_after_a_sleep_workers_keep_what_they_were_making(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A queue of this computer's own: nobody else can have taken the job, so its worker may renew its lease first."""
    clock, wall = Clock(), Clock()
    monkeypatch.setattr(timers, "_wall_s", wall)
    with closing(open_store(None, tmp_path, clock=clock)) as store:
        of = batch()
        store.submit(of, jobs(of, 1))
        claim = store.claim("m/1", lease_s=LEASE_S)
        assert claim is not None
        assert not store.tick()
        for each in (clock, wall):
            each.now_s += 3600.0
        assert not store.tick(), "it was not the worker who slept, but everybody"
        store.renew(claim, lease_s=LEASE_S)
        monkeypatch.setattr(timers, "GRACE_S", 0.0)
        wall.now_s -= 1.0  # what comes next is no sleep
        assert not store.tick()
        store.complete(claim, RESULT)
        assert [attempt.how for attempt in store.history(claim.job.id)] == ["done"]


def test_who_hangs_loses_his_lease_whoever_slept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    with closing(open_store(None, tmp_path, clock=clock)) as store:
        of = batch()
        store.submit(of, jobs(of, 1))
        assert store.claim("m/1", lease_s=LEASE_S) is not None
        assert not store.tick()
        clock.now_s += LEASE_S + 1
        assert store.tick().lost == 1
