"""The segment bank: every shared piece of picture encoded once, checked, and kept under its content hash."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import av.error

from core.cache import MadeOnce, content_key
from core.errors import TransientError
from core.media.encode import Cut, Picture, encode
from core.media.ffmpeg import build
from core.media.presets import Preset
from core.media.source import file_hash
from core.progress import Progress

# Raise it when the way a picture is encoded changes without its recipe showing it.
_RECIPE_VERSION = 1


class SegmentBank:
    """Answers the encoded segment of a picture, encoding it first if nobody has yet.

    Shared by all workers of a machine. A segment that is not what was asked for is never kept.
    """

    def __init__(self, folder: Path, source_hash: Callable[[Path], str] | None = None) -> None:
        self._made = MadeOnce(folder, ".mp4")
        self._hash = source_hash or file_hash
        # x264 uses all cores for one segment: two at once only get in each other's way.
        self._encoders = threading.Semaphore(1)

    def segment(self, picture: Picture, preset: Preset, progress: Progress) -> Path:
        """The segment's file. Raises as `encode` does, and whatever `progress` raises."""

        def make(part: Path) -> None:
            with self._encoders:
                encode(picture, part, preset, progress)
            _check(part, picture.frames)

        return self._made.get(self._key(picture, preset), make, progress)

    def has(self, picture: Picture, preset: Preset) -> bool:
        return self._made.path(self._key(picture, preset)).is_file()

    def _key(self, picture: Picture, preset: Preset) -> str:
        encoding = preset.model_dump(exclude={"title", "audio_kbps"})
        return content_key([_RECIPE_VERSION, build(), encoding, self._recipe(picture)])

    def _recipe(self, picture: Picture) -> Any:
        if isinstance(picture, Cut):
            return ["cut", self._hash(picture.clip), picture.spans]
        return ["dissolve", self._recipe(picture.before), self._recipe(picture.after)]


def _check(segment: Path, frames: int) -> None:
    """Decodes all of it: what is checked here once need not be decoded again in every film."""
    try:
        with av.open(str(segment)) as container:
            decoded = sum(1 for _ in container.decode(container.streams.video[0]))
    except av.error.FFmpegError as error:
        raise _unsound(str(error.strerror)) from error
    if decoded != frames:
        raise _unsound(f"{decoded} frames instead of {frames}")


def _unsound(reason: str) -> TransientError:
    return TransientError(
        "segment_unsound",
        "A shared piece of the film came out wrong ({reason}) and was thrown away.",
        "It is made again by itself. If it happens again, check the template's clips.",
        reason=reason,
    )
