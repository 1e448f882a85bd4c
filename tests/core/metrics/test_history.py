"""Spans cut into parts: none is left out, sums are those of the parts, days are this computer's own."""

from __future__ import annotations

import datetime
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest

from core.jobs.metering import Step
from core.metrics.history import SEASON_DAYS, Span, by_day, edges, history, midnight_after_s, summed

NOON_S = datetime.datetime(2026, 12, 20, 12, 30, tzinfo=datetime.UTC).timestamp()


@pytest.fixture(autouse=True)
def _in_buenos_aires(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three hours behind: its midnight is not the store's."""
    monkeypatch.setenv("TZ", "America/Argentina/Buenos_Aires")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.mark.parametrize(("span", "count", "length_s"), [(Span.HOUR, 60, 60), (Span.DAY, 24, 3600)])
def test_equal_parts_up_to_the_present_one(span: Span, count: int, length_s: float) -> None:
    found = edges(span, NOON_S + 1)
    assert len(found) == count + 1
    assert {later - earlier for earlier, later in pairwise(found)} == {length_s}
    assert found[-2] <= NOON_S + 1 < found[-1]


def test_a_season_has_the_calendars_days() -> None:
    found = edges(Span.SEASON, NOON_S)
    assert len(found) == SEASON_DAYS + 1
    assert found[-2] <= NOON_S < found[-1] == midnight_after_s(NOON_S)
    midnights = [datetime.datetime.fromtimestamp(one, datetime.UTC).astimezone() for one in found]
    assert {(one.hour, one.minute) for one in midnights} == {(0, 0)}


def test_the_last_hour_of_an_evening_belongs_to_its_own_day() -> None:
    evening_s = datetime.datetime(2026, 12, 20, 23, 0).astimezone().timestamp()
    days = by_day(
        [Step(evening_s - 3600, {"films": 1}), Step(evening_s, {"films": 2}), Step(evening_s + 3600, {"films": 4})]
    )
    assert [sums["films"] for sums in days.values()] == [3, 4]
    assert list(days) == edges(Span.SEASON, evening_s + 3600)[-3:-1]


def test_of_how_things_stood_the_last_counts() -> None:
    steps = [Step(0, {"films": 2, "now:waiting": 9}), Step(60, {"films": 1, "now:waiting": 4})]
    assert summed(steps) == {"films": 3, "now:waiting": 4}


def test_sums_are_those_of_the_parts() -> None:
    starts = edges(Span.HOUR, NOON_S)
    sums = {
        starts[3]: Counter({"films": 2, "strategies:avatar": 2, "render_ms": 9000, "usd": 500_000, "now:waiting": 7}),
        starts[5]: Counter(
            {"films": 1, "failed": 1, "strategies:lipsync": 1, "usd:heygen": 250_000, "ms:heygen": 2000}
        ),
        starts[0] - 60: Counter({"films": 50}),
    }
    found = history(Span.HOUR, NOON_S, sums)
    assert (found.films, found.failed, found.success_rate, found.usd) == (3, 1, 0.75, 0.5)
    assert len(found.parts) == 60
    assert sum(part.films for part in found.parts) == 3
    assert found.parts[3].film_s == 4.5
    assert found.parts[4].film_s is None
    assert found.strategies == {"avatar": 2, "lipsync": 1}
    assert (found.spent["heygen"].usd, found.spent["heygen"].seconds) == (0.25, 2.0)


def test_what_waits_is_carried_on_where_nothing_was_done() -> None:
    starts = edges(Span.HOUR, NOON_S)
    sums = {
        starts[3]: Counter({"now:waiting": 7}),
        starts[5]: Counter({"now:waiting": 0, "films": 1}),
        starts[7]: Counter({"usd": 5}),
    }
    waiting = [part.waiting for part in history(Span.HOUR, NOON_S, sums).parts]
    assert waiting[:8] == [None, None, None, 7, 7, 0, 0, 0]
    assert history(Span.HOUR, NOON_S, sums).parts[7].usd == 0.000005


def test_nothing_at_all() -> None:
    found = history(Span.SEASON, NOON_S, {})
    assert (found.films, found.success_rate, len(found.parts)) == (0, None, SEASON_DAYS)
