"""Mouth cues that Rhubarb Lip Sync wrote: `rhubarb -f json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from core.errors import JobFault
from core.media.mouths import SHAPES, MouthCue

_LIMIT_BYTES = 20_000_000
_A_DAY_S = 86_400


def read_cues(file: Path) -> tuple[MouthCue, ...]:
    """In seconds of the sound they were made from. Raises `JobFault` by the file's name, saying what is wrong in it."""
    try:
        if file.stat().st_size > _LIMIT_BYTES:
            raise _wrong(file, "it is too big")
        data = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _wrong(file, error.strerror or "it can't be read") from error
    except (ValueError, RecursionError) as error:
        raise _wrong(file, "it is no JSON") from error
    listed = data.get("mouthCues") if isinstance(data, dict) else None
    if not isinstance(listed, list) or not listed:
        raise _wrong(file, "it has no mouthCues")
    cues: list[MouthCue] = []
    for number, entry in enumerate(listed, 1):
        cue = _cue(entry)
        if cue is None or (cues and cue.start_s < cues[-1].end_s - 1e-6):
            raise _wrong(file, f"cue {number}")
        cues.append(cue)
    return tuple(cues)


def _cue(entry: Any) -> MouthCue | None:
    if not isinstance(entry, dict):
        return None
    start_s, end_s = _second(entry.get("start")), _second(entry.get("end"))
    shape = next((one for one in SHAPES if one == entry.get("value")), None)
    if shape is None or not 0 <= start_s < end_s:
        return None
    return MouthCue(start_s, end_s, shape)


def _second(value: Any) -> float:
    """−1 for what is no time."""
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if plain and 0 <= value < _A_DAY_S else -1.0


def _wrong(file: Path, reason: str) -> JobFault:
    return JobFault(
        "cues_unreadable",
        "The mouth cues in {file} can't be used: {reason}.",
        "Write them again with Rhubarb Lip Sync (-f json), or take the file away.",
        file=file.name,
        reason=reason,
    )
