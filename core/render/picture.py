"""The picture stage: every picture of a timeline as an encoded segment, from the bank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from core.media.encode import Mouthed, Picture, Titled
from core.media.mouths import cut_step
from core.media.mux import Piece
from core.media.presets import Preset
from core.progress import Progress
from core.render.cards import placeholders_of
from core.render.mouths import Mouth, all_mouths
from core.render.timeline import Clip, Timeline, lay_out
from core.template.model import Template
from core.template.segments import SegmentBank


def pieces(bank: SegmentBank, timeline: Timeline, preset: Preset, progress: Progress) -> list[Piece]:
    """Raises a `RenderError`, and whatever `progress` raises."""
    files = segments(bank, (shown.picture for shown in timeline.shown), preset, progress)
    return [Piece(files[shown.picture], shown.frames, shown.first) for shown in timeline.shown]


def typical(parts: Sequence[Piece], timeline: Timeline) -> Piece:
    """The piece that tells best what film it is: the talking face if there is one, else what is seen longest."""
    talking = [part for part, shown in zip(parts, timeline.shown, strict=True) if isinstance(shown.picture, Mouthed)]
    return max(talking or parts, key=lambda piece: piece.frames)


def segments(
    bank: SegmentBank, pictures: Iterable[Picture], preset: Preset, progress: Progress
) -> Mapping[Picture, Path]:
    """The file of each picture. Progress is counted in frames that are really encoded."""
    wanted = list(dict.fromkeys(pictures))
    missing = {picture for picture in wanted if not bank.has(picture, preset)}
    to_encode = max(1, sum(picture.frames for picture in missing))
    encoded = 0
    files = {}
    for picture in wanted:
        mine = picture.frames if picture in missing else 0

        def report(fraction: float, done: int = encoded, mine: int = mine) -> None:
            progress((done + fraction * mine) / to_encode)

        files[picture] = bank.segment(picture, preset, report)
        encoded += mine
    progress(1.0)
    return files


def shared_pictures(
    template: Template, clips: Mapping[str, Clip], preset: Preset, mouths: Mapping[str, Mouth] | None = None
) -> list[Picture]:
    """All pictures that the template's films share, however long Santa speaks; with `mouths`, those that show them.

    Found by laying out films whose speech ends in each GOP of each loop. Raises `JobFault` as `lay_out` does.
    """
    sections = template.sections
    somebody = placeholders_of(template)
    moved = mouths or {}
    found: dict[Picture, None] = {}
    for section in sections:
        if not section.loop:
            continue
        step = cut_step(preset.gop_frames) if section.name in moved else preset.gop_frames
        gops = -(-clips[section.name].frames // step)
        for gop in range(2 * gops + 1):  # once round more: a lead-in can be longer than the loop
            speech_s = {section.name: gop * step / preset.fps} if gop else {}
            timeline = lay_out(
                sections,
                clips,
                speech_s,
                fps=preset.fps,
                gop_frames=preset.gop_frames,
                titles=somebody,
                mouthed=moved,
            )
            found.update(dict.fromkeys(all_mouths(timeline, clips, moved)))
    if not found:
        timeline = lay_out(sections, clips, {}, fps=preset.fps, gop_frames=preset.gop_frames, titles=somebody)
        found = dict.fromkeys(shown.picture for shown in timeline.shown)
    return [picture for picture in found if not isinstance(picture, Titled)]
