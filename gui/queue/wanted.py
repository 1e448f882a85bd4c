"""Which jobs are to be seen, and in which order: plain values, so that they can be tested and remembered."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from core.jobs.model import JobRecord, State
from gui.language import wording


class Group(StrEnum):
    """What an operator calls the states a film can be in."""

    ALL = "all"
    RUNNING = "running"
    WAITING = "waiting"
    HELD = "held"
    PARKED = "parked"
    REVIEW = "review"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


STATES: dict[Group, frozenset[State]] = {
    Group.ALL: frozenset(State),
    Group.RUNNING: frozenset({State.RUNNING}),
    Group.WAITING: frozenset({State.READY, State.DELAYED}),
    Group.HELD: frozenset({State.HELD}),
    Group.PARKED: frozenset({State.PARKED}),
    Group.REVIEW: frozenset({State.REVIEW}),
    Group.DONE: frozenset({State.DONE}),
    Group.FAILED: frozenset({State.FAILED}),
    Group.CANCELLED: frozenset({State.CANCELLED}),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """`batch` "" is every batch; each of the `words` (see `words_of`) must be somewhere in what is known of a job."""

    batch: str = ""
    group: Group = Group.ALL
    words: tuple[str, ...] = ()

    def accepts(self, record: JobRecord) -> bool:
        if self.batch and record.job.batch != self.batch:
            return False
        if self.group is not Group.ALL and record.state not in STATES[self.group]:
            return False
        if not self.words:
            return True
        told = _told(record)
        return all(word in told for word in self.words)

    def narrows(self, other: Wanted) -> bool:
        """Whether everything this accepts is among what `other` accepts."""
        return (
            other.batch in ("", self.batch)
            and other.group in (Group.ALL, self.group)
            and all(any(theirs in ours for ours in self.words) for theirs in other.words)
        )


class SortBy(StrEnum):
    PLACE = "place"  # the order of the queue
    FILM = "film"
    STATE = "state"
    PROGRESS = "progress"
    WORKER = "worker"
    TIME = "time"


_RANKS = {state: rank for rank, state in enumerate(State)}
Key = float | str


def key_of(record: JobRecord, by: SortBy) -> Key:
    match by:
        case SortBy.PLACE:
            return record.place
        case SortBy.FILM:
            return folded(record.job.name)
        case SortBy.STATE:
            return _RANKS[record.state]
        case SortBy.PROGRESS:
            return record.fraction
        case SortBy.WORKER:
            return record.worker
        case SortBy.TIME:
            return max(record.ended_s, record.started_s) or -record.submitted_s


def words_of(search: str) -> tuple[str, ...]:
    return tuple(folded(search).split())


_ACCENTS = re.compile("[\u0300-\u036f]+")
_FAR = re.compile("[\u0483-\u1fff\u20d0-\u20ff\u2c80-\U0010ffff]")
"""Where other signs are that are set on letters; to look at each letter of all films' texts takes a second."""


def folded(text: str) -> str:
    """Without case and accents: who types `sofia` means Sofía."""
    lower = text.casefold()
    if lower.isascii():
        return lower
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", lower))
    if _FAR.search(bare) is None:
        return bare
    return "".join(char for char in bare if not unicodedata.combining(char))


def _told(record: JobRecord) -> str:
    """Everything a person may remember of a film: its name, where it came from, its words, where it was made."""
    job = record.job
    parts = [
        job.name,
        job.source,
        job.sheet,
        str(job.row),
        *job.fields.values(),
        job.script,
        job.output,
        record.worker,
        wording.state_word(record.state),
    ]
    if record.failure is not None:
        parts.append(wording.sentence(record.failure.what))
    return folded("\n".join(parts))
