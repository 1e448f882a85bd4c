"""Small checks that are made before work starts, and that a probe repeats while jobs wait."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from core.errors import UsageError


def writable_folder(folder: Path) -> Path:
    """`folder`, made if need be, after a file was really written into it. Raises `UsageError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder, prefix=".trineo-") as file:
            file.write(b"\0")
    except OSError as error:
        raise UsageError(
            "folder_not_writable",
            "Nothing can be written to the folder {folder}: {reason}.",
            "Choose another folder, or ask for the right to write to this one.",
            folder=str(folder),
            reason=error.strerror or "unknown",
        ) from error
    return folder


def free_bytes(folder: Path) -> int:
    """Free space on the disk of `folder` or of its nearest parent that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free
