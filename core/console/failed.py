"""`app.py failed list|retry|export`: what ended in the dead-letter queue."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text as Words

from core.console.status import BAD_INPUT, DONE
from core.jobs.model import Attempt, JobRecord
from core.studio import Studio


def failed(studio: Studio, options: argparse.Namespace) -> int:
    if options.action == "retry":
        return _retry(studio, options)
    records = studio.failed(ids=options.ids or None, cause=options.cause)
    if options.json:
        causes = [{"code": one.code, "message": str(one.what), "count": one.count} for one in studio.causes()]
        print(json.dumps({"causes": causes, "jobs": [_full(studio, record) for record in records]}, ensure_ascii=False))
    elif options.action == "export":
        _export(studio, records)
    else:
        _list(studio, records)
    return DONE


def _retry(studio: Studio, options: argparse.Namespace) -> int:
    """2 if one of the ids is no failed job's; the others are queued again all the same."""
    there = {record.id for record in studio.failed(ids=options.ids)} if options.ids else set()
    unknown = [job_id for job_id in options.ids if job_id not in there]
    for job_id in unknown:
        print(f"trineo: {job_id} is not among the failed jobs; `failed list` shows them.", file=sys.stderr)
    count = studio.retry_failed(options.ids or None, options.cause)
    print(json.dumps({"retried": count}) if options.json else f"{count} queued again")
    return BAD_INPUT if unknown else DONE


def _list(studio: Studio, records: list[JobRecord]) -> None:
    console = Console()
    if not records:
        console.print("Nothing failed.")
        return
    for cause in studio.causes():
        console.print(Words(f"{cause.count} × {cause.what} ({cause.code})", "bold"))
    table = Table("id", "row", "name", "stage", "what happened, what to do", box=None)
    for record in records:
        failure = record.failure
        told = f"{failure.what} {failure.remedy}" if failure else ""
        stage = failure.stage if failure else ""
        table.add_row(record.id, str(record.job.row), Words(record.job.name), stage, Words(told))
    console.print(table)


def _export(studio: Studio, records: list[JobRecord]) -> None:
    """CSV on standard output, one line a job, texts quoted so that no spreadsheet takes one for a formula."""
    lines = [_line(record, studio.history(record.id)) for record in records]
    writer = csv.DictWriter(sys.stdout, fieldnames=list(_line_keys()), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _harmless(value) for key, value in line.items()} for line in lines)


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value


def _line_keys() -> tuple[str, ...]:
    known = ("id", "batch", "file", "row", "name", "code", "message", "remedy", "stage", "attempts", "failed_at")
    return (*known, "kind", "machine")


def _full(studio: Studio, record: JobRecord) -> dict[str, Any]:
    history = studio.history(record.id)
    return {
        **_line(record, history),
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


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _line(record: JobRecord, history: list[Attempt]) -> dict[str, Any]:
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
    return dict(zip(_line_keys(), values, strict=True))
