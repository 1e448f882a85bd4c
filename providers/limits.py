"""What a service says about how much it takes at once, and when to come back."""

from __future__ import annotations

import email.utils
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

_LONGEST_S = 3600.0
_CURRENT = ("current-concurrent-requests", "x-sync-active-generations")
_MAXIMUM = ("maximum-concurrent-requests", "x-sync-concurrency-limit")


@dataclass(frozen=True, slots=True)
class Limits:
    """None where the answer did not say. `service` is its stable name."""

    service: str
    current: int | None = None
    maximum: int | None = None
    retry_after_s: float | None = None

    @property
    def says_anything(self) -> bool:
        return (self.current, self.maximum, self.retry_after_s) != (None, None, None)


def limits_of(service: str, headers: Mapping[str, str]) -> Limits:
    """`headers` with names that are found in any case (httpx's)."""
    return Limits(
        service, _count(headers, _CURRENT), _count(headers, _MAXIMUM), retry_after_s(headers.get("retry-after"))
    )


def _count(headers: Mapping[str, str], names: tuple[str, ...]) -> int | None:
    for name in names:
        if headers.get(name, "").strip().isdecimal():
            return int(headers[name])
    return None


def retry_after_s(value: str | None, now: datetime | None = None) -> float | None:
    """Seconds from a `Retry-After`: a number (also 0, also a fraction) or a date; at most an hour. None: neither."""
    if value is None or not value.strip():
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            then = email.utils.parsedate_to_datetime(value)
        except ValueError:
            return None
        then = then if then.tzinfo else then.replace(tzinfo=UTC)
        seconds = (then - (now or datetime.now(UTC))).total_seconds()
    if math.isnan(seconds):
        return None
    return min(max(0.0, seconds), _LONGEST_S)
