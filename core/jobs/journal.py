"""The journal of a local queue: one file, one line for each thing that happened, safe on disk before it counts.

A line is the CRC-32 of what follows in eight hex digits, a blank, and a JSON array:

    ["trineo queue", 1]               first line: whose file it is, and the format's version
    ["meta", {…}] ["batch", id, {…}] ["job", id, {…}] …   how things stood when the file was written (see snapshot.py)
    ["do", script, [argument, …]]     a transition since then: the script and its arguments, the time among them

The children's names and texts are in it, so only its owner can read it, and no line of it ever reaches a log.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from core.errors import EnvironmentFault, TrineoError

FORMAT = 1
TITLE = "trineo queue"

Entry = Sequence[Any]

_OPEN = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_OWNER_ONLY = 0o600


class Journal:
    """Writes at the end of the file. One thread at a time.

    `doubtful` is true after the disk refused a
    write in a way that leaves open what the file holds now: nothing is appended until `rewrite` has succeeded.
    """

    def __init__(self, path: Path, *, length: int) -> None:
        """Goes on after the first `length` bytes; what comes behind them is cut off. 0 starts a new file."""
        self._path = path
        self._length = length
        self.doubtful = False
        self._fd = os.open(path, _OPEN | os.O_APPEND, _OWNER_ONLY)
        os.ftruncate(self._fd, length)
        if length == 0:
            self._write([(TITLE, FORMAT)])
            _sync_folder(path.parent)

    def append(self, entries: Sequence[Entry]) -> None:
        """All of `entries` are on disk when this returns; when it raises `EnvironmentFault`, none is."""
        if self.doubtful:
            raise unsaved(OSError(errno.EIO, "an earlier write failed"))
        self._write(entries)

    def rewrite(self, entries: Iterable[Entry]) -> None:
        """Puts a new file with `entries` in the place of this one, or leaves everything as it is and raises."""
        new = self._path.with_suffix(".new")
        try:
            length = _write_file(new, entries)
            self.close()  # Windows replaces no open file
            try:
                new.replace(self._path)
                self._length, self.doubtful = length, False
            finally:
                self._reopen()
            _sync_folder(self._path.parent)
        except OSError as exc:
            new.unlink(missing_ok=True)
            raise unsaved(exc) from exc

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
        self._fd = -1  # never a number that another file may get

    def _reopen(self) -> None:
        try:
            self._fd = os.open(self._path, _OPEN | os.O_APPEND, _OWNER_ONLY)
        except OSError:
            self.doubtful = True
            raise

    def _write(self, entries: Iterable[Entry]) -> None:
        data = b"".join(map(encode, entries))
        try:
            _write_all(self._fd, data)
        except OSError as exc:
            self._cut_back()
            raise unsaved(exc) from exc
        try:
            _sync(self._fd)
        except OSError as exc:
            # After a failed sync the system may take unwritten pages for written ones: only a new file is sure.
            self.doubtful = True
            self._cut_back()
            raise unsaved(exc) from exc
        self._length += len(data)

    def _cut_back(self) -> None:
        try:
            os.ftruncate(self._fd, self._length)
        except OSError:
            self.doubtful = True


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands in the file, and where it ends there. `entry` is None when it isn't what was written."""

    raw: bytes
    end: int
    entry: list[Any] | None

    @property
    def whole(self) -> bool:
        return self.raw.endswith(b"\n")


def lines(path: Path) -> Iterator[Line]:
    """All lines, the title's among them. A file that is not there has none."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    end = 0
    with file:
        for raw in file:
            end += len(raw)
            entry = decode(raw)
            if entry and entry[0] == TITLE:
                _check_format(entry, path)
            yield Line(raw, end, entry)


def encode(entry: Entry) -> bytes:
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return b"%08x %b\n" % (crc32(text), text)


def decode(raw: bytes) -> list[Any] | None:
    """None for whatever `encode` didn't write just so."""
    checksum, text = raw[:8], raw[9:-1]
    if raw[8:9] != b" " or not raw.endswith(b"\n") or checksum != b"%08x" % crc32(text):
        return None
    entry = json.loads(text.decode("utf-8", "surrogatepass"))
    return entry if isinstance(entry, list) else None


def unsaved(error: OSError) -> EnvironmentFault:
    """The queue couldn't be written, so what was asked for did not happen."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return EnvironmentFault(
            "disk_full",
            "The queue can't be saved: the disk is full.",
            "Free some space; work goes on by itself.",
            waits_for="disk",
            detail=str(error),
        )
    return EnvironmentFault(
        "queue_unwritable",
        "The queue can't be saved: its folder can't be written.",
        "Check the disk and the folder's permissions; work goes on by itself.",
        waits_for="disk",
        detail=str(error),
    )


def _check_format(title: list[Any], path: Path) -> None:
    if title[1:] != [FORMAT]:
        raise TrineoError(
            "queue_format",
            "The queue in {folder} was written by a newer Trineo.",
            "Start that version, or choose another data folder.",
            folder=str(path.parent),
        )


def _write_file(path: Path, entries: Iterable[Entry]) -> int:
    """A whole new file, safe on disk; its length in bytes."""
    with os.fdopen(os.open(path, _OPEN | os.O_TRUNC, _OWNER_ONLY), "wb", buffering=1 << 20) as file:
        length = file.write(encode((TITLE, FORMAT)))
        for entry in entries:
            length += file.write(encode(entry))
        file.flush()
        os.fsync(file.fileno())
    return length


def _write_all(fd: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def _sync(fd: int) -> None:
    getattr(os, "fdatasync", os.fsync)(fd)


def _sync_folder(folder: Path) -> None:
    """So that the file's name is safe too; Windows has no such thing."""
    if os.name == "nt":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
