"""A job's story, to be sent to whoever helps: what happened to it and what the log says of it, without its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from core.jobs.model import Attempt, Failure, JobRecord
from core.logs.lines import LogLine
from core.logs.redaction import Redactor, private_words

_MOST_LINES = 2000


def story(record: JobRecord, history: Iterable[Attempt], lines: Iterable[LogLine], door: Redactor) -> str:
    """In English, as the log is. Every line passes `door`, and none holds a name or text of the job."""
    job = record.job
    texts = (*job.fields.values(), job.script, *job.respelled, *job.respelled.values())
    with private_words.held(job.name, texts):
        told = [*_standing(record), "", *_attempts(history), "", *_logged(lines)]
        return "\n".join(map(door.text, told)) + "\n"


def _standing(record: JobRecord) -> Iterator[str]:
    job = record.job
    yield f"job {job.id} of batch {job.batch}, row {job.row}"
    yield f"template {job.template_hash[:12]}, preset {job.preset}, strategy {job.strategy}, language {job.language}"
    yield f"state {record.state}, attempts {record.attempts}, stage {record.stage or 'none'}"
    yield f"submitted {_when(record.submitted_s)}, started {_when(record.started_s)}, ended {_when(record.ended_s)}"
    if record.failure is not None:
        yield from _failure(record.failure)
    if record.result is not None:
        yield f"made as {record.result.strategy}, {record.result.duration_s:.1f} s long"
        yield "seconds: " + ", ".join(f"{stage} {seconds:g}" for stage, seconds in record.result.seconds.items())
        yield from (f"note: {note}" for note in record.result.notes)


def _attempts(history: Iterable[Attempt]) -> Iterator[str]:
    yield "history"
    for one in history:
        yield f"  attempt {one.number} by {one.worker}: {_when(one.started_s)} to {_when(one.ended_s)}, {one.how}"
        if one.failure is not None:
            yield from (f"    {line}" for line in _failure(one.failure))


def _failure(failure: Failure) -> Iterator[str]:
    """Its code and the sentence as it stands in the program; what fills its gaps may be anybody's words."""
    yield f"{failure.kind} {failure.code} in {failure.stage or 'no stage'}: {failure.what.template}"
    if failure.waits_for:
        yield f"waits for {failure.waits_for}"
    yield from (f"  | {line}" for line in failure.detail.splitlines()[-40:])


def _logged(lines: Iterable[LogLine]) -> Iterator[str]:
    found = list(lines)
    yield "log" if found else "log: nothing here; another computer may have made it, or its lines are gone"
    yield from (f"  {line.text}" for line in found[-_MOST_LINES:])


def _when(second: float) -> str:
    return datetime.fromtimestamp(second, UTC).isoformat(timespec="seconds") if second else "never"
