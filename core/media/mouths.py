"""Mouths as films show them: nine shapes, when each is seen, and how long the shortest is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shape = Literal["A", "B", "C", "D", "E", "F", "G", "H", "X"]
"""As Rhubarb Lip Sync names them: A closed on m, b, p; B teeth together; C half open; D wide open; E rounded;
F puckered; G teeth on the lip, f and v; H tongue up, l; X at rest."""

SHAPES: tuple[Shape, ...] = ("A", "B", "C", "D", "E", "F", "G", "H", "X")
CLOSED: frozenset[Shape] = frozenset(("A", "X"))

MOUTH_FRAMES = 3
"""How many frames a mouth is seen at least: a closed GOP each, so that any shape may follow any other."""

TOGETHER = 3
"""So many mouths are encoded at once, each in a few threads; each takes about 180 MB of memory, at 1080×1920."""

MOUTHS_VERSION = 4
"""Raise it when mouths are encoded otherwise without their recipe showing it."""


@dataclass(frozen=True, slots=True)
class MouthCue:
    """`shape` is seen from `start_s` to `end_s`; between cues the mouth is at rest."""

    start_s: float
    end_s: float
    shape: Shape


def cut_step(gop_frames: int) -> int:
    """Where a loop of mouths may be cut: about as often as one of `gop_frames`, but between two mouths."""
    return max(MOUTH_FRAMES, gop_frames - gop_frames % MOUTH_FRAMES)
