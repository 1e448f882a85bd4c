"""Which ways a message may be made: the best that works, but never worse than the operator allows."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import EnvironmentFault
from core.jobs.model import Strategy

BEST_FIRST = (Strategy.AVATAR, Strategy.LIPSYNC, Strategy.VOICEOVER)


def allowed(wanted: Strategy) -> tuple[Strategy, ...]:
    """Best first. AUTO allows all of them; any other is a floor: nothing below it is taken."""
    floor = BEST_FIRST.index(Strategy.VOICEOVER if wanted is Strategy.AUTO else wanted)
    return BEST_FIRST[: floor + 1]


def none_works(wanted: Strategy, reasons: Sequence[str]) -> EnvironmentFault:
    """For a job that allows less than what works now: it waits."""
    return EnvironmentFault(
        "strategy_unavailable",
        "Nothing that makes {strategy} films works now ({reasons}), and this batch allows nothing simpler.",
        "Connect a service in Settings, or send the rows again with the strategy auto.",
        waits_for=f"strategy:{wanted}",
        strategy=str(wanted),
        reasons="; ".join(reasons) or "none is connected",
    )
