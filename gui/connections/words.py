"""What services are called here, what they are good for, and how a test ended, in the language of the moment."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from core.desk.connections import Standing
from core.desk.findings import Mark

REDIS = "redis"

_TITLES: dict[str, Any] = {
    "elevenlabs": "ElevenLabs",
    "heygen": "HeyGen",
    "higgsfield": "Higgsfield",
    "synclabs": "Sync Labs",
    "wav2lip": "Wav2Lip",
    "espeak": QT_TRANSLATE_NOOP("Connections", "The offline voice"),
    "mouth_bank": QT_TRANSLATE_NOOP("Connections", "The template’s own mouths"),
    REDIS: QT_TRANSLATE_NOOP("Connections", "The queue and Redis"),
}
_ABOUT: dict[str, Any] = {
    "elevenlabs": QT_TRANSLATE_NOOP("Connections", "Speaks like a person. Paid by the character."),
    "heygen": QT_TRANSLATE_NOOP("Connections", "Makes Santa talk, all of him or only his mouth. Paid by the second."),
    "higgsfield": QT_TRANSLATE_NOOP("Connections", "Makes Santa talk, up to fifteen seconds. Paid by the clip."),
    "synclabs": QT_TRANSLATE_NOOP("Connections", "Moves Santa’s mouth in the template’s clip. Paid by the second."),
    "wav2lip": QT_TRANSLATE_NOOP("Connections", "Moves Santa’s mouth on this computer, with your own copy of it."),
    "espeak": QT_TRANSLATE_NOOP("Connections", "Speaks without a network and without an account."),
    "mouth_bank": QT_TRANSLATE_NOOP("Connections", "Moves Santa’s mouth with nine drawn shapes, for nothing."),
    REDIS: QT_TRANSLATE_NOOP("Connections", "On a Redis, several computers work on one queue."),
}
_STANDINGS: dict[Standing, Any] = {
    Standing.CONNECTED: QT_TRANSLATE_NOOP("Connections", "Connected"),
    Standing.INCOMPLETE: QT_TRANSLATE_NOOP("Connections", "Something is lacking"),
    Standing.ABSENT: QT_TRANSLATE_NOOP("Connections", "Not connected"),
    Standing.OFF: QT_TRANSLATE_NOOP("Connections", "Switched off"),
}
_OUTCOMES: dict[Mark, Any] = {
    Mark.GOOD: QT_TRANSLATE_NOOP("Connections", "Works"),
    Mark.NOTE: QT_TRANSLATE_NOOP("Connections", "Not tested"),
    Mark.WARNING: QT_TRANSLATE_NOOP("Connections", "Works, with a warning"),
    Mark.WRONG: QT_TRANSLATE_NOOP("Connections", "Does not work"),
}


def title(name: str) -> str:
    return _say(_TITLES[name])


def about(name: str) -> str:
    return _say(_ABOUT[name])


def standing_word(standing: Standing) -> str:
    return _say(_STANDINGS[standing])


def outcome_word(mark: Mark) -> str:
    return _say(_OUTCOMES[mark])


def _say(source: str) -> str:
    return QCoreApplication.translate("Connections", source)
