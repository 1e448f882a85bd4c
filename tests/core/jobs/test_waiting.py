"""Waiting for work: woken at once, missing nothing, and asleep in between."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from core.jobs.model import Claim
from core.jobs.store import JobStore

from .conftest import Rig
from .samples import LEASE_S, batch, fault, job, jobs, missing, transient


def idle(store: JobStore, templates: list[str] | None = None) -> None:
    assert store.claim("m/1", lease_s=LEASE_S, templates=templates) is None


def woken_by(rig: Rig, act: Callable[[], object]) -> bool:
    """Whether `act`, done while we wait, ends the wait."""
    timer = threading.Timer(0.1, act)
    timer.start()
    began = time.monotonic()
    answer = rig.store.wait_for_work(3)
    timer.join()
    return answer and time.monotonic() - began < 2


def test_before_any_claim_it_says_whether_jobs_are_ready(store: JobStore) -> None:
    assert store.wait_for_work(0) is False
    of = batch()
    store.submit(of, [job(of)])
    assert store.wait_for_work(0) is True


def test_work_that_came_between_the_claim_and_the_wait_is_not_missed(store: JobStore) -> None:
    idle(store)
    of = batch()
    store.submit(of, [job(of)])
    assert store.wait_for_work(0) is True


def test_a_submit_wakes(rig: Rig) -> None:
    idle(rig.store)
    of = batch()
    other = rig.other_machine()
    assert woken_by(rig, lambda: other.submit(of, [job(of)]))


def test_whatever_makes_a_job_ready_wakes(rig: Rig) -> None:
    store, of = rig.store, batch()
    store.submit(of, jobs(of, 4))
    ends: list[Callable[[Claim], object]] = [
        lambda claim: store.fail(claim, fault()),
        lambda claim: store.park(claim, missing()),
        lambda claim: store.retry(claim, transient(), delay_s=1000),
    ]
    for end in ends:
        claim = store.claim("m/1", lease_s=LEASE_S)
        assert claim is not None
        end(claim)
    held = store.claim("m/1", lease_s=LEASE_S)
    assert held is not None
    store.hold([held.job.id])
    store.cancelled(held)
    acts: list[Callable[[], object]] = [
        store.retry_failed,
        lambda: store.unpark("disk"),
        lambda: store.resume([held.job.id]),
    ]
    for act in acts:
        while store.claim("m/1", lease_s=LEASE_S):
            pass
        assert woken_by(rig, act)


def test_a_job_given_back_wakes(rig: Rig) -> None:
    of = batch()
    rig.store.submit(of, [job(of)])
    claim = rig.store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    idle(rig.store)
    assert woken_by(rig, lambda: rig.store.give_back(claim))


def test_a_delay_that_is_over_wakes(rig: Rig) -> None:
    of = batch()
    rig.store.submit(of, [job(of)])
    claim = rig.store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    rig.store.retry(claim, transient(), delay_s=0.2)
    idle(rig.store)
    if rig.clock:
        rig.pass_time(0.3)
    assert rig.store.wait_for_work(5) is True
    assert rig.store.claim("m/1", lease_s=LEASE_S) is not None


def test_a_delay_that_begins_while_we_wait_is_heard_of(rig: Rig) -> None:
    of = batch()
    rig.store.submit(of, [job(of)])
    claim = rig.store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    idle(rig.store)
    assert woken_by(rig, lambda: rig.store.retry(claim, transient(), delay_s=LEASE_S / 2))


@pytest.mark.parametrize("first", ["delay", "lease"])
def test_whichever_is_over_first_wakes(rig: Rig, first: str) -> None:
    of = batch()
    rig.store.submit(of, jobs(of, 2))
    claim = rig.store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    rig.store.retry(claim, transient(), delay_s=0.3 if first == "delay" else LEASE_S)
    assert rig.store.claim("m/1", lease_s=0.3 if first == "lease" else LEASE_S)
    if rig.store.claim("m/1", lease_s=LEASE_S) is not None:
        pytest.fail("nothing should be ready yet")
    if rig.clock:
        rig.pass_time(0.4)
    began = time.monotonic()
    assert rig.store.wait_for_work(4) is True
    assert time.monotonic() - began < 2


def test_a_lease_that_is_over_wakes(rig: Rig) -> None:
    of = batch()
    rig.store.submit(of, [job(of)])
    assert rig.store.claim("dead/1", lease_s=0.2)
    idle(rig.store)
    if rig.clock:
        rig.pass_time(0.3)
    assert rig.store.wait_for_work(5) is True
    assert rig.store.claim("m/1", lease_s=LEASE_S) is not None


def test_work_for_other_machines_does_not_keep_this_one_busy(store: JobStore) -> None:
    of = batch()
    store.submit(of, [job(of, template="theirs")])
    idle(store, ["mine"])
    cpu, began = time.process_time(), time.monotonic()
    assert store.wait_for_work(0.5) is False
    assert time.monotonic() - began > 0.4
    assert time.process_time() - cpu < 0.1


def test_waiting_in_another_thread_than_claiming(store: JobStore) -> None:
    of = batch()
    store.submit(of, [job(of, template="theirs")])
    thread = threading.Thread(target=idle, args=(store, ["mine"]))
    thread.start()
    thread.join()
    assert store.wait_for_work(0.05) is False


def test_everybody_can_be_woken(rig: Rig) -> None:
    idle(rig.store)
    assert woken_by(rig, rig.other_machine().wake)


def test_many_wait_and_one_job_comes(rig: Rig) -> None:
    got: list[str] = []

    def work(store: JobStore, worker: str) -> None:
        while (claim := store.claim(worker, lease_s=LEASE_S)) is None:
            if not store.wait_for_work(1.0):
                return
        got.append(claim.job.id)

    threads = [threading.Thread(target=work, args=(rig.other_machine(), f"m{n}/1")) for n in range(5)]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    of = batch()
    rig.store.submit(of, [one := job(of)])
    for thread in threads:
        thread.join()
    assert got == [one.id]
