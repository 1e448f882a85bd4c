"""What the audio cache holds, as JSON: one object a line, added to and never rewritten while it grows.

    {"key", "provider", "seconds", "characters", "bytes", "made"}   an entry (`made`: seconds since 1970)
    {"gone": key}                                                   it was thrown out

No words: the key is a hash. The files are the truth; an index that is damaged or missing is made again from them.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import structlog
from filelock import FileLock

_log = structlog.get_logger(__name__)

_TIDY_AFTER_LINES = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """`seconds` of sound; `characters` the voice counted for it."""

    key: str
    provider: str
    seconds: float
    characters: int
    bytes: int
    made: float


class AudioIndex:
    """Safe between threads and processes. `rebuild` answers the entries as the files themselves tell them."""

    def __init__(self, file: Path, rebuild: Callable[[], Iterable[Entry]]) -> None:
        self._file = file
        self._rebuild = rebuild
        self._lock = FileLock(file.with_suffix(".lock"))

    def is_there(self) -> bool:
        """Whether anything was ever kept."""
        return self._file.exists()

    def add(self, entry: Entry) -> None:
        self._append([json.dumps(asdict(entry), separators=(",", ":"))])

    def remove(self, keys: Sequence[str]) -> None:
        self._append([json.dumps({"gone": key}) for key in keys])

    def entries(self) -> dict[str, Entry]:
        """By key. Makes the index again if it can't be read whole, and shorter if it has become long."""
        with self._lock:
            try:
                lines = self._file.read_bytes().splitlines()
                found = _parsed(lines)
            except (OSError, ValueError, KeyError, TypeError) as error:
                _log.warning("the audio index is made again from the files", reason=type(error).__name__)
                found = {entry.key: entry for entry in self._rebuild()}
                self._write(found)
                return found
            if len(lines) > 2 * len(found) + _TIDY_AFTER_LINES:
                self._write(found)
            return found

    def _append(self, lines: Sequence[str]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._lock, self._file.open("ab") as file:
            file.write("".join(f"{line}\n" for line in lines).encode())

    def _write(self, entries: dict[str, Entry]) -> None:
        part = self._file.with_name(f"{self._file.name}.{secrets.token_hex(4)}.part")
        try:
            with part.open("wb") as file:
                for entry in entries.values():
                    file.write(json.dumps(asdict(entry), separators=(",", ":")).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._file)
        finally:
            part.unlink(missing_ok=True)


def _parsed(lines: Iterable[bytes]) -> dict[str, Entry]:
    """Raises `ValueError`, `KeyError` or `TypeError` at the first line that is none of ours."""
    found: dict[str, Entry] = {}
    for line in lines:
        data = json.loads(line)
        if "gone" in data:
            found.pop(data["gone"], None)
        else:
            found[data["key"]] = Entry(**data)
    return found
