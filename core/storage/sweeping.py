"""Finds what killed programs left behind. Only what has a name that Trineo alone gives, and never through a link."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from core.storage.links import real_folder, regular

_SCRATCH = re.compile(r"([0-9a-f]{20})-[0-9a-f]{8}\b.*")  # core/render/face.py
_FOLDER = re.compile(r"trineo-(?:[a-z]+-)?[a-z0-9_]{8}")  # tempfile, in our own work folder
_FILM_PART = re.compile(r"\.trineo-([0-9a-f]{20})-[0-9a-f]{8}(?:\.captions)?\.part")  # core/render/publish.py
_CACHE_PART = re.compile(r"([0-9a-f]{32,64})\.[0-9a-f]{8}\.part.*")  # core/storage/cache.py
_KEPT_QUEUE = re.compile(r"queue\.(?:damaged|moved)-\d{8}-\d{6}(?:-\d+)?\.txt")  # core/jobs/local.py
_LOG = re.compile(r"trineo\.log\.\d+")
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Left:
    """Something left behind; `job` is whose it is, where its name tells."""

    path: Path
    bytes: int
    job: str = ""

    def remove(self) -> bool:
        """False if it could not be (in use on Windows, gone meanwhile)."""
        try:
            if real_folder(self.path):
                shutil.rmtree(self.path)  # follows no links
            else:
                self.path.unlink()
        except OSError:
            return False
        return True


def left_in_work(work: Path, older_than_s: float) -> Iterator[Left]:
    """Films in the making that are not made any more, and temporary folders."""
    for path in _children(work):
        if found := _SCRATCH.fullmatch(path.name):
            yield from _file(path, older_than_s, found[1])
        elif _FOLDER.fullmatch(path.name) and real_folder(path):
            yield from _folder(path, older_than_s)


def left_beside_films(folder: Path, older_than_s: float) -> Iterator[Left]:
    """Films that were never given their name."""
    for path in _walk(folder):
        if found := _FILM_PART.fullmatch(path.name):
            yield from _file(path, older_than_s, found[1])


def left_in_caches(folder: Path, older_than_s: float) -> Iterator[Left]:
    """Cached files that were never finished; not those whose maker still holds the lock."""
    for path in _walk(folder):
        found = _CACHE_PART.fullmatch(path.name)
        if found and not _is_locked(path.with_name(f"{found[1]}.lock")):
            yield from _file(path, older_than_s)


def kept_queues(queue: Path, older_than_s: float) -> Iterator[Left]:
    """What was set aside of a damaged queue, or of one that moved: children's names are in it."""
    for path in _children(queue):
        if _KEPT_QUEUE.fullmatch(path.name):
            yield from _file(path, older_than_s)


def old_logs(logs: Path, older_than_s: float) -> Iterator[Left]:
    for path in _children(logs):
        if _LOG.fullmatch(path.name):
            yield from _file(path, older_than_s)


def _file(path: Path, older_than_s: float, job: str = "") -> Iterator[Left]:
    status = regular(path)
    if status is not None and time.time() - status.st_mtime > older_than_s:
        yield Left(path, status.st_size, job)


def _folder(path: Path, older_than_s: float) -> Iterator[Left]:
    """A temporary folder in which nothing was written for so long."""
    inside = [one.lstat() for one in (path, *_walk(path))]
    if time.time() - max(status.st_mtime for status in inside) > older_than_s:
        yield Left(path, sum(status.st_size for status in inside[1:]))


def _is_locked(lock: Path) -> bool:
    if regular(lock) is None:
        return False
    try:
        with FileLock(lock, timeout=0):
            return False
    except Timeout:
        return True


def _children(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir()) if real_folder(folder) else []
    except OSError:
        return []


def _walk(folder: Path) -> Iterator[Path]:
    """Every file below; folders that are links are not entered, not even the first."""
    if not real_folder(folder):
        return
    top = len(folder.parts)
    for name, folders, files in os.walk(folder, followlinks=False):
        if len(Path(name).parts) - top >= _DEEPEST:
            folders.clear()
        yield from (Path(name) / file for file in files)
