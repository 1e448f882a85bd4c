"""Opens the job store: on a Redis several machines share, or on a data folder of this program's own."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import structlog
from filelock import FileLock, Timeout

from core.errors import EnvironmentFault, QueueLocked
from core.jobs.backend import RedisBackend
from core.jobs.connection import connect
from core.jobs.journal import Journal, encode, unsaved
from core.jobs.journalled import REWRITE_AFTER_S, JournalledBackend, ReadOnlyBackend
from core.jobs.keys import key
from core.jobs.recovery import Recovery
from core.jobs.replaying import Found, replay
from core.jobs.store import JobStore

_log = structlog.get_logger(__name__)

JOURNAL = "queue.journal"
LOCK = "queue.lock"


def open_store(
    redis_url: str | None,
    data_dir: Path,
    *,
    read_only: bool = False,
    clock: Callable[[], float] = time.time,
) -> JobStore:
    """The store at `redis_url`, or without one the local queue in `data_dir`.

    A local queue belongs to one program at a time: the second gets `QueueLocked`, unless it only wants to look
    (`read_only`: how things stood when it was opened). Jobs that were running when the last program ended
    are ready again at once; `recovery` tells what was found. `clock` gives seconds since 1970, for local queues.
    """
    if redis_url:
        return JobStore.on(connect(redis_url))
    data_dir.mkdir(parents=True, exist_ok=True)
    if read_only:
        empty = RedisBackend(connect(None), clock)
        found = replay(data_dir / JOURNAL, empty)
        return JobStore(ReadOnlyBackend(empty.client, clock), _recovery(empty, found, None), read_only=True)
    lock = _lock(data_dir)
    try:
        return _open(data_dir, clock, lock.release)
    except BaseException:
        lock.release()
        raise


def move_queue(data_dir: Path, redis_url: str) -> int:
    """Moves the local queue in `data_dir` to a Redis, history and all; answers how many jobs were new there.

    What was here is kept in a file beside it, `queue.moved-….txt`. Broken off half way, it is simply repeated.
    """
    with closing(open_store(None, data_dir)) as source, closing(open_store(redis_url, data_dir)) as target:
        moved = target.take_over(source)
        if source.ids(limit=1):
            _keep(data_dir, "moved", map(encode, source.snapshot()))
        source.client.flushall()
        source.compact()
    return moved


def _lock(data_dir: Path) -> FileLock:
    lock = FileLock(data_dir / LOCK, mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout as exc:
        raise QueueLocked(
            "queue_locked",
            "Another Trineo is working on the queue in {folder}.",
            "Close it first, or open the queue here just to look at it.",
            folder=str(data_dir),
        ) from exc
    return lock


def _open(data_dir: Path, clock: Callable[[], float], let_go: Callable[[], Any]) -> JobStore:
    path = data_dir / JOURNAL
    client = connect(None)
    empty = RedisBackend(client, clock)
    found = replay(path, empty)
    set_aside = _keep(data_dir, "damaged", found.damaged) if found.damaged else None
    recovery = _recovery(empty, found, set_aside)
    journal = Journal(path, length=found.length)
    backend = JournalledBackend(
        client,
        clock,
        journal,
        rewrite_soon=bool(found.damaged) or found.tail_s > REWRITE_AFTER_S / 4,
        let_go=let_go,
    )
    store = JobStore(backend, recovery)
    try:
        store.release_all_leases()
        store.turn_away(clock() + 1)  # nobody is left who could have it admitted
    except EnvironmentFault as fault:  # disk full: the leases run out by themselves
        _log.warning("leases not released", code=fault.code)
    return store


def _keep(data_dir: Path, name: str, content: Iterable[bytes]) -> Path:
    """Puts lines into a new file of their own that only its owner may read: `queue.<name>-<time>.txt`."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    try:
        for number in count():
            path = data_dir / f"queue.{name}-{stamp}{f'-{number}' if number else ''}.txt"
            try:
                fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                continue
            with os.fdopen(fd, "wb") as file:
                file.writelines(content)
            return path
    except OSError as exc:
        raise unsaved(exc) from exc
    raise AssertionError


def _recovery(backend: RedisBackend, found: Found, set_aside: Path | None) -> Recovery:
    recovery = Recovery(
        jobs=backend.commands.zcard(key("all")),
        running=backend.commands.zcard(key("s:running")),
        torn_tail=found.torn_tail,
        damaged=len(found.damaged),
        set_aside=set_aside,
    )
    if recovery.torn_tail:
        _log.warning("the last line of the queue was not complete and was dropped")
    if recovery.damaged:
        _log.error("queue damaged", lines=recovery.damaged, set_aside=str(set_aside))
    return recovery
