"""What was said, and when each part of it is heard."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Timing:
    """A character of the text, or a phoneme (eSpeak's mnemonic), from `start_s` to `end_s` of the sound."""

    what: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A sentence in the film's sound: 48 kHz, at its loudness. All times are seconds of the section's words.

    `text` is what is read; `characters` are those of what the voice was given, in which names may be respelled.
    """

    text: str
    path: Path
    start_s: float
    end_s: float
    characters: tuple[Timing, ...] = ()
    phonemes: tuple[Timing, ...] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """A section's words, from the first to the last."""

    lines: tuple[SaidLine, ...]

    @property
    def duration_s(self) -> float:
        return self.lines[-1].end_s if self.lines else 0.0
