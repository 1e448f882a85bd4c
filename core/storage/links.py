"""Looking at a file without being led elsewhere: what is removed is what stands there, never what a link points to."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def regular(path: Path) -> os.stat_result | None:
    """What is known of a plain file with this one name; None for everything else: links, folders, nothing.

    A file with a second name is somebody's, too, and is left alone.
    """
    try:
        status = path.lstat()
    except OSError:
        return None
    return status if stat.S_ISREG(status.st_mode) and status.st_nlink == 1 else None


def real_folder(path: Path) -> bool:
    """Whether it is a folder, and not a link to one."""
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False
