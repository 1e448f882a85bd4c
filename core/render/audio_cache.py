"""Spoken lines, each paid for once: under the MD5 of text, voice and provider, with what is known of their timing."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.media.notes import read_note, write_note
from core.progress import Progress, creeping
from core.render.audio_index import AudioIndex, Entry
from core.render.spoken import Timing
from core.storage.cache import MadeOnce, Usage
from core.storage.looked import Looked

# Raise it when what is done to a voice's sound changes without its key showing it.
_LEVEL_VERSION = 2

_TYPICAL_S = 20.0


@dataclass(frozen=True, slots=True)
class CachedLine:
    """A line's sound (48 kHz WAV, levelled, no silence around it) and when what in it is said, in seconds of it.

    `paid`: the characters that `provider` counted for it.
    """

    path: Path
    seconds: float
    characters: tuple[Timing, ...] = ()
    phonemes: tuple[Timing, ...] = ()
    provider: str = ""
    paid: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """What a maker says of the line it wrote; `characters_paid` is what the voice counted."""

    provider: str
    seconds: float
    characters: tuple[Timing, ...]
    phonemes: tuple[Timing, ...]
    characters_paid: int


class AudioCache:
    """Safe between threads, processes and machines that share the folder.

    Holds at most `limit_mb`; what was not used for longest goes.
    """

    def __init__(self, folder: Path, *, limit_mb: int = 1000) -> None:
        self._spared: Counter[str] = Counter()
        self._index = AudioIndex(folder / "index.json", self._from_files)
        self._made = MadeOnce(folder, ".wav", limit_bytes=limit_mb * 1_000_000, removed=self._index.remove)

    @staticmethod
    def key(text: str, voice: str, provider: str, language: str, take: int = 0) -> str:
        """`voice` is all that shapes the sound: the voice's id, its model and settings."""
        parts = [text, voice, provider, language, str(_LEVEL_VERSION), *([str(take)] if take else [])]
        return hashlib.md5("\0".join(parts).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()

    def has(self, key: str) -> bool:
        return self._made.has(key)

    def get(self, key: str, make: Callable[[Path], Made], waiting: Progress) -> CachedLine:
        """The line under `key`; `make` writes it to the path it is given if nobody has yet (see `MadeOnce.get`)."""
        new: list[Made] = []

        def write(part: Path) -> None:
            made = make(part)
            write_note(part, _note(made))
            new.append(made)

        path = self._made.get(key, write, creeping(waiting, _TYPICAL_S))  # nothing grows while another's voice is asked
        for made in new:
            size = path.stat().st_size
            self._index.add(Entry(key, made.provider, made.seconds, made.characters_paid, size, time.time()))
        line = _read(path, path.stat().st_mtime_ns)
        if not new and line.paid:
            self._spared[line.provider] += line.paid
        return line

    def in_use(self) -> AbstractContextManager[None]:
        """What this thread gets inside stays in the cache until the end of it."""
        return self._made.in_use()

    def limit(self, megabytes: int) -> None:
        """Holds at most so many (10⁶ bytes) from the next line on."""
        self._made.limit_bytes = megabytes * 1_000_000

    def usage(self) -> Usage:
        return self._made.usage()

    def trim(self) -> Usage:
        """See `MadeOnce.trim`. Files that were removed otherwise (a child was forgotten) go out of the index, too."""
        if self._index.is_there() and (gone := [key for key in self._index.entries() if not self._made.has(key)]):
            self._index.remove(gone)
        return self._made.trim()

    def lookups(self) -> Looked:
        return replace(self._made.lookups(), spared=dict(self._spared))

    def characters(self) -> Counter[str]:
        """How many characters each provider was paid for, of all lines that are kept."""
        counted: Counter[str] = Counter()
        for entry in self._index.entries().values():
            counted[entry.provider] += entry.characters
        return counted

    def clear(self, *, even_if_others_use_it: bool = False) -> Usage:
        """Removes what is not in use (see `MadeOnce.clear`); answers what went."""
        return self._made.clear(even_if_others_use_it=even_if_others_use_it)

    def _from_files(self) -> Iterator[Entry]:
        for key in self._made.keys():  # noqa: SIM118 - it is no dict
            path = self._made.path(key)
            try:
                note, status = read_note(path), path.stat()
            except OSError:
                continue  # gone meanwhile
            if note:
                paid, seconds = int(note["paid"]), float(note["seconds"])
                yield Entry(key, str(note["provider"]), seconds, paid, status.st_size, status.st_mtime)


def _note(made: Made) -> dict[str, Any]:
    return {
        "provider": made.provider,
        "seconds": made.seconds,
        "paid": made.characters_paid,
        "characters": [[one.what, one.start_s, one.end_s] for one in made.characters],
        "phonemes": [[one.what, one.start_s, one.end_s] for one in made.phonemes],
    }


@lru_cache(maxsize=4096)
def _read(path: Path, _mtime_ns: int) -> CachedLine:
    note = read_note(path)
    timings = {name: tuple(Timing(*one) for one in note[name]) for name in ("characters", "phonemes")}
    return CachedLine(path, float(note["seconds"]), **timings, provider=str(note["provider"]), paid=int(note["paid"]))
