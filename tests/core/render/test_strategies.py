"""The ladder of strategies, and its floor."""

from __future__ import annotations

import pytest

from core.jobs.model import Strategy
from core.render.strategies import allowed, none_works

A, L, V, AUTO = Strategy.AVATAR, Strategy.LIPSYNC, Strategy.VOICEOVER, Strategy.AUTO


@pytest.mark.parametrize(("wanted", "found"), [(AUTO, (A, L, V)), (V, (A, L, V)), (L, (A, L)), (A, (A,))])
def test_nothing_below_the_floor_is_allowed(wanted: Strategy, found: tuple[Strategy, ...]) -> None:
    assert allowed(wanted) == found


def test_the_job_waits_and_is_told_why() -> None:
    fault = none_works(L, ["synclabs: no credit", "wav2lip: not here"])
    assert fault.waits_for == "strategy:lipsync"
    assert "synclabs: no credit; wav2lip: not here" in str(fault)
    assert "none is connected" in str(none_works(A, []))
