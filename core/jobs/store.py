"""The job store: every job, where it stands, and who may change it. Nothing outside `core/jobs` knows Redis."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import redis

from core.jobs.backend import Backend, RedisBackend
from core.jobs.connection import connect, in_process
from core.jobs.deadletters import Cause, DeadLetters
from core.jobs.journal import Entry
from core.jobs.keeping import Keeping
from core.jobs.ledger import Ledger
from core.jobs.locking import NamedLock
from core.jobs.machines import Machine, Machines, MachineStatus
from core.jobs.metering import Metering
from core.jobs.moving import Moving
from core.jobs.operating import Operating
from core.jobs.recovery import Recovery
from core.jobs.reviewing import Reviewing
from core.jobs.sharing import Sharing
from core.jobs.snapshot import entries_of
from core.jobs.submission import Submission
from core.jobs.timers import Tick
from core.jobs.watching import Watching
from core.jobs.working import Working

__all__ = ["Cause", "JobStore", "Machine", "MachineStatus", "NamedLock", "Recovery", "Tick"]


class JobStore(
    Keeping,
    Moving,
    Submission,
    Working,
    Operating,
    Reviewing,
    DeadLetters,
    Watching,
    Machines,
    Ledger,
    Sharing,
    Metering,
):
    """May be used from any thread. Any method may raise `StoreAway`; on a journal also `EnvironmentFault` (disk full),
    and then nothing has changed. Use `local.open_store` to get one.

    `recovery` tells what was found when a local queue was opened; `read_only` that it was opened to be looked at, as
    it stood then: whatever would change it raises `QueueLocked`.
    """

    def __init__(self, backend: Backend, recovery: Recovery | None = None, *, read_only: bool = False) -> None:
        super().__init__(backend)
        self.recovery = recovery
        self.read_only = read_only

    @classmethod
    def on(cls, client: redis.Redis, clock: Callable[[], float] = time.time) -> JobStore:
        """On a client that exists. `clock` (seconds since 1970) counts only in process; a server has its own."""
        return cls(RedisBackend(client, clock if in_process(client) else None))

    @classmethod
    def in_memory(cls, clock: Callable[[], float] = time.time) -> JobStore:
        """Without a server and without a journal: gone with the program."""
        return cls.on(connect(None), clock)

    @property
    def client(self) -> redis.Redis:
        """For tests that look behind the scenes."""
        return self._backend.client

    def lock(self, name: str, *, lease_s: float, wait_s: float | None = None) -> NamedLock:
        return NamedLock(self._backend.client, name, lease_s=lease_s, wait_s=wait_s)

    def snapshot(self) -> Iterator[Entry]:
        """Everything there is, as entries of a journal. Only whole while nobody else changes anything."""
        return self._backend.read(entries_of)

    def compact(self) -> None:
        """Writes a local queue's journal anew; it also happens by itself. Does nothing on a server."""
        self._backend.compact()

    def close(self) -> None:
        self._backend.close()
