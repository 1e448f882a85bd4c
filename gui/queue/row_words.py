"""What each cell of the queue's table says, and what it says when the pointer rests on it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.jobs.model import ENDED, JobRecord, State
from gui.language import wording
from gui.queue.columns import Column
from gui.queue.pace import Pace

_translate = QCoreApplication.translate


def words(record: JobRecord, column: Column, pace: Pace) -> str:
    match column:
        case Column.FILM:
            return record.job.name
        case Column.STATE:
            return wording.standing_word(record)
        case Column.PROGRESS:
            share = f" · {wording.percent(record.fraction)}" if record.state is State.RUNNING else ""
            return f"{wording.standing(record)}{share}"
        case Column.WORKER:
            return wording.worker(record.worker) if record.state not in (State.READY, State.HELD) else ""
        case Column.TIME:
            return time_words(record, pace)
    return ""


def time_words(record: JobRecord, pace: Pace) -> str:
    """How long it will take, took, or when it begins."""
    match record.state:
        case State.RUNNING:
            left_s = pace.film_left_s(record)
            return _translate("RowWords", "{time} left").format(time=wording.brief(left_s)) if left_s >= 1 else ""
        case State.DONE | State.REVIEW if record.ended_s > record.started_s > 0:
            took = wording.brief(record.ended_s - record.started_s)
            return _translate("RowWords", "took {time}").format(time=took)
        case State.DELAYED if record.due_s:
            return _translate("RowWords", "at {time}").format(time=wording.moment(record.due_s))
    return ""


def title(column: Column) -> str:
    match column:
        case Column.FILM:
            return _translate("RowWords", "Film")
        case Column.STATE:
            return _translate("RowWords", "State")
        case Column.PROGRESS:
            return _translate("RowWords", "Progress")
        case Column.WORKER:
            return _translate("RowWords", "Where")
        case Column.TIME:
            return _translate("RowWords", "Time")
    return ""


def hint(record: JobRecord, column: Column) -> str:
    reason = (wording.standing(record), wording.remedy(record))
    match column:
        case Column.FILM:
            why = reason if wording.remedy(record) else ()
            return wording.tool_tip(record.job.name, wording.origin(record), *why, record.job.output)
        case Column.PROGRESS if any(reason):
            return wording.tool_tip(*reason)
        case Column.WORKER if record.worker:
            return wording.tool_tip(record.worker)
        case Column.ACTIONS if record.state is State.DONE:
            return _translate("RowWords", "Enter opens the film, Ctrl+Enter its folder")
        case Column.ACTIONS if record.state not in ENDED:
            return _translate("RowWords", "Del cancels the selected films")
    return ""


def description(record: JobRecord) -> str:
    """For a screen reader: what belongs to the row beyond its cells."""
    told = (wording.origin(record), wording.standing(record), wording.remedy(record))
    return "\n".join(filter(None, told))
