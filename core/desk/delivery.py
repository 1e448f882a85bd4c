"""Approved films go to the delivery folder, and what a crash cut off is finished at the next start.

Three steps: the film gets its new name (the old one stays), the record says where it is, the old name goes. Before the
first, a note of it is on disk; it goes after the last. So wherever the program is killed there is a whole film where
the record says, and the note says what is left to do.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import structlog

from core.errors import TrineoError, UsageError
from core.jobs.model import Job, JobRecord, Result, State
from core.jobs.store import JobStore
from core.render.beside import remove_carried
from core.render.placing import place, placed
from core.render.publish import comment, folder_fault, mark, moved_under

_log = structlog.get_logger(__name__)

BESIDE = "aprobados"
"""The folder in a batch's own where its approved films go, when no delivery folder is set."""


@dataclass(frozen=True, slots=True)
class _Note:
    """A delivery that was begun: the film was at `source` and goes to `target` or a free name beside it."""

    file: Path
    source: Path
    target: Path

    @property
    def job_id(self) -> str:
        return self.file.stem


class Delivery:
    """`notes` is a folder of this program's own; `folder` None leaves approved films beside the others."""

    def __init__(self, store: JobStore, notes: Path, folder: Path | None) -> None:
        self._store = store
        self._notes = notes
        self.move_to(folder)
        self._one_at_a_time = threading.Lock()

    def move_to(self, folder: Path | None) -> None:
        """For films that are approved from now on; see the class."""
        self._folder = folder.expanduser().absolute() if folder is not None else None

    def approve(self, ids: Sequence[str]) -> int:
        """Films in review are delivered and done; answers how many.

        Raises `UsageError` for a film that is not here, `EnvironmentFault` for a folder that can't be written; those
        that were delivered by then stay so.
        """
        delivered = 0
        for job_id in dict.fromkeys(ids):
            with self._one_at_a_time:
                record = self._store.job(job_id)
                if record is not None and record.state is State.REVIEW and record.result is not None:
                    delivered += self._deliver(record.job, record.result)
        return delivered

    def resume(self) -> int:
        """Finishes what a killed program had begun; answers how much that was. What can't be done yet stays noted."""
        finished = 0
        for note in self._begun():
            try:
                self._finish(note)
                finished += 1
            except (TrineoError, OSError) as error:
                kind = type(error).__name__
                _log.warning("a delivery that was cut off can't be finished yet", job=note.job_id, kind=kind)
        return finished

    def _finish(self, note: _Note) -> None:
        record = self._store.job(note.job_id)
        if record is None or record.result is None:
            note.file.unlink(missing_ok=True)
        elif record.state is State.REVIEW:
            self._deliver(record.job, record.result)
        else:
            self._clear(note, record)

    def take_back(self, job: Job) -> None:
        """A delivery that was begun and not recorded: what stands in the delivery folder goes, the film stays."""
        for note in self._begun():
            if note.job_id == job.id:
                there = placed(note.target, job, note.source)
                if there is not None and note.source.exists():
                    there.unlink()
                note.file.unlink(missing_ok=True)

    def _deliver(self, job: Job, result: Result) -> int:
        source = Path(result.output)
        if not source.is_absolute():  # another system's path
            raise _not_here(job)
        note = self._note(job.id, source)
        try:
            target = place(source, note.target, job)
        except Exception as error:
            note.file.unlink(missing_ok=True)
            if isinstance(error, FileNotFoundError):
                raise _not_here(job) from error
            raise
        changed = self._store.delivered({job.id: replace(result, output=str(target))})
        _log.info("film delivered", job=job.id)
        try:
            if target != source:
                source.unlink(missing_ok=True)
            note.file.unlink(missing_ok=True)
        except OSError:  # Windows: somebody has the film open. The note stays, and the next start sees to it
            _log.warning("the old name of a delivered film can't be removed yet", job=job.id)
        return changed

    def _target(self, source: Path) -> Path:
        if self._folder is not None:
            return moved_under(str(source), self._folder)
        if source.parent.name == BESIDE:
            return source
        return source.parent / BESIDE / source.name

    def _clear(self, note: _Note, record: JobRecord) -> None:
        """The record was changed; if that was by this delivery, the old name is what is left of it."""
        assert record.result is not None
        moved = Path(record.result.output) != note.source and Path(record.result.output).exists()
        if record.state is State.DONE and moved and _is_the_same(note.source, record):
            note.source.unlink(missing_ok=True)
            remove_carried(note.source, Path(record.result.output), record.job.captions)
        note.file.unlink(missing_ok=True)

    def _note(self, job_id: str, source: Path) -> _Note:
        """One that was begun goes on to where it was begun, also if another folder has been set since."""
        for begun in self._begun():
            if (begun.job_id, begun.source) == (job_id, source):
                return begun
        note = _Note(self._notes / f"{job_id}.json", source, self._target(source))
        part = note.file.with_suffix(".part")
        try:
            self._notes.mkdir(parents=True, exist_ok=True)
            with part.open("w", encoding="utf-8") as file:
                json.dump({"from": str(source), "to": str(note.target)}, file)
                file.flush()
                os.fsync(file.fileno())
            part.replace(note.file)
        except OSError as error:
            raise folder_fault(self._notes, error) from error
        return note

    def _begun(self) -> list[_Note]:
        notes = []
        for file in sorted(self._notes.glob("*.json")):
            try:
                said = json.loads(file.read_text(encoding="utf-8"))
                notes.append(_Note(file, Path(said["from"]), Path(said["to"])))
            except (OSError, ValueError, LookupError, TypeError) as error:
                # A disk's fault: whatever it was, the film is still where the record says, and may be approved again.
                _log.warning("a note of a delivery can't be read", job=file.stem, kind=type(error).__name__)
        return notes


def _is_the_same(film: Path, record: JobRecord) -> bool:
    assert record.result is not None
    if not film.exists():
        return False
    return comment(film) == mark(record.job) or film.samefile(record.result.output)


def _not_here(job: Job) -> UsageError:
    return UsageError(
        "film_not_here",
        "The film of row {row} is not where it was made.",
        "Approve it on the computer that has it, connect its disk, or make it again.",
        row=job.row,
    )
