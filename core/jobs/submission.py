"""Jobs coming into the store, and going out of it for good."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from core.jobs.commands import Commands
from core.jobs.keys import PRIORITY_LIMIT, key
from core.jobs.model import Batch, Job, State
from core.jobs.part import CHUNK, Part, chunks

LOCAL_CHUNK = 50
"""One journal line each: what a single damaged line can cost."""


class Submission(Part):
    def submit(self, batch: Batch, jobs: Sequence[Job], *, held: bool = False) -> int:
        """Queues `jobs` in their order, some hundred at once; answers how many were new.

        A job the store knows already (by id) is left as it is, so a submit that broke off is simply repeated.
        `batch.start_s` is kept, but it is `schedule` that lets jobs wait for it.
        """
        for job in jobs:
            _check(batch, job)
        state = State.HELD if held else State.READY
        name = batch.name.encode("utf-8", "replace").decode()  # a file's name may not be UTF-8
        if batch.review_every or batch.first or batch.start_s or batch.deadline_s:
            self.describe(batch)
        head = (state, batch.id, name, batch.total, int(batch.created_s * 1000))
        size = LOCAL_CHUNK if self._backend.local else CHUNK
        new = 0
        for chunk in chunks(jobs, size) if jobs else iter([[]]):
            args: list[str | int] = []
            for job in chunk:
                args += (job.id, job.template_hash, _within_limits(job.priority), job.to_json())
            new += int(self._run("submit", *head, *args))
        return new

    def describe(self, batch: Batch) -> None:
        """Keeps what the operator wants of a batch: review, start, deadline."""
        times = int(batch.start_s * 1000), int(batch.deadline_s * 1000)
        self._run("describe", batch.id, batch.review_every, batch.first, *times)

    def forget(self, ids: Sequence[str]) -> int:
        """Removes ended jobs (not those in review) with their history; answers how many."""
        return self._run_in_chunks("forget", (), ids)

    def forget_older_than(self, ended_before_s: float, *, failed_too: bool = False) -> int:
        """Forgets every batch of which all jobs ended before that time; a batch is kept or forgotten as one.

        What is in the dead-letter queue stays, and its batch with it, unless `failed_too`.
        """
        return sum(self.forget(self._outdated(batch, ended_before_s, failed_too)) for batch in self._batch_ids())

    def _batch_ids(self) -> list[str]:
        return self._read(lambda redis: redis.zrange(key("batches"), 0, -1))

    def _outdated(self, batch: str, before_s: float, failed_too: bool) -> list[str]:
        may_go = {State.DONE, State.CANCELLED} | ({State.FAILED} if failed_too else set())
        kept = [str(state) for state in State if state not in may_go]
        if any(int(n or 0) for n in self._read(lambda redis: redis.hmget(key(f"batch:{batch}"), kept))):
            return []
        ids = self._read(lambda redis: redis.zrange(key(f"b:{batch}"), 0, -1))
        for chunk in chunks(ids, CHUNK):
            if any(when >= before_s * 1000 for when in self._read(partial(_ended, ids=chunk))):
                return []
        return list(ids)


def _ended(client: Commands, ids: Sequence[str]) -> list[float]:
    with client.pipeline(transaction=False) as pipe:
        for job_id in ids:
            pipe.hget(key(f"job:{job_id}"), "ended")
        return [float(when or 0) for when in pipe.execute()]


def _within_limits(priority: int) -> int:
    return max(-PRIORITY_LIMIT, min(PRIORITY_LIMIT, priority))


def _check(batch: Batch, job: Job) -> None:
    if job.batch != batch.id:
        raise ValueError(f"job {job.id} belongs to batch {job.batch}, not {batch.id}")
    if not job.id or any(character.isspace() for character in job.id):
        raise ValueError(f"{job.id!r} can't be a job's id")
