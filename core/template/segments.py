"""The segment bank: every shared piece of picture encoded once, checked, and kept under its content hash.

The template's sounds lie in it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import av
import av.error

from core.cache import MadeOnce, Usage, content_key
from core.errors import TransientError
from core.media.encode import Cut, Picture, encode
from core.media.ffmpeg import build
from core.media.poster import write_poster
from core.media.presets import Preset
from core.media.source import file_hash
from core.progress import Progress, unwatched
from core.template.sounds import SoundBank

# Raise it when the way a picture is encoded changes without its recipe showing it.
_RECIPE_VERSION = 1
_LIMIT_BYTES = 4_000_000_000
_POSTERS_BYTES = 200_000_000


class SegmentBank:
    """Answers the encoded segment of a picture, encoding it first if nobody has yet.

    Shared by all workers of a machine. A segment that is not what was asked for is never kept.
    """

    def __init__(
        self, folder: Path, source_hash: Callable[[Path], str] | None = None, *, limit_bytes: int = _LIMIT_BYTES
    ) -> None:
        self.sounds = SoundBank(folder / "sounds")
        self._posters = MadeOnce(folder / "posters", ".jpg", limit_bytes=_POSTERS_BYTES)
        self._made = MadeOnce(folder, ".mp4", limit_bytes=limit_bytes)
        self._hash = source_hash or file_hash

    def segment(self, picture: Picture, preset: Preset, progress: Progress) -> Path:
        """The segment's file. Raises as `encode` does, and whatever `progress` raises."""

        def make(part: Path) -> None:
            encode(picture, part, preset, progress)
            _check(part, picture.frames)

        return self._made.get(self._key(picture, preset), make, progress)

    def has(self, picture: Picture, preset: Preset) -> bool:
        return self._made.has(self._key(picture, preset))

    def poster(self, segment: Path) -> Path:
        """A small JPEG of the first frame of one of the bank's segments: films that begin alike share it."""
        return self._posters.get(content_key(["poster", segment.stem]), partial(write_poster, segment), unwatched)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """What this thread takes from the bank inside stays there until the end of it."""
        with self._made.in_use(), self.sounds.in_use():
            yield

    def usage(self) -> Usage:
        return self._made.usage()

    def clear(self, *, even_if_others_use_it: bool = False) -> Usage:
        """Removes what is not in use (see `MadeOnce.clear`); answers what went."""
        return self._made.clear(even_if_others_use_it=even_if_others_use_it)

    def _key(self, picture: Picture, preset: Preset) -> str:
        return content_key([_RECIPE_VERSION, build(), preset.encoding, self._recipe(picture)])

    def _recipe(self, picture: Picture) -> Any:
        if isinstance(picture, Cut):
            return ["cut", self._hash(picture.clip), picture.spans]
        color = picture.color if picture.kind == "dip" else ""
        return [picture.kind, color, self._recipe(picture.before), self._recipe(picture.after)]


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
