"""A film's captions: timed by its timeline, then drawn on its pictures, put into it as a track, or laid beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.media.captions import Cue, cues, srt, vtt
from core.media.coverage import drawable, printable
from core.media.encode import Titled
from core.media.presets import Preset
from core.media.titles import PLAIN, Box, Letters, Look, Title, bundled_fonts
from core.render.beside import fingerprint
from core.render.spoken import SaidLine, Spoken
from core.render.timeline import Shown, Timeline

# Shares of the frame: clear of what messengers and short-video programs lay over its foot.
_LEFT, _WIDTH, _HEIGHT, _FOOT = 0.05, 0.9, 0.13, 0.86
_SIZE = 0.064  # of the shorter side, a line


@dataclass(frozen=True, slots=True)
class Captions:
    """`kind` (a `CaptionKind`) says what becomes of the cues."""

    kind: str
    cues: tuple[Cue, ...]
    language: str

    @property
    def track(self) -> tuple[Cue, ...]:
        """What goes into the film as a track of its own."""
        return self.cues if self.kind == "soft" else ()

    @property
    def file(self) -> str:
        """What is laid in a file beside the film; empty if nothing is."""
        match self.kind:
            case "srt":
                return srt(self.cues)
            case "vtt":
                return vtt(self.cues, self.language)
            case _:
                return ""

    @property
    def fingerprint(self) -> str:
        """By which that file is known again; empty without one."""
        return fingerprint(self.file) if self.file else ""

    def on(self, timeline: Timeline, preset: Preset) -> Timeline:
        """`timeline` with the captions burned into its pictures, if that is what becomes of them.

        Pictures without one stay what films share; all others are then this film's own.
        """
        if self.kind != "burned":
            return timeline
        look = Look(Letters(bundled_fonts(), PLAIN), outline=0.07, shadow=0.02, shadow_blur=0.08, shadow_alpha=0.6)
        titles = [title for cue in self.cues if (title := _title(cue, look, preset)).text]
        shown, start = [], 0
        for piece in timeline.shown:
            shown.append(_with(piece, start, titles))
            start += piece.frames
        return replace(timeline, shown=tuple(shown))


def captions(kind: str, language: str, timeline: Timeline, spoken: Mapping[str, Spoken]) -> Captions:
    said = [_in_film(line, heard.start_s) for heard in timeline.speech for line in spoken[heard.section].lines]
    return Captions(kind, tuple(cues(said, timeline.seconds)) if kind != "off" else (), language)


def _in_film(line: SaidLine, start_s: float) -> SaidLine:
    moved = (replace(one, start_s=one.start_s + start_s, end_s=one.end_s + start_s) for one in line.characters)
    return replace(line, start_s=line.start_s + start_s, end_s=line.end_s + start_s, characters=tuple(moved))


def _title(cue: Cue, look: Look, preset: Preset) -> Title:
    box = Box(_LEFT * preset.width, (_FOOT - _HEIGHT) * preset.height, _WIDTH * preset.width, _HEIGHT * preset.height)
    first = round(cue.start_s * preset.fps)
    return Title(
        drawable(printable(cue.text)),
        look,
        box,
        size=_SIZE * min(preset.width, preset.height),
        first=first,
        end=max(first + 1, round(cue.end_s * preset.fps)),
        lines=len(cue.lines),
    )


def _with(piece: Shown, start: int, titles: Sequence[Title]) -> Shown:
    """A piece that begins at the film's frame `start`, with those titles that are seen in it."""
    mine = tuple(
        replace(title, first=max(0, title.first - start), end=min(piece.frames, title.end - start))
        for title in titles
        if title.first < start + piece.frames and title.end > start
    )
    if not mine:
        return piece
    if isinstance(piece.picture, Titled):
        return replace(piece, picture=replace(piece.picture, titles=(*piece.picture.titles, *mine)))
    return Shown(Titled(piece.picture, piece.frames, mine), piece.frames)
