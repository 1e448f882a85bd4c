"""The ladder of strategies, and its floor."""

from __future__ import annotations

import pytest

from core.errors import EnvironmentFault
from core.jobs.model import Strategy
from core.render.strategies import choose
from tests.stand_ins import raises_code

A, L, V, AUTO = Strategy.AVATAR, Strategy.LIPSYNC, Strategy.VOICEOVER, Strategy.AUTO


@pytest.mark.parametrize(
    ("wanted", "working", "chosen"),
    [
        (AUTO, {A, L, V}, A),
        (AUTO, {L, V}, L),
        (AUTO, {V}, V),
        (V, {A, V}, A),
        (L, {L, V}, L),
        (L, {A}, A),
    ],
)
def test_the_best_that_works(wanted: Strategy, working: set[Strategy], chosen: Strategy) -> None:
    assert choose(wanted, working) is chosen


@pytest.mark.parametrize(("wanted", "working"), [(A, {L, V}), (L, {V}), (AUTO, set()), (V, set())])
def test_below_the_floor_the_job_waits(wanted: Strategy, working: set[Strategy]) -> None:
    with raises_code(EnvironmentFault, "strategy_unavailable"):
        choose(wanted, working)
