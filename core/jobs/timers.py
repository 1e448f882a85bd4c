"""Leases and delays that are over."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from core.jobs.backend import Backend
from core.jobs.commands import Commands
from core.jobs.keys import key
from core.jobs.model import Failure
from core.jobs.part import CHUNK, Part, chunks
from core.text import Text

CRASHED = Failure(
    kind="JobFault",
    code="crashed_its_worker",
    what=Text("The program that was making this film ended three times without saying why."),
    remedy=Text("Look at this row's text and at the machine's memory, then retry it from the Failed tab."),
)


GRACE_S = 10.0


@dataclass(frozen=True, slots=True)
class Tick:
    """What was over: the delays of `due` jobs, the leases of `lost` ones, and of `dead` ones for the third time."""

    due: int = 0
    lost: int = 0
    dead: int = 0

    def __bool__(self) -> bool:
        return bool(self.due or self.lost or self.dead)

    def __add__(self, other: Tick) -> Tick:
        return Tick(self.due + other.due, self.lost + other.lost, self.dead + other.dead)


class Timers(Part):
    def __init__(self, backend: Backend) -> None:
        super().__init__(backend)
        self._looked_s: float | None = None

    def tick(self) -> Tick:
        """Moves delayed jobs that are due, and running ones whose lease is over, back to ready.

        A job whose lease was lost three times goes to the dead-letter queue instead. Anybody may call this at any
        time; it is one cheap question when nothing is due. For some seconds after the server was away, or a computer
        with a queue of its own was asleep, it does nothing: the leases that ran out meanwhile are their workers' to
        renew.
        """
        if self._backend.local:
            self._notice_sleep()
        if time.monotonic() - self._backend.away_at < GRACE_S:
            return Tick()
        total = Tick()
        while over := self._over()[1]:
            moved = self.release(over, look_again=not self._backend.local)
            if not moved:  # somebody else was faster, or the leases were just renewed
                break
            total += moved
        return total

    def _notice_sleep(self) -> None:
        """Whoever works here asks every second or so; where nobody did for long, everybody slept (or the clock was put
        forward), and nobody can have taken over what was being made.
        """
        now_s, before_s = _wall_s(), self._looked_s
        self._looked_s = now_s
        if before_s is not None and now_s - before_s > GRACE_S:
            self._backend.away_at = time.monotonic()

    def release_all_leases(self) -> Tick:
        """For when it is certain that nobody works on anything: nobody has to wait for a lease to run out."""
        running = self._read(lambda redis: redis.zrange(key("s:running"), 0, -1))
        if time.monotonic() - self._backend.away_at < GRACE_S:
            return Tick()
        total = Tick()
        for ids in chunks(running, CHUNK):
            epochs = self._read(partial(_epochs, ids=ids))
            over = [part for pair in zip(ids, epochs, strict=True) for part in pair]
            total += self.release(over, look_again=False)
        return total

    def _over(self) -> tuple[float, list[str]]:
        """Seconds until the next lease or delay is over; id and epoch, in turn, of those that are."""
        wait_ms, *over = self._backend.run_volatile("due")
        return (float("inf") if int(wait_ms) < 0 else int(wait_ms) / 1000), over

    def release(self, over: Sequence[str], *, look_again: bool) -> Tick:
        """Releases jobs given as id and epoch in turn; those that have another epoch by now are left alone.

        `look_again`: only if their lease or delay is still over.
        """
        answer = self._run("release", "1" if look_again else "0", CRASHED.to_json(), CRASHED.code, *over)
        return Tick(*(int(count) for count in answer))


def _wall_s() -> float:
    """Goes on while the computer sleeps, which the monotonic clock does not everywhere."""
    return time.time()


def _epochs(client: Commands, ids: Sequence[str]) -> list[str]:
    with client.pipeline(transaction=False) as pipe:
        for job_id in ids:
            pipe.hget(key(f"job:{job_id}"), "epoch")
        return [str(epoch) for epoch in pipe.execute()]
