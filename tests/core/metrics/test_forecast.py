"""What is to come: arithmetic that says nothing where nothing is known."""

from __future__ import annotations

import datetime

import pytest

from core.metrics.forecast import film_usd, forecast, pace_per_hour
from core.metrics.history import Part

NOON_S = datetime.datetime(2026, 12, 20, 12, 0).astimezone().timestamp()


def minutes(**films: int) -> list[Part]:
    """The last hour's; `m5=3`: three films, of 30 s each, in its fifth minute."""
    return [
        Part(
            NOON_S - 3600 + 60 * n, NOON_S - 3540 + 60 * n, films.get(f"m{n}", 0), render_s=30.0 * films.get(f"m{n}", 0)
        )
        for n in range(60)
    ]


def test_the_pace_of_a_whole_hour() -> None:
    assert pace_per_hour(minutes(**{f"m{n}": 2 for n in range(60)}), NOON_S) == pytest.approx(120)


def test_a_pace_begins_with_the_work() -> None:
    """Ten minutes of work, ten films: sixty an hour, not ten."""
    assert pace_per_hour(minutes(**{f"m{n}": 1 for n in range(50, 60)}), NOON_S) == pytest.approx(57.1, abs=0.1)


def test_a_first_film_is_no_storm() -> None:
    assert pace_per_hour(minutes(m59=1), NOON_S) <= 30
    assert pace_per_hour(minutes(), NOON_S) == 0.0


def test_a_film_costs_what_enough_films_did() -> None:
    assert film_usd((25, 5.0), (100, 10.0), (1000, 1.0)) == 0.2
    assert film_usd((3, 5.0), (100, 10.0), (1000, 1.0)) == 0.1
    assert film_usd((0, 0.0), (2, 1.0), (2, 1.0)) == 0.5
    assert film_usd((0, 0.0), (0, 0.0), (0, 0.0)) is None


def test_when_the_queue_is_done_and_what_it_costs() -> None:
    found = forecast(NOON_S, 60, 120.0, 0.05)
    assert found.done_s == NOON_S + 1800
    assert found.usd == pytest.approx(3.0)
    assert found.budget_gone_s is None


def test_a_budget_that_is_too_small_says_until_when_it_lasts() -> None:
    found = forecast(NOON_S, 60, 120.0, 0.05, budget_left=1.0)
    assert (found.budget_gone_s, found.films_in_budget) == (NOON_S + 600, 20)
    assert forecast(NOON_S, 60, 120.0, 0.05, budget_left=0.0).films_in_budget == 0


def test_a_budget_that_is_enough_or_renewed_in_time_is_no_news() -> None:
    assert forecast(NOON_S, 60, 120.0, 0.05, budget_left=3.0).budget_gone_s is None
    assert forecast(NOON_S, 6000, 10.0, 0.05, budget_left=200 * 0.05).budget_gone_s is None, "tomorrow is another day"


@pytest.mark.parametrize(("films", "per_hour", "cost"), [(0, 10.0, 0.1), (10, 0.0, 0.1), (10, 10.0, None)])
def test_nothing_is_told_that_is_not_known(films: int, per_hour: float, cost: float | None) -> None:
    found = forecast(NOON_S, films, per_hour, cost, budget_left=0.1)
    assert found.budget_gone_s is None
    assert (found.done_s is None) == (not films or not per_hour)
    assert (found.usd is None) == (cost is None)
