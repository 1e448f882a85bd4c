"""Reads the log back: its newest lines, then what is added, through rotation, damage, and a folder that goes away."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from core.logs.lines import LogLine, parsed

NAME = "trineo.log"
KEPT = 100_000
"""Lines that are read at most, the newest; older ones stay in the files."""

_BLOCK = 1_000_000
_MOST_BYTES = 50_000_000
_LONGEST_LINE = 1_000_000  # bytes; of a longer one the beginning is told


class Lack(StrEnum):
    """Why there is nothing to read."""

    MISSING = "missing"  # no folder, or no file in it yet
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Reading:
    """Lines that were added, oldest first. `anew`: they are all there is, in the place of those before."""

    lines: tuple[LogLine, ...] = ()
    lack: Lack | None = None
    anew: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    """How far the current file was read, and what the system tells it by."""

    identity: tuple[int, int]
    at: int


class LogTail:
    """Follows the log of one folder. Not for several threads at once.

    The file is never held open: Windows could not rotate it then.
    """

    def __init__(self, folder: Path, kept: int = KEPT) -> None:
        self._folder = folder
        self._kept = kept
        self._seen: _Seen | None = None

    def read(self) -> Reading:
        """What is new since the last call; at first the newest lines there are. Raises nothing."""
        try:
            if self._seen is None:
                return self._begin()
            return self._go_on(self._seen)
        except FileNotFoundError:
            return self._lacks(Lack.MISSING)
        except OSError:
            return self._lacks(Lack.UNREADABLE)

    def _lacks(self, lack: Lack) -> Reading:
        self._seen = None
        return Reading(lack=lack, anew=True)

    def _begin(self) -> Reading:
        current = self._folder / NAME
        older = [file for file in log_files(self._folder) if file != current]
        newest: deque[LogLine] = deque(maxlen=self._kept)
        if not current.exists() and not older:
            raise FileNotFoundError
        nothing = deque[LogLine](), _Seen((0, 0), 0)
        here, self._seen = self._rest(current, _near_end(current)) if current.exists() else nothing
        before: list[Sequence[LogLine]] = []
        count = len(here)
        for file in reversed(older):  # from the newest on, as far as they are wanted
            if count >= self._kept:
                break
            before.append(tuple(lines_of(file)))
            count += len(before[-1])
        for lines in reversed(before):
            newest.extend(lines)
        newest.extend(here)
        return Reading(tuple(newest), anew=True)

    def _go_on(self, seen: _Seen) -> Reading:
        current = self._folder / NAME
        if not current.exists() and log_files(self._folder):
            return Reading()  # between two names: it is being rotated
        looked = current.stat()
        if _identity(looked) == seen.identity and looked.st_size >= seen.at:
            if looked.st_size == seen.at:
                return Reading()
            lines, self._seen = self._rest(current, seen.at)
            return Reading(tuple(lines))
        if _identity(looked) == seen.identity:  # somebody emptied it
            lines, self._seen = self._rest(current, 0)
            return Reading(tuple(lines))
        return Reading(tuple(self._since_rotation(seen, current)))

    def _since_rotation(self, seen: _Seen, current: Path) -> deque[LogLine]:
        """The end of the file that was the current one, those that were since, and the one that is."""
        lines: deque[LogLine] = deque(maxlen=self._kept)
        rotated = [file for file in log_files(self._folder) if file != current]
        places = [place for place, file in enumerate(rotated) if _identity(file.stat()) == seen.identity]
        if places:
            lines += self._rest(rotated[places[-1]], seen.at)[0]
            for file in rotated[places[-1] + 1 :]:
                lines += lines_of(file)
        here, self._seen = self._rest(current, 0)
        lines += here
        return lines

    def _rest(self, file: Path, start: int) -> tuple[deque[LogLine], _Seen]:
        """The lines from `start` on, and how far the file is read then: half a line waits for its end."""
        lines: deque[LogLine] = deque(maxlen=self._kept)
        with file.open("rb") as opened:
            identity = _identity(os.fstat(opened.fileno()))
            opened.seek(start)
            at = start
            for raw in _raw_lines(opened.read):
                if not raw.endswith(b"\n") and len(raw) < _LONGEST_LINE:
                    break
                at += len(raw)
                if (line := parsed(raw)) is not None:
                    lines.append(line)
        return lines, _Seen(identity, at)


def log_files(folder: Path) -> list[Path]:
    """Those there are, the oldest first. Raises `OSError` for a folder that can't be looked into."""
    found = [(_number(file.name), file) for file in folder.iterdir() if _number(file.name) >= 0]
    return [file for _, file in sorted(found, reverse=True)]


def lines_of(file: Path, wanted: bytes = b"") -> Iterator[LogLine]:
    """A file's lines; with `wanted` only those in which it stands. One that is gone has none. Raises `OSError`."""
    try:
        with file.open("rb") as opened:
            for raw in _raw_lines(opened.read):
                if wanted in raw and (line := parsed(raw)) is not None:
                    yield line
    except FileNotFoundError:
        return


def lines_about(folder: Path, job_id: str) -> Iterable[LogLine]:
    """What the log says of one job, oldest first; nothing where there is no log."""
    try:
        files = log_files(folder)
        for file in files:
            yield from (line for line in lines_of(file, job_id.encode()) if line.job == job_id)
    except OSError:
        return


def _near_end(file: Path) -> int:
    """Where the first line begins that is read of a file that was let grow."""
    start = file.stat().st_size - _MOST_BYTES
    if start <= 0:
        return 0
    with file.open("rb") as opened:
        opened.seek(start)
        return start + len(opened.readline(_LONGEST_LINE))


def _raw_lines(read: Callable[[int], bytes]) -> Iterator[bytes]:
    """With their ends. What is longer than a line may be comes in pieces of that length."""
    rest = b""
    while block := read(_BLOCK):
        *whole, rest = (rest + block).split(b"\n")
        yield from (line + b"\n" for line in whole)
        while len(rest) >= _LONGEST_LINE:
            yield rest[:_LONGEST_LINE]
            rest = rest[_LONGEST_LINE:]
    if rest:
        yield rest


def _identity(looked: os.stat_result) -> tuple[int, int]:
    return looked.st_dev, looked.st_ino


def _number(name: str) -> int:
    """0 for the current file, 1 for the one before; -1 for what is no log."""
    if name == NAME:
        return 0
    stem, _, number = name.rpartition(".")
    return int(number) if stem == NAME and number.isascii() and number.isdigit() else -1
