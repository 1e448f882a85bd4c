"""Jobs coming in, and going out for good."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.jobs import submission
from core.jobs.local import open_store
from core.jobs.model import Batch, State
from core.jobs.store import JobStore
from core.jobs.submission import Parcel

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
    assert store.forget_older_than(newest + 1) == 3, "what failed stays, and what did not goes"
    assert [one.id for one in store.batches()] == [half.id, failing.id]
    assert store.counts(failing.id) == {**dict.fromkeys(State, 0), State.FAILED: 1}


class Killed(BaseException):
    """The program ends right here."""


def _dies_at(store: JobStore, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """The program ends when its script call number `at` (0 is the first) has been answered."""
    really = store._backend.run
    calls = iter(range(10_000))

    def run(name: str, *args: Any) -> Any:
        answer = really(name, *args)
        if next(calls) == at:
            raise Killed
        return answer

    monkeypatch.setattr(store._backend, "run", run)


@pytest.mark.parametrize("at", [1, 3, 5])
def test_a_submit_that_is_killed_between_its_chunks_queues_nothing(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    store, (one, other) = rig.store, (batch(), batch())
    monkeypatch.setattr(submission, "CHUNK", 50)
    parcels = [Parcel(one, jobs(one, 101)), Parcel(other, jobs(other, 120), held_from=60)]
    with monkeypatch.context() as patched:
        _dies_at(store, patched, at)
        with pytest.raises(Killed):
            store.queue(parcels)
    assert (store.ids(), store.batches(), sum(store.counts().values())) == ([], [], 0)
    assert store.claim("m/1", lease_s=LEASE_S) is None
    assert store.queue(parcels) > 0  # the program is started again, and has the same rows
    assert store.ids() == [job.id for parcel in parcels for job in parcel.jobs]
    assert store.counts(one.id)[State.READY] == 101
    assert (store.counts(other.id)[State.READY], store.counts(other.id)[State.HELD]) == (60, 60)
    assert store.turn_away(store.now_s() + 60) == 0


def test_what_nobody_will_admit_is_thrown_out(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    store, of = rig.store, replace(batch(), review_every=2)
    before = _names(rig)
    with monkeypatch.context() as patched:
        _dies_at(store, patched, 8)
        with pytest.raises(Killed):
            store.queue([Parcel(of, jobs(of, 2000), start_s=4_000_000_000.0)])
    assert store.turn_away(store.now_s() - 60) == 0, "somebody may still be sending it"
    assert store.turn_away(store.now_s() + 60) > 0
    assert _names(rig) - before <= {"{trineo}:seq"}


def _names(rig: Rig) -> set[str]:
    return {str(name) for name in rig.client.scan_iter(count=1000)}


def test_a_submit_whose_last_answer_is_lost_queued_everything_once(
    store: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = batch()
    parcel = Parcel(of, jobs(of, 300))
    really = store._backend.run

    def twice(name: str, *args: Any) -> Any:
        """As the client does when the connection breaks before the answer."""
        if name == "admit":
            really(name, *args)
        return really(name, *args)

    monkeypatch.setattr(store._backend, "run", twice)
    assert store.queue([parcel]) == 300
    assert store.counts(of.id)[State.READY] == 300
    assert len(store.ids()) == 300


def test_what_is_thrown_out_while_it_arrives_is_sent_once_more(
    store: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = batch()
    really = store._backend.run
    swept: list[int] = []

    def sweeping(name: str, *args: Any) -> Any:
        if name == "admit" and not swept:
            swept.append(store.turn_away(store.now_s() + 60))
        return really(name, *args)

    monkeypatch.setattr(store._backend, "run", sweeping)
    assert store.queue([Parcel(of, some := jobs(of, 300))]) == 300
    assert swept == [300]
    assert store.ids() == [job.id for job in some]


def test_a_batch_may_begin_at_a_time_and_hold_most_of_itself(rig: Rig) -> None:
    store, of = rig.store, batch()
    start_s = store.now_s() + 0.5
    store.queue([Parcel(of, some := jobs(of, 8), held_from=3, start_s=start_s)])
    assert (store.counts()[State.DELAYED], store.counts()[State.HELD]) == (3, 5)
    record = store.job(some[0].id)
    assert record is not None
    assert record.due_s == pytest.approx(start_s, abs=0.01)
    assert store.claim("m/1", lease_s=LEASE_S) is None
    rig.pass_time(0.6)
    assert store.tick().due == 3
    claim = store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    assert claim.job.id == some[0].id


def test_killed_on_a_journal_it_is_gone_at_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the journal was written anew in the middle of it."""
    store, kept, of = open_store(None, tmp_path / "a"), batch(), batch()
    store.submit(kept, jobs(kept, 3))
    really = store._backend.run

    def run(name: str, *args: Any) -> Any:
        if name == "admit":
            shutil.copytree(tmp_path / "a", tmp_path / "killed", ignore=shutil.ignore_patterns("*.lock"))
        elif name == "arrive":
            store.compact()
        return really(name, *args)

    monkeypatch.setattr(store._backend, "run", run)
    store.queue([Parcel(of, jobs(of, 160))])
    store.close()
    with closing(open_store(None, tmp_path / "killed")) as again:
        assert [one.id for one in again.batches()] == [kept.id]
        assert len(again.ids()) == 3
        assert not again.client.keys("*incoming*")
    with closing(open_store(None, tmp_path / "a")) as whole:
        assert len(whole.ids()) == 163
