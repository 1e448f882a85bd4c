"""Text on a dark picture, to look at pixel by pixel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from core.media.encode import Cut, Titled, encode
from core.media.presets import Preset
from core.media.titles import PLAIN, STORYBOOK, Box, Letters, Look, Title, bundled_fonts
from core.progress import unwatched
from tests.conftest import TINY, make_clip

WIDE = TINY.model_copy(update={"width": 640, "height": 160})
STORY = Letters(bundled_fonts(), STORYBOOK)
SERIF = Letters(bundled_fonts(), PLAIN)
BOX = Box(20, 10, 600, 140)
DARK = 30  # the brightness that the clips here have

Pixels = npt.NDArray[np.uint8]


def title(text: str, *, letters: Letters = STORY, size: float = 60, lines: int = 1, box: Box = BOX) -> Title:
    return Title(text, Look(letters), box, size, 0, 1, lines=lines)


def dark_clip(folder: Path, frames: int = 6) -> Path:
    clip = folder / "dark.mp4"
    if not clip.exists():
        make_clip(clip, frames, DARK, size="640x160")
    return clip


def drawn(folder: Path, titles: Sequence[Title], *, preset: Preset = WIDE, name: str = "drawn.mp4") -> Pixels:
    """The picture's first frame: rows by columns of brightness, as it is in the file."""
    clip = dark_clip(folder)
    encode(Titled(Cut(clip, ((0, 1),)), 1, tuple(titles)), folder / name, preset, unwatched)
    return frames_of(folder / name, preset)[0]


def frames_of(film: Path, preset: Preset) -> list[Pixels]:
    with av.open(str(film)) as container:
        return [
            np.array(frame.to_ndarray(format="yuv420p")[: preset.height, : preset.width], dtype=np.uint8)
            for frame in container.decode(video=0)
        ]


def ink(pixels: Pixels) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = pixels > DARK + 60
    return found


def box_of(found: npt.NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """(left, top, right, bottom) of what is inked; right and bottom are just outside."""
    rows, columns = np.flatnonzero(found.any(axis=1)), np.flatnonzero(found.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
