"""The segment bank: every piece of picture encoded once, checked, and kept under its content hash.

What carries a child's name lies apart from what films share, and less of it is kept. The template's sounds lie
here too.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import av
import av.error

from core.errors import TransientError
from core.media.drawing import DRAWING_VERSION
from core.media.encode import Cut, Mouthed, Picture, Titled, encode, encode_mouths
from core.media.ffmpeg import build
from core.media.mouths import MOUTHS_VERSION
from core.media.poster import write_poster
from core.media.presets import Preset
from core.media.source import file_hash
from core.progress import Progress, unwatched
from core.storage.cache import MadeOnce, Usage, content_key
from core.storage.looked import Looked
from core.storage.traces import untraced
from core.template.sounds import SoundBank

# Raise it when the way a picture is encoded changes without its recipe showing it.
_RECIPE_VERSION = 1
_LIMIT_BYTES = 4_000_000_000
_POSTERS_BYTES = 200_000_000
_PERSONAL_BYTES = 500_000_000
_LEFT_BEHIND_S = 3600.0


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
        self._personal = MadeOnce(folder / "personal", ".mp4", limit_bytes=min(limit_bytes, _PERSONAL_BYTES))
        self._hash = source_hash or file_hash
        _forget_texts(self._personal.folder)

    def segment(self, picture: Picture, preset: Preset, progress: Progress) -> Path:
        """The segment's file. Raises as `encode` does, and whatever `progress` raises."""

        def make(part: Path) -> None:
            encode(picture, part, preset, progress)
            _check(part, picture.frames)

        with nullcontext() if self._personal_in(picture) else untraced():
            return self._kept(picture).get(self._key(picture, preset), make, progress)

    def prepare(self, mouths: Sequence[Mouthed], preset: Preset, progress: Progress) -> None:
        """Makes those that are not there yet in one go; all show the template's own mouths on the same cut.

        In the order of their keys, as all makers take them, so that no two wait for one another.
        """
        missing = sorted((self._key(one, preset), one) for one in mouths if not self.has(one, preset))
        with untraced():
            self._prepare(missing, [], preset, progress)

    def _prepare(
        self,
        missing: Sequence[tuple[str, Mouthed]],
        parts: Sequence[tuple[Mouthed, Path]],
        preset: Preset,
        progress: Progress,
    ) -> None:
        """Inside the making of `parts`: makes these too, and the encoding is done when all have begun."""
        if not missing:
            if parts:
                encode_mouths(parts, preset, progress)
            return
        (key, picture), *others = missing
        begun = False

        def make(part: Path) -> None:
            nonlocal begun
            begun = True
            self._prepare(others, [*parts, (picture, part)], preset, progress)
            _check(part, picture.frames)

        self._made.get(key, make, progress)
        if not begun:  # another maker was quicker
            self._prepare(others, parts, preset, progress)

    def has(self, picture: Picture, preset: Preset) -> bool:
        return self._kept(picture).has(self._key(picture, preset))

    def _kept(self, picture: Picture) -> MadeOnce:
        own = isinstance(picture, Titled) or (isinstance(picture, Mouthed) and any(one.seen for one in picture.patches))
        return self._personal if own else self._made

    def _personal_in(self, picture: Picture) -> bool:
        """Whether a film's own words or talking clip are in it: what lies in our caches is no template's."""
        if isinstance(picture, Cut):
            return picture.clip.is_relative_to(self._made.folder.parent)
        if isinstance(picture, Titled):
            return True
        parts = [getattr(picture, name, None) for name in ("before", "after")]
        return not all(isinstance(part, Cut) and not self._personal_in(part) for part in parts)

    def poster(self, segment: Path) -> Path:
        """A small JPEG of the first frame of one of the bank's segments: films that begin alike share it."""
        key = content_key(["poster", segment.stem])
        with nullcontext() if segment.is_relative_to(self._personal.folder) else untraced():
            return self._posters.get(key, partial(write_poster, segment), unwatched)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """What this thread takes from the bank inside stays there until the end of it."""
        with self._made.in_use(), self._personal.in_use(), self.sounds.in_use():
            yield

    def usage(self) -> Usage:
        return _both(self._made.usage(), self._personal.usage())

    def clear(self, *, even_if_others_use_it: bool = False) -> Usage:
        """Removes what is not in use (see `MadeOnce.clear`); answers what went."""
        kinds = (self._made, self._personal)
        shared, personal = (kind.clear(even_if_others_use_it=even_if_others_use_it) for kind in kinds)
        return _both(shared, personal)

    def trim(self) -> Usage:
        return _both(self._made.trim(), self._personal.trim())

    def lookups(self) -> Looked:
        return self._made.lookups() + self._personal.lookups()

    def _key(self, picture: Picture, preset: Preset) -> str:
        return content_key([_RECIPE_VERSION, build(), preset.encoding, self._recipe(picture)])

    def _recipe(self, picture: Picture) -> Any:
        if isinstance(picture, Cut):
            return ["cut", self._hash(picture.clip), picture.spans]
        if isinstance(picture, Titled):
            titles = [title.recipe() for title in picture.titles]
            return ["titled", DRAWING_VERSION, self._recipe(picture.under), picture.frames, titles]
        if isinstance(picture, Mouthed):
            patches = [[self._hash(one.clip), one.x, one.y, one.seen] for one in picture.patches]
            return ["mouthed", MOUTHS_VERSION, self._recipe(picture.under), patches]
        color = picture.color if picture.kind == "dip" else ""
        return [picture.kind, color, self._recipe(picture.before), self._recipe(picture.after)]


def _both(one: Usage, other: Usage) -> Usage:
    return Usage(one.files + other.files, one.bytes + other.bytes, one.limit_bytes + other.limit_bytes)


def _forget_texts(folder: Path) -> None:
    """Removes what programs that were killed left of the texts they were drawing."""
    for file in folder.glob("??/*.part*.ass"):
        try:
            if time.time() - file.stat().st_mtime > _LEFT_BEHIND_S:
                file.unlink()
        except OSError:
            continue  # gone meanwhile, or another machine's


def _check(segment: Path, frames: int) -> None:
    """Decodes all of it: what is checked here once need not be decoded again in every film."""
    try:
        with av.open(str(segment)) as container:
            # Smoothing the blocks' edges takes a quarter of the time and can't fail.
            container.streams.video[0].codec_context.options = {"skip_loop_filter": "all"}
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
