"""A file's bytes, or why they can't be had: too large, locked, gone, still being written."""

from __future__ import annotations

import os
from pathlib import Path

from core.errors import UsageError
from core.intake.limits import MAX_FILE_BYTES


def read_bytes(file: Path) -> bytes:
    """Raises `UsageError`."""
    try:
        with file.open("rb") as stream:
            before = os.fstat(stream.fileno())
            too_large = before.st_size > MAX_FILE_BYTES
            data = b"" if too_large else stream.read(before.st_size + 1)  # Python sets aside as much as is asked for
            after = os.fstat(stream.fileno())
    except PermissionError as error:
        raise UsageError(
            "file_unreadable",
            "The file can't be read: {reason}.",
            "Close it in the program that has it open, or ask for permission to read it, then try again.",
            reason=error.strerror or type(error).__name__,
        ) from error
    except (OSError, ValueError) as error:
        raise unreadable(error) from error
    if too_large:
        raise file_too_large()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise UsageError(
            "file_changing",
            "The file changed while it was read: it is still being written or copied.",
            "Wait until that is over, then try again.",
        )
    return data


def unreadable(error: OSError | ValueError) -> UsageError:
    """ValueError: its name holds a NUL."""
    return UsageError(
        "file_unreadable",
        "The file can't be read: {reason}.",
        "Check that it is still there and that you may open it, then try again.",
        reason=getattr(error, "strerror", None) or type(error).__name__,
    )


def file_too_large() -> UsageError:
    return UsageError(
        "file_too_large",
        "The file is larger than {limit} MB.",
        "Split it into several files.",
        limit=MAX_FILE_BYTES // 1_000_000,
    )
