"""Does everything again that a journal tells of, on an empty store."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import redis

from core.jobs.backend import RedisBackend
from core.jobs.journal import TITLE, Entry, Line, lines
from core.jobs.snapshot import Restorer


@dataclass
class Found:
    """What a journal held. `length`: where its last good line ends, in bytes. `tail_s`: what its transitions took.

    `damaged`: lines that can't be read, or can't be done again.
    """

    length: int = 0
    tail_s: float = 0.0
    torn_tail: bool = False
    damaged: list[bytes] = field(default_factory=list)


def replay(path: Path, backend: RedisBackend) -> Found:
    """One pass over the file, first its records in bulk, then its transitions one by one."""
    found = Found()
    player = _Player(backend, found)
    bad: list[Line] = []
    for line in lines(path):
        if line.entry is None:
            bad.append(line)
            continue
        found.damaged += [one.raw for one in bad]
        bad.clear()
        found.length = line.end
        if not player.play(line.entry):
            found.damaged.append(line.raw)
    player.finish()
    _look_at_the_end(bad, found)
    return found


class _Player:
    def __init__(self, backend: RedisBackend, found: Found) -> None:
        self._backend = backend
        self._found = found
        self._restorer: Restorer | None = Restorer(backend)

    def play(self, entry: Entry) -> bool:
        """False when it can't be done."""
        try:
            if entry[0] == "do":
                self.finish()
                started = time.perf_counter()
                self._backend.apply(entry[1], entry[2])
                self._found.tail_s += time.perf_counter() - started
            elif self._restorer and entry[0] != TITLE:
                self._restorer.take(entry)
        except (redis.RedisError, LookupError, TypeError, ValueError):
            return False
        return True

    def finish(self) -> None:
        """No more records: their indexes can be made."""
        if self._restorer:
            self._restorer.finish()
            self._restorer = None


def _look_at_the_end(bad: Sequence[Line], found: Found) -> None:
    """A last line without its end was being written when the program died: nobody had been told it was done."""
    for line in bad:
        if line.whole:
            found.damaged.append(line.raw)
        else:
            found.torn_tail = True
