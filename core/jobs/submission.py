"""Jobs coming into the store, and going out of it for good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from core.jobs.backend import Arg
from core.jobs.commands import Commands
from core.jobs.keys import PRIORITY_LIMIT, key
from core.jobs.model import ENDED, Batch, Job, State
from core.jobs.part import CHUNK, Part, chunks

LOCAL_CHUNK = 50
"""One journal line each: what a single damaged line can cost."""
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Parcel:
    """A batch and its jobs, in their order. From the job numbered `held_from` on (0 is the first; None: none) they are
    held until `resume`; those before it begin at `start_s` (seconds since 1970; 0: at once).
    """

    batch: Batch
    jobs: Sequence[Job]
    held_from: int | None = None
    start_s: float = 0.0

    def runs(self) -> Iterator[tuple[State, Sequence[Job]]]:
        """The jobs that begin in the same state, side by side."""
        now = len(self.jobs) if self.held_from is None else self.held_from
        yield State.DELAYED if self.start_s else State.READY, self.jobs[:now]
        yield State.HELD, self.jobs[now:]


class Submission(Part):
    def submit(self, batch: Batch, jobs: Sequence[Job], *, held: bool = False) -> int:
        """Queues `jobs` in their order; answers how many were new. All of them, or, broken off, none.

        A job the store knows already (by id) is left as it is. `batch.start_s` is kept, but not waited for.
        """
        return self.queue([Parcel(batch, jobs, held_from=0 if held else None)])

    def queue(self, parcels: Sequence[Parcel]) -> int:
        """Queues several batches at once: all of all of them, or none. Answers how many jobs were new.

        They are laid beside the queue, some hundred at once, and admitted in one step. What a program that died then
        left beside it is thrown out (`turn_away`).
        """
        for parcel in parcels:
            for job in parcel.jobs:
                _check(parcel.batch, job)
            batch = parcel.batch
            if batch.review_every or batch.first or batch.start_s or batch.deadline_s:
                self.describe(batch)
        if len(parcels) == 1 and (state := _as_one(parcels[0], self._size)):
            batch, jobs = parcels[0].batch, parcels[0].jobs
            return int(self._run("submit", state, *_head(batch), *_packed(jobs)))
        new = 0
        for _ in range(_TRIES):
            told = [self._arrive(parcel) for parcel in parcels]
            new = max(new, sum(fresh for fresh, _ in told))
            heads: list[Arg] = []
            for parcel, (_, waiting) in zip(parcels, told, strict=True):
                templates = dict.fromkeys(job.template_hash for job in parcel.jobs)
                heads += (*_head(parcel.batch), waiting, " ".join(templates))
            if self._run("admit", *heads):
                return new
        raise RuntimeError("jobs are thrown out as fast as they arrive")

    def turn_away(self, begun_before_s: float) -> int:
        """Throws out what began to arrive before that time and was never admitted; answers how many jobs that were."""
        gone = 0
        while some := int(self._run("turn_away", int(begun_before_s * 1000), CHUNK)):
            gone += some
        return gone

    @property
    def _size(self) -> int:
        return LOCAL_CHUNK if self._backend.local else CHUNK

    def _arrive(self, parcel: Parcel) -> tuple[int, int]:
        """How many jobs were new, and how many wait to be admitted."""
        new = waiting = 0
        for state, jobs in parcel.runs():
            head = (parcel.batch.id, state, int(parcel.start_s * 1000))
            for chunk in chunks(jobs, self._size):
                told = self._run("arrive", *head, *_packed(chunk))
                new, waiting = new + int(told[0]), waiting + int(told[1])
        return new, waiting

    def describe(self, batch: Batch) -> None:
        """Keeps what the operator wants of a batch: review, start, deadline."""
        times = int(batch.start_s * 1000), int(batch.deadline_s * 1000)
        self._run("describe", batch.id, batch.review_every, batch.first, *times)

    def forget(self, ids: Sequence[str]) -> int:
        """Removes ended jobs (not those in review) with their history; answers how many."""
        return self._run_in_chunks("forget", (), ids)

    def forget_older_than(self, ended_before_s: float, *, failed_too: bool = False) -> int:
        """Forgets the jobs of every batch of which all jobs ended before that time: all at once, or none.

        What is in the dead-letter queue stays, unless `failed_too`, and what is in review; the others of the batch go.
        """
        return sum(self.forget(self._outdated(batch, ended_before_s, failed_too)) for batch in self._batch_ids())

    def _batch_ids(self) -> list[str]:
        return self._read(lambda redis: redis.zrange(key("batches"), 0, -1))

    def _outdated(self, batch: str, before_s: float, failed_too: bool) -> list[str]:
        may_go = {State.DONE, State.CANCELLED} | ({State.FAILED} if failed_too else set())
        under_way = [str(state) for state in State if state not in ENDED]
        if any(int(n or 0) for n in self._read(lambda redis: redis.hmget(key(f"batch:{batch}"), under_way))):
            return []
        ids = self._read(lambda redis: redis.zrange(key(f"b:{batch}"), 0, -1))
        going: list[str] = []
        for chunk in chunks(ids, CHUNK):
            ends = self._read(partial(_ends, ids=chunk))
            if any(float(when or 0) >= before_s * 1000 for _, when in ends):
                return []
            going += [job_id for job_id, (state, _) in zip(chunk, ends, strict=True) if state in may_go]
        return going


def _ends(client: Commands, ids: Sequence[str]) -> list[list[str | None]]:
    """Each one's state, and when it ended."""
    with client.pipeline(transaction=False) as pipe:
        for job_id in ids:
            pipe.hmget(key(f"job:{job_id}"), ("state", "ended"))
        return list(pipe.execute())


def _as_one(parcel: Parcel, most: int) -> State | None:
    """The state that all its jobs begin in, if one call can queue them."""
    states = [state for state, jobs in parcel.runs() if jobs] or [State.READY]
    return states[0] if len(states) == 1 and states[0] is not State.DELAYED and len(parcel.jobs) <= most else None


def _head(batch: Batch) -> tuple[Arg, ...]:
    name = batch.name.encode("utf-8", "replace").decode()  # a file's name may not be UTF-8
    return batch.id, name, batch.total, int(batch.created_s * 1000)


def _packed(jobs: Sequence[Job]) -> list[Arg]:
    args: list[Arg] = []
    for job in jobs:
        args += (job.id, job.template_hash, _within_limits(job.priority), job.to_json())
    return args


def _within_limits(priority: int) -> int:
    return max(-PRIORITY_LIMIT, min(PRIORITY_LIMIT, priority))


def _check(batch: Batch, job: Job) -> None:
    if job.batch != batch.id:
        raise ValueError(f"job {job.id} belongs to batch {job.batch}, not {batch.id}")
    if not job.id or any(character.isspace() for character in job.id):
        raise ValueError(f"{job.id!r} can't be a job's id")
