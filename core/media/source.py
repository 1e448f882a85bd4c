"""Facts about source files that are dear to find out, remembered as long as a file stays as it is."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from core.errors import JobFault
from core.media.clip import clip_info


def file_hash(path: Path) -> str:
    """SHA-256 of the file's content, as hex."""
    return _hash(path, *_stamp(path))


def frames_at(path: Path, fps: int) -> int:
    """How many frames the clip has when it is shown at `fps` a second. Raises as `clip_info`."""
    return clip_info(path).frames_at(fps)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError as error:
        raise JobFault(
            "clip_missing",
            "The clip {file} of the template can't be read: {reason}.",
            "Put the template's files back, then retry.",
            file=path.name,
            reason=error.strerror or "unknown",
        ) from error
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=512)
def _hash(path: Path, _mtime_ns: int, _size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
