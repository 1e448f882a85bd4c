"""Facts about sound files: how loud, how long."""

from __future__ import annotations

import wave
from pathlib import Path

from core.errors import JobFault
from core.media import pcm
from core.media.loudness import integrated_lufs
from core.progress import Progress


def loudness_lufs(path: Path, progress: Progress) -> float:
    """Integrated loudness by EBU R128, in LUFS; −70.0 for silence."""
    progress(0.0)
    return integrated_lufs(pcm.read(path))


def wav_seconds(path: Path) -> float:
    """How long a PCM WAV file plays. Raises `JobFault` if it is none, or holds no sound."""
    try:
        with wave.open(str(path), "rb") as file:
            seconds = file.getnframes() / file.getframerate()
    except (wave.Error, EOFError, OSError, ZeroDivisionError) as error:
        raise JobFault(
            "speech_unreadable",
            "The voice gave back something that is no sound.",
            "Try again; if it stays so, choose another voice.",
            detail=str(error),
        ) from error
    if seconds <= 0:
        raise JobFault(
            "speech_empty",
            "The voice gave back a sound of no length.",
            "Look at the text: there may be nothing in it that can be spoken.",
        )
    return seconds
