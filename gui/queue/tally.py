"""How far a batch is, kept up to date change by change instead of counted again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from core.jobs.model import ENDED, Batch, JobRecord, State

_OVER = ENDED - {State.REVIEW}


@dataclass(slots=True)
class Tally:
    """`total` is what the batch was submitted with; the counts are of the jobs that are known so far."""

    batch: Batch
    counts: Counter[State] = field(default_factory=Counter)
    _begun: float = 0.0  # the sum of the fractions of the running ones

    def add(self, record: JobRecord) -> None:
        self.counts[record.state] += 1
        if record.state is State.RUNNING:
            self._begun += record.fraction

    def remove(self, record: JobRecord) -> None:
        self.counts[record.state] -= 1
        if record.state is State.RUNNING:
            self._begun -= record.fraction

    @property
    def total(self) -> int:
        return max(self.batch.total, self.counts.total())

    @property
    def batch_id(self) -> str:
        return self.batch.id

    @property
    def deadline_s(self) -> float:
        return self.batch.deadline_s

    @property
    def running(self) -> int:
        return self.counts[State.RUNNING]

    @property
    def to_make(self) -> float:
        waiting = self.counts[State.READY] + self.counts[State.DELAYED]
        return waiting + self.running - max(0.0, self._begun)

    @property
    def wants_a_look(self) -> bool:
        """The first films are made, and the others wait until somebody has seen them."""
        goes_on = (State.READY, State.RUNNING, State.DELAYED, State.PARKED)
        return bool(self.batch.first and self.counts[State.HELD]) and not any(self.counts[one] for one in goes_on)

    @property
    def paused(self) -> bool:
        """All that is left to do is held."""
        waits = (State.READY, State.DELAYED, State.PARKED, State.RUNNING)
        return self.counts[State.HELD] > 0 and not any(self.counts[one] for one in waits)

    @property
    def done(self) -> int:
        return self.counts[State.DONE]

    @property
    def failed(self) -> int:
        return self.counts[State.FAILED]

    @property
    def over(self) -> bool:
        return sum(self.counts[state] for state in _OVER) >= self.total

    @property
    def made_fraction(self) -> float:
        """The share of the batch's films that is made, a half-made one counting for its half."""
        made = self.counts[State.DONE] + self.counts[State.REVIEW] + max(0.0, self._begun)
        return min(1.0, made / self.total) if self.total else 0.0

    @property
    def failed_fraction(self) -> float:
        return min(1.0, self.failed / self.total) if self.total else 0.0
