"""A file of the owner's that is there whole or as it was before, whenever the program is killed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from core.errors import UsageError

_PATIENCE_S = 10.0


def write_whole(file: Path, content: str) -> None:
    """UTF-8, readable by its owner only (where the system knows such rights). Raises `UsageError`."""
    target = Path(os.path.realpath(file))
    part = target.with_name(f".{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise UsageError(
            "file_not_written",
            "The file {file} can't be written: {reason}.",
            "Make room there, or ask for the right to write to its folder. What it held is unchanged.",
            file=str(file),
            reason=error.strerror or "unknown",
        ) from error


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Nobody else who asks so changes `file` meanwhile. Raises `UsageError`."""
    try:
        lock = FileLock(file.with_name(f".{file.name}.lock"), timeout=_PATIENCE_S)
        lock.acquire()
    except (Timeout, OSError) as error:
        raise UsageError(
            "file_in_use",
            "The file {file} can't be changed now.",
            "Close other windows of Trineo, see that its folder can be written to, and try again.",
            file=str(file),
        ) from error
    try:
        yield
    finally:
        lock.release()
