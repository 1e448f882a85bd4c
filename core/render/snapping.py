"""Mouth cues onto the places where a film can change its mouth: each place shows one shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from core.media.mouths import MouthCue, Shape

LEAD_S = 0.03
"""Mouths move before they are heard: so much earlier than its sound each is shown."""

_MUST_BE_SEEN: tuple[Shape, ...] = ("G", "A")  # whoever reads lips misses these; the later one is the stronger
_WEIGHT: Mapping[Shape, float] = {"A": 1.0, "B": 0.8, "H": 1.2, "X": 1.0}
_VOWEL = 1.25

Cell = tuple[float, float]
"""From when to when a film shows one mouth, in seconds."""


def snapped(cues: Sequence[MouthCue], cells: Sequence[Cell]) -> list[Shape]:
    """What each cell shows; both are in order, and no two of either overlap.

    A cell shows what most of it says, but a closed mouth or teeth on the lip get the cell they have most of, however
    short they are.
    """
    weights: list[dict[Shape, float]] = [{} for _ in cells]
    forced: dict[int, Shape] = {}
    by_need: dict[Shape, list[int]] = {shape: [] for shape in _MUST_BE_SEEN}
    for cue, overlaps in _overlaps(cues, cells):
        for place, seconds in overlaps:
            weights[place][cue.shape] = weights[place].get(cue.shape, 0.0) + seconds
        if cue.shape in by_need and overlaps:
            by_need[cue.shape].append(max(overlaps, key=lambda one: one[1])[0])
    for shape in _MUST_BE_SEEN:
        forced.update(dict.fromkeys(by_need[shape], shape))
    return [forced.get(place) or _chosen(weights[place], cells[place]) for place in range(len(cells))]


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


def _chosen(weights: Mapping[Shape, float], cell: Cell) -> Shape:
    spoken = sum(seconds for shape, seconds in weights.items() if shape != "X")
    if spoken < (cell[1] - cell[0]) / 2:
        return "X"
    return max((one for one in weights if one != "X"), key=lambda one: weights[one] * _WEIGHT.get(one, _VOWEL))
