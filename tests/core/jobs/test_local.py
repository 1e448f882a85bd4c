"""A local queue across restarts, crashes and damage."""

from __future__ import annotations

import os
import random
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

import pytest

from core.errors import LeaseLost, QueueLocked
from core.jobs.journal import encode, lines
from core.jobs.local import JOURNAL, open_store
from core.jobs.model import State
from core.jobs.recovery import Recovery
from core.jobs.store import JobStore

from .audit import audit, dump
from .conftest import Clock
from .samples import LEASE_S, RESULT, batch, fault, job, jobs, missing, transient


def worked_on(folder: Path, clock: Clock) -> JobStore:
    """A queue in the midst of things, with something in each state."""
    store = open_store(None, folder, clock=clock)
    of = batch()
    store.submit(of, [*jobs(of, 12), job(of, priority=3, template="bbbb")])
    other = batch("otra.csv")
    store.submit(other, jobs(other, 3), held=True)
    for end in (
        lambda claim: store.complete(claim, RESULT),
        lambda claim: store.complete(claim, RESULT, review=True),
        lambda claim: store.retry(claim, transient(), delay_s=60),
        lambda claim: store.park(claim, missing()),
        lambda claim: store.fail(claim, fault()),
        store.give_back,
        lambda claim: store.progress(claim, "mouth", 0.5),
    ):
        clock.now_s += 1.5
        claim = store.claim("m/1", lease_s=LEASE_S)
        assert claim is not None
        end(claim)
    waiting = store.ids(state=State.READY)
    store.cancel(waiting[-1:])
    store.move_to_front(waiting[-2:-1])
    store.prioritise(waiting[:1], -2)
    return store


def crashed(store: JobStore, folder: Path, copy: Path) -> Path:
    """The data folder as a power cut would leave it; the program itself goes on to be closed."""
    copy.mkdir()
    shutil.copy(folder / JOURNAL, copy)
    return copy


def replayed(folder: Path, clock: Clock) -> dict[str, object]:
    with closing(open_store(None, folder, read_only=True, clock=clock)) as again:
        return dump(again.client)


def test_a_replay_gives_the_same_state(tmp_path: Path, clock: Clock) -> None:
    with closing(worked_on(tmp_path, clock)) as store:
        assert replayed(tmp_path, clock) == dump(store.client)
        store.compact()
        assert replayed(tmp_path, clock) == dump(store.client)
        store.unpark("disk")
        assert replayed(tmp_path, clock) == dump(store.client)
        audit(store.client)


def test_a_replay_gives_the_same_state_whatever_time_it_is_now(tmp_path: Path, clock: Clock) -> None:
    """Renewals are not in the journal: what had expired then is written down, not found out again."""
    with closing(open_store(None, tmp_path, clock=clock)) as store:
        of = batch()
        store.submit(of, jobs(of, 3))
        kept = store.claim("m/1", lease_s=10)
        lost = store.claim("m/2", lease_s=10)
        assert kept is not None
        assert lost is not None
        clock.now_s += 8
        store.renew(kept, lease_s=10)
        clock.now_s += 4
        assert store.tick().lost == 1
        store.complete(kept, RESULT)
        clock.now_s += 1000
        assert replayed(tmp_path, clock) == dump(store.client)


def test_running_jobs_are_ready_again_at_once_after_a_crash(tmp_path: Path, clock: Clock) -> None:
    with closing(worked_on(tmp_path / "old", clock)) as store:
        [running] = store.ids(state=State.RUNNING)
        folder = crashed(store, tmp_path / "old", tmp_path / "new")
    with closing(open_store(None, folder, clock=clock)) as again:
        assert again.recovery == Recovery(jobs=16, running=1)
        assert again.counts()[State.RUNNING] == 0
        record = again.job(running)
        assert record is not None
        assert record.state is State.READY
        assert [attempt.how for attempt in again.history(running)] == ["given_back", "lost"]
        audit(again.client)


def test_a_job_that_crashes_the_program_three_times_is_dead(tmp_path: Path) -> None:
    folder = tmp_path / "0"
    store = open_store(None, folder)
    of = batch()
    store.submit(of, [one := job(of)])
    for n in range(3):
        assert store.claim("m/1", lease_s=LEASE_S)
        after = crashed(store, folder, tmp_path / str(n + 1))
        store.close()
        folder, store = after, open_store(None, after)
    assert [record.id for record in store.failed()] == [one.id]
    store.close()


def test_an_old_claim_is_worth_nothing_after_a_restart(tmp_path: Path) -> None:
    store = open_store(None, tmp_path / "a")
    of = batch()
    store.submit(of, [job(of)])
    claim = store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    folder = crashed(store, tmp_path / "a", tmp_path / "b")
    store.close()
    with closing(open_store(None, folder)) as again, pytest.raises(LeaseLost):
        again.complete(claim, RESULT)


def test_a_clean_stop_leaves_nothing_to_recover(tmp_path: Path) -> None:
    with closing(open_store(None, tmp_path)) as store:
        assert store.recovery == Recovery()
        of = batch()
        store.submit(of, jobs(of, 3))
    with closing(open_store(None, tmp_path)) as store:
        assert store.recovery == Recovery(jobs=3)


def test_a_torn_last_line_is_dropped(tmp_path: Path, clock: Clock) -> None:
    with closing(worked_on(tmp_path / "a", clock)) as store:
        expected = dump(store.client)
        folder = crashed(store, tmp_path / "a", tmp_path / "b")
    with (folder / JOURNAL).open("ab") as file:
        file.write(encode(["do", "cancel", ["1", "x"]])[:-3])
    assert replayed(folder, clock) == expected
    with closing(open_store(None, folder, clock=clock)) as again:
        assert again.recovery is not None
        assert again.recovery.torn_tail
        assert again.recovery.damaged == 0
    with closing(open_store(None, folder, clock=clock)) as again:
        assert again.recovery is not None
        assert not again.recovery.torn_tail


@pytest.mark.logs_errors
@pytest.mark.logs_errors
def test_a_damaged_line_costs_what_it_held_and_is_set_aside(tmp_path: Path, clock: Clock) -> None:
    with closing(worked_on(tmp_path / "a", clock)) as store:
        store.compact()
        [done] = store.ids(state=State.DONE)
        jobs_there = len(store.ids())
        folder = crashed(store, tmp_path / "a", tmp_path / "b")
    path = folder / JOURNAL
    all_lines = [line.raw for line in lines(path)]
    at = next(n for n, line in enumerate(all_lines) if done.encode() in line)
    all_lines[at] = all_lines[at].replace(b"Noche", b"Dia").replace(b"done", b"d\xffne")
    path.write_bytes(b"".join(all_lines))
    with closing(open_store(None, folder, clock=clock)) as again:
        recovery = again.recovery
        assert recovery is not None
        assert (recovery.damaged, recovery.jobs, recovery.torn_tail) == (1, jobs_there - 1, False)
        assert recovery.set_aside is not None
        assert recovery.set_aside.read_bytes() == all_lines[at]
        assert stat.S_IMODE(recovery.set_aside.stat().st_mode) == 0o600 or os.name == "nt"
        audit(again.client)
    with closing(open_store(None, folder, clock=clock)) as again:
        assert again.recovery == Recovery(jobs=jobs_there - 1)


@pytest.mark.logs_errors
@pytest.mark.logs_errors
def test_any_line_may_be_damaged_and_the_rest_is_there(tmp_path: Path, clock: Clock) -> None:
    with closing(worked_on(tmp_path / "a", clock)) as store:
        store.compact()
        store.hold(store.ids()[:3])
        store.resume(store.ids()[:2])
        whole = (tmp_path / "a" / JOURNAL).read_bytes().splitlines(keepends=True)
    for n in range(len(whole)):
        folder = tmp_path / f"b{n}"
        folder.mkdir()
        broken = [*whole]
        broken[n] = b"x" + broken[n][1:]
        (folder / JOURNAL).write_bytes(b"".join(broken))
        with closing(open_store(None, folder, clock=clock)) as again:
            assert again.recovery is not None
            assert again.recovery.damaged == 1
            assert len(again.ids()) >= 15
            audit(again.client)
            of = again.batches()[0]
            assert again.submit(of, [late := job(of)]) == 1
            assert again.ids()[-1] == late.id


@pytest.mark.logs_errors
@pytest.mark.parametrize("content", [b"", b"\0" * 5000, b"not a journal at all", b"one\ntwo\n\xff\xfe\n"])
@pytest.mark.logs_errors
def test_a_file_that_is_no_journal_starts_an_empty_queue_and_is_kept(tmp_path: Path, content: bytes) -> None:
    (tmp_path / JOURNAL).write_bytes(content)
    with closing(open_store(None, tmp_path)) as store:
        assert store.ids() == []
        of = batch()
        store.submit(of, [job(of)])
    with closing(open_store(None, tmp_path)) as store:
        assert len(store.ids()) == 1


def test_two_programs_on_one_folder(tmp_path: Path) -> None:
    with closing(open_store(None, tmp_path)) as store:
        of = batch()
        store.submit(of, jobs(of, 2))
        with pytest.raises(QueueLocked) as caught:
            open_store(None, tmp_path)
        assert caught.value.code == "queue_locked"
        assert str(tmp_path) in str(caught.value)
    open_store(None, tmp_path).close()


def test_the_lock_is_seen_by_another_process(tmp_path: Path) -> None:
    code = "import sys, pathlib, core.jobs.local as local; local.open_store(None, pathlib.Path(sys.argv[1]))"
    with closing(open_store(None, tmp_path)):
        other = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False)
    assert other.returncode == 1
    assert "Another Trineo is working on the queue" in other.stderr


def test_looking_only(tmp_path: Path, clock: Clock) -> None:
    with closing(worked_on(tmp_path, clock)) as store:
        with closing(open_store(None, tmp_path, read_only=True, clock=clock)) as shown:
            assert shown.counts() == store.counts()
            assert shown.batches() == store.batches()
            assert [one.code for one in shown.causes()] == ["bad_text"]
            of = batch()
            for act in (
                lambda: shown.submit(of, [job(of)]),
                lambda: shown.claim("m/1", lease_s=LEASE_S),
                lambda: shown.cancel(shown.ids()),
                shown.retry_failed,
                lambda: shown.heartbeat("m"),
            ):
                with pytest.raises(QueueLocked, match="only shown"):
                    act()
            assert shown.wait_for_work(0) is True
        assert replayed(tmp_path, clock) == dump(store.client)


def test_looking_at_a_folder_without_a_queue(tmp_path: Path) -> None:
    with closing(open_store(None, tmp_path / "new", read_only=True)) as shown:
        assert shown.ids() == []
    assert list((tmp_path / "new").iterdir()) == []


def test_a_closed_store_takes_nothing(tmp_path: Path) -> None:
    store = open_store(None, tmp_path)
    store.close()
    store.close()
    of = batch()
    with pytest.raises(RuntimeError, match="closed"):
        store.submit(of, [job(of)])


def test_threads_share_syncs_and_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    syncs: list[int] = []

    def slow_sync(fd: int) -> None:
        syncs.append(fd)
        time.sleep(0.005)

    monkeypatch.setattr("core.jobs.journal._sync", slow_sync)
    with closing(open_store(None, tmp_path, clock=clock)) as store:
        of = batch()

        def submit() -> None:
            for _ in range(20):
                store.submit(of, [job(of)])

        threads = [threading.Thread(target=submit) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(store.ids()) == 160
        assert len(syncs) < 120
        assert replayed(tmp_path, clock) == dump(store.client)


def test_what_threads_did_at_the_same_time_replays_the_same(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order in the journal is the order in which the scripts ran, whoever came first."""
    monkeypatch.setattr("core.jobs.journalled.REWRITE_AFTER_S", 0.1)
    with closing(open_store(None, tmp_path, clock=clock)) as store:
        of = batch()
        store.submit(of, jobs(of, 60))
        ids = store.ids()

        def work(seed: int) -> None:
            chance = random.Random(seed)
            for _ in range(40):
                claim = store.claim(f"m{seed}/1", lease_s=chance.choice([0, LEASE_S]))
                store.tick()
                some = chance.sample(ids, 5)
                chance.choice([store.hold, store.resume, store.move_to_front, store.retry_failed])(some)
                store.unpark("disk")
                if claim is None:
                    continue
                ends: list[Callable[[], object]] = [
                    partial(store.complete, claim, RESULT),
                    partial(store.give_back, claim),
                    partial(store.park, claim, missing()),
                    partial(store.fail, claim, fault()),
                    partial(store.retry, claim, transient(), delay_s=0),
                ]
                with suppress(LeaseLost):
                    store.progress(claim, "mouth", 0.5)
                    store.renew(claim, lease_s=LEASE_S)
                    chance.choice(ends)()

        threads = [threading.Thread(target=work, args=(seed,)) for seed in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        audit(store.client)
        assert replayed(tmp_path, clock) == dump(store.client)


def test_claims_that_find_nothing_are_not_written(tmp_path: Path) -> None:
    with closing(open_store(None, tmp_path)) as store:
        size = (tmp_path / JOURNAL).stat().st_size
        for _ in range(3):
            assert store.claim("m/1", lease_s=LEASE_S) is None
            store.tick()
        assert (tmp_path / JOURNAL).stat().st_size == size


def test_the_journal_is_shortened_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    monkeypatch.setattr("core.jobs.journalled.REWRITE_AFTER_S", 0.02)
    with closing(open_store(None, tmp_path, clock=clock)) as store:
        of = batch()
        store.submit(of, jobs(of, 10))
        for _ in range(100):
            store.hold_batch(of.id)
            store.resume_batch(of.id)
        assert len(list(lines(tmp_path / JOURNAL))) < 150
        assert replayed(tmp_path, clock) == dump(store.client)


def test_a_compaction_that_was_killed_half_way_leaves_the_old_journal(tmp_path: Path, clock: Clock) -> None:
    with closing(worked_on(tmp_path / "a", clock)) as store:
        expected = dump(store.client)
        folder = crashed(store, tmp_path / "a", tmp_path / "b")
    (folder / "queue.new").write_bytes((folder / JOURNAL).read_bytes()[:100])
    assert replayed(folder, clock) == expected
    with closing(open_store(None, folder, clock=clock)) as again:
        again.compact()
    assert not (folder / "queue.new").exists()


@pytest.mark.slow
def test_a_queue_of_ten_thousand_opens_quickly(tmp_path: Path) -> None:
    """The target is 2 s (benchmarks/queue.py measures it); a busy machine gets three times that."""
    with closing(open_store(None, tmp_path)) as store:
        of = batch()
        store.submit(of, jobs(of, 10_000))
    began = time.perf_counter()
    with closing(open_store(None, tmp_path)) as store:
        took = time.perf_counter() - began
        assert store.recovery == Recovery(jobs=10_000)
    assert took < 6
