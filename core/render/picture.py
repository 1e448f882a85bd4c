"""The picture stage: every picture of a timeline as an encoded segment, from the bank."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from core.media.encode import Cut, Mouthed, Picture, Titled
from core.media.mouths import TOGETHER, cut_step
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
    bank: SegmentBank,
    pictures: Iterable[Picture],
    preset: Preset,
    progress: Progress,
    begun: Callable[[Picture], None] | None = None,
) -> Mapping[Picture, Path]:
    """The file of each picture. Progress is counted in frames that are really encoded; `begun` hears of what is."""
    wanted = list(dict.fromkeys(pictures))
    missing = {picture for picture in wanted if not bank.has(picture, preset)}
    to_encode = max(1, sum(picture.frames for picture in missing))
    encoded = 0
    files: dict[Picture, Path] = {}
    for batch in _batches(wanted, missing):
        mine = sum(picture.frames for picture in batch if picture in missing)

        def report(fraction: float, done: int = encoded, mine: int = mine) -> None:
            progress((done + fraction * mine) / to_encode)

        if mine and begun is not None:
            begun(batch[0])
        if len(batch) > 1:
            bank.prepare([picture for picture in batch if isinstance(picture, Mouthed)], preset, report)
        files |= {picture: bank.segment(picture, preset, report) for picture in batch}
        encoded += mine
    progress(1.0)
    return files


def _batches(wanted: Iterable[Picture], missing: Container[Picture]) -> Iterator[Sequence[Picture]]:
    """What is made in one go: a few mouths of a loop, which is then decoded once for them; all else by itself."""
    loops: dict[Cut, list[Picture]] = {}
    for picture in wanted:
        if isinstance(picture, Mouthed) and picture in missing and not any(patch.seen for patch in picture.patches):
            loops.setdefault(picture.under, []).append(picture)
        else:
            yield [picture]
    for mouths in loops.values():
        yield from (mouths[first : first + TOGETHER] for first in range(0, len(mouths), TOGETHER))


def part_of(picture: Picture, places: Mapping[Path, str]) -> str:
    """What of a film it is: `mouths`, `transition`, or the section whose clip it shows (`places`, by the clip)."""
    if isinstance(picture, Mouthed):
        return "mouths"
    return places.get(picture.clip, "") if isinstance(picture, Cut) else "transition"


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
