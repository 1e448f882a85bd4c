"""The dead-letter queue: what failed for good, why, and how it gets another chance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.jobs.commands import Commands
from core.jobs.keys import key
from core.jobs.listing import PAGE, Listing
from core.jobs.model import Job, JobRecord
from core.jobs.part import CHUNK, chunks
from core.text import Text


@dataclass(frozen=True, slots=True)
class Cause:
    """Jobs that failed with the same `code`. `what` and `newest_s` (seconds since 1970) are the newest one's."""

    code: str
    what: Text
    count: int
    newest_s: float


class DeadLetters(Listing):
    def failed(self, offset: int = 0, limit: int = PAGE) -> list[JobRecord]:
        """A page of the dead-letter queue, what failed last first."""
        if limit <= 0:
            return []
        last = offset + limit - 1
        return self._records(self._read(lambda redis: redis.zrevrange(key("dead"), offset, last)))

    def causes(self) -> list[Cause]:
        """Why jobs failed, the most frequent cause first."""
        codes = self._read(lambda redis: redis.smembers(key("causes")))
        found = [cause for code in sorted(codes) if (cause := self._cause(code))]
        return sorted(found, key=lambda cause: -cause.count)

    def retry_failed(
        self,
        ids: Sequence[str] | None = None,
        cause: str | None = None,
        edited: Mapping[str, Job] | None = None,
    ) -> int:
        """Queues failed jobs again: those of `ids`, of a `cause`, or of both; all of them without either.

        With the settings they were submitted with, or as `edited` (by id) says. Attempts start at nought again, the
        history stays. A job that is not in the dead-letter queue is left alone: asking twice queues it once.
        """
        changes = edited or {}
        for job_id, job in changes.items():
            if job.id != job_id:
                raise ValueError(f"the edited job {job.id} can't take the place of {job_id}")
        queued = 0
        for chunk in chunks(self._chosen(ids, cause), CHUNK):
            args: list[str] = []
            for job_id in chunk:
                args += _requeued(job_id, changes.get(job_id))
            queued += int(self._run("retry_failed", *args))
        return queued

    def discard_failed(self, ids: Sequence[str]) -> int:
        """Takes jobs out of the dead-letter queue for good: they count as cancelled, with their failure kept."""
        return self._run_in_chunks("discard_failed", (), ids)

    def _chosen(self, ids: Sequence[str] | None, cause: str | None) -> Iterable[str]:
        if ids is not None and cause is None:
            return dict.fromkeys(ids)
        name = "dead" if cause is None else f"cause:{cause}"
        oldest_first = self._read(lambda redis: redis.zrange(key(name), 0, -1))
        if ids is None:
            return oldest_first
        wanted = set(ids)
        return [job_id for job_id in oldest_first if job_id in wanted]

    def _cause(self, code: str) -> Cause | None:
        def question(client: Commands) -> tuple[int, list[tuple[str, float]]]:
            with client.pipeline(transaction=True) as pipe:
                pipe.zcard(key(f"cause:{code}"))
                pipe.zrevrange(key(f"cause:{code}"), 0, 0, withscores=True)
                count, newest = pipe.execute()
            return count, newest

        count, newest = self._read(question)
        if not newest:
            return None
        job_id, ended_ms = newest[0]
        record = self.job(job_id)
        what = record.failure.what if record and record.failure else Text(code)
        return Cause(code, what, count, ended_ms / 1000)


def _requeued(job_id: str, edited: Job | None) -> tuple[str, str, str]:
    return (job_id, edited.template_hash, edited.to_json()) if edited is not None else (job_id, "", "")
