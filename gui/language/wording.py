"""The window's words for the core's values, in the language of the moment."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDate, QDateTime, QLocale

from core.errors import TrineoError
from core.jobs.model import JobRecord, State, Strategy
from core.text import Text

_translate = QCoreApplication.translate

_STATES: dict[State, Any] = {
    State.READY: QT_TRANSLATE_NOOP("words", "Waiting"),
    State.RUNNING: QT_TRANSLATE_NOOP("words", "Being made"),
    State.DELAYED: QT_TRANSLATE_NOOP("words", "Will try again"),
    State.PARKED: QT_TRANSLATE_NOOP("words", "Held up"),
    State.HELD: QT_TRANSLATE_NOOP("words", "Paused"),
    State.REVIEW: QT_TRANSLATE_NOOP("words", "To review"),
    State.DONE: QT_TRANSLATE_NOOP("words", "Done"),
    State.FAILED: QT_TRANSLATE_NOOP("words", "Failed"),
    State.CANCELLED: QT_TRANSLATE_NOOP("words", "Cancelled"),
}
_HELD_BACK = frozenset({State.FAILED, State.DELAYED, State.PARKED})
_STARTING: Any = QT_TRANSLATE_NOOP("words", "Starting")
_STAGES: dict[str, Any] = {
    "speech": QT_TRANSLATE_NOOP("words", "Speaking the text"),
    "face": QT_TRANSLATE_NOOP("words", "Making Santa talk"),
    "picture": QT_TRANSLATE_NOOP("words", "Making the picture"),
    "sound": QT_TRANSLATE_NOOP("words", "Mixing the sound"),
    "assemble": QT_TRANSLATE_NOOP("words", "Putting it together"),
    "verify": QT_TRANSLATE_NOOP("words", "Checking the film"),
    "publish": QT_TRANSLATE_NOOP("words", "Saving the film"),
}
_STRATEGIES: dict[Strategy, Any] = {
    Strategy.AUTO: QT_TRANSLATE_NOOP("words", "Best available"),
    Strategy.AVATAR: QT_TRANSLATE_NOOP("words", "Talking avatar"),
    Strategy.LIPSYNC: QT_TRANSLATE_NOOP("words", "Lip-sync"),
    Strategy.VOICEOVER: QT_TRANSLATE_NOOP("words", "Voice-over"),
}


def sentence(text: Text) -> str:
    """A sentence of the core's in the window's language, its values filled in."""
    return text.fill(_translate("core", text.template)) if text.template else ""


def what_and_remedy(error: TrineoError) -> tuple[str, str]:
    return sentence(error.what), sentence(error.remedy)


def state_word(state: State) -> str:
    return _translate("words", _STATES[state])


def standing_word(record: JobRecord) -> str:
    """The state's word; a job that is only not to begin yet has not failed before."""
    if record.state is State.DELAYED and record.failure is None:
        return _translate("words", "Scheduled")
    return state_word(record.state)


def worker(name: str) -> str:
    """`taller-2:4711/3` → `taller-2 · 3`: the machine, and which of its workers."""
    machine, _, number = name.partition("/")
    machine = machine.rpartition(":")[0] or machine
    return f"{machine} · {number}" if number else machine


def moment(seconds: float) -> str:
    """A time of day, with its date where that is not today's. `seconds` since 1970."""
    when = QDateTime.fromSecsSinceEpoch(int(seconds))
    time = QLocale().toString(when.time(), "HH:mm")
    if when.date() == QDate.currentDate():
        return time
    return f"{QLocale().toString(when.date(), QLocale.FormatType.ShortFormat)} {time}"


def span(seconds: float) -> str:
    """A length of time as one says it: `under a minute`, `14 min`, `3 h 20 min`, `2 d 5 h`."""
    minutes = round(seconds / 60)
    if seconds < 45:
        return _translate("words", "under a minute")
    if minutes < 90:
        return _translate("words", "%Ln min", "", max(1, minutes))
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return _translate("words", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    days, hours = divmod(hours, 24)
    return _translate("words", "{days} d {hours} h").format(days=days, hours=hours)


def brief(seconds: float) -> str:
    """`0.5 s`, `12 s`, `3:20 min`."""
    if seconds < 9.95:
        return f"{QLocale().toString(seconds, 'f', 1)} s"
    return f"{round(seconds)} s" if seconds < 59.5 else f"{clock(seconds)} min"


def stage_word(stage: str) -> str:
    return _translate("words", _STAGES.get(stage, _STARTING))


def strategy_word(strategy: Strategy) -> str:
    return _translate("words", _STRATEGIES[strategy])


def clock(seconds: float) -> str:
    """`75.2` → `1:15`."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def number(value: int) -> str:
    """`1000` → `1,000` or `1.000`."""
    return QLocale().toString(value)


def percent(fraction: float) -> str:
    return f"{int(fraction * 100)} %"


def standing(record: JobRecord) -> str:
    """Where a job stands beyond its state, on one line: the stage, the reason, what was made."""
    if record.state is State.RUNNING:
        return stage_word(record.stage)
    if record.state in (State.DONE, State.REVIEW) and record.result is not None:
        return _translate("words", "{strategy} · film of {length}").format(
            strategy=strategy_word(record.result.strategy), length=clock(record.result.duration_s)
        )
    if record.failure is not None and record.state in _HELD_BACK:
        return sentence(record.failure.what)
    return ""


def tool_tip(*lines: str) -> str:
    """Lines that wrap, as they are: what a customer's sheet holds is never read as markup."""
    return "<p>" + "<br>".join(escape(line) for line in lines if line) + "</p>"


def remedy(record: JobRecord) -> str:
    """What to do about what keeps a job from being made, if anything does."""
    if record.failure is None or record.state not in _HELD_BACK:
        return ""
    return sentence(record.failure.remedy)


def origin(record: JobRecord) -> str:
    """Where the job came from: the file, its sheet, its row."""
    job = record.job
    file = job.source.replace("\\", "/").rpartition("/")[2]
    place = f"{file} › {job.sheet}" if job.sheet else file
    return _translate("words", "{file} · row {row}").format(file=place, row=job.row)
