"""Which way a message is made: the best that works, but never worse than the operator allows."""

from __future__ import annotations

from collections.abc import Collection

from core.errors import EnvironmentFault
from core.jobs.model import Strategy

BEST_FIRST = (Strategy.AVATAR, Strategy.LIPSYNC, Strategy.VOICEOVER)


def choose(wanted: Strategy, working: Collection[Strategy]) -> Strategy:
    """The best of `working`; `wanted` other than AUTO is a floor: nothing below it is taken.

    Raises `EnvironmentFault` when only worse ones work: the job waits instead.
    """
    floor = BEST_FIRST.index(Strategy.VOICEOVER if wanted is Strategy.AUTO else wanted)
    for strategy in BEST_FIRST[: floor + 1]:
        if strategy in working:
            return strategy
    raise EnvironmentFault(
        "strategy_unavailable",
        "Nothing that makes {strategy} films is connected, and this batch allows nothing simpler.",
        "Connect a service in Settings, or send the rows again with the strategy auto.",
        waits_for=f"strategy:{wanted}",
        strategy=str(wanted),
    )
