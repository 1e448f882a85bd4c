"""A disk that is full, or broken: what can't be saved has not happened."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import EnvironmentFault
from core.jobs.local import open_store
from core.jobs.model import State
from core.jobs.store import JobStore

from .audit import audit, dump
from .conftest import Clock
from .samples import LEASE_S, RESULT, batch, job, jobs
from .test_local import replayed

pytestmark = pytest.mark.logs_errors

pytestmark = pytest.mark.logs_errors


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[JobStore]:
    with closing(open_store(None, tmp_path, clock=clock)) as made:
        of = batch()
        made.submit(of, jobs(of, 4))
        yield made


def full(*_: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def half(fd: int, data: bytes | memoryview) -> int:
    """What a disk does that has room for some bytes still: the first write is short, the next one fails."""
    if len(data) < 20:
        return full()
    return REAL_WRITE(fd, bytes(data)[: len(data) // 2])


REAL_WRITE = os.write


@pytest.mark.parametrize("write", [full, half])
def test_a_full_disk_refuses_and_nothing_has_changed(
    store: JobStore, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, write: object
) -> None:
    claim = store.claim("m/1", lease_s=LEASE_S)
    assert claim is not None
    before = dump(store.client)
    after, _ = store.events(None, block_s=0)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write)
        for act in (
            lambda: store.complete(claim, RESULT),
            lambda: store.claim("m/1", lease_s=LEASE_S),
            lambda: store.cancel(store.ids()),
            lambda: store.submit(of := batch(), [job(of)]),
        ):
            with pytest.raises(EnvironmentFault) as caught:
                act()
            assert (caught.value.code, caught.value.waits_for) == ("disk_full", "disk")
        store.renew(claim, lease_s=LEASE_S)
        store.progress(claim, "mouth", 0.5)
        assert store.claim("m/1", lease_s=LEASE_S, templates=["none"]) is None
    assert dump(store.client) == before == replayed(tmp_path, clock)
    assert [type(event).__name__ for event in store.events(after, block_s=0)[1]] == ["JobProgress"]
    store.complete(claim, RESULT)
    assert store.counts()[State.DONE] == 1
    assert replayed(tmp_path, clock) == dump(store.client)


def test_a_failed_sync_is_followed_by_a_new_file(
    store: JobStore, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After it nobody knows what the old file holds: the system may have dropped pages it took for written."""
    before = dump(store.client)
    inode = (tmp_path / "queue.journal").stat().st_ino

    def broken(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("core.jobs.journal._sync", broken)
        with pytest.raises(EnvironmentFault) as caught:
            store.claim("m/1", lease_s=LEASE_S)
        assert (caught.value.code, caught.value.waits_for) == ("queue_unwritable", "disk")
    assert dump(store.client) == before == replayed(tmp_path, clock)
    assert store.claim("m/1", lease_s=LEASE_S) is not None
    assert (tmp_path / "queue.journal").stat().st_ino != inode
    assert replayed(tmp_path, clock) == dump(store.client)


def test_as_long_as_no_new_file_can_be_written_nothing_is_accepted(
    store: JobStore, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("core.jobs.journal._sync", broken)
        patch.setattr(os, "fsync", broken)
        for _ in range(3):
            with pytest.raises(EnvironmentFault):
                store.claim("m/1", lease_s=LEASE_S)
    assert store.claim("m/1", lease_s=LEASE_S) is not None
    assert replayed(tmp_path, clock) == dump(store.client)


def test_every_thread_is_told(store: JobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "write", full)
    told: list[str] = []

    def claim() -> None:
        try:
            store.claim("m/1", lease_s=LEASE_S)
        except EnvironmentFault as fault:
            told.append(fault.code)

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["disk_full"] * 8
    monkeypatch.undo()


def test_a_full_disk_does_not_keep_a_queue_from_opening(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_store(None, tmp_path, clock=clock)) as store:
        of = batch()
        store.submit(of, jobs(of, 4))
        assert store.claim("m/1", lease_s=LEASE_S)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        again = open_store(None, tmp_path, clock=clock)
    with closing(again):
        assert again.counts()[State.RUNNING] == 1
        clock.now_s += LEASE_S + 1
        assert again.tick().lost == 1


CHILD = """
import resource, sys
from pathlib import Path
from core.errors import EnvironmentFault
from core.jobs.local import open_store
from tests.core.jobs.audit import audit, dump
from tests.core.jobs.samples import batch, job, jobs

folder = Path(sys.argv[1])
store = open_store(None, folder)
of = batch()
store.submit(of, jobs(of, 5))
room = (folder / "queue.journal").stat().st_size + int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
accepted = 0
try:
    while True:
        before = dump(store.client)
        store.submit(of, [job(of)])
        accepted += 1
except EnvironmentFault as fault:
    assert fault.waits_for == "disk", fault
assert dump(store.client) == before
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
store.submit(of, [job(of)])
print(accepted + 6)
sys.stdout.flush()
import os; os.kill(os.getpid(), 9)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_FSIZE")
@pytest.mark.parametrize("room", [0, 1, 700, 5000])
def test_a_file_that_may_not_grow(tmp_path: Path, room: int) -> None:
    """The system's own refusal, half way through a line, in a real process that then dies."""
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path), str(room)], capture_output=True, text=True, check=False
    )
    assert child.returncode == -9, child.stderr
    with closing(open_store(None, tmp_path)) as store:
        assert len(store.ids()) == int(child.stdout.split()[-1])
        assert store.recovery is not None
        assert store.recovery.damaged == 0
        audit(store.client)
