"""What is wrong with a template's mouths: clips that don't go with their loop, or would be seen as a box on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import av.error
import numpy as np
import numpy.typing as npt

from core.errors import JobFault
from core.media.clip import ClipInfo, clip_info
from core.media.presets import Preset
from core.template.model import Section, Template
from core.template.mouths import Mouths
from core.text import Text

_EDGE = 2  # pixels along the sides that are compared
_SEEN = 8.0  # mean difference of brightness, of 255, along a side: what is more can be seen
_LOOKED_AT = (0.0, 0.37, 0.71, 1.0)  # shares of the clip

Mistake = tuple[str, str, Text]
"""The file, a code, and what is wrong."""
Grey = npt.NDArray[np.float64]


def mouth_mistakes(template: Template, preset: Preset) -> Iterator[Mistake]:
    """Of all sections that bring mouths; what is missing altogether is told elsewhere. Nothing in it raises."""
    for section in template.sections:
        if section.mouths is None or not template.path(section.clip).is_file():
            continue
        for file in dict.fromkeys(section.mouths.clips.values()):
            if template.path(file).is_file():
                yield from _mistakes(template, section, section.mouths, file, preset)


def _mistakes(template: Template, section: Section, mouths: Mouths, file: str, preset: Preset) -> Iterator[Mistake]:
    try:
        loop = clip_info(template.path(section.clip))
    except JobFault:
        return  # the loop's own mistake, which is told with it
    try:
        info = clip_info(template.path(file))
    except JobFault as error:
        yield file, error.code, error.what
        return
    wrong = list(_form(info, loop, mouths, preset))
    for code, text in wrong:
        yield file, code, text
    if wrong:
        return
    try:
        differs = _edge(template.path(section.clip), template.path(file), info, mouths)
    except av.error.FFmpegError as error:
        yield file, "clip_damaged", Text("It can't be decoded: {reason}.", {"reason": str(error.strerror)})
        return
    if differs > _SEEN:
        text = Text("Its edge differs from the loop by {steps} steps of brightness: it would be seen as a box.",
                    {"steps": round(differs)})  # fmt: skip
        yield file, "mouth_seen_as_box", text


def _form(info: ClipInfo, loop: ClipInfo, mouths: Mouths, preset: Preset) -> Iterator[tuple[str, Text]]:
    found, wanted = info.frames_at(preset.fps), loop.frames_at(preset.fps)
    if found != wanted:
        text = Text("It has {found} frames, its loop has {wanted}.", {"found": found, "wanted": wanted})
        yield "mouth_length", text
    if mouths.x + info.width > loop.width or mouths.y + info.height > loop.height:
        size = f"{info.width}×{info.height}"
        text = Text("Its {size} pixels at {x}, {y} go beyond the loop's {loop}.",
                    {"size": size, "x": mouths.x, "y": mouths.y, "loop": f"{loop.width}×{loop.height}"})  # fmt: skip
        yield "mouth_outside", text
    if info.width % 2 or info.height % 2:
        yield "mouth_odd", Text("Its width and height must be even numbers of pixels.")
    if info.has_alpha:
        yield "mouth_alpha", Text("It has alpha: mouths are laid on the loop as whole rectangles.")


def _edge(loop: Path, mouth: Path, info: ClipInfo, mouths: Mouths) -> float:
    """The greatest mean difference along any side, in any of the frames that are looked at."""
    wanted = {round(share * (info.frames - 1)) for share in _LOOKED_AT}
    below = {
        number: grey[mouths.y : mouths.y + info.height, mouths.x : mouths.x + info.width]
        for number, grey in _greys(loop, wanted)
    }
    worst = 0.0
    for number, grey in _greys(mouth, wanted):
        if number in below:
            apart = np.abs(grey - below[number])
            sides = (apart[:_EDGE], apart[-_EDGE:], apart[:, :_EDGE], apart[:, -_EDGE:])
            worst = max(worst, *(float(side.mean()) for side in sides))
    return worst


def _greys(clip: Path, wanted: set[int]) -> Iterator[tuple[int, Grey]]:
    """All frames are decoded: one that can't be is found."""
    with av.open(str(clip)) as container:
        for number, frame in enumerate(container.decode(container.streams.video[0])):
            if number in wanted:
                yield number, frame.reformat(format="gray").to_ndarray().astype(np.float64)
