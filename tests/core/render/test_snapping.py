"""Cues on the grid: what must be seen is seen, silence is quiet, and nothing comes late."""

from __future__ import annotations

import random

from core.media.mouths import SHAPES, MouthCue, Shape
from core.render.snapping import LEAD_S, snapped

CELLS = [(0.12 * n, 0.12 * (n + 1)) for n in range(20)]


def cues(*parts: tuple[float, float, Shape]) -> list[MouthCue]:
    return [MouthCue(start + LEAD_S, end + LEAD_S, shape) for start, end, shape in parts]


def test_a_cell_shows_what_most_of_it_says() -> None:
    shown = snapped(cues((0.0, 0.24, "D"), (0.24, 0.3, "B"), (0.3, 0.48, "E")), CELLS)
    assert shown[:5] == ["D", "D", "E", "E", "X"]


def test_a_closed_mouth_is_seen_however_short() -> None:
    shown = snapped(cues((0.0, 0.17, "D"), (0.17, 0.19, "A"), (0.19, 0.48, "D")), CELLS)
    assert shown[:4] == ["D", "A", "D", "D"]


def test_of_two_that_must_be_seen_in_one_cell_the_closed_one_wins() -> None:
    assert snapped(cues((0.0, 0.06, "G"), (0.06, 0.12, "A")), CELLS)[0] == "A"


def test_silence_is_at_rest() -> None:
    shown = snapped(cues((0.0, 0.24, "D"), (0.24, 0.6, "X"), (0.6, 0.84, "C")), CELLS)
    assert shown == ["D", "D", "X", "X", "X", "C", "C", *["X"] * 13]


def test_nothing_said_is_at_rest() -> None:
    assert snapped([], CELLS) == ["X"] * 20
    assert snapped(cues((0.0, 1.0, "D")), []) == []


def test_each_shape_is_seen_when_it_is_long_enough() -> None:
    for shape in SHAPES:
        assert snapped(cues((0.24, 0.48, shape)), CELLS)[2:4] == [shape, shape]


def test_every_closure_of_random_speech_is_seen() -> None:
    chance = random.Random(7)
    for _ in range(200):
        parts: list[tuple[float, float, Shape]] = []
        at = chance.random() / 5
        while at < 2.2:
            end = at + chance.uniform(0.02, 0.25)
            parts.append((at, end, chance.choice(SHAPES)))
            at = end
        said = cues(*parts)
        shown = snapped(said, CELLS)
        for cue in said:
            if cue.shape == "A" and cue.end_s < 2.4:
                near = [
                    shape
                    for shape, cell in zip(shown, CELLS, strict=True)
                    if cell[0] < cue.end_s and cell[1] > cue.start_s - LEAD_S
                ]
                assert "A" in near
