"""A job's attempts told in words: when, where, how each ended and why."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from core.jobs.model import Attempt
from gui.language import wording
from gui.language.ago import moment
from gui.preflight.problem_list import Entry

_translate = QCoreApplication.translate

_ENDS: dict[str, tuple[str, Any]] = {
    "done": ("accepted", QT_TRANSLATE_NOOP("Attempts", "Made")),
    "retry": ("warning", QT_TRANSLATE_NOOP("Attempts", "Failed for now, was to be tried again")),
    "park": ("info", QT_TRANSLATE_NOOP("Attempts", "Waited for something outside the film")),
    "fail": ("refused", QT_TRANSLATE_NOOP("Attempts", "Failed")),
    "lost": ("warning", QT_TRANSLATE_NOOP("Attempts", "The program that was making it went silent")),
    "given_back": ("info", QT_TRANSLATE_NOOP("Attempts", "Given back unfinished")),
    "cancelled": ("info", QT_TRANSLATE_NOOP("Attempts", "Stopped by a person")),
}


def attempt_entry(attempt: Attempt, now_s: float) -> Entry:
    """`now_s` in seconds since 1970: what was today is told by its time alone."""
    icon, end = _ENDS.get(attempt.how, ("info", QT_TRANSLATE_NOOP("Attempts", "Ended")))
    where = [
        _translate("Attempts", "Attempt {number}").format(number=attempt.number),
        moment(attempt.ended_s, now_s),
        wording.worker(attempt.worker),
    ]
    if attempt.failure is not None and attempt.failure.stage:
        where.append(wording.stage_word(attempt.failure.stage))
    took_s = attempt.ended_s - attempt.started_s
    if attempt.started_s and took_s >= 1:
        where.append(_translate("Attempts", "took {time}").format(time=wording.clock(took_s)))
    why = wording.sentence(attempt.failure.what) if attempt.failure is not None else ""
    return Entry(icon, " · ".join(filter(None, where)), _translate("Attempts", end), why)


def technical_detail(attempts: list[Attempt]) -> str:
    """What the newest failure left for whoever looks after the program: code, kind, and the tool's own words."""
    for attempt in reversed(attempts):
        if attempt.failure is not None:
            failure = attempt.failure
            head = f"{failure.code} ({failure.kind}) · {failure.stage} · {attempt.worker}"
            return f"{head}\n\n{failure.detail}".strip()
    return ""
