"""Rows that are dragged: jobs to another place in the queue, finished films to another program."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData

from core.jobs.model import ENDED, JobRecord
from gui.player.film_files import films_of, mime_of

JOBS_MIME = "application/x-trineo-jobs"


def mime_for(records: Sequence[JobRecord], *, can_arrange: bool) -> QMimeData:
    films = films_of(records)
    mime = mime_of(films) if films else QMimeData()
    waiting = [record.id for record in records if record.state not in ENDED]
    if waiting and can_arrange:
        mime.setData(JOBS_MIME, "\n".join(waiting).encode())
    return mime


def ids_in(mime: QMimeData) -> list[str]:
    return bytes(mime.data(JOBS_MIME).data()).decode().split("\n") if mime.hasFormat(JOBS_MIME) else []
