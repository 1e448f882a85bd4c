"""The in-process Redis made durable: what changes it is in the journal, on disk, before it changes anything.

One thread writes. It takes all the transitions that wait, writes them as one piece, syncs once, and only then runs
their scripts, in the order they were written. So
- several threads share one sync;
- a transition the disk refuses has not happened: nobody has seen it, and `EnvironmentFault` says so;
- one that its script refuses (a stale claim) is in the journal too; the replay refuses it again. Claims that would
  find nothing are looked up first, and not written;
- a signal in the main thread can't come between a line and its script.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from queue import SimpleQueue
from typing import Any

import redis
import structlog

from core.errors import QueueLocked
from core.jobs.backend import Arg, RedisBackend
from core.jobs.journal import Entry, Journal, unsaved
from core.jobs.keys import key
from core.jobs.snapshot import entries_of

_log = structlog.get_logger(__name__)

REWRITE_AFTER_S = 0.3
"""Time in scripts until the journal is written anew: about as long as a restart would take to go through them again."""

REWRITE_PER_JOB_S = 0.00002
"""With very many jobs it comes less often: writing them all anew takes about 0.05 ms for each."""


@dataclass(frozen=True, slots=True)
class _Transition:
    name: str
    args: list[str]
    future: Future[Any] = field(default_factory=Future)

    @property
    def entry(self) -> Entry:
        return "do", self.name, self.args


@dataclass(frozen=True, slots=True)
class _Compaction:
    future: Future[Any] = field(default_factory=Future)


class JournalledBackend(RedisBackend):
    def __init__(
        self,
        client: redis.Redis,
        clock: Callable[[], float],
        journal: Journal,
        *,
        rewrite_soon: bool,
        let_go: Callable[[], None],
    ) -> None:
        """`rewrite_soon`: the journal is long, or not whole. `let_go`, called last, releases the data folder."""
        super().__init__(client, clock)
        self._journal = journal
        self._tail_s = 0.0
        self._let_go = let_go
        self._waiting: SimpleQueue[_Transition | _Compaction | None] = SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        self._rewrite_at_s = self._next_rewrite_s()
        self._writer = threading.Thread(target=self._write_all, name="journal", daemon=True)
        self._writer.start()
        if rewrite_soon:
            self._waiting.put(_Compaction())  # nobody waits for it

    def run(self, name: str, *args: Arg) -> Any:
        if name == "claim":
            answer = self.run_volatile("peek", *args)
            if isinstance(answer, str):
                return answer
        return self._put(_Transition(name, [self.now(), *map(str, args)]))

    def _put(self, wanted: _Transition | _Compaction) -> Any:
        with self._closing:
            if self._closed:
                raise RuntimeError("the store is closed")
            self._waiting.put(wanted)
        return wanted.future.result()

    def compact(self) -> None:
        self._put(_Compaction())

    def close(self) -> None:
        """Everything accepted is on disk already; this makes the next start quick and lets go of the folder."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
            self._waiting.put(None)
        self._writer.join()
        self._journal.close()
        super().close()
        self._let_go()

    def _write_all(self) -> None:
        going = True
        while going:
            batch = [self._waiting.get()]
            while not self._waiting.empty():
                batch.append(self._waiting.get())
            going = batch[-1] is not None
            self._commit([one for one in batch if isinstance(one, _Transition)])
            for one in batch:
                if isinstance(one, _Compaction):
                    _settle(one.future, self._rewrite)
                    if fault := one.future.exception():
                        _log.warning("queue not shortened", error=str(fault))
        if self._tail_s > REWRITE_AFTER_S / 4:
            self._try_to_rewrite()

    def _commit(self, batch: list[_Transition]) -> None:
        try:
            if self._journal.doubtful:
                self._rewrite()
            self._journal.append([one.entry for one in batch])
        except Exception as exc:  # noqa: BLE001 - each thread is told; this one must go on
            _log.error("queue not saved", error=str(exc))
            for one in batch:
                one.future.set_exception(_copy(exc))
            return
        started = time.perf_counter()
        for one in batch:
            _settle(one.future, partial(self.apply, one.name, one.args))
        self._tail_s += time.perf_counter() - started
        if self._tail_s > self._rewrite_at_s:
            self._try_to_rewrite()

    def _try_to_rewrite(self) -> None:
        """The old file is as good as the new one, only longer: failing costs nothing but time at the next start."""
        try:
            self._rewrite()
        except Exception as exc:  # noqa: BLE001 - see above
            _log.warning("queue not shortened", error=str(exc))
            self._rewrite_at_s = self._tail_s + REWRITE_AFTER_S

    def _rewrite(self) -> None:
        self._journal.rewrite(entries_of(self.commands))
        self._tail_s = 0.0
        self._rewrite_at_s = self._next_rewrite_s()

    def _next_rewrite_s(self) -> float:
        arriving = [f"incoming:{batch}" for batch in self.commands.zrange(key("incoming"), 0, -1)]
        jobs = sum(self.commands.zcard(key(name)) for name in ("all", *arriving))
        return max(REWRITE_AFTER_S, REWRITE_PER_JOB_S * jobs)


class ReadOnlyBackend(RedisBackend):
    """For looking at a queue that another program holds."""

    def run(self, name: str, *args: Arg) -> Any:
        raise QueueLocked(
            "queue_read_only",
            "This queue belongs to another program and is only shown here.",
            "Close the other program, or work there.",
        )

    def run_volatile(self, name: str, *args: Arg) -> Any:
        if name in ("due", "now"):
            return super().run_volatile(name, *args)
        return self.run(name, *args)


def _settle(future: Future[Any], act: Callable[[], Any]) -> None:
    """What goes wrong belongs to whoever asked, not to the thread that does it."""
    try:
        future.set_result(act())
    except Exception as exc:  # noqa: BLE001 - goes on in the thread that asked
        future.set_exception(exc)


def _copy(error: Exception) -> Exception:
    """A fault for each thread: a raised exception carries its thread's traceback."""
    cause = error.__cause__
    return unsaved(cause) if isinstance(cause, OSError) else error
