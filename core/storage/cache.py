"""Files kept under a hash of what they were made from: made once, by whoever comes first, and shared.

Safe between threads, processes and machines that share the folder. A file is in place whole or not at all:
it is made under another name and moved. Beside it stands its seal, a hash of its content, by which damage on
the disk is noticed; the seal's time of change is when the file was last used.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from filelock import FileLock, Timeout

from core.errors import EnvironmentFault
from core.progress import Progress
from core.storage.looked import Looked
from core.storage.traces import taken

_log = structlog.get_logger(__name__)

_POLL_S = 0.1
_TOUCH_EVERY_S = 30.0
_OTHERS_USE_S = 900.0  # what another process used this lately is taken to be in use there
_EVICT_TO = 0.9


def content_key(recipe: Any) -> str:
    """A stable hash of a `recipe` of plain values (numbers, strings, lists, dicts): 40 hex digits."""
    text = json.dumps(recipe, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:40]


@dataclass(frozen=True, slots=True)
class Usage:
    """What a cache holds; `limit_bytes` 0 means no limit."""

    files: int
    bytes: int
    limit_bytes: int


@dataclass(frozen=True, slots=True)
class _Entry:
    file: Path
    size: int
    used_ns: int


def disk_full(folder: Path) -> EnvironmentFault:
    """The error for a disk that has no room left: what waits goes on by itself when it has."""
    return EnvironmentFault(
        "disk_full",
        "The disk of {folder} is full.",
        "Make room there; the films that wait go on by themselves.",
        waits_for=f"disk:{folder}",
        folder=str(folder),
    )


class MadeOnce:
    """A folder of files by key. `suffix` is the ending of every file in it.

    Beyond `limit_bytes` (0: none) the files go that were not used for longest, but none that is in use.
    """

    def __init__(
        self,
        folder: Path,
        suffix: str,
        *,
        limit_bytes: int = 0,
        removed: Callable[[Sequence[str]], None] | None = None,
    ) -> None:
        """`removed` is told the keys of files that were thrown out."""
        self.folder = folder
        self.suffix = suffix
        self.limit_bytes = limit_bytes
        self._removed = removed
        self._sound: dict[Path, tuple[int, int]] = {}  # files found to be what their seal says, by their stamp
        self._touched: dict[Path, tuple[float, int]] = {}  # when (monotonic), and the time then written
        self._in_use: Counter[Path] = Counter()
        self._scope = threading.local()
        self._lock = threading.Lock()
        self._bytes: int | None = None  # None: not counted yet
        self._there = self._made = 0
        self._making_s = 0.0

    def path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{self.suffix}"

    def has(self, key: str) -> bool:
        return self.path(key).is_file()

    def get(self, key: str, make: Callable[[Path], None], waiting: Progress) -> Path:
        """The file under `key`; calls `make` with a temporary path if it is not there yet, or is damaged.

        While another maker is at it, waits and calls `waiting` ten times a second, which may raise to give up;
        its fraction rises as long as the other's file grows. What `make` raises goes up, and leaves nothing behind;
        a full disk as `EnvironmentFault`.
        """
        path = self.path(key)
        self._hold(path)
        if self._is_sound(path):
            self._touch(path)
            self._there += 1
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path.with_suffix(".lock"), thread_local=False)
        while True:
            try:
                with lock.acquire(timeout=_POLL_S):
                    if not self._is_sound(path):
                        began = time.monotonic()
                        self._make(path, make)
                        self._made += 1
                        self._making_s += time.monotonic() - began
                    self._touch(path)
            except Timeout:
                waiting(_growth(path))
                continue
            self._bound(path)
            return path

    def lookups(self) -> Looked:
        """Counted without a lock: about right is enough."""
        return Looked(self._there, self._made, self._making_s)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """What this thread gets inside stays there until the end of it, however full the cache is."""
        before: list[Path] | None = getattr(self._scope, "held", None)
        held: list[Path] = []
        self._scope.held = held
        try:
            yield
        finally:
            self._scope.held = before
            with self._lock:
                self._in_use.subtract(held)
                self._in_use = +self._in_use

    def keys(self) -> list[str]:
        """Of all files there are."""
        return [entry.file.stem for entry in self._entries()]

    def usage(self) -> Usage:
        entries = self._entries()
        return Usage(len(entries), sum(entry.size for entry in entries), self.limit_bytes)

    def clear(self, *, even_if_others_use_it: bool = False) -> Usage:
        """Removes all that is not in use; answers what went.

        What another process used in the last quarter of an hour stays, unless the caller knows that there is none.
        """
        return self._evict(0, even_if_others_use_it)

    def trim(self) -> Usage:
        """Down to its limit, should it hold more (the limit was lowered); answers what went."""
        if self.limit_bytes and self.usage().bytes > self.limit_bytes:
            return self._evict(self.limit_bytes)
        return Usage(0, 0, self.limit_bytes)

    def _hold(self, path: Path) -> None:
        taken(path)
        held: list[Path] | None = getattr(self._scope, "held", None)
        if held is not None:
            with self._lock:
                self._in_use[path] += 1
            held.append(path)

    def _is_sound(self, path: Path) -> bool:
        """Whether the file is there and is what was made: read whole once per process, then known by its stamp."""
        try:
            stamp = _stamp(path)
            if self._sound.get(path) == stamp:
                return True
            sealed = _seal(path).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return False
        if _hash(path) != sealed:
            _log.warning("a cached file is damaged and is made again", file=path.name)
            return False
        self._sound[path] = stamp
        return True

    def _make(self, path: Path, make: Callable[[Path], None]) -> None:
        part = path.with_name(f"{path.stem}.{secrets.token_hex(4)}.part{self.suffix}")
        try:
            make(part)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            seal = part.with_suffix(".seal")
            seal.write_text(_hash(part), encoding="ascii")
            seal.replace(_seal(path))
            part.replace(path)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise disk_full(self.folder) from error
            raise
        finally:
            part.unlink(missing_ok=True)
            part.with_suffix(".seal").unlink(missing_ok=True)
        stamp = _stamp(path)
        self._sound[path] = stamp
        with self._lock:
            if self._bytes is not None:
                self._bytes += stamp[1]

    def _touch(self, path: Path) -> None:
        now = time.monotonic()
        last = self._touched.get(path)
        if last is None or now - last[0] > _TOUCH_EVERY_S:
            try:
                os.utime(_seal(path))
                self._touched[path] = (now, _seal(path).stat().st_mtime_ns)
            except OSError:
                return  # a read-only cache is as good, only nothing is ever thrown out of it

    def _bound(self, newest: Path) -> None:
        if not self.limit_bytes:
            return
        if self._bytes is None:
            self._bytes = sum(entry.size for entry in self._entries())
        if self._bytes > self.limit_bytes:
            self._evict(int(self.limit_bytes * _EVICT_TO), keep=newest)

    def _evict(self, wanted: int, even_others: bool = False, keep: Path | None = None) -> Usage:
        entries = sorted(self._entries(), key=lambda entry: entry.used_ns)
        left = sum(entry.size for entry in entries)
        freed = 0
        gone: list[str] = []
        for entry in entries:
            if left <= wanted:
                break
            if entry.file != keep and self._remove(entry, even_others):
                left -= entry.size
                freed += entry.size
                gone.append(entry.file.stem)
        self._bytes = left
        if gone:
            _log.info("cache made smaller", folder=self.folder.name, files=len(gone), bytes=freed)
            if self._removed is not None:
                self._removed(gone)
        return Usage(len(gone), freed, self.limit_bytes)

    def _remove(self, entry: _Entry, even_others: bool) -> bool:
        """False if it is in use, here or, for all we know, in another process."""
        with self._lock:
            if self._in_use[entry.file] or (not even_others and self._others_use(entry)):
                return False
            try:
                entry.file.unlink()
                for beside in (_seal(entry.file), entry.file.with_suffix(".lock")):
                    beside.unlink(missing_ok=True)
            except OSError:  # Windows: somebody has it open
                return False
            self._sound.pop(entry.file, None)
            self._touched.pop(entry.file, None)
            return True

    def _others_use(self, entry: _Entry) -> bool:
        own = self._touched.get(entry.file)
        if own is not None and own[1] == entry.used_ns:
            return False
        return time.time_ns() - entry.used_ns < _OTHERS_USE_S * 1e9

    def _entries(self) -> list[_Entry]:
        entries = []
        for file in self.folder.glob(f"??/*{self.suffix}"):
            if ".part" in file.name:
                continue
            try:
                size = file.stat().st_size
                seal = _seal(file)
                used_ns = seal.stat().st_mtime_ns if seal.exists() else 0
            except OSError:
                continue  # gone meanwhile
            entries.append(_Entry(file, size, used_ns))
        return entries


def _growth(path: Path) -> float:
    """How far another maker's file has come: nobody here knows how large it will be, but it must grow."""
    parts = path.parent.glob(f"{path.stem}.*.part{path.suffix}")
    try:
        written = sum(part.stat().st_size for part in parts)
    except OSError:  # just now renamed
        return 0.0
    return written / (written + 4_000_000)


def _seal(path: Path) -> Path:
    return path.with_suffix(".seal")


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
