"""How long ago something was, as one would say it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

_MINUTE = 60
_HOUR = 3600
_DAY = 86_400


def ago(then_s: float, now_s: float) -> str:
    """Both in seconds since 1970: `just now`, `5 min ago`, `3 h ago`, `2 days ago`, or the day itself."""
    translate = QCoreApplication.translate
    past_s = max(0.0, now_s - then_s)
    if past_s < _MINUTE:
        return translate("Ago", "just now")
    if past_s < _HOUR:
        return translate("Ago", "%Ln min ago", "", int(past_s // _MINUTE))
    if past_s < _DAY:
        return translate("Ago", "%Ln h ago", "", int(past_s // _HOUR))
    if past_s < 7 * _DAY:
        return translate("Ago", "%Ln day(s) ago", "", int(past_s // _DAY))
    return QLocale().toString(_moment(then_s).date(), QLocale.FormatType.ShortFormat)


def moment(then_s: float, now_s: float) -> str:
    """The time of day, with the day before it where that is another: `21:40:12`, `22/12/26 21:40:12`."""
    then = _moment(then_s)
    time = then.toString("HH:mm:ss")
    if then.date() == _moment(now_s).date():
        return time
    return f"{QLocale().toString(then.date(), QLocale.FormatType.ShortFormat)} {time}"


def _moment(seconds: float) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(seconds))  # in the operator's own time
