"""What was sent to a service's store already: a template's clip is sent once, not once for every film.

It is also what makes a request the same when it is made again after a crash: some services take an idempotency key
only with the very same body, and that names the files by where they were put.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from core.progress import Progress

_KEPT_S = 12 * 3600.0  # services say nothing about how long they keep a file; none keeps it for less than a day
_BEAT_S = 0.1
_BLOCK = 1_048_576


class Uploads:
    """A folder of small records, one a file and service, shared by threads and processes. It holds no file itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def place(self, service: str, account: str, file: Path, send: Callable[[], str], progress: Progress) -> str:
        """Where `file` lies at `service` (an id or an address); if it is not there yet, `send` puts it there.

        `account` tells accounts apart; it is hashed. `send` answers the place; what it raises goes up.
        """
        record = self._folder / f"{_key(service, account, file, progress)}.json"
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _locked(record.with_suffix(".lock"), progress):
            place = _read(record)
            if not place:
                place = send()
                part = record.with_suffix(".part")
                part.write_text(json.dumps({"place": place, "at": time.time()}), encoding="utf-8")
                part.chmod(0o600)
                part.replace(record)
            return place

    def forget_old(self) -> int:
        """Removes the records that are no longer believed; answers how many."""
        old = [record for record in self._folder.glob("*.json") if not _read(record)]
        for record in old:
            record.unlink(missing_ok=True)
            record.with_suffix(".lock").unlink(missing_ok=True)
        return len(old)


def _key(service: str, account: str, file: Path, progress: Progress) -> str:
    hashed = hashlib.sha256(f"{service}\0{account}\0".encode())
    with file.open("rb") as opened:
        while block := opened.read(_BLOCK):
            hashed.update(block)
            progress(0.0)
    return hashed.hexdigest()[:40]


def _read(record: Path) -> str:
    try:
        told: dict[str, Any] = json.loads(record.read_text(encoding="utf-8"))
        return str(told["place"]) if 0 <= time.time() - float(told["at"]) < _KEPT_S else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


@contextmanager
def _locked(path: Path, progress: Progress) -> Iterator[None]:
    """Waits its turn, and tells `progress` meanwhile."""
    lock = FileLock(path, thread_local=False)
    while True:
        try:
            lock.acquire(timeout=_BEAT_S)
            break
        except Timeout:
            progress(0.0)
    try:
        yield
    finally:
        lock.release()
