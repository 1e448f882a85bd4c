"""Mouth cues onto the places where a film can change its mouth: each place shows one shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.media.mouths import MouthCue, Shape

LEAD_S = 0.01
"""Mouths move before they are heard: so much earlier than its sound each is shown."""

_MUST_BE_SEEN: tuple[Shape, ...] = ("G", "A")  # whoever reads lips misses these; the later one is the stronger
_WEIGHT: Mapping[Shape, float] = {"A": 1.0, "B": 0.8, "H": 1.2}
_VOWEL = 1.25
_FRESH_S = 0.08  # a mouth that comes later than that after its sound is taken for another's
_STALE = 0.2
_SPOKEN = 0.6  # of a cell: with less the mouth is at rest in it

Cell = tuple[float, float]
"""From when to when a film shows one mouth, in seconds."""


@dataclass(slots=True)
class _Said:
    """How many seconds of a cell each shape has, and of those how many begin too long before it."""

    seconds: dict[Shape, float] = field(default_factory=dict)
    stale: dict[Shape, float] = field(default_factory=dict)

    def add(self, shape: Shape, seconds: float, *, fresh: bool) -> None:
        self.seconds[shape] = self.seconds.get(shape, 0.0) + seconds
        if not fresh:
            self.stale[shape] = self.stale.get(shape, 0.0) + seconds


def snapped(cues: Sequence[MouthCue], cells: Sequence[Cell]) -> list[Shape]:
    """What each cell shows; both are in order, and no two of either overlap.

    A cell shows what most of it says. A closed mouth or teeth on the lip get the cell they have most of, however short
    they are; no other mouth is begun long after its sound.
    """
    said = [_Said() for _ in cells]
    needed: dict[Shape, list[int]] = {shape: [] for shape in _MUST_BE_SEEN}
    for cue, overlaps in _overlaps(cues, cells):
        for place, seconds in overlaps:
            fresh = cue.start_s > cells[place][0] - _FRESH_S
            said[place].add(cue.shape, seconds, fresh=fresh)
        if cue.shape in needed and overlaps:
            needed[cue.shape].append(max(overlaps, key=lambda one: one[1])[0])
    forced: dict[int, Shape] = {}
    for shape in _MUST_BE_SEEN:
        forced.update(dict.fromkeys(needed[shape], shape))
    shown: list[Shape] = []
    for place, cell in enumerate(cells):
        before = shown[-1] if shown else "X"
        shown.append(forced.get(place) or _chosen(said[place], cell[1] - cell[0], before))
    return shown


def _overlaps(cues: Sequence[MouthCue], cells: Sequence[Cell]) -> Iterator[tuple[MouthCue, list[tuple[int, float]]]]:
    """Each cue with the cells it is in, and for how many seconds of each."""
    first = 0
    for cue in cues:
        begins, ends = cue.start_s - LEAD_S, cue.end_s - LEAD_S
        while first < len(cells) and cells[first][1] <= begins:
            first += 1
        found = []
        for place in range(first, len(cells)):
            if cells[place][0] >= ends:
                break
            found.append((place, min(ends, cells[place][1]) - max(begins, cells[place][0])))
        yield cue, found


def _chosen(said: _Said, cell_s: float, before: Shape) -> Shape:
    if sum(seconds for shape, seconds in said.seconds.items() if shape != "X") < _SPOKEN * cell_s:
        return "X"

    def worth(shape: Shape) -> float:
        late = 0.0 if shape == before else said.stale.get(shape, 0.0) * (1 - _STALE)
        return (said.seconds[shape] - late) * _WEIGHT.get(shape, _VOWEL)

    return max((one for one in said.seconds if one != "X"), key=worth)
