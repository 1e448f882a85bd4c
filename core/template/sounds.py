"""The template's own sounds, turned once into what the mixer reads: 48 kHz, stereo, no click at a loop's seam."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np

from core.media import pcm
from core.media.limiter import decibels
from core.media.loudness import SILENCE_LUFS, integrated_lufs
from core.media.pcm import RATE, Samples
from core.media.source import file_hash
from core.progress import Progress
from core.storage.cache import MadeOnce, content_key
from core.storage.traces import untraced

# Raise it when the way a sound is turned changes without its recipe showing it.
_RECIPE_VERSION = 1
_LIMIT_BYTES = 1_000_000_000
_SEAM = round(0.005 * RATE)
_JUMP = 0.01  # of full scale, between a loop's last sample and its first


class SoundBank:
    """Shared by all workers; safe between threads, processes and machines that share the folder."""

    def __init__(self, folder: Path) -> None:
        self._made = MadeOnce(folder, ".wav", limit_bytes=_LIMIT_BYTES)

    def in_use(self) -> AbstractContextManager[None]:
        """What this thread takes from the bank inside stays there until the end of it."""
        return self._made.in_use()

    def sound(self, source: Path, progress: Progress, *, loop: bool = False, level_lufs: float | None = None) -> Path:
        """`source` as it is heard; brought to `level_lufs` if that is given. Raises `JobFault`: no sound."""
        recipe = [_RECIPE_VERSION, file_hash(source), loop, level_lufs]

        def make(part: Path) -> None:
            sound = pcm.read(source, channels=2)
            if not sound.size:
                raise pcm.unreadable(source, "it holds no sound")
            if level_lufs is not None and (loudness := integrated_lufs(sound)) > SILENCE_LUFS:
                sound = sound * np.float32(decibels(level_lufs - loudness))
            pcm.write(part, [_seamless(sound) if loop else sound])

        with untraced():
            return self._made.get(content_key(recipe), make, progress)


def _seamless(sound: Samples) -> Samples:
    """A loop that was not made as one dips for 5 ms at its seam rather than click."""
    if sound.shape[1] < 4 * _SEAM or float(np.abs(sound[:, 0] - sound[:, -1]).max()) <= _JUMP:
        return sound
    ramp = np.linspace(0.0, 1.0, _SEAM, dtype=np.float32)
    dipped = sound.copy()
    dipped[:, :_SEAM] *= ramp
    dipped[:, -_SEAM:] *= ramp[::-1]
    return dipped
