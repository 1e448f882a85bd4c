"""The computers that make films: how many workers each has, how fast it is, and when it was last heard of."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.metrics.overview import Computer, Overview
from gui.dashboard import words
from gui.dashboard.rows import Row
from gui.language.ago import ago

_translate = QCoreApplication.translate


def computer_rows(seen: Overview) -> list[Row]:
    """Those that need a look first."""
    order = sorted(seen.computers, key=lambda one: (one.alive and not one.set_aside, one.name.casefold()))
    return [_row(one, seen.now_s) for one in order]


def computers_sentence(seen: Overview) -> str:
    if not seen.computers:
        return _translate("Dashboard", "No computer makes films now.")
    workers = sum(one.workers for one in seen.computers if one.alive)
    return _translate("Dashboard", "%Ln film(s) can be worked on at once.", "", workers)


def _row(one: Computer, now_s: float) -> Row:
    told = [
        _translate("Dashboard", "%Ln worker(s)", "", one.workers),
        _translate("Dashboard", "%Ln film(s) in the last hour", "", one.films),
    ]
    if not one.alive:
        state = _translate("Dashboard", "Silent")
        told.append(_translate("Dashboard", "last heard of {when}").format(when=_when(one, now_s)))
        remedy = _translate("Dashboard", "Look whether it is on. Its films go to others by themselves.")
        return Row("warning", "waiting_text", one.name, state, " · ".join(told), remedy)
    if one.set_aside:
        state = _translate("Dashboard", "Set aside")
        remedy = _translate(
            "Dashboard", "It failed what others made. Look at its own health; started anew, it works again."
        )
        return Row("refused", "failed_text", one.name, state, " · ".join(told), remedy)
    told.append(_translate("Dashboard", "heard of {when}").format(when=ago(now_s - one.seen_ago_s, now_s)))
    return Row("accepted", "done_text", one.name, _translate("Dashboard", "Works"), " · ".join(told))


def _when(one: Computer, now_s: float) -> str:
    then_s = now_s - one.seen_ago_s
    return f"{ago(then_s, now_s)} ({words.time_of_day(then_s)})"
