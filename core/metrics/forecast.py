"""What comes next at the present pace: when the queue is done, what it will cost, how long today's budget lasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.metrics.history import Part, midnight_after_s

_LEAST_S = 120.0
_ENOUGH_FILMS = 20


@dataclass(frozen=True, slots=True)
class Forecast:
    """`films`: those that go on by themselves. None: not known, or it does not come to that.

    `per_hour`: films at the present pace. `usd`: what the queue will cost at `film_usd` a film. `budget_gone_s`: when
    today's budget will be spent, with `films_in_budget` of them made; only if that comes before they are all made, and
    before the day is over.
    """

    films: int
    per_hour: float
    done_s: float | None = None
    film_usd: float | None = None
    usd: float | None = None
    budget_gone_s: float | None = None
    films_in_budget: int | None = None


def pace_per_hour(minutes: Sequence[Part], now_s: float) -> float:
    """Films an hour, by the last hour's minutes.

    Where work began within it, it is counted from about when the first film was begun, not from the hour's start.
    """
    worked = [one for one in minutes if one.films or one.failed]
    films = sum(one.films for one in worked)
    if not films:
        return 0.0
    film_s = sum(one.render_s for one in worked) / films
    began_s = worked[0].start_s - film_s
    whole_s = now_s - minutes[0].start_s
    return films * 3600 / max(_LEAST_S, min(now_s - began_s, whole_s))


def film_usd(*spans: tuple[int, float]) -> float | None:
    """What a film cost lately. `spans`: films and US dollars, of the shortest time first; None while none is made."""
    for films, usd in spans:
        if films >= _ENOUGH_FILMS:
            return usd / films
    films, usd = spans[-1]
    return usd / films if films else None


def forecast(
    now_s: float, films: int, per_hour: float, cost: float | None = None, budget_left: float | None = None
) -> Forecast:
    """`cost`: US dollars a film. `budget_left`: of today's budget; None: there is none."""
    done_s = now_s + films * 3600 / per_hour if films and per_hour else None
    if not cost:
        return Forecast(films, per_hour, done_s)
    gone_s = within = None
    if budget_left is not None and films and per_hour:
        within = int(budget_left / cost)
        spent_s = now_s + within * 3600 / per_hour
        if within >= films or spent_s >= midnight_after_s(now_s):
            within = None
        else:
            gone_s = spent_s
    return Forecast(films, per_hour, done_s, cost, films * cost, gone_s, within)
