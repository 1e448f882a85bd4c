"""The terminal's progress bars: one for the batch, one for each film in the making."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from core.events import JobProgress
from core.jobs.model import Job, JobRecord

_STAGES = {
    "speech": "speaking",
    "face": "talking",
    "picture": "drawing",
    "sound": "mixing",
    "assemble": "joining",
    "verify": "checking",
    "publish": "saving",
}


class Watched(Protocol):
    """Something that shows how the films get on."""

    def progress(self, event: JobProgress) -> None: ...

    def ended(self, record: JobRecord) -> None: ...


class NoDisplay:
    """For machines, and for output that goes to a file."""

    def __enter__(self) -> NoDisplay:
        return self

    def __exit__(self, *exc: object) -> None:
        return None

    def progress(self, event: JobProgress) -> None:
        return None

    def ended(self, record: JobRecord) -> None:
        return None


class Display:
    """Bars on standard error, below the lines that standard output gets."""

    def __init__(self, jobs: Mapping[str, Job]) -> None:
        self._jobs = jobs
        self._bars: dict[str, TaskID] = {}
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),  # a child may be called [/x]
            BarColumn(bar_width=32, complete_style="#E4572E", finished_style="#2E9E6B"),
            MofNCompleteColumn(),
            TextColumn("{task.fields[stage]}", markup=False),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._batch = self._progress.add_task("films", total=len(jobs), stage="")

    def __enter__(self) -> Display:
        self._progress.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._progress.stop()

    def progress(self, event: JobProgress) -> None:
        job = self._jobs[event.job_id]
        if event.job_id not in self._bars:
            self._bars[event.job_id] = self._progress.add_task(f"row {job.row} {job.name[:24]}", total=100, stage="")
        self._progress.update(
            self._bars[event.job_id], completed=round(event.fraction * 100), stage=_STAGES.get(event.stage, "")
        )

    def ended(self, record: JobRecord) -> None:
        bar = self._bars.pop(record.id, None)
        if bar is not None:
            self._progress.remove_task(bar)
        self._progress.advance(self._batch)
