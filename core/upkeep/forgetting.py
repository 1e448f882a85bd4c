"""Forgets a child, a customer or a batch: out of the queue, its journal, the caches, temporary files and logs."""

from __future__ import annotations

import json
import re
import time
import unicodedata
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
from core.template.lexicon import Lexicon
from core.upkeep.cleanup import Janitor, Removed, remove_films

_log = structlog.get_logger(__name__)

_PAGE = 1000
_WAIT_S = 20.0
_SHORTEST = 3
_UNDER_WAY = frozenset(State) - ENDED


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed, or would be. `films_kept`: where films still are that nobody asked to remove.

    `spellings`: names taken out of the list of how names are said; `spellings_kept`: those left in it.
    `still_running`: jobs that were told to stop and have not yet; ask again in a moment.
    """

    jobs: int = 0
    pieces: Removed = field(default_factory=Removed)
    films: Removed = field(default_factory=Removed)
    temporary: Removed = field(default_factory=Removed)
    blotted: int = 0
    films_kept: tuple[str, ...] = ()
    still_running: int = 0
    spellings: int = 0
    spellings_kept: int = 0

    def as_dict(self) -> dict[str, Any]:
        return {
            "jobs": self.jobs,
            "pieces": {"count": self.pieces.count, "bytes": self.pieces.bytes},
            "films": {"count": self.films.count, "bytes": self.films.bytes},
            "temporary": {"count": self.temporary.count, "bytes": self.temporary.bytes},
            "blotted_places": self.blotted,
            "films_kept": list(self.films_kept),
            "still_running": self.still_running,
            "spellings": self.spellings,
            "spellings_kept": self.spellings_kept,
        }


@dataclass(frozen=True, slots=True)
class Spelled:
    """A name in the list of how names are said."""

    name: str
    language: str


class Forgetting:
    def __init__(self, store: JobStore, folder: DataFolder, traces: Traces, janitor: Janitor) -> None:
        self._store = store
        self._folder = folder
        self._traces = traces
        self._janitor = janitor
        self._lexicon = Lexicon(folder.names_file)

    def found(self, *, batch: str = "", name: str = "") -> list[JobRecord]:
        """The jobs of a batch (its id, or the name it goes by), or those in which a name stands: as the film's, or as
        what a field says. Capital letters and accents don't matter.
        """
        if bool(batch) == bool(name):
            raise UsageError("forget_what", "Say what is to be forgotten: a batch, or a name.", "One of the two.")
        if batch:
            return list(self._of_batch(batch))
        wanted = _alike(name)
        if not wanted:
            raise UsageError("forget_no_name", "There is no letter and no digit in that name.", "Write it out.")
        return [record for record in self._everything() if wanted in _names(record)]

    def forget(
        self,
        records: Sequence[JobRecord],
        *,
        films: bool = False,
        spellings: Sequence[Spelled] = (),
        dry_run: bool = False,
    ) -> Forgotten:
        """What is waiting or running is cancelled first. `spellings` go out of the list of how names are said.

        Raises `StoreAway`, `QueueLocked`.
        """
        ids = [record.id for record in records]
        if dry_run:
            removed = remove_films(records, dry_run=True) if films else Removed()
            return Forgotten(
                jobs=len(ids),
                pieces=self._janitor.remove_pieces(set(ids), dry_run=True),
                films=removed,
                films_kept=() if films else _films(records),
                spellings=len(spellings),
            )
        still = self._ended(ids)
        gone = [record for record in self._store.records(ids) or records if record.id not in still]
        those = {record.id for record in gone}
        removed = remove_films(gone, dry_run=False) if films else Removed()
        self._store.take_back([path.stem for path in orphans(self._traces.jobs(), those)])
        self._store.note_forgotten(those)
        pieces = self._janitor.remove_pieces(those)
        temporary = self._sweep(gone)
        blotted = self._blot(gone)
        taken_out = sum(self._lexicon.forget(one.name, one.language) for one in spellings)
        jobs = self._store.forget(sorted(those))  # last: until then, asking again finds what is left to do
        self._store.compact()
        _log.info("forgotten", jobs=jobs, pieces=pieces.count, films=removed.count, blotted=blotted)
        return Forgotten(jobs, pieces, removed, temporary, blotted, _films(gone), len(still), taken_out)

    def spelled(self, records: Sequence[JobRecord], name: str) -> list[Spelled]:
        """Where `name` stands in the list of how names are said; without one, the names of `records`.

        Raises `UsageError` where that list can't be read.
        """
        mine = {text for record in records for text in (record.job.name, *record.job.respelled)}
        wanted = {folded(text) for text in ([name] if name else mine)}
        listed = self._lexicon.all().items()
        return [Spelled(one, language) for language, names in listed for one in names if folded(one) in wanted]

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
        """Their films in the making, however new, and what was noted of their delivery: nobody makes them any more."""
        ids = {record.id for record in records}
        for job_id in ids:
            for note in (self._folder.delivering / f"{job_id}.json", self._folder.delivering / f"{job_id}.part"):
                if regular(note) is not None:
                    note.unlink(missing_ok=True)
        folders = {folder for record in records for folder in self._janitor.film_folders(record.job)}
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
    places = 0
    with file.open("rb+") as opened:  # one look: a log may get another name meanwhile, and the file stays this one
        content = opened.read()
        for word in sorted(words, key=len, reverse=True):
            alone = re.compile(rb"(?<![A-Za-z0-9\x80-\xff])" + re.escape(word) + rb"(?![A-Za-z0-9\x80-\xff])")
            content, count = alone.subn(b"*" * len(word), content)
            places += count
        if places:
            opened.seek(0)
            opened.write(content)
    return places


def _names(record: JobRecord) -> set[str]:
    return {_alike(text) for text in (record.job.name, *record.job.fields.values())} - {""}


def _alike(text: str) -> str:
    """Without case, accents, blanks and signs. Vowels that stand on, under or beside a letter stay: they tell names of
    many scripts apart, and nobody is to be forgotten for another.
    """
    apart = unicodedata.normalize("NFKD", text).casefold()
    kept = (sign for sign in apart if sign.isalnum() or unicodedata.category(sign)[0] == "M")
    return "".join(sign for sign in kept if not "\u0300" <= sign <= "\u036f")


def _texts(record: JobRecord) -> Iterable[str]:
    job = record.job
    return (job.name, *job.fields.values(), job.script, *job.respelled, *job.respelled.values())


def _films(records: Sequence[JobRecord]) -> tuple[str, ...]:
    return tuple(record.result.output for record in records if record.result and Path(record.result.output).exists())
