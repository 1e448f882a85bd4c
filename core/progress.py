"""What long work tells whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], None]
"""Told the fraction done, 0 to 1, several times a second. Raises (`Cancelled`, …) to stop the work."""


def unwatched(fraction: float) -> None:
    """For work that nobody watches."""
