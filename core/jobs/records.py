"""Turns what Redis keeps of a job into the values of `core.jobs.model`, and back."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.jobs.model import Attempt, Batch, Claim, Failure, Job, JobRecord, Result, State

COLUMNS = (
    "job",
    "state",
    "attempts",
    "epoch",
    "stage",
    "fraction",
    "worker",
    "failure",
    "result",
    "submitted",
    "started",
    "ended",
    "due",
    "priority",
    "place",
)


def job_from_json(text: str, priority: int, job_id: str = "") -> Job:
    """The job with the priority it has now, which the operator may have changed since it was submitted."""
    job = Job.from_json(text, job_id)
    return job if job.priority == priority else replace(job, priority=priority)


def record_of(values: Sequence[str | None], job_id: str = "") -> JobRecord | None:
    """`values` in the order of `COLUMNS`; None: there is no such job. `job_id` is kept in place of its equal."""
    row = dict(zip(COLUMNS, values, strict=True))
    if not row["job"]:
        return None
    state = State(row["state"] or "")
    return JobRecord(
        job=job_from_json(row["job"], int(row["priority"] or 0), job_id),
        state=state,
        attempts=int(row["attempts"] or 0),
        epoch=int(row["epoch"] or 0),
        stage=sys.intern(row["stage"] or ""),
        fraction=float(row["fraction"] or 0.0),
        worker=sys.intern(row["worker"] or ""),
        failure=Failure.from_json(row["failure"]) if row["failure"] else None,
        result=Result.from_json(row["result"]) if row["result"] else None,
        submitted_s=_seconds(row["submitted"]),
        started_s=_seconds(row["started"]),
        ended_s=_seconds(row["ended"]),
        due_s=_seconds(row["due"]) if state is State.DELAYED else 0.0,
        place=float(row["place"] or 0.0),
    )


def history_of(record: Mapping[str, str]) -> list[Attempt]:
    """The attempts, oldest first, out of a whole record; its fields `h<epoch>` hold one each."""
    lines = sorted((int(name[1:]), line) for name, line in record.items() if name[0] == "h" and name[1:].isdigit())
    return [_attempt(line) for _, line in lines]


def claim_of(answer: Sequence[Any], worker: str, token: str, lease_s: float) -> Claim:
    text, epoch, attempt, deadline, priority = answer
    return Claim(
        job=job_from_json(text, int(priority)),
        epoch=int(epoch),
        token=token,
        worker=worker,
        attempt=int(attempt),
        lease_s=lease_s,
        deadline_s=int(deadline) / 1000,
    )


BATCH_COLUMNS = ("name", "total", "created", "review_every", "first", "start", "deadline")


def batch_of(batch_id: str, values: Sequence[str | None]) -> Batch:
    """`values` in the order of `BATCH_COLUMNS`."""
    row = dict(zip(BATCH_COLUMNS, values, strict=True))
    return Batch(
        id=batch_id,
        name=row["name"] or "",
        total=int(row["total"] or 0),
        created_s=_seconds(row["created"]),
        review_every=int(row["review_every"] or 0),
        first=int(row["first"] or 0),
        start_s=_seconds(row["start"]),
        deadline_s=_seconds(row["deadline"]),
    )


def _attempt(line: str) -> Attempt:
    number, worker, started, ended, how, failure = line.split("\t", 5)
    return Attempt(
        number=int(number),
        worker=worker,
        started_s=_seconds(started),
        ended_s=_seconds(ended),
        how=how,
        failure=Failure.from_json(failure) if failure else None,
    )


def _seconds(milliseconds: str | None) -> float:
    return float(milliseconds) / 1000 if milliseconds else 0.0
