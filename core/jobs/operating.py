"""What the operator does with jobs: one, a selection, a whole batch, also while they run.

Each method answers how many jobs it changed; one that isn't in a state it applies to is left as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.jobs.keys import PRIORITY_LIMIT, key
from core.jobs.model import Failure, Job
from core.jobs.part import CHUNK, Part, chunks
from core.text import Text

REJECTED = Failure(
    kind="JobFault",
    code="rejected_in_review",
    what=Text("This film was looked at and not approved."),
    remedy=Text("Change its text or settings and retry it."),
)


class Operating(Part):
    def hold(self, ids: Sequence[str]) -> int:
        """Pauses jobs until `resume`. A running one is told so by its `progress`; its attempt isn't counted."""
        return self._run_in_chunks("hold", (), ids)

    def resume(self, ids: Sequence[str]) -> int:
        return self._run_in_chunks("resume", (), ids)

    def cancel(self, ids: Sequence[str]) -> int:
        """For good. A running job is told to stop by its `progress`; unless it is done first, it ends as cancelled."""
        return self._run_in_chunks("cancel", (), ids)

    def hold_waiting(self, ids: Sequence[str]) -> int:
        """As `hold`, but what is being made may end."""
        return self._run_in_chunks("hold_waiting", (), ids)

    def restore(self, ids: Sequence[str]) -> int:
        """Takes `cancel` and `discard_failed` back: each job is again what it was; one that was being made is ready."""
        return self._run_in_chunks("restore", (), ids)

    def schedule(self, ids: Sequence[str], start_s: float) -> int:
        """Lets jobs that wait, are held or will be tried again begin at `start_s` (seconds since 1970; 0: now)."""
        return self._run_in_chunks("schedule", (int(start_s * 1000),), ids)

    def arrange(self, ids: Sequence[str], before: str = "", behind: str = "") -> int:
        """Puts jobs that have not ended between two others, in the order of `ids`: behind the job `before` and in
        front of the job `behind` (empty: none). Answers -1, with nothing changed, when the two are not in this order or
        there is no room left between them: then arrange some of those that follow along with them.
        """
        return int(self._run("arrange", before, behind, *ids))

    def prioritise(self, ids: Sequence[str], priority: int) -> int:
        """Gives waiting jobs another priority, higher first, kept within ±1000; undoes `move_to_front`."""
        return self._run_in_chunks("prioritise", (max(-PRIORITY_LIMIT, min(PRIORITY_LIMIT, priority)),), ids)

    def respell(self, jobs: Sequence[Job]) -> int:
        """Lets jobs that wait say names as these do (`Job.respelled`); nothing else of them may differ."""
        return sum(
            int(self._run("respell", *(part for job in chunk for part in (job.id, job.to_json()))))
            for chunk in chunks(jobs, CHUNK)
        )

    def move_to_front(self, ids: Sequence[str]) -> int:
        """Before everything that waits now, whatever its priority, in the order of `ids`."""
        wanted = list(dict.fromkeys(ids))
        last_first = [wanted[max(0, end - CHUNK) : end] for end in range(len(wanted), 0, -CHUNK)]
        return sum(int(self._run("move_to_front", *chunk)) for chunk in last_first)

    def hold_batch(self, batch_id: str) -> int:
        return self.hold(self._in_batch(batch_id))

    def resume_batch(self, batch_id: str) -> int:
        return self.resume(self._in_batch(batch_id))

    def cancel_batch(self, batch_id: str) -> int:
        return self.cancel(self._in_batch(batch_id))

    def parked_for(self) -> dict[str, int]:
        """How many jobs wait for what (`disk`, `provider:elevenlabs`, …)."""
        names = sorted(self._read(lambda redis: redis.smembers(key("waits"))))
        return {name: self._cards(f"parked:{name}") for name in names}

    def unpark(self, waits_for: str) -> int:
        """It is back: all jobs parked for it go back to ready, at their old places."""
        ids = self._read(lambda redis: redis.smembers(key(f"parked:{waits_for}")))
        return self._run_in_chunks("unpark", (waits_for,), sorted(ids))

    def approve(self, ids: Sequence[str]) -> int:
        """Films in review are done."""
        return self._run_in_chunks("approve", ("", ""), ids)

    def reject(self, ids: Sequence[str]) -> int:
        """Films in review go to the dead-letter queue, from where they can be edited and made again."""
        return self._run_in_chunks("approve", (REJECTED.to_json(), REJECTED.code), ids)

    def _cards(self, name: str) -> int:
        return self._read(lambda redis: redis.scard(key(name)))

    def _in_batch(self, batch_id: str) -> list[str]:
        return self._read(lambda redis: redis.zrange(key(f"b:{batch_id}"), 0, -1))
