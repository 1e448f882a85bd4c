"""Facts about source files that are dear to find out, remembered as long as a file stays as it is."""

from __future__ import annotations

import hashlib
import math
from functools import lru_cache
from pathlib import Path

from core.errors import JobFault
from core.media.probe import probe


def file_hash(path: Path) -> str:
    """SHA-256 of the file's content, as hex."""
    return _hash(path, *_stamp(path))


def frames_at(path: Path, fps: int) -> int:
    """How many frames the clip has when it is shown at `fps` a second. Raises `JobFault` if it has none."""
    return _frames(path, fps, *_stamp(path))


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


@lru_cache(maxsize=512)
def _frames(path: Path, fps: int, _mtime_ns: int, _size: int) -> int:
    video = probe(path).video
    frames = 0 if video is None else _shown(video.frames, float(video.frame_rate), fps)
    if not frames:
        raise JobFault(
            "clip_without_picture",
            "The clip {file} of the template holds no picture.",
            "Put a working clip in its place, then retry.",
            file=path.name,
        )
    return frames


def _shown(frames: int, rate: float, fps: int) -> int:
    # FFmpeg's fps filter rounds each frame to the nearest place; the last frame may fall off the end.
    return frames if not rate or math.isclose(rate, fps) else math.floor(frames * fps / rate)
