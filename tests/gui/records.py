"""Job records made up for tests."""

from __future__ import annotations

from typing import Any

from core.jobs.model import Job, JobRecord, State


def record(number: int, state: State = State.READY, batch: str = "b1", **rest: Any) -> JobRecord:
    job = Job(
        id=f"{number:020x}",
        batch=batch,
        row=number + 2,
        source="/sheets/lote.csv",
        name=f"Child {number}",
        language="es",
        template="noche-magica",
        template_hash="",
        output=f"/films/{number}.mp4",
    )
    return JobRecord(job=job, state=state, **rest)
