"""Forgetting in every state a job can be in; tests/core/console/test_forgetting.py searches every byte."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from core.errors import UsageError
from core.jobs.connection import connect
from core.jobs.local import open_store
from core.jobs.model import Batch, Failure, Job, Result, State, Strategy
from core.jobs.store import JobStore
from core.paths import DataFolder
from core.settings.declaration import Settings
from core.storage.caches import Caches
from core.storage.traces import Traces, taken
from core.text import Text
from core.upkeep.cleanup import Janitor
from core.upkeep.forgetting import Forgetting
from tests.redis_server import redis_server
from tests.stand_ins import make_jobs, raises_code

FAILURE = Failure("JobFault", "too_long", Text("No."), Text("Shorten it."))


@pytest.fixture(params=["journal", pytest.param("redis", marks=pytest.mark.redis)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[JobStore]:
    if request.param == "journal":
        with closing(open_store(None, tmp_path / "data" / "queue")) as store:
            yield store
        return
    (tmp_path / "redis").mkdir()
    with redis_server(tmp_path / "redis") as server:
        connect(server.url).flushall()
        with closing(open_store(server.url, tmp_path)) as store:
            yield store


def desk(store: JobStore, tmp_path: Path) -> Forgetting:
    folder = DataFolder(tmp_path / "data").create()
    traces = Traces(folder.traces)
    settings = Settings(output_dir=tmp_path / "films")
    return Forgetting(store, folder, traces, Janitor(settings, folder, store, Caches({}), traces))


def in_every_state(store: JobStore) -> tuple[Batch, list[Job]]:
    batch, jobs = make_jobs(6)
    jobs[4] = jobs[4].edited(review=True)
    store.submit(batch, jobs)
    for number in range(5):
        claim = store.claim("m/1", lease_s=60)
        assert claim is not None
        result = Result(f"/nowhere/{number}.mp4", Strategy.VOICEOVER, 1.0)
        if number == 0:
            store.complete(claim, result)
        elif number == 1:
            store.fail(claim, FAILURE)
        elif number == 2:
            store.park(claim, FAILURE)
        elif number == 3:
            store.retry(claim, FAILURE, delay_s=600)
        else:
            store.complete(claim, result, review=True)
    return batch, jobs


def test_a_batch_is_forgotten_whatever_state_it_is_in(store: JobStore, tmp_path: Path) -> None:
    batch, _ = in_every_state(store)
    other, theirs = make_jobs(1)
    store.submit(other, theirs)
    forgetting = desk(store, tmp_path)
    counts = store.counts()
    assert {state for state, count in counts.items() if count} >= {State.PARKED, State.DELAYED, State.REVIEW}
    assert forgetting.forget(forgetting.found(batch=batch.id), dry_run=True).jobs == 6
    assert store.counts() == counts
    gone = forgetting.forget(forgetting.found(batch=batch.id))
    assert (gone.jobs, gone.still_running) == (6, 0)
    assert [one.id for one in store.batches()] == [other.id]
    assert store.ids() == [theirs[0].id]


def test_what_is_being_made_is_told_to_stop_first(
    store: JobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.upkeep.forgetting._WAIT_S", 0.2)
    batch, jobs = make_jobs(2)
    store.submit(batch, jobs)
    claim = store.claim("m/1", lease_s=60)
    assert claim is not None
    forgetting = desk(store, tmp_path)
    gone = forgetting.forget(forgetting.found(batch=batch.name))
    assert (gone.jobs, gone.still_running) == (1, 1)
    assert store.progress(claim, "speech", 0.5), "it was told to stop"
    store.cancelled(claim)
    assert forgetting.forget(forgetting.found(batch=batch.id)).jobs == 1
    assert store.ids() == []


def test_a_name_is_found_in_any_field_and_only_whole(store: JobStore, tmp_path: Path) -> None:
    batch, jobs = make_jobs(4)
    texts = [("Ana Pérez", ""), ("Bea", "ana perez"), ("Ana Pérez Gil", ""), ("Bea", "Juana")]
    jobs = [
        job.edited(name=name, fields={"nombre": name, "cliente": client})
        for job, (name, client) in zip(jobs, texts, strict=True)
    ]
    store.submit(batch, jobs)
    found = desk(store, tmp_path).found(name="ANA PEREZ")
    assert [record.id for record in found] == [jobs[0].id, jobs[1].id]
    for wrong in ({}, {"batch": "x", "name": "y"}):
        with raises_code(UsageError, "forget_what"):
            desk(store, tmp_path).found(**wrong)


def test_what_two_films_share_stays_and_what_was_set_aside_is_blotted(store: JobStore, tmp_path: Path) -> None:
    batch, jobs = make_jobs(2)
    jobs = [job.edited(name=name, fields={"nombre": name}) for job, name in zip(jobs, ("Zoë Sol", "Bea"), strict=True)]
    store.submit(batch, jobs)
    forgetting = desk(store, tmp_path)
    data = DataFolder(tmp_path / "data")
    own, both = (data.cache / "speech" / key[:2] / f"{key}.wav" for key in ("ab" * 16, "cd" * 16))
    for piece in (own, both):
        piece.parent.mkdir(parents=True)
        piece.write_bytes(b"x" * 10)
    for job, pieces in ((jobs[0], (own, both)), (jobs[1], (both,))):
        with Traces(data.traces).of(batch.id, job.id):
            for piece in pieces:
                taken(piece)
    aside = data.queue / "queue.damaged-20260101-101010.txt"
    aside.write_bytes('00 ["do",["Zo\\u00eb Sol","Zoë Sol","Zoë Solar","Bea"]]\n'.encode())
    outside = tmp_path / "outside.txt"
    outside.write_text("Zoë Sol")
    (data.queue / "queue.moved-20260101-101010.txt").symlink_to(outside)
    part = data.work / f"{jobs[0].id}-0011aabb.m4a"
    part.write_bytes(b"x")
    gone = forgetting.forget(forgetting.found(name="zoe sol"))
    assert (gone.jobs, gone.pieces.count, gone.temporary.count, gone.blotted) == (1, 1, 1, 2)
    assert (own.exists(), both.exists(), part.exists()) == (False, True, False)
    left = aside.read_text(encoding="utf-8")
    assert "Zoë Solar" in left
    assert '"Bea"' in left
    assert "Zoë Sol" not in left.replace("Zoë Solar", "")
    assert outside.read_text() == "Zoë Sol"
    assert list(data.traces.iterdir())


def test_a_name_without_letters_is_nobodys(store: JobStore, tmp_path: Path) -> None:
    """Fields that are empty say nothing: they are not what is looked for."""
    batch, jobs = make_jobs(2)
    store.submit(batch, [job.edited(fields={"nombre": job.name, "recuerdoEspecial": ""}) for job in jobs])
    for nothing in ("…", "🎅", " ", "-"):
        with raises_code(UsageError, "forget_no_name"):
            desk(store, tmp_path).found(name=nothing)


def test_names_that_differ_in_their_vowels_are_two_children(store: JobStore, tmp_path: Path) -> None:
    batch, jobs = make_jobs(3)
    names = ("\u0930\u0940\u0928\u093e", "\u0930\u093e\u0928\u0940", "Zoë")
    jobs = [job.edited(name=name, fields={"nombre": name}) for job, name in zip(jobs, names, strict=True)]
    store.submit(batch, jobs)
    forgetting = desk(store, tmp_path)
    assert [record.id for record in forgetting.found(name=names[0])] == [jobs[0].id]
    assert [record.id for record in forgetting.found(name="ZOE")] == [jobs[2].id]


def test_broken_off_it_is_simply_asked_for_again(
    store: JobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong on the way, the job stays in the queue until nothing of it is anywhere else."""
    batch, jobs = make_jobs(1)
    store.submit(batch, jobs)
    forgetting, data = desk(store, tmp_path), DataFolder(tmp_path / "data")
    data.delivering.mkdir()
    note = data.delivering / f"{jobs[0].id}.json"
    note.write_text('{"from": "/films/0002-Ana.mp4", "to": "/delivered/0002-Ana.mp4"}')
    piece = data.cache / "speech" / "ab" / f"{'ab' * 16}.wav"
    piece.parent.mkdir(parents=True)
    piece.write_bytes(b"x" * 10)
    with Traces(data.traces).of(batch.id, jobs[0].id):
        taken(piece)

    with monkeypatch.context() as patched:
        patched.setattr(Forgetting, "_blot", raising(OSError(errno.EIO, "Input/output error")))
        with pytest.raises(OSError, match="Input"):
            forgetting.forget(forgetting.found(batch=batch.id))
    assert len(forgetting.found(batch=batch.id)) == 1
    assert forgetting.forget(forgetting.found(batch=batch.id)).jobs == 1
    assert not piece.exists()
    assert not note.exists()


def test_a_piece_that_somebody_has_open_goes_at_the_next_cleanup(
    store: JobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, jobs = make_jobs(1)
    store.submit(batch, jobs)
    forgetting, data = desk(store, tmp_path), DataFolder(tmp_path / "data")
    piece = data.cache / "speech" / "ab" / f"{'ab' * 16}.wav"
    piece.parent.mkdir(parents=True)
    piece.write_bytes(b"x" * 10)
    with Traces(data.traces).of(batch.id, jobs[0].id):
        taken(piece)
    with monkeypatch.context() as patched:
        patched.setattr("core.upkeep.cleanup.remove_piece", raising(PermissionError(errno.EACCES, "in use")))
        gone = forgetting.forget(forgetting.found(batch=batch.id))
    assert (gone.jobs, gone.pieces.count) == (1, 0)
    assert Traces(data.traces).jobs() == {jobs[0].id: {piece}}, "it is not lost sight of"
    assert forgetting._janitor.clean()["pieces"].count == 1
    assert not piece.exists()


def raising(error: Exception) -> Callable[..., Any]:
    def act(*_: object, **__: object) -> None:
        raise error

    return act
