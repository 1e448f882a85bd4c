"""What long work tells whoever waits for it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

Progress = Callable[[float], None]
"""Told the fraction done, 0 to 1, several times a second. Raises (`Cancelled`, …) to stop the work."""


def unwatched(fraction: float) -> None:
    """For work that nobody watches."""


def creeping(progress: Progress, typical_s: float) -> Progress:
    """Passes `progress` on, never standing still: for what others work on, who may say nothing for minutes.

    After `typical_s` it shows about two thirds, and comes ever nearer to the end without reaching it.
    """
    started = time.monotonic()
    highest = 0.0

    def report(fraction: float) -> None:
        nonlocal highest
        waited = 0.95 * (1 - math.exp(-(time.monotonic() - started) / typical_s))
        highest = max(highest, fraction, waited)
        progress(min(1.0, highest))

    return report


def wait(seconds: float, progress: Progress) -> None:
    """Waits, calling `progress` ten times a second; it may raise."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        progress(0.0)
        time.sleep(min(0.1, left))
