"""What a job is. Values only: a job never changes, its record in the store does."""

from __future__ import annotations

import json
import secrets
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from core.errors import RenderError, TransientError
from core.text import Text


class State(StrEnum):
    """Where a job is. Every job is in exactly one of these."""

    READY = "ready"
    RUNNING = "running"
    DELAYED = "delayed"  # begins at a time: failed for now, or is not to be made before
    PARKED = "parked"  # waits for something outside the job
    HELD = "held"  # paused by the operator
    REVIEW = "review"  # made, waits for a person's approval
    DONE = "done"
    FAILED = "failed"  # in the dead-letter queue
    CANCELLED = "cancelled"


ENDED = frozenset({State.DONE, State.FAILED, State.CANCELLED, State.REVIEW})


class Strategy(StrEnum):
    """How the message is made, best first; `AUTO` takes the best one that works."""

    AUTO = "auto"
    AVATAR = "avatar"
    LIPSYNC = "lipsync"
    VOICEOVER = "voiceover"


def known_fields(kind: type, data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` without what this version of `kind` does not know: a newer machine may have written it."""
    names = {one.name for one in fields(kind)}
    return {name: value for name, value in data.items() if name in names}


def new_id() -> str:
    """A job or batch id: 20 hex digits that sort by time of making (milliseconds), then at random."""
    return f"{time.time_ns() // 1_000_000:011x}{secrets.token_hex(5)[:9]}"


_ENCODER = json.JSONEncoder(separators=(",", ":"))


def _compact(value: Any, **instead: Any) -> str:
    """A dataclass as one line of ASCII JSON, so that a file name which isn't UTF-8 gets through as well.

    Not with `asdict`: it copies deeply, which a mapping proxy refuses, and that was a third of the time a submit took.
    """
    return _ENCODER.encode({one.name: getattr(value, one.name) for one in fields(value)} | instead)


_SHARED = ("batch", "source", "language", "template", "template_hash", "sheet", "preset", "captions")
_SHORT = 24  # letters: such fields often say the same in many rows, e.g. the child's name again, or where it lives


_NOTHING: Mapping[str, str] = MappingProxyType({})


def _kept_once(text: str) -> str:
    return sys.intern(text) if len(text) <= _SHORT else text


@dataclass(frozen=True, slots=True)
class Job:
    """One film to make, with everything that decides what it looks like.

    `output` is an absolute path on the machine that submitted it. `fields` holds the template's fields by
    name; `script`, where the row brought a whole one, takes the place of the template's message.
    `template_hash` is the content hash of the template the job was checked against.
    """

    id: str
    batch: str
    row: int
    source: str
    name: str
    language: str
    template: str
    template_hash: str
    output: str
    fields: Mapping[str, str] = field(default_factory=dict)
    script: str = ""
    sheet: str = ""
    preset: str = "vertical-1080"
    strategy: Strategy = Strategy.AUTO
    priority: int = 0
    review: bool = False  # when it is made, a person looks at it before it counts as done
    captions: str = "off"  # what becomes of them: off, soft, burned, srt, vtt
    take: int = 0  # rises when a person wants the same words spoken anew
    respelled: Mapping[str, str] = field(default_factory=dict)  # names in its words, and how they are said

    def to_json(self) -> str:
        return _compact(self, fields=dict(self.fields), respelled=dict(self.respelled))

    @classmethod
    def from_json(cls, text: str | bytes, job_id: str = "") -> Job:
        """What jobs have in common is kept once, for a window may hold 100,000 of them; also the id, if it is known."""
        data: dict[str, Any] = json.loads(text)
        data["id"] = job_id or data["id"]
        data["strategy"] = Strategy(data["strategy"])
        data |= {name: sys.intern(data[name]) for name in _SHARED if name in data}
        data["name"] = _kept_once(data["name"])
        data["fields"] = {sys.intern(name): _kept_once(value) for name, value in data["fields"].items()}
        data["respelled"] = data.get("respelled") or _NOTHING
        return cls(**known_fields(cls, data))

    def edited(self, **changes: Any) -> Job:
        """The same job (same id) with another text or settings, for a retry from the Failed tab."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Batch:
    """The jobs submitted together. `name` is what the operator reads, often the sheet's file name.

    `review_every`: how many of its films a person looks at: none (0), all (1), or each nth. `first`: so many are made,
    the others are held until the operator has seen them (0: no such thing). `start_s` and `deadline_s`: when it begins
    and when it should be done, in seconds since 1970 (0: at once, and none).
    """

    id: str
    name: str
    total: int
    created_s: float = 0.0
    review_every: int = 0
    first: int = 0
    start_s: float = 0.0
    deadline_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an attempt ended without a film. `kind` is the error's class name: it decides what comes next."""

    kind: str
    code: str
    what: Text
    remedy: Text
    stage: str = ""
    detail: str = ""
    retry_after_s: float | None = None
    waits_for: str = ""

    @classmethod
    def of(cls, error: RenderError, stage: str) -> Failure:
        return cls(
            kind=type(error).__name__,
            code=error.code,
            what=error.what,
            remedy=error.remedy,
            stage=stage,
            detail=error.detail,
            retry_after_s=error.retry_after_s if isinstance(error, TransientError) else None,
            waits_for=str(getattr(error, "waits_for", "")),
        )

    def to_json(self) -> str:
        return _compact(self, what=self.what.as_dict(), remedy=self.remedy.as_dict())

    @classmethod
    def from_json(cls, text: str | bytes) -> Failure:
        data: dict[str, Any] = json.loads(text)
        data["what"] = Text.from_dict(data["what"])
        data["remedy"] = Text.from_dict(data["remedy"])
        return cls(**known_fields(cls, data))


@dataclass(frozen=True, slots=True)
class Result:
    """What an attempt that ended well left behind. `seconds` is the time each stage took."""

    output: str
    strategy: Strategy
    duration_s: float
    poster: str = ""
    seconds: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()  # e.g. why a better strategy was not used

    def to_json(self) -> str:
        return _compact(self, seconds=dict(self.seconds))

    @classmethod
    def from_json(cls, text: str | bytes) -> Result:
        data: dict[str, Any] = json.loads(text)
        data["strategy"] = Strategy(data["strategy"])
        data["notes"] = tuple(data["notes"])
        return cls(**known_fields(cls, data))


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job and where it stands, as the store knows it at one moment.

    `attempts` counts attempts begun. `epoch` rises with every claim. `fraction` is how much of the film is
    made, 0 to 1. Times are seconds since 1970 by the store's clock; 0.0 means never.
    """

    job: Job
    state: State
    attempts: int = 0
    epoch: int = 0
    stage: str = ""
    fraction: float = 0.0
    worker: str = ""
    failure: Failure | None = None
    result: Result | None = None
    submitted_s: float = 0.0
    started_s: float = 0.0
    ended_s: float = 0.0
    due_s: float = 0.0  # when a delayed job is tried again, or begins
    place: float = 0.0  # in the queue: what has the lowest is made first

    @property
    def id(self) -> str:
        return self.job.id


@dataclass(frozen=True, slots=True)
class Sketch:
    """As much of a job as can be told of 100,000 at once. `place` is where it was submitted."""

    id: str
    batch: str
    state: State
    place: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """One line of a job's history.

    `how` is `done`, `retry`, `park`, `fail`, `lost` (the lease ran out), `given_back` or `cancelled`.
    """

    number: int
    worker: str
    started_s: float
    ended_s: float
    how: str
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on a job until the lease runs out, unless it is renewed.

    `token` names this lease; `epoch` is the fencing number every later transition is checked against.
    """

    job: Job
    epoch: int
    token: str
    worker: str
    attempt: int
    lease_s: float
    deadline_s: float = 0.0
