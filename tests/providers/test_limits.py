"""When to come back, and how much at once: as headers say it."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from providers.limits import Limits, limits_of, retry_after_s

NOW = datetime(2026, 12, 24, 20, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("2", 2.0),
        (" 0.25 ", 0.25),
        ("-3", 0.0),
        ("1e9", 3600.0),
        ("inf", 3600.0),
        ("nan", None),
        ("Thu, 24 Dec 2026 20:00:30 GMT", 30.0),
        ("Thu, 24 Dec 2026 19:00:00 GMT", 0.0),
        ("Thu, 24 Dec 2026 20:00:30", 30.0),
        ("", None),
        ("later", None),
        (None, None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after_s(value, NOW) == seconds


def test_how_much_at_once() -> None:
    headers = httpx.Headers({"Current-Concurrent-Requests": "3", "maximum-concurrent-requests": "5"})
    assert limits_of("elevenlabs", headers) == Limits("elevenlabs", 3, 5)
    headers = httpx.Headers({"X-Sync-Concurrency-Limit": "6", "x-sync-active-generations": "many"})
    assert limits_of("synclabs", headers) == Limits("synclabs", None, 6)
    assert not limits_of("heygen", httpx.Headers({})).says_anything
