"""A named lock across threads, programs and machines: cleanup, the single making of a cached file."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

import redis
from redis.lock import Lock

from core.errors import LeaseLost
from core.jobs.connection import reaching
from core.jobs.keys import key

if TYPE_CHECKING:
    from typing import Self


class NamedLock:
    """Held until released or until its lease is over, whichever is first; a token tells its holders apart.

        with store.lock("cleanup", lease_s=60) as lock:
            ...
            lock.extend(60)  # from now; LeaseLost when it isn't ours any more

    Entering waits for it, at most `wait_s` (None: as long as it takes) and then raises `TimeoutError`. Leaving a lock
    whose lease ran out is no error: whoever must not go on then asks with `extend`.
    """

    def __init__(self, client: redis.Redis, name: str, *, lease_s: float, wait_s: float | None) -> None:
        self._client = client
        self._name = name
        self._wait_s = wait_s
        # thread_local off: a heartbeat thread may extend what a working thread holds.
        self._lock = Lock(client, key(f"lock:{name}"), timeout=lease_s, sleep=0.05, thread_local=False)

    def acquire(self, wait_s: float | None = 0.0) -> bool:
        """False when somebody else still holds it after `wait_s`."""
        with reaching(self._client):
            return bool(self._lock.acquire(blocking_timeout=wait_s))

    def extend(self, lease_s: float) -> None:
        """The lease lasts `lease_s` from now."""
        try:
            with reaching(self._client):
                self._lock.extend(lease_s, replace_ttl=True)
        except redis.exceptions.LockError as exc:
            raise LeaseLost("lock_lost", "Somebody else holds “{name}” now.", name=self._name) from exc

    def release(self) -> bool:
        """False when the lease had run out before."""
        try:
            with reaching(self._client):
                self._lock.release()
        except redis.exceptions.LockError:
            return False
        return True

    def __enter__(self) -> Self:
        if not self.acquire(self._wait_s):
            raise TimeoutError(f"somebody else holds the lock “{self._name}”")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
