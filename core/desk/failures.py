"""What failed, written down: a report of every job, or just the rows as a sheet that can be dropped again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from core.errors import UsageError
from core.jobs.model import Attempt, Job, JobRecord

History = Callable[[str], list[Attempt]]

COLUMNS = (
    *("id", "batch", "file", "row", "name", "code", "message", "remedy", "stage", "attempts", "failed_at"),
    *("kind", "machine"),
)
_SCRIPT, _LANGUAGE = "guion", "idioma"


def line(record: JobRecord, history: Sequence[Attempt]) -> dict[str, Any]:
    """One failed job, by `COLUMNS`."""
    failure = record.failure
    values = (
        record.id,
        record.job.batch,
        record.job.source,
        record.job.row,
        record.job.name,
        failure.code if failure else "",
        str(failure.what) if failure else "",
        str(failure.remedy) if failure else "",
        failure.stage if failure else "",
        record.attempts,
        _moment(record.ended_s),
        failure.kind if failure else "",
        history[-1].worker if history else record.worker,
    )
    return dict(zip(COLUMNS, values, strict=True))


def full(record: JobRecord, history: Sequence[Attempt]) -> dict[str, Any]:
    """The same with the technical detail and every attempt, for JSON."""
    return {
        **line(record, history),
        "detail": record.failure.detail if record.failure else "",
        "history": [
            {
                "number": attempt.number,
                "worker": attempt.worker,
                "started": _moment(attempt.started_s),
                "ended": _moment(attempt.ended_s),
                "how": attempt.how,
                "code": attempt.failure.code if attempt.failure else "",
            }
            for attempt in history
        ],
    }


def as_csv(lines: Iterable[Mapping[str, Any]]) -> str:
    """One line a job, texts quoted so that no spreadsheet takes one for a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(COLUMNS), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _harmless(value) for key, value in line.items()} for line in lines)
    return text.getvalue()


def rows_as_csv(jobs: Sequence[Job]) -> str:
    """The jobs' fields, script and language as they were given, under headers that intake knows.

    Nothing is quoted against formulas here: it is the operator's own text, and must come back just as it was.
    """
    names = list(dict.fromkeys(name for job in jobs for name in job.fields))
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=[*names, _SCRIPT, _LANGUAGE], lineterminator="\n")
    writer.writeheader()
    writer.writerows({**job.fields, _SCRIPT: job.script, _LANGUAGE: job.language} for job in jobs)
    return text.getvalue()


def export(records: Sequence[JobRecord], history: History, file: Path, *, rows: bool) -> None:
    """Writes what failed to `file`: as JSON if it is called so, else as CSV; or just the `rows`, to be dropped again.

    CSV begins with a byte order mark, by which a spreadsheet knows that it is UTF-8. Raises `UsageError`.
    """
    if rows:
        text = rows_as_csv([record.job for record in records])
    elif file.suffix.casefold() == ".json":
        jobs = [full(record, history(record.id)) for record in records]
        text = json.dumps({"jobs": jobs}, ensure_ascii=False, indent=1)
    else:
        text = as_csv(line(record, history(record.id)) for record in records)
    encoding = "utf-8" if file.suffix.casefold() == ".json" else "utf-8-sig"
    part = file.with_name(f"{file.name}.part")
    try:
        part.write_text(text, encoding=encoding, errors="replace", newline="")
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UsageError(
            "export_unwritable",
            "The list can't be saved in {folder}: {reason}.",
            "Choose another folder.",
            folder=str(file.parent),
            reason=error.strerror or "unknown",
        ) from error


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
