"""Scales that a person would draw, and nothing crowded."""

from __future__ import annotations

import pytest

from gui.dashboard.plot import Plot, Series, Shape, Tint, rounded_steps, sparse
from gui.dashboard.tints import tint
from gui.look.palette import DARK, LIGHT, Palette
from tests.gui.look.test_palette import contrast


@pytest.mark.parametrize(
    ("most", "steps"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (7, [0, 2, 4, 6, 8]),
        (66, [0, 20, 40, 60, 80]),
        (100, [0, 25, 50, 75, 100]),
        (10_000, [0, 2500, 5000, 7500, 10_000]),
    ],
)
def test_counts_have_round_steps(most: float, steps: list[float]) -> None:
    assert rounded_steps(most, whole=True) == steps


@pytest.mark.parametrize("most", [0.0004, 0.043, 0.3, 1.7, 9.99, 123_456.7])
def test_the_scale_holds_the_highest_value(most: float) -> None:
    steps = rounded_steps(most, whole=False)
    assert steps[0] == 0
    assert steps[-2] < most <= steps[-1]
    assert 3 <= len(steps) <= 6


def test_labels_have_room() -> None:
    ticks = [(place, str(place)) for place in range(24)]
    assert sparse(ticks, 24 * 60, 58) == ticks
    assert len(sparse(ticks, 600, 58)) == 8
    assert sparse(ticks, 40, 58) == [(0, "0")]
    assert sparse(ticks, 0, 58) == []


def plot(*series: Series, shape: Shape = Shape.BARS) -> Plot:
    return Plot(shape, series, ("a", "b"), (), str, str, "")


def test_bars_are_stacked_and_areas_are_not() -> None:
    one, other = Series("x", Tint.FIRST, (1.0, 5.0)), Series("y", Tint.WRONG, (4.0, None))
    assert plot(one, other).most == 5.0
    assert plot(one, Series("y", Tint.WRONG, (4.0, 3.0))).most == 8.0
    assert plot(one, other, shape=Shape.AREA).most == 5.0


def test_only_what_there_is_is_told() -> None:
    one, other = Series("x", Tint.FIRST, (1.0, 0.0)), Series("y", Tint.WRONG, (None, 3.0))
    assert plot(one, other).told_at(0) == [(one, "1.0")]
    assert plot(one, other).told_at(1) == [(other, "3.0")]
    assert plot(one).told_at(1) == [(one, "0.0")], "one series says also that there was nothing"


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("which", Tint)
def test_a_series_can_be_seen_on_its_card(palette: Palette, which: Tint) -> None:
    assert contrast(tint(palette, which), palette.panel) >= 3.0
