"""Forgets a child, a customer or a batch: out of the queue, its journal, the caches, temporary files and logs."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

from core.errors import UsageError
from core.intake.fields import folded
from core.jobs.model import ENDED, JobRecord, State
from core.jobs.store import JobStore
from core.paths import DataFolder
from core.storage.links import regular
from core.storage.sweeping import kept_queues, left_beside_films, left_in_work, old_logs
from core.storage.traces import Traces, orphans
from core.upkeep.cleanup import Janitor, Removed, remove_films

_log = structlog.get_logger(__name__)

_PAGE = 1000
_WAIT_S = 20.0
_SHORTEST = 3
_UNDER_WAY = frozenset(State) - ENDED


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed, or would be. `films_kept`: where films still are that nobody asked to remove.

    `still_running`: jobs that were told to stop and have not yet; ask again in a moment.
    """

    jobs: int = 0
    pieces: Removed = field(default_factory=Removed)
    films: Removed = field(default_factory=Removed)
    temporary: Removed = field(default_factory=Removed)
    blotted: int = 0
    films_kept: tuple[str, ...] = ()
    still_running: int = 0

    def as_dict(self) -> dict[str, Any]:
        return {
            "jobs": self.jobs,
            "pieces": {"count": self.pieces.count, "bytes": self.pieces.bytes},
            "films": {"count": self.films.count, "bytes": self.films.bytes},
            "temporary": {"count": self.temporary.count, "bytes": self.temporary.bytes},
            "blotted_places": self.blotted,
            "films_kept": list(self.films_kept),
            "still_running": self.still_running,
        }


class Forgetting:
    def __init__(self, store: JobStore, folder: DataFolder, traces: Traces, janitor: Janitor) -> None:
        self._store = store
        self._folder = folder
        self._traces = traces
        self._janitor = janitor

    def found(self, *, batch: str = "", name: str = "") -> list[JobRecord]:
        """The jobs of a batch (its id, or the name it goes by), or those in which a name stands: as the film's, or as
        what a field says. Capital letters and accents don't matter.
        """
        if bool(batch) == bool(name):
            raise UsageError("forget_what", "Say what is to be forgotten: a batch, or a name.", "One of the two.")
        records = self._of_batch(batch) if batch else self._everything()
        wanted = folded(name)
        return list(records) if batch else [record for record in records if wanted in _names(record)]

    def forget(self, records: Sequence[JobRecord], *, films: bool = False, dry_run: bool = False) -> Forgotten:
        """What is waiting or running is cancelled first. Raises `StoreAway`, `QueueLocked`."""
        ids = [record.id for record in records]
        if dry_run:
            removed = remove_films(records, dry_run=True) if films else Removed()
            return Forgotten(
                jobs=len(ids),
                pieces=self._janitor.remove_pieces(set(ids), dry_run=True),
                films=removed,
                films_kept=() if films else _films(records),
            )
        still = self._ended(ids)
        gone = [record for record in self._store.records(ids) or records if record.id not in still]
        removed = remove_films(gone, dry_run=False) if films else Removed()
        self._store.take_back([path.stem for path in orphans(self._traces.jobs(), {one.id for one in gone})])
        jobs = self._store.forget([record.id for record in gone])
        self._store.note_forgotten([record.id for record in gone])
        pieces = self._janitor.remove_pieces({record.id for record in gone})
        temporary = self._sweep(gone)
        self._store.compact()
        blotted = self._blot(gone)
        _log.info("forgotten", jobs=jobs, pieces=pieces.count, films=removed.count, blotted=blotted)
        return Forgotten(jobs, pieces, removed, temporary, blotted, () if films else _films(gone), len(still))

    def _ended(self, ids: Sequence[str]) -> set[str]:
        """Brings every job to an end; answers those that still run."""
        self._store.cancel(ids)
        self._store.reject([record.id for record in self._store.records(ids) if record.state is State.REVIEW])
        deadline = time.monotonic() + _WAIT_S
        while True:
            running = {record.id for record in self._store.records(ids) if record.state in _UNDER_WAY}
            if not running or time.monotonic() > deadline:
                return running
            time.sleep(0.1)

    def _of_batch(self, wanted: str) -> Iterator[JobRecord]:
        for batch in self._store.batches():
            if wanted in (batch.id, batch.name):
                yield from self._store.records(self._store.ids(batch=batch.id))

    def _everything(self) -> Iterator[JobRecord]:
        ids = self._store.ids()
        for start in range(0, len(ids), _PAGE):
            yield from self._store.records(ids[start : start + _PAGE])

    def _sweep(self, records: Sequence[JobRecord]) -> Removed:
        """Their films in the making, however new: nobody makes them any more."""
        ids = {record.id for record in records}
        folders = {Path(record.job.output).parent for record in records}
        left = [one for folder in folders for one in left_beside_films(folder, 0.0)]
        total = Removed()
        for one in [*left_in_work(self._folder.work, 0.0), *left]:
            if one.job in ids and one.remove():
                total += Removed(1, one.bytes)
        return total

    def _blot(self, records: Sequence[JobRecord]) -> int:
        """Overwrites their words where they still stand: in what was set aside of a queue, and, should they ever have
        got there, in logs. Answers how many places that were.
        """
        words = {text for record in records for text in _texts(record) if len(text) >= _SHORTEST}
        files = [one.path for one in (*kept_queues(self._folder.queue, -1.0), *old_logs(self._folder.logs, -1.0))]
        current = self._folder.logs / "trineo.log"
        if regular(current) is not None:
            files.append(current)
        return sum(_blotted(file, [form for word in words for form in forms(word)]) for file in files)


def forms(word: str) -> list[bytes]:
    """A word as it may stand in a file: plain, escaped in JSON, in UTF-16."""
    escaped = json.dumps(word)[1:-1]
    plain = json.dumps(word, ensure_ascii=False)[1:-1]
    found = [*(text.encode("utf-8", "surrogatepass") for text in (word, plain, escaped))]
    found += [word.encode(code, "surrogatepass") for code in ("utf-16-le", "utf-16-be")]
    return list(dict.fromkeys(found))


def _blotted(file: Path, words: Collection[bytes]) -> int:
    """In place and of the same length, so that whoever writes at its end goes on undisturbed."""
    content = file.read_bytes()
    places = 0
    for word in sorted(words, key=len, reverse=True):
        alone = re.compile(rb"(?<![A-Za-z0-9\x80-\xff])" + re.escape(word) + rb"(?![A-Za-z0-9\x80-\xff])")
        content, count = alone.subn(b"*" * len(word), content)
        places += count
    if places:
        with file.open("rb+") as opened:
            opened.write(content)
    return places


def _names(record: JobRecord) -> set[str]:
    return {folded(text) for text in (record.job.name, *record.job.fields.values())}


def _texts(record: JobRecord) -> Iterable[str]:
    return (record.job.name, *record.job.fields.values(), record.job.script)


def _films(records: Sequence[JobRecord]) -> tuple[str, ...]:
    return tuple(record.result.output for record in records if record.result and Path(record.result.output).exists())
