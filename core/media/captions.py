"""What Santa says as captions: when each is seen, how it is broken into lines, and as .srt and .vtt files.

At most two lines of about 32 letters, long enough to be read, never two at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from core.media.linebreaks import breaks, columns

CaptionKind = Literal["off", "soft", "burned", "srt", "vtt"]

_LINE = 32
_LINES = 2
_LEAST_S = 1.0  # shorter, nobody has read it
_LINGER_S = 0.4  # a caption stays a little after the voice
_GAP_S = 0.08  # between two captions, so that the eye sees that it is another
_JOINED_S = 0.5  # a pause that is shorter is no reason to go dark
_PAUSES = ",;:.!?…—)"
_PAUSE_BONUS = 40  # columns of unevenness that a comma makes up for
_WORD_JOINER = "\u2060"


class Timed(Protocol):
    """A character (or more) of what is said, in seconds."""

    @property
    def what(self) -> str: ...
    @property
    def start_s(self) -> float: ...
    @property
    def end_s(self) -> float: ...


class Said(Protocol):
    """A sentence, and where the voice tells it when each of its characters is heard; in seconds of the film."""

    @property
    def text(self) -> str: ...
    @property
    def start_s(self) -> float: ...
    @property
    def end_s(self) -> float: ...
    @property
    def characters(self) -> Sequence[Timed]: ...


@dataclass(frozen=True, slots=True)
class Cue:
    """Lines on the screen from `start_s` to `end_s` of the film."""

    start_s: float
    end_s: float
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def cues(said: Sequence[Said], total_s: float) -> list[Cue]:
    """In the film's order. A sentence that is too long for one caption is parted, at a pause if there is one."""
    spoken = [cue for line in said for cue in _of_line(line)]
    shown = []
    for place, cue in enumerate(spoken):
        limit = spoken[place + 1].start_s - _GAP_S if place + 1 < len(spoken) else total_s
        end = max(cue.end_s + _LINGER_S, cue.start_s + _LEAST_S)
        if limit - end < _JOINED_S and place + 1 < len(spoken):
            end = limit
        shown.append(replace(cue, end_s=max(min(end, limit, total_s), cue.start_s + 0.04)))
    return shown


def _of_line(line: Said) -> Iterator[Cue]:
    text = line.text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no text, but may come in one
    for first, end in _parts(text, 0, len(text)):
        yield Cue(_second(line, first), _second(line, end), _wrapped(text[first:end]))


def _parts(text: str, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Places of `text` between which each part fits into one caption."""
    while first < end and text[first].isspace():
        first += 1
    while end > first and text[end - 1].isspace():
        end -= 1
    if first == end:
        return
    if max(map(columns, _wrapped(text[first:end]))) <= _LINE:
        yield first, end
        return
    cut = _cut(text, first, end)
    yield from _parts(text, first, cut)
    yield from _parts(text, cut, end)


def _wrapped(text: str) -> tuple[str, ...]:
    """In one line, or in two: about even, better broken behind a pause."""
    words = text.split()
    whole = " ".join(words)
    if columns(whole) <= _LINE:
        return (whole,)
    splits = [(" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))]
    fitting = [split for split in splits if max(map(columns, split)) <= _LINE]
    return min(fitting, key=_unevenness) if fitting else breaks(whole, _LINES)[-1]


def _unevenness(lines: tuple[str, ...]) -> int:
    return abs(columns(lines[0]) - columns(lines[1])) - _LINE // 2 * (lines[0][-1] in _PAUSES)


def _cut(text: str, first: int, end: int) -> int:
    """The space to part at: near the middle, better behind a pause; in a text without spaces, the middle."""
    spaces = [place.start() for place in re.compile(r"\s").finditer(text, first + 1, end - 1)]
    if not spaces:
        return (first + end) // 2

    def badness(place: int) -> int:
        uneven = abs(columns(text[first:place]) - columns(text[place:end]))
        return uneven - _PAUSE_BONUS * (text[place - 1] in _PAUSES)

    return min(spaces, key=badness)


def _second(line: Said, place: int) -> float:
    """When the character at `place` is heard: as the voice says, else as if all were equally long."""
    times = line.characters
    if times and len(times) == len(line.text):
        second = times[place].start_s if place < len(times) else times[-1].end_s
        return min(max(second, line.start_s), line.end_s)
    share = columns(line.text[:place]) / max(1, columns(line.text))
    return line.start_s + share * (line.end_s - line.start_s)


def srt(captions: Sequence[Cue]) -> str:
    """SubRip. It has no escape: a joiner that is not seen keeps what looks like markup from being taken for it."""
    return "".join(
        f"{number}\n{_clock(cue.start_s, ',')} --> {_clock(cue.end_s, ',')}\n{_plain(cue.text)}\n\n"
        for number, cue in enumerate(captions, 1)
    )


def vtt(captions: Sequence[Cue], language: str) -> str:
    """WebVTT."""
    return f"WEBVTT\nLanguage: {language}\n\n" + "".join(
        f"{_clock(cue.start_s, '.')} --> {_clock(cue.end_s, '.')}\n{_entities(cue.text)}\n\n" for cue in captions
    )


def _plain(text: str) -> str:
    return re.sub(r"(<|\{|--)(?=[\w/\\>])", rf"\1{_WORD_JOINER}", text)


def _entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(second: float, point: str) -> str:
    whole, thousandths = divmod(round(second * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{thousandths:03}"
