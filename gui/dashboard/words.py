"""What the dashboard says: numbers with their units, times, and the names of services, caches and checks."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDateTime, QLocale

from core.metrics.history import Part, Span
from gui.language import wording

_translate = QCoreApplication.translate

_SPANS: dict[Span, Any] = {
    Span.HOUR: QT_TRANSLATE_NOOP("Dashboard", "The last hour"),
    Span.DAY: QT_TRANSLATE_NOOP("Dashboard", "The last 24 hours"),
    Span.SEASON: QT_TRANSLATE_NOOP("Dashboard", "The last 100 days"),
}
_SERVICES: dict[str, Any] = {
    "elevenlabs": "ElevenLabs",
    "heygen": "HeyGen",
    "heygen_lipsync": QT_TRANSLATE_NOOP("Dashboard", "HeyGen lip-sync"),
    "higgsfield": "Higgsfield",
    "synclabs": "Sync Labs",
    "wav2lip": "Wav2Lip",
    "mouth_bank": QT_TRANSLATE_NOOP("Dashboard", "The template's mouths"),
    "espeak": QT_TRANSLATE_NOOP("Dashboard", "Offline voice"),
}
_CACHES: dict[str, Any] = {
    "speech": QT_TRANSLATE_NOOP("Dashboard", "Spoken lines"),
    "faces": QT_TRANSLATE_NOOP("Dashboard", "Talking clips"),
    "segments": QT_TRANSLATE_NOOP("Dashboard", "Pieces of picture"),
}
_CHECKS: dict[str, Any] = {
    "store": QT_TRANSLATE_NOOP("Dashboard", "The queue's store"),
    "ffmpeg": "FFmpeg",
    "output folder": QT_TRANSLATE_NOOP("Dashboard", "The films' folder"),
    "disk space": QT_TRANSLATE_NOOP("Dashboard", "Room on the disks"),
    "templates": QT_TRANSLATE_NOOP("Dashboard", "Templates"),
    "clock": QT_TRANSLATE_NOOP("Dashboard", "The clock"),
    "workers": QT_TRANSLATE_NOOP("Dashboard", "Computers"),
    "queue": QT_TRANSLATE_NOOP("Dashboard", "The queue"),
    "voice": QT_TRANSLATE_NOOP("Dashboard", "Voices"),
}


def span_words(span: Span) -> str:
    return _translate("Dashboard", _SPANS[span])


def service(name: str) -> str:
    return _translate("Dashboard", _SERVICES.get(name, name))


def cache(name: str) -> str:
    return _translate("Dashboard", _CACHES.get(name, name))


def check(name: str) -> str:
    """`provider heygen` and `voice espeak` are named by their service."""
    kind, _, which = name.partition(" ")
    if kind in ("provider", "voice") and which:
        return service(which)
    return _translate("Dashboard", _CHECKS.get(name, name))


def dollars(usd: float) -> str:
    """Cents are told, and of less than ten cents a tenth of one: `US$ 12.40`, `US$ 0.043`."""
    digits = 2 if usd == 0 or usd >= 0.1 else 3
    return f"US$ {QLocale().toString(usd, 'f', digits)}"


def percent(share: float) -> str:
    """Never rounded up to all: `99.9 %` is not `100 %`."""
    tenths = math.floor(share * 1000 + 1e-6)
    digits = 0 if tenths in (0, 1000) else 1
    return f"{QLocale().toString(tenths / 10, 'f', digits)} %"


def rate(per_hour: float) -> str:
    """`128`, `4.5`."""
    digits = 0 if per_hour >= 9.95 or per_hour == 0 else 1
    return QLocale().toString(per_hour, "f", digits)


def long_time(seconds: float) -> str:
    """Of work, in hours rather than days: `3 h 20 min`, `212 h`."""
    if seconds < 100 * 3600:
        return wording.span(seconds)
    return _translate("Dashboard", "{hours} h").format(hours=wording.number(round(seconds / 3600)))


def time_of_day(seconds: float) -> str:
    """`seconds` since 1970, in the time of this computer: `21:40`."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(seconds)).time(), "HH:mm")


def day(seconds: float, pattern: str = "ddd d MMM") -> str:
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(seconds)).date(), pattern)


def label(span: Span, part: Part) -> str:
    """A part's full name: `21:43`, `21:00 – 22:00`, `Fri 12 Dec`."""
    if span is Span.SEASON:
        return day(part.start_s)
    if span is Span.DAY:
        return f"{time_of_day(part.start_s)} – {time_of_day(part.end_s)}"
    return time_of_day(part.start_s)


def ticks(span: Span, parts: tuple[Part, ...]) -> tuple[tuple[int, str], ...]:
    """Every tenth minute, every third hour, every Monday."""
    found = []
    for place, part in enumerate(parts):
        when = QDateTime.fromSecsSinceEpoch(int(part.start_s))
        if span is Span.SEASON:
            if when.date().dayOfWeek() == 1:
                found.append((place, day(part.start_s, "d MMM")))
        elif (when.time().minute() % 10 == 0) if span is Span.HOUR else (when.time().hour() % 3 == 0):
            found.append((place, time_of_day(part.start_s)))
    return tuple(found)
