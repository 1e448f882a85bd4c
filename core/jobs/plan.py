"""How a batch is to be worked through, beside what its films are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.jobs.model import Batch, Job


@dataclass(frozen=True, slots=True)
class Plan:
    """What an operator decides before a batch is queued; each as in `Batch`."""

    review_every: int = 0
    first: int = 0
    start_s: float = 0.0
    deadline_s: float = 0.0

    def batch(self, batch_id: str, name: str, total: int) -> Batch:
        return Batch(
            id=batch_id,
            name=name,
            total=total,
            review_every=self.review_every,
            first=self.first if self.first < total else 0,
            start_s=self.start_s,
            deadline_s=self.deadline_s,
        )

    def marked(self, jobs: Sequence[Job]) -> list[Job]:
        """The jobs, those whose films are to be reviewed marked: the first, and each nth after it."""
        if not self.review_every:
            return list(jobs)
        return [replace(job, review=number % self.review_every == 0) for number, job in enumerate(jobs)]


AT_ONCE = Plan()
