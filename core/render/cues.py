"""When each mouth is seen, from the best source there is: the voice's own timing, a file of cues, the sound alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.media import pcm
from core.media.hearing import heard_cues
from core.media.mouths import MouthCue
from core.media.phonemes import phoneme_cues
from core.media.spelling import letter_cues
from core.render.spoken import SaidLine, Spoken, Timing


def spoken_cues(words: Spoken, language: str) -> tuple[MouthCue, ...]:
    """In seconds of `words`. Each line by what its voice tells of it; a line of which it tells nothing by its sound."""
    return tuple(cue for line in words.lines for cue in _of_line(line, language) if cue.end_s > cue.start_s)


def is_timed(words: Spoken) -> bool:
    """Whether the voice itself told when what is said, of every line."""
    return all(line.phonemes or line.characters for line in words.lines)


def _of_line(line: SaidLine, language: str) -> Iterator[MouthCue]:
    if line.phonemes:
        return phoneme_cues(_plain(line.phonemes))
    if line.characters:
        return letter_cues(_plain(line.characters), language)
    return heard_cues(pcm.read(line.path), line.start_s)


def _plain(timings: Sequence[Timing]) -> list[tuple[str, float, float]]:
    return [(one.what, one.start_s, one.end_s) for one in timings]
