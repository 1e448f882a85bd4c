"""What is said of a batch: how far it is, when it will be done, and what its deadline makes of that."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.jobs.model import State
from gui.language import wording
from gui.queue.pace import Estimate
from gui.queue.tally import Tally

_translate = QCoreApplication.translate


def standing(tally: Tally) -> str:
    """`3 of 6 · 1 failed · 2 held up`."""
    said = [
        _translate("BatchCard", "{done} of {total}").format(
            done=wording.number(tally.done), total=wording.number(tally.total)
        )
    ]
    counts = tally.counts
    if n := counts[State.FAILED]:
        said.append(_translate("BatchCard", "%Ln failed", "", n))
    if n := counts[State.REVIEW]:
        said.append(_translate("BatchCard", "%Ln to review", "", n))
    if n := counts[State.PARKED]:
        said.append(_translate("BatchCard", "%Ln held up", "", n))
    if n := counts[State.DELAYED]:
        if tally.batch.start_s and not tally.running:
            said.append(_translate("BatchCard", "%Ln scheduled", "", n))
        else:
            said.append(_translate("BatchCard", "%Ln will be tried again", "", n))
    if n := counts[State.HELD]:
        said.append(_translate("BatchCard", "%Ln paused", "", n))
    if n := counts[State.CANCELLED]:
        said.append(_translate("BatchCard", "%Ln cancelled", "", n))
    return " · ".join(said)


def outlook(tally: Tally, estimate: Estimate | None, now_s: float) -> tuple[str, bool]:
    """When it will be done, in words, and whether that is a warning."""
    batch = tally.batch
    if tally.over:
        return "", False
    if estimate is not None and estimate.late:
        late = _translate("BatchCard", "At this rate %Ln will miss {time}", "", estimate.late)
        return late.format(time=wording.moment(batch.deadline_s)), True
    if batch.deadline_s and now_s > batch.deadline_s:
        return _translate("BatchCard", "Was due at {time}").format(time=wording.moment(batch.deadline_s)), True
    return _plan(tally, estimate, now_s), False


def _plan(tally: Tally, estimate: Estimate | None, now_s: float) -> str:
    batch = tally.batch
    if tally.wants_a_look:
        return _translate("BatchCard", "The first %Ln are made: look at them", "", batch.first)
    if batch.start_s > now_s and not tally.running:
        return _translate("BatchCard", "Begins at {time}").format(time=wording.moment(batch.start_s))
    if estimate is not None:
        return _translate("BatchCard", "{span} left, done at {time}").format(
            span=wording.span(estimate.left_s), time=wording.moment(now_s + estimate.left_s)
        )
    if batch.deadline_s:
        return _translate("BatchCard", "Due at {time}").format(time=wording.moment(batch.deadline_s))
    return ""
