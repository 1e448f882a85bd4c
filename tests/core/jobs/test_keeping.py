"""What is kept, and what is forgotten of it, on every backend."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from core.jobs.keeping import NAMELESS
from core.jobs.ledger import Account, Amount, Budget
from core.jobs.local import open_store
from core.jobs.machines import Machine
from core.jobs.model import Result, State, Strategy
from core.jobs.store import JobStore
from tests.stand_ins import make_jobs

from .audit import dump
from .conftest import Clock, Rig
from .samples import fault

RESULT = Result("/films/1.mp4", Strategy.VOICEOVER, 1.0)


def test_names_and_texts_go_and_the_rest_stays(rig: Rig) -> None:
    batch, jobs = make_jobs(3)
    rig.store.submit(batch, jobs)
    claim = rig.store.claim("m/1", lease_s=30)
    assert claim is not None
    rig.store.complete(claim, RESULT)
    rig.store.cancel([jobs[1].id])
    rig.pass_time(0.01)
    records = list(rig.store.done_before(rig.store.now_s()))
    assert {record.state for record in records} == {State.DONE, State.CANCELLED}
    everything = rig.store.records([job.id for job in jobs])
    assert rig.store.anonymise(everything) == 2, "what still has to be made keeps its words"
    assert rig.store.anonymise(rig.store.records([job.id for job in jobs])) == 0
    for record in rig.store.records([one.id for one in records]):
        assert (record.job.name, dict(record.job.fields), record.job.script) == (NAMELESS, {}, "")
        assert record.job.output == next(job.output for job in jobs if job.id == record.id)
    assert rig.store.records([jobs[2].id])[0].job.name == jobs[2].name


def test_settled_calls_and_accounts_of_gone_batches_go(rig: Rig) -> None:
    store = rig.store
    batch, jobs = make_jobs(1)
    store.submit(batch, jobs)
    for call, of in (("a", batch.id), ("b", "gone"), ("c", "gone too")):
        store.begin_call(call, "heygen", Amount(usd=1.0), Account("j", of), Budget())
    store.settle_call("a", Amount(usd=0.5), keep=True)
    store.settle_call("b", Amount(usd=0.5), keep=True)
    rig.pass_time(0.01)
    assert store.forget_money(store.now_s() - 3600) == 2, "the accounts of a batch and a job that are gone, no call yet"
    rig.pass_time(0.01)
    assert store.forget_money(store.now_s(), dry_run=True) == 3
    assert store.forget_money(store.now_s()) == 2, "what is held for an open call stays"
    assert store.spent_on_job("j").usd == 0.0
    assert store.call("a") is None
    assert store.call("b") is None
    assert store.call("c") is not None
    assert store.spent_on_batch(batch.id).usd == 0.5
    assert store.spent_in_all()["heygen"].usd == 1.0


def test_calls_that_nobody_will_settle_are_known(rig: Rig) -> None:
    """Their jobs are over or gone; what still has to be made, or failed and may be tried again, asks for itself."""
    store = rig.store
    batch, jobs = make_jobs(4)
    store.submit(batch, jobs)
    done, failed = (store.claim("m/1", lease_s=30) for _ in range(2))
    assert done is not None
    assert failed is not None
    store.complete(done, RESULT)
    store.fail(failed, fault())
    store.cancel([jobs[2].id])
    for job in (*jobs, replace(jobs[0], id="gone")):
        store.begin_call(f"call of {job.id}", "heygen", Amount(usd=1.0), Account(job.id, batch.id), Budget())
    store.begin_call("settled", "heygen", Amount(usd=1.0), Account("gone", batch.id), Budget())
    store.settle_call("settled", Amount(usd=1.0), keep=True)
    rig.pass_time(0.01)
    assert store.abandoned_calls(store.now_s() - 3600) == []
    assert sorted(store.abandoned_calls(store.now_s())) == sorted(
        f"call of {job_id}" for job_id in ("gone", jobs[0].id, jobs[2].id)
    )


def test_it_outlives_the_program(tmp_path: Path, clock: Clock) -> None:
    with closing(open_store(None, tmp_path, clock=clock)) as store:
        batch, jobs = make_jobs(2)
        store.submit(batch, jobs)
        store.cancel([jobs[0].id])
        store.anonymise(store.records([jobs[0].id]))
        store.measure({"hour:films": 1})
        store.begin_call("a", "heygen", Amount(usd=1.0), Account("j", "gone"), Budget())
        store.settle_call("a", Amount(usd=0.5), keep=True)
        clock.now_s += 10
        assert store.forget_money(clock.now_s) == 3
        before = dump(store.client)
    with closing(open_store(None, tmp_path, clock=clock)) as store:
        assert dump(store.client) == before


def test_machines_that_were_silent_for_a_day(clock: Clock) -> None:

    store = JobStore.in_memory(clock)
    store.register(Machine("old:1", "old", "1", 1))
    clock.now_s += 86_000
    store.register(Machine("new:1", "new", "1", 1))
    assert store.gone_machines() == []
    clock.now_s += 1_000
    assert store.gone_machines() == ["old:1"]


def test_what_was_forgotten_and_lent_is_known_to_all(rig: Rig) -> None:
    batch, jobs = make_jobs(2)
    rig.store.submit(batch, jobs)
    assert rig.store.unknown({jobs[0].id, "x", "y"}) == {"x", "y"}
    rig.store.note_forgotten(["x"])
    shared = rig.url is not None
    assert rig.other_machine().forgotten({"x", "y"}) == ({"x"} if shared else set())
    rig.store.lend("call", b"sound", for_s=60)
    assert (rig.other_machine().borrow("call") is not None) == shared
    rig.store.take_back(["call", "none"])
    assert rig.other_machine().borrow("call") is None
