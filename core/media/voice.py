"""A spoken line as every film wants it: 48 kHz, −16 LUFS, no peak above −1.5 dBTP, no silence around it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from core.errors import JobFault
from core.media import pcm
from core.media.limiter import decibels, limited, true_peak
from core.media.loudness import integrated_lufs
from core.media.pcm import RATE, Samples
from core.media.trim import trim
from core.progress import Progress

TARGET_LUFS = -16.0
CEILING_DBTP = -1.5

_MARGIN_DB = 0.3  # meters differ by about this much in what they see between samples
_CLOSE_LU = 0.6
_ROUNDS = 5
_AUDIBLE_LUFS = -60.0
_BLOCK = 2 * RATE


def level(spoken: Path, destination: Path, progress: Progress, *, trimmed: bool = True) -> float:
    """Writes what a voice gave (any format) to `destination`, as said above; the silence only goes if `trimmed`.

    Answers how many seconds of silence went in front. Raises `JobFault` when it is no sound, has no length, or is
    nothing but silence.
    """
    try:
        sound = pcm.read(spoken)
    except JobFault as error:
        raise JobFault(
            "speech_unreadable",
            "The voice gave back something that is no sound.",
            "Try again; if it stays so, choose another voice.",
            detail=str(error),
        ) from error
    progress(0.3)
    line, before = trim(sound) if trimmed else (sound, 0)
    pcm.write(destination, _blocks(_levelled(line, progress)))
    return before / RATE


def _levelled(sound: Samples, progress: Progress) -> Samples:
    if not sound.size:
        raise _speechless("speech_empty", "The voice gave back a sound of no length.")
    loudness = integrated_lufs(sound)
    if loudness < _AUDIBLE_LUFS:
        raise _speechless("speech_silent", "The voice gave back nothing but silence.")
    gain_db = TARGET_LUFS - loudness
    ceiling = decibels(CEILING_DBTP - _MARGIN_DB)
    for _ in range(_ROUNDS):
        progress(0.6)
        louder = sound * np.float32(decibels(gain_db))
        if true_peak(louder) <= ceiling:
            return louder
        louder = np.concatenate(list(limited(_blocks(louder), ceiling)), axis=1)
        missing = TARGET_LUFS - integrated_lufs(louder)
        if missing <= _CLOSE_LU:  # what the limiter took away is not missed
            break
        gain_db += 1.4 * missing  # the limiter takes back part of it
    return louder


def _blocks(sound: Samples) -> list[Samples]:
    return [sound[:, first : first + _BLOCK] for first in range(0, sound.shape[1], _BLOCK)]


def _speechless(code: str, what: str) -> JobFault:
    return JobFault(code, what, "Look at the text: there may be nothing in it that can be spoken.")
