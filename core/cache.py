"""Files kept under a hash of what they were made from: made once, by whoever comes first, and shared.

Safe between threads, processes and machines that share the folder. A file is in place whole or not at
all: it is made under another name and moved.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from core.progress import Progress

_POLL_S = 0.1


def content_key(recipe: Any) -> str:
    """A stable hash of a `recipe` of plain values (numbers, strings, lists, dicts): 40 hex digits."""
    text = json.dumps(recipe, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:40]


class MadeOnce:
    """A folder of files by key. `suffix` is the ending of every file in it."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self.folder = folder
        self.suffix = suffix

    def path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{self.suffix}"

    def get(self, key: str, make: Callable[[Path], None], waiting: Progress) -> Path:
        """The file under `key`; calls `make` with a temporary path if it is not there yet.

        While another maker is at it, waits and calls `waiting(0.0)` ten times a second, which may raise to
        give up. What `make` raises goes up, and leaves nothing behind.
        """
        path = self.path(key)
        if path.is_file():
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path.with_suffix(".lock"), thread_local=False)
        while True:
            try:
                with lock.acquire(timeout=_POLL_S):
                    if not path.is_file():
                        self._make(path, make)
                    return path
            except Timeout:
                waiting(0.0)

    def _make(self, path: Path, make: Callable[[Path], None]) -> None:
        part = path.with_name(f"{path.stem}.{secrets.token_hex(4)}.part{self.suffix}")
        try:
            make(part)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
