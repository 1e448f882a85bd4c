"""Waits for work without asking again and again."""

from __future__ import annotations

import threading
import time

from core.jobs.backend import Backend
from core.jobs.commands import Commands
from core.jobs.connection import LONGEST_BLOCK_S
from core.jobs.keys import key
from core.jobs.timers import Timers


class Waiting(Timers):
    """Whoever makes a job claimable adds an entry to the `wake` stream. A claim that finds nothing learns the newest
    entry in the same script, so that what comes between that claim and the wait is not missed.

    One store serves several threads: each waits from its own last claim; a thread that made none (claims made in one
    thread, waited for in another) from the newest of all.
    """

    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._mine = threading.local()
        self._anyones: str | None = None

    def wait_for_work(self, timeout_s: float) -> bool:
        """Blocks until something may be claimable, or `timeout_s` is over (False).

        To be called after a `claim` that answered None, best in the same thread; before any, it answers at once
        if jobs are ready. Also wakes for a delay or a lease that is over, and ticks.
        """
        deadline = time.monotonic() + timeout_s
        after: str | None = getattr(self._mine, "after", self._anyones)
        if after is None:
            after, ready = self._look()
            if ready:
                return True
        while True:
            over_in_s, over = self._over()
            if over:
                if self.tick():
                    return True
                over_in_s = max(over_in_s, 0.5)  # it is not to be moved yet: see `tick`
            left_s = deadline - time.monotonic()
            if self._woken(after, min(left_s, LONGEST_BLOCK_S, max(over_in_s, 0.01))):
                return True
            if left_s <= 0:
                return False

    def wake(self) -> None:
        """Lets everybody return from `wait_for_work` now, in this program and in others."""
        self._read(lambda redis: redis.xadd(key("wake"), {"w": "1"}, maxlen=1, approximate=False))

    def _woken(self, after: str, block_s: float) -> bool:
        block_ms = int(block_s * 1000)
        block = block_ms if block_ms > 0 else None  # to Redis, 0 means for ever
        return bool(self._read(lambda redis: redis.xread({key("wake"): after}, count=1, block=block)))

    def _look(self) -> tuple[str, bool]:
        """The newest wake-up's id, and whether jobs are ready."""

        def question(client: Commands) -> tuple[str, bool]:
            newest = client.xrevrange(key("wake"), count=1)
            return (newest[0][0] if newest else "0-0"), bool(client.zcard(key("s:ready")))

        return self._read(question)

    def _nothing_up_to(self, newest: str) -> None:
        self._mine.after = self._anyones = newest

    def _found_something(self) -> None:
        self._mine.after = None
