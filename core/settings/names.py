"""Names of settings as people write them: older ones go on working, misspelt ones are told."""

from __future__ import annotations

import difflib
from collections.abc import Collection

RENAMED = {"papa_noel_voice_id": "papa_noel_voice_id_elevenlabs"}
"""The older name, the one of today; both as in the file."""

_ALIKE = 0.84
_TOO_SHORT = 5


def of_today(name: str) -> str:
    """`name`, in whatever case, as the file of today has it."""
    key = name.strip().lower()
    return RENAMED.get(key, key)


def meant(name: str, known: Collection[str]) -> str:
    """The known name that was probably meant, as in the environment; empty if none is much like it."""
    key = name.strip().lower()
    if len(key) < _TOO_SHORT:
        return ""
    close = difflib.get_close_matches(key, [*known, *RENAMED], n=1, cutoff=_ALIKE)
    return of_today(close[0]).upper() if close else ""
