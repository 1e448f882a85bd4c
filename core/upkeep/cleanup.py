"""Removes what is no longer needed. Never a file in use, never one that Trineo did not make, never through a link."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import structlog

from core.errors import EnvironmentFault, StoreAway
from core.jobs.model import Job, JobRecord, State
from core.jobs.store import JobStore
from core.paths import DataFolder
from core.render.beside import captions_of
from core.render.publish import is_film_of, moved_under
from core.settings.declaration import Settings
from core.storage.caches import Caches
from core.storage.links import regular
from core.storage.sweeping import Left, kept_queues, left_beside_films, left_in_caches, left_in_work, old_logs
from core.storage.traces import Traces, orphans, remove_piece

_log = structlog.get_logger(__name__)

_HOUR_S = 3600.0
_DAY_S = 24 * _HOUR_S
_LOCK_S = 900.0


@dataclass(frozen=True, slots=True)
class Removed:
    """So many things of a kind, and the room they took on a disk."""

    count: int = 0
    bytes: int = 0

    def __add__(self, other: Removed) -> Removed:
        return Removed(self.count + other.count, self.bytes + other.bytes)


class Janitor:
    """Cleans what all machines share, one machine at a time, and what is this computer's own."""

    def __init__(self, settings: Settings, folder: DataFolder, store: JobStore, caches: Caches, traces: Traces) -> None:
        self._settings = settings
        self._folder = folder
        self._store = store
        self._caches = caches
        self._traces = traces

    def adapt(self, settings: Settings) -> None:
        self._settings = settings

    def clean(self, *, dry_run: bool = False) -> dict[str, Removed]:
        """By kind, what was removed; with `dry_run` what would be. Raises `StoreAway`.

        While another machine cleans what is shared, only what is this computer's own is cleaned.
        """
        own: dict[str, Callable[[bool], Removed]] = {
            "temporary files": self._temporary,
            "logs": self._logs,
            "caches": self._trim_caches,
            "pieces": self._pieces,
        }
        shared: dict[str, Callable[[bool], Removed]] = {
            "films": self._films,
            "scripts": self._scripts,
            "jobs": self._jobs,
            "calls": self._calls,
            "machines": self._machines,
            "hours": self._hours,
        }
        lock = self._store.lock("cleanup", lease_s=_LOCK_S)
        found: dict[str, Removed] = {}
        if dry_run or lock.acquire():
            try:
                found |= {kind: clean(dry_run) for kind, clean in shared.items()}
            finally:
                if not dry_run:
                    lock.release()
        found |= {kind: clean(dry_run) for kind, clean in own.items()}
        if not dry_run:
            self._store.compact()  # what was removed is in a local queue's journal until then
            _log.info("cleaned", **{kind.replace(" ", "_"): one.count for kind, one in found.items()})
        return found

    # This computer's own

    def _temporary(self, dry_run: bool) -> Removed:
        age_s = self._settings.temp_max_age_hours * _HOUR_S
        films = {self._settings.output_dir.expanduser().absolute()}
        films |= {self._settings.delivery_dir.expanduser().absolute()} if self._settings.delivery_dir else set()
        speech = self._settings.audio_cache_dir
        found = chain(
            left_in_work(self._folder.work, age_s),
            left_in_caches(self._folder.cache, age_s),
            left_in_caches(speech, age_s) if speech else (),
            kept_queues(self._folder.queue, self._jobs_age_s),
            *(left_beside_films(folder, age_s) for folder in films),
        )
        return self._sweep(found, dry_run)

    def _logs(self, dry_run: bool) -> Removed:
        return self._sweep(old_logs(self._folder.logs, self._jobs_age_s), dry_run)

    def _sweep(self, found: Iterator[Left], dry_run: bool) -> Removed:
        """All but what belongs to a film that is being made now."""
        left = list(found)
        records = self._store.records(sorted({one.job for one in left if one.job}))
        running = {record.id for record in records if record.state is State.RUNNING}
        total = Removed()
        for one in left:
            if one.job not in running and (dry_run or one.remove()):
                total += Removed(1, one.bytes)
        return total

    def film_folders(self, job: Job) -> list[Path]:
        """Where its film may be in the making on this computer."""
        places = (Path(job.output), moved_under(job.output, self._settings.output_dir.expanduser().absolute()))
        return [place.parent for place in places if place.is_absolute()]

    def _trim_caches(self, dry_run: bool) -> Removed:
        if dry_run:
            over = [max(0, used.bytes - used.limit_bytes) for used in self._caches.usage().values() if used.limit_bytes]
            return Removed(sum(map(bool, over)), sum(over))
        went = self._caches.trim().values()
        return Removed(sum(one.files for one in went), sum(one.bytes for one in went))

    def _pieces(self, dry_run: bool) -> Removed:
        """Personal pieces in the caches of jobs that are gone from the queue, here or on another machine."""
        unknown = self._store.unknown(self._traces.own_jobs())
        gone = (unknown & self._traces.older_than(self._jobs_age_s)) | self._store.forgotten(unknown)
        return self.remove_pieces(gone, dry_run=dry_run)

    def remove_pieces(self, jobs: set[str], *, dry_run: bool = False) -> Removed:
        """What the caches hold for these jobs alone. What can't be removed now goes at another cleanup."""
        if not jobs:
            return Removed()
        if dry_run:
            there = [status for path in orphans(self._traces.jobs(), jobs) if (status := regular(path)) is not None]
            return Removed(len(there), sum(status.st_size for status in there))
        total, stay = Removed(), set()
        with self._traces.still():
            for path in sorted(orphans(self._traces.jobs(), jobs)):
                try:
                    size = remove_piece(path)
                except OSError as error:
                    _log.warning("a cached piece can't be removed yet", kind=type(error).__name__)
                    stay.add(path)
                else:
                    total += Removed(1, size) if size is not None else Removed()
            self._traces.drop(jobs, but=stay)
        return total

    # What all machines share

    @property
    def _jobs_age_s(self) -> float:
        return self._settings.jobs_max_age_hours * _HOUR_S

    def _jobs(self, dry_run: bool) -> Removed:
        """Batches of which everything ended long ago; they are kept while films of theirs are still to be removed."""
        age_s = max(self._jobs_age_s, (self._settings.films_max_age_days or 0.0) * _DAY_S)
        before_s = self._store.now_s() - age_s
        if dry_run:
            return Removed(len(self._store.outdated(before_s)))
        self._store.turn_away(self._store.now_s() - _DAY_S)
        return Removed(self._store.forget_older_than(before_s))

    def _calls(self, dry_run: bool) -> Removed:
        """Also those that nobody settled and nobody will: they count as spent, and are held no longer."""
        before_s = self._store.now_s() - self._jobs_age_s
        abandoned = self._store.abandoned_calls(before_s)
        for call in abandoned if not dry_run else ():
            self._store.give_up_call(call)
        return Removed(len(abandoned) + self._store.forget_money(before_s, dry_run=dry_run))

    def _machines(self, dry_run: bool) -> Removed:
        gone = self._store.gone_machines()
        for machine in gone if not dry_run else ():
            self._store.gone(machine)
        return Removed(len(gone))

    def _hours(self, dry_run: bool) -> Removed:
        return Removed(0 if dry_run else self._store.forget_old_hours())

    def _scripts(self, dry_run: bool) -> Removed:
        days = self._settings.scripts_max_age_days
        if days is None:
            return Removed()
        old = [
            one
            for one in self._store.done_before(self._store.now_s() - days * _DAY_S)
            if one.job.fields or one.job.script
        ]
        return Removed(len(old) if dry_run else self._store.anonymise(old))

    def _films(self, dry_run: bool) -> Removed:
        days = self._settings.films_max_age_days
        if days is None:
            return Removed()
        return remove_films(list(self._store.done_before(self._store.now_s() - days * _DAY_S)), dry_run=dry_run)


class Schedule:
    """Says when it is time again: the last time is the age of a file, so that it outlives the program."""

    def __init__(self, stamp: Path, every_hours: float) -> None:
        self._stamp = stamp
        self.every_hours = every_hours

    def is_due(self) -> bool:
        if self.every_hours <= 0:
            return False
        try:
            return not 0 <= time.time() - self._stamp.stat().st_mtime < self.every_hours * _HOUR_S
        except OSError:
            return True

    def done(self) -> None:
        self._stamp.touch()


def clean_when_due(janitor: Janitor, schedule: Schedule) -> bool:
    """Cleans if it is time; False if not, or if it has to wait for a store or a disk."""
    if not schedule.is_due():
        return False
    try:
        janitor.clean()
    except (StoreAway, EnvironmentFault, OSError) as error:
        _log.warning("not cleaned yet", kind=type(error).__name__)
        return False
    schedule.done()
    return True


def remove_films(records: Sequence[JobRecord], *, dry_run: bool = False) -> Removed:
    """The films of these jobs, with their captions' files, as far as they are on this machine and still theirs."""
    total = Removed()
    for record in records:
        film = Path(record.result.output) if record.result else None
        if (
            film is None
            or not film.is_absolute()
            or (status := regular(film)) is None
            or not is_film_of(film, record.job)
        ):
            continue
        if dry_run or _unlinked(film, captions_of(film, record.job.captions)):
            total += Removed(1, status.st_size)
    return total


def _unlinked(film: Path, beside: Path | None) -> bool:
    """False if it can't be removed now: somebody watches it (Windows), or the folder is read-only."""
    try:
        film.unlink(missing_ok=True)
        if beside is not None and regular(beside) is not None:
            beside.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("a film can't be removed yet", kind=type(error).__name__)
        return False
    return True
