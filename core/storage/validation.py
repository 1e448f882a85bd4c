"""Small checks that are made before work starts, and that a probe repeats while jobs wait."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from core.errors import UsageError


def writable_folder(folder: Path) -> Path:
    """`folder`, after a file was really written into it, or into the nearest of its parents that exists.

    Nothing is left behind, and no folder is made. Raises `UsageError`.
    """
    try:
        with tempfile.TemporaryFile(dir=_nearest(folder), prefix=".trineo-") as file:
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
    return shutil.disk_usage(_nearest(folder)).free


def _nearest(folder: Path) -> Path:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder
