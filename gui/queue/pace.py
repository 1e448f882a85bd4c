"""How fast films are made, and so when a batch will be done. Numbers only; the words are in `batch_words.py`."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.jobs.model import JobRecord, State

_FILMS = 20  # the newest ones count: the first of a batch also makes what the others share
_SAMPLES = 5
_LONGEST_S = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """`left_s`: seconds until the last of what goes on by itself is made. `late`: so many miss the deadline."""

    left_s: float
    late: int = 0


class Standing(Protocol):
    """What an estimate needs to know of a batch; a `Tally` is one."""

    @property
    def batch_id(self) -> str: ...
    @property
    def deadline_s(self) -> float: ...
    @property
    def running(self) -> int: ...
    @property
    def to_make(self) -> float:
        """Films that go on by themselves, a half-made one counting for its half."""


class Pace:
    def __init__(self) -> None:
        self._took: deque[float] = deque(maxlen=_FILMS)
        self._running: deque[int] = deque(maxlen=_SAMPLES)

    def finished(self, record: JobRecord) -> None:
        """A film was made; how long its last attempt took is by the store's clock."""
        took = record.ended_s - record.started_s
        if record.state in (State.DONE, State.REVIEW) and 0 < took < _LONGEST_S:
            self._took.append(took)

    def sample(self, running: int) -> None:
        """To be told once a second: between two films a worker looks idle for a moment."""
        self._running.append(running)

    @property
    def film_s(self) -> float:
        """What a film takes on one worker; 0.0: not known yet."""
        return sum(self._took) / len(self._took) if self._took else 0.0

    @property
    def workers(self) -> int:
        return max(self._running, default=0)

    def film_left_s(self, record: JobRecord) -> float:
        """0.0: not known."""
        return self.film_s * (1.0 - record.fraction) if record.state is State.RUNNING else 0.0

    def estimates(self, batches: Sequence[Standing], now_s: float) -> dict[str, Estimate]:
        """By batch, of those that are being made or come after one that is. What is being worked on goes first, then
        the older ones; a queue that was put into another order in between will differ.
        """
        if not self.film_s or not self.workers:
            return {}
        a_film_s = self.film_s / self.workers
        found: dict[str, Estimate] = {}
        ahead = 0.0
        for batch in sorted(batches, key=lambda one: (not one.running, one.batch_id)):
            if batch.to_make:
                left_s = (ahead + batch.to_make) * a_film_s
                late = 0
                if batch.deadline_s:
                    in_time = max(0.0, (batch.deadline_s - now_s) / a_film_s - ahead)
                    late = max(0, round(batch.to_make - in_time))
                found[batch.batch_id] = Estimate(left_s, late)
            ahead += batch.to_make
        return found
