"""What is seen and heard when: a pure calculation on frame counts and speech lengths, exact to the frame."""

from __future__ import annotations

import itertools
import math
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from core.errors import JobFault
from core.media.encode import Cut, Picture, Titled, Transition
from core.media.mouths import cut_step
from core.media.titles import Title
from core.template.card import Card
from core.template.model import Section

_SPEECH_GAP_S = 0.35  # Santa breathes between two sections' words


Titles = Mapping[str, Sequence[Title | None]]


@dataclass(frozen=True, slots=True)
class Clip:
    """A section's clip: its file and how many frames it has at the film's rate."""

    path: Path
    frames: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of the film and how many of its frames are shown, from `first` on (all, or whole GOPs)."""

    picture: Picture
    frames: int
    first: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """A section's words or its clip's own sound, at `start_s` of the film."""

    section: str
    start_s: float
    length_s: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """`spans`: each section's first frame of the film and the first after its last, transitions included."""

    shown: tuple[Shown, ...]
    speech: tuple[Heard, ...]
    beds: tuple[Heard, ...]
    fps: int
    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def frames(self) -> int:
        return sum(piece.frames for piece in self.shown)

    @property
    def seconds(self) -> float:
        return self.frames / self.fps


@dataclass(frozen=True, slots=True)
class _Span:
    """A section's place in the film, in frames: seen from `start`, alone until `leaves`, gone at `end`."""

    start: int
    leaves: int
    end: int


def lay_out(
    sections: Sequence[Section],
    clips: Mapping[str, Clip],
    speech_s: Mapping[str, float],
    *,
    fps: int,
    gop_frames: int,
    titles: Titles | None = None,
    mouthed: Container[str] = (),
) -> Timeline:
    """Places every section. The speech is never cut: a looping section lasts as long as Santa speaks in it.

    A section dissolves from the one before over `transition_s`. Words that are longer than a clip that does
    not loop run on into the next section, whose own words then wait. Raises `JobFault` when they can't.

    A section with cards is cut where a card comes and goes, so that only what is in between is a film's own. `titles`
    holds what stands on a section's cards, by its name (None for one that is not shown), in the cards' order.
    `mouthed`: sections whose loop is shown in GOPs of a mouth's length, and is cut at those.
    """
    dissolves = [0, *(round(section.overlap_s * fps) for section in sections[1:]), 0]
    spans: list[_Span] = []
    spoken: list[Heard] = []
    start, free_s = 0, 0.0
    for place, section in enumerate(sections):
        into, out = dissolves[place], dissolves[place + 1]
        if section.name in speech_s:
            begin_s = max(start / fps + section.lead_in_s, free_s)
            spoken.append(Heard(section.name, begin_s, speech_s[section.name]))
            free_s = begin_s + speech_s[section.name] + _SPEECH_GAP_S
        speech_end_s = spoken[-1].start_s + spoken[-1].length_s if spoken else 0.0
        alone = _alone(section, clips[section.name].frames, into, out)
        if section.loop:
            needed = math.ceil((speech_end_s + section.tail_s) * fps - 1e-6) - start - into
            step = cut_step(gop_frames) if section.name in mouthed else gop_frames
            alone = _loop_length(needed, clips[section.name].frames, step)
        spans.append(_Span(start, start + into + alone, start + into + alone + out))
        start += into + alone
    _check_words_fit(spoken, spans, fps)
    return Timeline(
        shown=tuple(_shown(sections, clips, spans, dissolves, titles or {}, fps)),
        speech=tuple(spoken),
        beds=tuple(
            Heard(section.name, span.start / fps, (span.end - span.start) / fps)
            for section, span in zip(sections, spans, strict=True)
            if section.sound
        ),
        fps=fps,
        spans={section.name: (span.start, span.end) for section, span in zip(sections, spans, strict=True)},
    )


def _alone(section: Section, frames: int, into: int, out: int) -> int:
    alone = frames - into - out
    if frames < max(into, out) or (alone < 0 and not section.loop):
        raise JobFault(
            "clip_too_short",
            "The clip of section {section} has {frames} frames: too few for its transitions.",
            "Make the clip longer or the template's transition_s shorter.",
            section=section.name,
            frames=frames,
        )
    return alone


def _loop_length(needed: int, loop_frames: int, gop_frames: int) -> int:
    """The shortest run of whole GOPs, over and over the loop, that lasts `needed` frames (once, at least)."""
    rounds, rest = divmod(max(needed, 1), loop_frames)
    return rounds * loop_frames + min(math.ceil(rest / gop_frames) * gop_frames, loop_frames)


def _check_words_fit(spoken: Sequence[Heard], spans: Sequence[_Span], fps: int) -> None:
    if spoken and spoken[-1].start_s + spoken[-1].length_s > spans[-1].end / fps:
        raise JobFault(
            "speech_too_long",
            "The words of section {section} last longer than the film's last clip.",
            "Shorten the text, or let the template's last section loop.",
            section=spoken[-1].section,
        )


def _shown(
    sections: Sequence[Section],
    clips: Mapping[str, Clip],
    spans: Sequence[_Span],
    dissolves: Sequence[int],
    titles: Titles,
    fps: int,
) -> list[Shown]:
    shown: list[Shown] = []
    before: Cut | None = None
    for place, (section, span) in enumerate(zip(sections, spans, strict=True)):
        clip = clips[section.name]
        into, out = dissolves[place], dissolves[place + 1]
        if before is not None and into:
            after = Cut(clip.path, ((0, into),))
            kind = "dissolve" if section.transition == "cut" else section.transition
            shown.append(Shown(Transition(before, after, kind, section.transition_color), into))
        alone = span.leaves - span.start - into
        if section.loop:
            shown += _looped(clip, into, alone)
            phase = (into + alone) % clip.frames
        else:
            shown += _once(section, clip, (into, into + alone), titles.get(section.name, ()), fps)
            phase = into + alone
        before = Cut(clip.path, _wrapped(phase, out, clip.frames)) if out else None
    return shown


def card_frames(card: Card, fps: int) -> tuple[int, int]:
    """The first frame of its section that it is on, and the first that it isn't any more."""
    first = round(card.from_s * fps)
    return first, max(first + 1, round(card.to_s * fps))


def _once(
    section: Section, clip: Clip, alone: tuple[int, int], titles: Sequence[Title | None], fps: int
) -> list[Shown]:
    """A clip that does not loop, from `alone`'s one frame to before its other, in as many pieces as cards ask for."""
    first, end = alone
    spans = [card_frames(card, fps) for card in section.cards]
    for begins, ends in spans:
        if begins < first or ends > end:
            raise JobFault(
                "card_outside",
                "A card of section {section} is shown when its clip is not seen alone ({first} to {end} seconds).",
                "Change the card's from_s and to_s in template.toml.",
                section=section.name,
                first=round(first / fps, 2),
                end=round(end / fps, 2),
            )
    covered = _merged(spans)
    edges = sorted({first, end, *(edge for span in covered for edge in span)})
    shown = []
    for begins, ends in itertools.pairwise(edges):
        cut = Cut(clip.path, ((begins, ends),))
        mine = [
            replace(title, first=place[0] - begins, end=place[1] - begins)
            for title, place in zip(titles, spans, strict=bool(titles))
            if title is not None and begins <= place[0] < ends
        ]
        picture = Titled(cut, cut.frames, tuple(mine)) if mine else cut
        shown.append(Shown(picture, cut.frames))
    return shown


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches in which at least one card is seen."""
    merged: list[tuple[int, int]] = []
    for first, end in sorted(spans):
        if merged and first < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((first, end))
    return merged


def _looped(clip: Clip, phase: int, frames: int) -> list[Shown]:
    """The loop, turned so that it starts at `phase`: one segment, shown whole and at last in part."""
    turned = Cut(clip.path, _wrapped(phase % clip.frames, clip.frames, clip.frames))
    rounds, rest = divmod(frames, clip.frames)
    return [Shown(turned, clip.frames)] * rounds + ([Shown(turned, rest)] if rest else [])


def _wrapped(first: int, count: int, frames: int) -> tuple[tuple[int, int], ...]:
    if first + count <= frames:
        return ((first, first + count),)
    return ((first, frames), (0, first + count - frames))
