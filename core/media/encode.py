"""Picture in, house-profile segments out. Every segment of a preset can be joined to every other one.

What must be equal for that (extradata, size, SAR, colour, time base, constant rate, closed GOPs that start
with an IDR frame) is decided by core/media/encoder.py and core/media/house.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import ffmpeg

from core.errors import TransientError
from core.media.clip import ClipInfo, check_decodes, clip_info
from core.media.drawing import titled
from core.media.encoder import arguments, short_gops
from core.media.ffmpeg import run
from core.media.house import house_picture, watermarked
from core.media.presets import Preset
from core.media.titles import Title
from core.progress import Progress

Kind = Literal["dissolve", "dip", "wipe-left", "wipe-right", "wipe-up", "wipe-down", "alpha-in", "alpha-out"]
"""How one clip gives way to the next.

`dip` goes through a colour; a wipe is named for where its edge moves; `alpha-in`: the clip that comes lies over the one
that goes, by its own alpha; `alpha-out`: the one that goes lies over the one that comes.
"""

_WIPES = {"wipe-left": "wipeleft", "wipe-right": "wiperight", "wipe-up": "wipeup", "wipe-down": "wipedown"}


@dataclass(frozen=True, slots=True)
class Cut:
    """Frames of a clip, counted at the preset's rate: each (first, end) span in turn, `end` not included.

    Two spans say that the cut runs over a loop's seam.
    """

    clip: Path
    spans: tuple[tuple[int, int], ...]

    @property
    def frames(self) -> int:
        return sum(end - first for first, end in self.spans)


@dataclass(frozen=True, slots=True)
class Transition:
    """`before` giving way to `after`; both are as long as it is. `color` (RRGGBB) is what a dip goes through."""

    before: Cut
    after: Cut
    kind: Kind = "dissolve"
    color: str = "000000"

    @property
    def frames(self) -> int:
        return self.before.frames


@dataclass(frozen=True, slots=True)
class Patch:
    """A clip laid on another, frame by frame, its corner at (x, y) of that one's pixels.

    `seen` in these (first, end) frames of the picture; empty: in all of them.
    """

    clip: Path
    x: int
    y: int
    seen: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Mouthed:
    """A cut with patches on it; each patch's clip is as long as the cut's, and goes with it frame by frame.

    Encoded by itself its GOPs are of `MOUTH_FRAMES` each, so that a film may take each from another of its kind.
    """

    under: Cut
    patches: tuple[Patch, ...] = ()

    @property
    def frames(self) -> int:
        return self.under.frames


@dataclass(frozen=True, slots=True)
class Titled:
    """The first `frames` of a picture, with text on them that is one film's own."""

    under: Cut | Transition | Mouthed
    frames: int
    titles: tuple[Title, ...]


Picture = Cut | Transition | Mouthed | Titled


def encode(picture: Picture, destination: Path, preset: Preset, progress: Progress) -> None:
    """Writes `picture` to `destination` (MP4, no sound) as closed GOPs of `preset.gop_frames`, or of a mouth's length.

    Raises `JobFault` by its name for a clip that can't be decoded whole; else as FFmpeg's runner does.
    """
    try:
        if isinstance(picture, Titled):
            below = _span(_untitled(picture.under, preset), (0, picture.frames))
            with titled(below, picture.titles, preset, destination, progress) as stream:
                _write(stream, picture.frames, destination, preset, progress, arguments(preset))
        else:
            options = short_gops(preset) if isinstance(picture, Mouthed) else arguments(preset)
            _write(_untitled(picture, preset), picture.frames, destination, preset, progress, options)
    except TransientError:
        for clip in clips_of(picture):
            check_decodes(clip, progress)
        raise


def encode_mouths(pictures: Sequence[tuple[Mouthed, Path]], preset: Preset, progress: Progress) -> None:
    """As `encode`, several that lie on the same cut, each to its file: what they lie on is decoded once for all."""
    under = pictures[0][0].under
    copies = _joined(under, preset, 0).filter_multi_output("split", len(pictures))
    options = short_gops(preset)
    outputs, place = [], 1
    for number, (picture, destination) in enumerate(pictures):
        stream = watermarked(_patched(copies[number], picture, preset, place), preset)
        outputs.append(stream.output(str(destination), **options))
        place += len(picture.patches)
    try:
        together = ffmpeg.merge_outputs(*outputs).global_args("-xerror")
        run(together, duration_s=under.frames / preset.fps, progress=progress)
    except TransientError:
        for clip in dict.fromkeys(clip for picture, _ in pictures for clip in clips_of(picture)):
            check_decodes(clip, progress)
        raise


def clips_of(picture: Picture) -> tuple[Path, ...]:
    """The files that its frames come from."""
    match picture:
        case Cut():
            return (picture.clip,)
        case Transition():
            return tuple(dict.fromkeys((picture.before.clip, picture.after.clip)))
        case Mouthed():
            return (picture.under.clip, *(patch.clip for patch in picture.patches))
        case Titled():
            return clips_of(picture.under)


def _write(
    stream: Any, frames: int, destination: Path, preset: Preset, progress: Progress, options: dict[str, Any]
) -> None:
    output = watermarked(stream, preset).output(str(destination), **options)
    # xerror: what can't be decoded is an error, not a grey or smeared frame.
    run(output.global_args("-xerror"), duration_s=frames / preset.fps, progress=progress)


def _untitled(picture: Cut | Transition | Mouthed, preset: Preset) -> Any:
    match picture:
        case Cut():
            return _frames(picture, preset)
        case Mouthed():
            return _patched(_joined(picture.under, preset, 0), picture, preset, 1)
        case Transition():
            return _between(picture, preset)


def _frames(cut: Cut, preset: Preset, place: int = 0, *, keep_alpha: bool = False) -> Any:
    """The cut's frames in house picture: trimmed first, so that only what is kept is scaled."""
    return house_picture(_joined(cut, preset, place), preset, clip_info(cut.clip), keep_alpha=keep_alpha)


def _patched(below: Any, picture: Mouthed, preset: Preset, place: int) -> Any:
    """Laid over at the clip's own size, so that nothing of it is seen but what it shows.

    `below` is what they lie on; `place` is the first patch's among the inputs.
    """
    ground = clip_info(picture.under.clip)
    for number, patch in enumerate(picture.patches, place):
        above = _joined(replace(picture.under, clip=patch.clip), preset, number)
        shown = "+".join(f"between(n,{first},{end - 1})" for first, end in patch.seen)
        if not shown and ground.pixels == clip_info(patch.clip).pixels == "yuv420p":
            below = _inlaid(below, above, patch, ground)
        else:
            when = {"enable": shown} if shown else {}
            below = ffmpeg.filter(
                [below, above], "overlay", x=patch.x, y=patch.y, format="auto", eof_action="pass", **when
            )
    return house_picture(below, preset, ground)


def _inlaid(below: Any, above: Any, patch: Patch, ground: ClipInfo) -> Any:
    """The same picture as an overlay gives, for less: the patch, and what lies around it, side by side."""
    inlay = clip_info(patch.clip)
    right, bottom = patch.x + inlay.width, patch.y + inlay.height
    boxes = {
        "top": (ground.width, patch.y, 0, 0),
        "left": (patch.x, inlay.height, 0, patch.y),
        "right": (ground.width - right, inlay.height, right, patch.y),
        "bottom": (ground.width, ground.height - bottom, 0, bottom),
    }
    boxes = {side: box for side, box in boxes.items() if box[0] and box[1]}
    copies = below.filter_multi_output("split", len(boxes)) if len(boxes) > 1 else [below]
    parts = {side: copies[number].filter("crop", *box) for number, (side, box) in enumerate(boxes.items())}
    row = _stacked("hstack", [parts.get("left"), above, parts.get("right")])
    return _stacked("vstack", [parts.get("top"), row, parts.get("bottom")])


def _stacked(how: str, parts: Sequence[Any]) -> Any:
    there = [part for part in parts if part is not None]
    return ffmpeg.filter(there, how, inputs=len(there)) if len(there) > 1 else there[0]


def _joined(cut: Cut, preset: Preset, place: int) -> Any:
    """The cut's frames as they are in its clip, at the film's rate. `place` is its input's among the picture's."""
    info = clip_info(cut.clip)
    # ffmpeg-python takes two inputs that are alike for one; a queue size of its own keeps each apart.
    options = {"thread_queue_size": 8 + place} | ({"vcodec": info.decoder} if info.decoder else {})
    video = ffmpeg.input(str(cut.clip), **options).video.filter("fps", preset.fps)
    if len(cut.spans) == 1:
        return _span(video, cut.spans[0])
    copies = video.filter_multi_output("split", len(cut.spans))
    spans = (_span(copies[number], span) for number, span in enumerate(cut.spans))
    return ffmpeg.concat(*spans, v=1, a=0).filter("fps", preset.fps)


def _span(video: Any, span: tuple[int, int]) -> Any:
    trimmed = video.filter("trim", start_frame=span[0], end_frame=span[1])
    return trimmed.filter("setpts", "PTS-STARTPTS")


def _between(transition: Transition, preset: Preset) -> Any:
    kind = transition.kind
    before = _frames(transition.before, preset, 0, keep_alpha=kind == "alpha-out")
    after = _frames(transition.after, preset, 1, keep_alpha=kind == "alpha-in")
    match kind:
        case "alpha-in":
            return _laid_over(before, after)
        case "alpha-out":
            return _laid_over(after, before)
        case "dip":
            return _dipped(before, after, transition)
        case _:
            seconds = f"{transition.frames / preset.fps:.6f}"
            effect = _WIPES.get(kind, "fade")
            return ffmpeg.filter([before, after], "xfade", transition=effect, duration=seconds, offset=0)


def _laid_over(below: Any, above: Any) -> Any:
    laid = ffmpeg.filter([below, above], "overlay", format="yuv420", shortest=1)
    return laid.filter("format", "yuv420p")


def _dipped(before: Any, after: Any, transition: Transition) -> Any:
    """The first half goes to the colour, the second comes from it; the frame between them is the colour alone."""
    half, rest = transition.frames // 2, transition.frames - transition.frames // 2
    color = f"0x{transition.color}"
    going = _span(before, (0, half)).filter("fade", type="out", start_frame=0, nb_frames=half, color=color)
    coming = _span(after, (half, transition.frames))
    coming = coming.filter("fade", type="in", start_frame=0, nb_frames=rest, color=color)
    return ffmpeg.concat(going, coming, v=1, a=0) if half else coming
