"""`app.py failed list|retry|export`: what ended in the dead-letter queue."""

from __future__ import annotations

import argparse
import json
import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text as Words

from core.console.status import BAD_INPUT, DONE
from core.desk.failures import as_csv, full, line
from core.jobs.model import JobRecord
from core.studio import Studio


def failed(studio: Studio, options: argparse.Namespace) -> int:
    if options.action == "retry":
        return _retry(studio, options)
    records = studio.failed(ids=options.ids or None, cause=options.cause)
    if options.json:
        jobs = [full(record, studio.history(record.id)) for record in records]
        causes = [{"code": one.code, "message": str(one.what), "count": one.count} for one in studio.causes()]
        print(json.dumps({"causes": causes, "jobs": jobs}, ensure_ascii=False))
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
    """CSV on standard output."""
    sys.stdout.write(as_csv(line(record, studio.history(record.id)) for record in records))
