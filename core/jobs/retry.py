"""How long a job waits before it is tried again."""

from __future__ import annotations

from typing import Any

from tenacity import RetryCallState, Retrying, wait_random_exponential

BASE_S = 4.0
LONGEST_S = 300.0


def delay_s(attempt: int, *, base_s: float = BASE_S, longest_s: float = LONGEST_S) -> float:
    """Full jitter: anything from 0 to `base_s` · 2^(`attempt` − 1), at most `longest_s`. `attempt` starts at 1.

    Many jobs that failed together, because a service was away, do not all come back together.
    """
    unused: Any = None
    state = RetryCallState(Retrying(), unused, (), {})
    state.attempt_number = attempt
    return wait_random_exponential(multiplier=base_s, max=longest_s)(state)
