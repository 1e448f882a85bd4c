"""A talking loop: for each moment the segment with the mouth seen then, taken from the same place of the loop."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from core.errors import JobFault
from core.media.clip import clip_info
from core.media.encode import Cut, Mouthed, Patch, Picture
from core.media.mouths import MOUTH_FRAMES, SHAPES, MouthCue, Shape
from core.media.presets import Preset
from core.media.source import frames_at
from core.render.snapping import snapped
from core.render.timeline import Clip, Shown, Timeline
from core.template.model import Section, Template

Mouth = Mapping[Shape, Patch | None]
"""What to lay on a section's loop for each shape; None: nothing, the loop itself shows it."""


@dataclass(frozen=True, slots=True)
class Talk:
    """`mouths` by the section that shows them; `cues` by the section whose words they go with, in seconds of those."""

    mouths: Mapping[str, Mouth]
    cues: Mapping[str, Sequence[MouthCue]]


def mouths_of(template: Template, preset: Preset) -> dict[str, Mouth]:
    """By section, for those that bring mouths. Raises `JobFault`: one can't be read, or doesn't fit its loop."""
    return {
        section.name: {shape: _patch(template, section, shape, preset) for shape in SHAPES}
        for section in template.sections
        if section.mouths is not None
    }


def _patch(template: Template, section: Section, shape: Shape, preset: Preset) -> Patch | None:
    assert section.mouths is not None
    file = section.mouths.clip(shape)
    if file is None:
        return None
    patch = Patch(template.path(file), section.mouths.x, section.mouths.y)
    loop = template.path(section.clip)
    info, below = clip_info(patch.clip), clip_info(loop)
    frames, wanted = frames_at(patch.clip, preset.fps), frames_at(loop, preset.fps)
    if frames != wanted:
        raise _unfit(file, f"{frames} frames instead of {wanted}")
    if patch.x + info.width > below.width or patch.y + info.height > below.height:
        raise _unfit(file, f"{info.width}×{info.height} at {patch.x}, {patch.y} of {below.width}×{below.height}")
    if info.width % 2 or info.height % 2:
        raise _unfit(file, f"{info.width}×{info.height}")
    return patch


def _unfit(file: str, found: str) -> JobFault:
    return JobFault(
        "mouth_unfit",
        "The mouth {file} of the template does not fit its loop: {found}.",
        "Make it again from the loop's own frames; `app.py check` on the template's folder tells more.",
        file=file,
        found=found,
    )


def talking(timeline: Timeline, clips: Mapping[str, Clip], talk: Talk, *, whole: bool = False) -> Timeline:
    """`timeline`, which was laid out for these mouths, with each loop's mouth moving as the cues say.

    `whole`: every round of a loop is one picture that is this film's own, not a choice of what films share.
    """
    cues = list(_in_film(timeline, talk))
    shown: list[Shown] = []
    for piece, start, mouth in _seen(timeline, clips, talk.mouths):
        if mouth is None:
            shown.append(piece)
        else:
            shapes = snapped(cues, _cells(start, piece.frames, timeline.fps))
            shown += [_round(piece, shapes, mouth)] if whole else _picked(piece, shapes, mouth)
    return replace(timeline, shown=tuple(shown))


def all_mouths(timeline: Timeline, clips: Mapping[str, Clip], mouths: Mapping[str, Mouth]) -> Iterator[Picture]:
    """The timeline's pictures; in the place of each loop that has mouths, one for each shape."""
    for piece, _, mouth in _seen(timeline, clips, mouths):
        if mouth is None:
            yield piece.picture
        else:
            assert isinstance(piece.picture, Cut)
            yield from (mouthed(piece.picture, shape, mouth) for shape in SHAPES)


def _seen(
    timeline: Timeline, clips: Mapping[str, Clip], mouths: Mapping[str, Mouth]
) -> Iterator[tuple[Shown, int, Mouth | None]]:
    """Each piece, the film's frame it begins at, and the mouth that it shows, if it is a loop that has one."""
    start = 0
    for piece in timeline.shown:
        names = (name for name in mouths if name in timeline.spans)
        section = next((name for name in names if timeline.spans[name][0] <= start < timeline.spans[name][1]), None)
        loops = section is not None and isinstance(piece.picture, Cut) and piece.picture.clip == clips[section].path
        yield piece, start, mouths[section] if section is not None and loops else None
        start += piece.frames


def _in_film(timeline: Timeline, talk: Talk) -> Iterator[MouthCue]:
    """All cues, in seconds of the film."""
    for heard in timeline.speech:
        for cue in talk.cues.get(heard.section, ()):
            yield replace(cue, start_s=cue.start_s + heard.start_s, end_s=cue.end_s + heard.start_s)


def _cells(start: int, frames: int, fps: int) -> list[tuple[float, float]]:
    """The GOPs of a piece that begins at the film's frame `start`, in seconds of the film."""
    ends = [*range(MOUTH_FRAMES, frames, MOUTH_FRAMES), frames]
    return [((start + first) / fps, (start + end) / fps) for first, end in itertools.pairwise([0, *ends])]


def mouthed(cut: Cut, shape: Shape, mouth: Mouth) -> Mouthed:
    """The loop with this mouth: what films take their GOPs from."""
    patch = mouth[shape]
    return Mouthed(cut, () if patch is None else (patch,))


def _picked(piece: Shown, shapes: Sequence[Shape], mouth: Mouth) -> list[Shown]:
    assert isinstance(piece.picture, Cut)
    return [
        Shown(mouthed(piece.picture, shape, mouth), end - first, first)
        for shape, first, end in _runs(shapes, piece.frames)
    ]


def _round(piece: Shown, shapes: Sequence[Shape], mouth: Mouth) -> Shown:
    assert isinstance(piece.picture, Cut)
    seen: dict[Shape, list[tuple[int, int]]] = {}
    for shape, first, end in _runs(shapes, piece.frames):
        seen.setdefault(shape, []).append((first, end))
    patches = ((mouth[shape], tuple(spans)) for shape, spans in seen.items())
    laid = tuple(replace(patch, seen=spans) for patch, spans in patches if patch is not None)
    return replace(piece, picture=Mouthed(piece.picture, laid))


def _runs(shapes: Sequence[Shape], frames: int) -> Iterator[tuple[Shape, int, int]]:
    """Each shape with the frames it is seen in, from one to before the other."""
    first = 0
    for shape, run in itertools.groupby(shapes):
        end = min(first + MOUTH_FRAMES * len(list(run)), frames)
        yield shape, first, end
        first = end
