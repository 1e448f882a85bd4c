"""Titles onto frames: fitted into their boxes by measuring their ink, then drawn by FFmpeg's `ass` filter."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np

from core.errors import JobFault
from core.media.ass import Placed, measuring_script, script
from core.media.coverage import letters_for, printable
from core.media.ffmpeg import filters, run
from core.media.linebreaks import breaks
from core.media.presets import Preset
from core.media.titles import Look, Title
from core.progress import Progress, unwatched

DRAWING_VERSION = 2
"""Raise it when titles are drawn otherwise without their recipe showing it."""

_TRIAL_PX = 40.0  # a line's height when it is measured
_CANVASES = ((4096, 320), (32768, 640))
_READABLE = 0.012  # of the film's shorter side: a line that is lower can't be read


@dataclass(frozen=True, slots=True)
class Ink:
    """How far the ink of a block of lines goes from its middle, in lines' heights."""

    left: float
    right: float
    up: float
    down: float


@contextmanager
def titled(video: Any, titles: Sequence[Title], preset: Preset, scratch: Path, progress: Progress) -> Iterator[Any]:
    """`video` (of the preset's size and rate, from frame 0) with the titles on it, as long as the context lasts.

    Files that say what is drawn are written beside `scratch`, and removed at the end. Raises `JobFault`: a text that
    can't be drawn, or not so that it can be read; an FFmpeg that can draw none.
    """
    if "ass" not in filters():
        raise JobFault(
            "ffmpeg_draws_no_text",
            "The FFmpeg in use can't write on the picture: it was built without libass.",
            "Use the one that comes with Trineo: take IMAGEIO_FFMPEG_EXE out of the settings; then retry.",
        )
    written: list[Path] = []
    try:
        placed = [_fitted(title, preset, scratch, progress) for title in titles]
        by_font = itertools.groupby(placed, key=lambda one: one.title.look.letters)
        for number, (letters, group) in enumerate(by_font):
            file = scratch.with_suffix(f".{number}.ass")
            written.append(file)
            file.write_text(script(list(group), preset.width, preset.height, preset.fps), encoding="utf-8")
            video = _drawn(video, file, letters.folder)
        yield video
    finally:
        for file in written:
            file.unlink(missing_ok=True)


def _drawn(video: Any, file: Path, fonts: Path) -> Any:
    # With / in it a path means the same to FFmpeg on Windows; ffmpeg-python keeps all else in it from meaning anything.
    return video.filter("ass", filename=file.as_posix(), fontsdir=fonts.as_posix(), shaping="complex")


def _fitted(title: Title, preset: Preset, scratch: Path, progress: Progress) -> Placed:
    text = printable(title.text)
    letters = letters_for(text, title.look.letters)
    title = replace(title, look=replace(title.look, letters=letters))
    candidates = breaks(text, title.lines)
    if not title.fitted:
        return Placed(title, candidates[0], title.size)
    inks = measured(candidates, title.look, scratch, progress)
    sizes = [_size(title, ink) for ink in inks]
    best = max(range(len(sizes)), key=lambda n: (round(sizes[n], 2), -n))
    if sizes[best] < _READABLE * min(preset.width, preset.height):
        raise JobFault(
            "text_too_long",
            "A text that is to stand on the picture is too long to be read there.",
            "Shorten it, or use a template that gives it more room.",
        )
    return Placed(title, candidates[best], sizes[best])


def _size(title: Title, ink: Ink) -> float:
    """The height of a line at which the block, its edges too, is inside the box."""
    edge = title.look.outline
    if title.align == "center":
        wide = title.box.width / 2 / max(max(ink.left, ink.right) + edge, 1e-6)
    else:
        wide = title.box.width / max(ink.left + ink.right + 2 * edge, 1e-6)
    high = title.box.height / 2 / max(max(ink.up, ink.down) + edge, 1e-6)
    return min(title.size, wide, high)


def measured(
    candidates: Sequence[tuple[str, ...]], look: Look, scratch: Path, progress: Progress = unwatched
) -> list[Ink]:
    """The ink of each candidate, all in one run. Files are written beside `scratch`, and removed."""
    for width, height in _CANVASES:
        shown = _canvas(candidates, look, scratch, (width, height), progress)
        if not (shown[:, :, 0].any() or shown[:, :, -1].any() or shown[:, 0].any() or shown[:, -1].any()):
            break  # else some of it may be outside: a larger one; what is too large for that one is far too long
    return [_ink(frame) for frame in shown]


def _canvas(
    candidates: Sequence[tuple[str, ...]], look: Look, scratch: Path, size: tuple[int, int], progress: Progress
) -> np.ndarray[tuple[int, int, int], np.dtype[np.bool_]]:
    width, height = size
    file, pixels = scratch.with_suffix(".ink.ass"), scratch.with_suffix(".ink")
    try:
        file.write_text(measuring_script(candidates, look, _TRIAL_PX, width, height), encoding="utf-8")
        empty = ffmpeg.input(f"color=black:s={width}x{height}:r=25", f="lavfi").video.filter("format", "gray")
        drawn = _drawn(empty, file, look.letters.folder)
        output = drawn.output(str(pixels), f="rawvideo", pix_fmt="gray", vframes=len(candidates))
        run(output, duration_s=len(candidates) / 25, progress=lambda _: progress(0.0))
        raw = np.fromfile(pixels, np.uint8)
    finally:
        file.unlink(missing_ok=True)
        pixels.unlink(missing_ok=True)
    dark = 24  # of 255; black may be 16
    return raw.reshape(len(candidates), height, width) > dark


def _ink(frame: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> Ink:
    height, width = frame.shape
    columns, rows = np.flatnonzero(frame.any(axis=0)), np.flatnonzero(frame.any(axis=1))
    if not columns.size:
        return Ink(0.0, 0.0, 0.0, 0.0)
    return Ink(
        (width / 2 - columns[0]) / _TRIAL_PX,
        (columns[-1] + 1 - width / 2) / _TRIAL_PX,
        (height / 2 - rows[0]) / _TRIAL_PX,
        (rows[-1] + 1 - height / 2) / _TRIAL_PX,
    )
