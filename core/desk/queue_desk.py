"""The queue as a face sees it: what is in it, changing one's mind about it, and what failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from core.desk.failures import export
from core.desk.pronunciation import Pronunciation
from core.jobs.model import Attempt, Batch, Job, JobRecord, Sketch, State
from core.jobs.store import Cause, JobStore, MachineStatus

_PAGE = 1000


class QueueDesk:
    """The part of `core.studio.Studio` that is about what is queued. Any method may raise `StoreAway`."""

    store: JobStore
    names: Pronunciation

    # Looking

    def batches(self) -> list[Batch]:
        return self.store.batches()

    def jobs(
        self, batch: str | None = None, state: State | None = None, offset: int = 0, limit: int = 1000
    ) -> list[JobRecord]:
        """In the order they were submitted."""
        return self.store.jobs(batch=batch, state=state, offset=offset, limit=limit)

    def job(self, job_id: str) -> JobRecord | None:
        return self.store.job(job_id)

    def records(self, ids: Sequence[str]) -> list[JobRecord]:
        """Those of `ids` there still are."""
        return self.store.records(ids)

    def sketches(self) -> list[Sketch]:
        """Every job, but only what can be told quickly of very many."""
        return self.store.sketches()

    def history(self, job_id: str) -> list[Attempt]:
        return self.store.history(job_id)

    def counts(self, batch: str | None = None) -> dict[State, int]:
        return self.store.counts(batch)

    def machines(self) -> list[MachineStatus]:
        """The programs that work on this queue, also those that went silent or were set aside."""
        return self.store.machines()

    def readmit(self, machine_id: str) -> bool:
        """Lets a machine that was set aside get films again. False if it was not."""
        return self.store.readmit(machine_id)

    # Changing one's mind, about one job or many, also while they run. Each answers how many jobs it changed.

    def cancel(self, ids: Sequence[str]) -> int:
        return self.store.cancel(ids)

    def hold(self, ids: Sequence[str]) -> int:
        return self.store.hold(ids)

    def resume(self, ids: Sequence[str]) -> int:
        return self.store.resume(ids)

    def hold_waiting(self, ids: Sequence[str]) -> int:
        """As `hold`, but what is being made may end."""
        return self.store.hold_waiting(ids)

    def restore(self, ids: Sequence[str]) -> int:
        """Takes `cancel` and `discard_failed` back."""
        return self.store.restore(ids)

    def schedule(self, ids: Sequence[str], start_s: float) -> int:
        """What waits, or is held, begins at `start_s` (seconds since 1970; 0: now)."""
        return self.store.schedule(ids, start_s)

    def describe(self, batch: Batch) -> None:
        """Keeps another deadline or review of a batch that is queued. What its jobs say already stays."""
        self.store.describe(batch)

    def arrange(self, ids: Sequence[str], before: str = "", behind: str = "") -> int:
        """Puts jobs between two others, by id; -1 where there is no room: arrange more of the neighbours along."""
        return self.store.arrange(ids, before, behind)

    def prioritise(self, ids: Sequence[str], priority: int) -> int:
        """Higher first, from -1000 to 1000; what a job is submitted with is 0."""
        return self.store.prioritise(ids, priority)

    def move_to_front(self, ids: Sequence[str]) -> int:
        """Before everything else that waits, in the order of `ids`."""
        return self.store.move_to_front(ids)

    # What failed

    def causes(self) -> list[Cause]:
        """Why jobs failed, the most frequent first."""
        return self.store.causes()

    def failed(self, *, ids: Sequence[str] | None = None, cause: str | None = None) -> list[JobRecord]:
        """The dead-letter queue, newest first: all of it, of `ids`, or of one cause's code."""
        wanted = None if ids is None else frozenset(ids)
        found: list[JobRecord] = []
        for offset in range(0, self.counts()[State.FAILED], _PAGE):
            for record in self.store.failed(offset, _PAGE):
                code = record.failure.code if record.failure else ""
                if (wanted is None or record.id in wanted) and cause in (None, code):
                    found.append(record)
        return found

    def retry_failed(
        self,
        ids: Sequence[str] | None = None,
        cause: str | None = None,
        edited: Mapping[str, Job] | None = None,
    ) -> int:
        """Queues failed jobs again (all of them without `ids` or `cause`), each once however often it is asked.

        With the settings each was made with, unless `edited` holds it with another text; names in that are said as
        they are written down now.
        """
        if edited is not None:
            edited = {job_id: self.names.applied(job) for job_id, job in edited.items()}
        return self.store.retry_failed(ids, cause, edited)

    def export_failed(self, file: Path, ids: Sequence[str] | None = None, *, rows: bool = False) -> int:
        """Writes what failed (all of it without `ids`) to a file: see `core.desk.failures.export`. Answers how much."""
        records = self.failed(ids=ids)
        export(records, self.history, file, rows=rows)
        return len(records)

    def discard_failed(self, ids: Sequence[str]) -> int:
        """Takes failed jobs out of the dead-letter queue; their record stays."""
        return self.store.discard_failed(ids)
