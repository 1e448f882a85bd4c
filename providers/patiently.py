"""Tells the ledger, however long the job store is away: what is paid for must not be forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from core.errors import StoreAway
from core.progress import Progress, wait

T = TypeVar("T")

_FIRST_S, _LONGEST_S = 0.3, 5.0


def patiently(tell: Callable[[], T], progress: Progress) -> T:
    """Repeats `tell` until the store hears it. Raises what `progress` raises: the lease is lost, the program closes."""
    away_s = _FIRST_S
    while True:
        try:
            return tell()
        except StoreAway:
            wait(away_s, progress)
            away_s = min(2 * away_s, _LONGEST_S)
