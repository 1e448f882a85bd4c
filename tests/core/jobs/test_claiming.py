"""Who gets which job, and in what order."""

from __future__ import annotations

import threading
from collections import Counter

import pytest

from core.errors import LeaseLost
from core.jobs.keys import key
from core.jobs.model import Claim, State
from core.jobs.store import JobStore
from core.jobs.working import claim_token

from .conftest import Rig
from .samples import LEASE_S, RESULT, batch, job, jobs


def claimed(store: JobStore, worker: str = "m/1", templates: list[str] | None = None) -> Claim:
    claim = store.claim(worker, lease_s=LEASE_S, templates=templates)
    assert claim is not None
    return claim


def order(store: JobStore) -> list[str]:
    """The ids in the order workers get them."""
    ids = []
    while claim := store.claim("m/1", lease_s=LEASE_S):
        ids.append(claim.job.id)
    return ids


def test_an_empty_store_has_nothing_to_claim(store: JobStore) -> None:
    assert store.claim("m/1", lease_s=LEASE_S) is None


def test_first_in_first_out(store: JobStore) -> None:
    first, second = batch(), batch()
    mixed = jobs(first, 3) + jobs(second, 2)
    store.submit(first, mixed[:3])
    store.submit(second, mixed[3:])
    assert order(store) == [one.id for one in mixed]


def test_higher_priority_first(store: JobStore) -> None:
    of = batch()
    low, normal, high = (job(of, priority=priority) for priority in (-3, 0, 3))
    store.submit(of, [low, normal, high, again := job(of, priority=3)])
    assert order(store) == [high.id, again.id, normal.id, low.id]


def test_a_priority_beyond_all_measure_is_taken_as_the_highest(store: JobStore) -> None:
    of = batch()
    normal, high = job(of, priority=1000), job(of, priority=10**12)
    store.submit(of, [normal, high])
    assert order(store) == [normal.id, high.id]


def test_a_claim_holds_the_whole_job(store: JobStore) -> None:
    of = batch()
    store.submit(of, [wanted := job(of, sheet="Hoja 1", script="Hola", priority=2)])
    claim = claimed(store)
    assert claim.job == wanted
    assert (claim.attempt, claim.epoch, claim.worker, claim.lease_s) == (1, 1, "m/1", LEASE_S)
    assert claim.token


def test_a_file_name_that_is_not_utf8_comes_back_as_it_was(store: JobStore) -> None:
    of = batch("hoja\udcf1.csv")
    store.submit(of, [wanted := job(of, source="hoja\udcf1.csv", output="/films/ni\udcf1o.mp4")])
    assert claimed(store).job == wanted
    assert store.batches()[0].name == "hoja?.csv"


def test_jobs_from_a_template_a_machine_lacks_are_left_to_others(store: JobStore) -> None:
    of = batch()
    mixed = [job(of, template=template) for template in ("aaaa", "bbbb", "aaaa")]
    store.submit(of, mixed)
    assert claimed(store, templates=["bbbb", "cccc"]).job.id == mixed[1].id
    assert store.claim("m/1", lease_s=LEASE_S, templates=["bbbb", "cccc"]) is None
    assert store.claim("m/1", lease_s=LEASE_S, templates=[]) is None
    assert claimed(store, templates=["cccc", "aaaa"]).job.id == mixed[0].id


def test_priority_counts_across_templates(store: JobStore) -> None:
    of = batch()
    low, high = job(of, template="aaaa"), job(of, template="bbbb", priority=1)
    store.submit(of, [low, high])
    assert order(store) == [high.id, low.id]


def test_each_job_is_claimed_once(rig: Rig) -> None:
    of = batch()
    rig.store.submit(of, jobs(of, 60))
    claims: list[str] = []

    def work(store: JobStore, worker: str) -> None:
        while claim := store.claim(worker, lease_s=LEASE_S):
            claims.append(claim.job.id)
            store.complete(claim, RESULT)

    threads = [threading.Thread(target=work, args=(rig.other_machine(), f"m{n}/1")) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(claims) == Counter(one.id for one in rig.store.jobs())
    assert rig.store.counts(of.id)[State.DONE] == 60


def test_completing_and_claiming_in_one_go(store: JobStore) -> None:
    of = batch()
    store.submit(of, both := jobs(of, 2))
    first = claimed(store)
    second = store.complete_and_claim(first, RESULT, lease_s=LEASE_S)
    assert second is not None
    assert second.job.id == both[1].id
    with pytest.raises(LeaseLost):
        store.complete_and_claim(Claim(both[1], 7, "x", "m/1", 1, LEASE_S), RESULT, lease_s=LEASE_S)
    assert store.complete_and_claim(second, RESULT, lease_s=LEASE_S) is None
    assert store.counts()[State.DONE] == 2


def test_a_queue_that_ran_empty_is_not_looked_at_for_ever(rig: Rig) -> None:
    of = batch()
    for template in ("aaaa", "bbbb", "cccc"):
        rig.store.submit(of, jobs(of, 1, template=template))
    assert len(order(rig.store)) == 3
    assert rig.store.claim("m/1", lease_s=LEASE_S) is None
    assert rig.client.smembers(key("queues")) == set()


@pytest.mark.parametrize("worker", ["", "my machine/1", "m\t1"])
def test_a_workers_name_holds_no_blanks(store: JobStore, worker: str) -> None:
    with pytest.raises(ValueError, match="name"):
        store.claim(worker, lease_s=LEASE_S)


def test_who_asks_again_because_no_answer_came_gets_the_same_job(rig: Rig) -> None:
    """On a server, where an answer may get lost; the client itself asks again then, with the very same words."""
    if rig.store._backend.local:
        pytest.skip("in process no answer gets lost")
    store, of = rig.store, batch()
    store.submit(of, some := jobs(of, 4))
    token, next_token = claim_token(), claim_token()
    claims = [store.claim("m/1", lease_s=LEASE_S, token=token) for _ in range(2)]
    assert [claim.job.id for claim in claims if claim] == [some[0].id] * 2
    assert [claim.epoch for claim in claims if claim] == [1, 1]
    first = claims[1]
    assert first is not None
    again = [store.complete_and_claim(first, RESULT, lease_s=LEASE_S, token=next_token) for _ in range(2)]
    assert [claim.job.id for claim in again if claim] == [some[1].id] * 2
    assert store.counts(of.id) == {**dict.fromkeys(State, 0), State.DONE: 1, State.RUNNING: 1, State.READY: 2}
    second = again[1]
    assert second is not None
    store.complete(second, RESULT)
    other = store.claim("m/1", lease_s=LEASE_S, token=next_token)
    assert other is not None
    assert other.job.id == some[2].id, "that one is done: it is another question"
