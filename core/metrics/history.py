"""What was done over an hour, a day or a season: cut into equal parts for charts, and summed up."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise

from core.jobs.ledger import Amount
from core.jobs.metering import Step
from core.jobs.model import Strategy
from core.metrics.figures import Histogram, Lookups, lookups_of, spared_of, stages_of, under

_MICRO = 1_000_000
_HOUR_S = 3600.0
_MINUTE_S = 60.0
SEASON_DAYS = 100
Sums = Counter[str]


class Span(StrEnum):
    """How far back one looks: 60 minutes, 24 hours, or 100 days by the calendar of this computer."""

    HOUR = "hour"
    DAY = "day"
    SEASON = "season"


@dataclass(frozen=True, slots=True)
class Part:
    """One bar of a chart: a minute, an hour, a day. Seconds since 1970, by the store's clock.

    `waiting` films there were at its end and `oldest_s` the first of them had waited; None: not known.
    """

    start_s: float
    end_s: float
    films: int = 0
    failed: int = 0
    strategies: Mapping[str, int] = field(default_factory=dict)
    render_s: float = 0.0
    usd: float = 0.0
    waiting: int | None = None
    oldest_s: float | None = None

    @property
    def film_s(self) -> float | None:
        """What a film took; None if none was made."""
        return self.render_s / self.films if self.films else None


@dataclass(frozen=True, slots=True)
class History:
    """`parts` oldest first, none left out; the rest is the sum of all of them."""

    span: Span
    parts: tuple[Part, ...]
    films: int
    failed: int
    render_s: float
    usd: float
    strategies: Mapping[str, int]
    providers: Mapping[str, int]
    stages: Mapping[str, Histogram]
    lookups: Mapping[str, Lookups]
    spared: Mapping[str, int]
    spent: Mapping[str, Amount]

    @property
    def success_rate(self) -> float | None:
        """Films of all that ended for good; None while nothing has."""
        ended = self.films + self.failed
        return self.films / ended if ended else None


def edges(span: Span, now_s: float) -> list[float]:
    """Where the parts begin, and at last where the last one ends: after `now_s`."""
    if span is Span.SEASON:
        today = _day_of(now_s)
        return [_midnight_s(today + datetime.timedelta(days)) for days in range(1 - SEASON_DAYS, 2)]
    length_s, count = (_MINUTE_S, 60) if span is Span.HOUR else (_HOUR_S, 24)
    last = now_s // length_s + 1
    return [(last - count + number) * length_s for number in range(count + 1)]


def summed(steps: Iterable[Step]) -> Sums:
    """Everything added up; of how things stood, the last."""
    sums: Sums = Counter()
    for step in steps:
        for name, amount in step.figures.items():
            if name.startswith("now:"):
                sums[name] = amount
            else:
                sums[name] += amount
    return sums


def by_day(steps: Iterable[Step]) -> dict[float, Sums]:
    """Hours, oldest first, summed up by the day (of this computer's calendar) in which they begin: by its start."""
    days: dict[datetime.date, list[Step]] = {}
    for step in steps:
        days.setdefault(_day_of(step.start_s), []).append(step)
    return {_midnight_s(day): summed(those) for day, those in days.items()}


def history(span: Span, now_s: float, sums: Mapping[float, Sums]) -> History:
    """`sums` by the start of the part they belong to: see `edges`."""
    parts = tuple(_part(start_s, end_s, sums.get(start_s)) for start_s, end_s in pairwise(edges(span, now_s)))
    total: Sums = Counter()
    for part in parts:
        total.update(sums.get(part.start_s, {}))
    return History(
        span=span,
        parts=tuple(_carried_on(parts)),
        films=total["films"],
        failed=total["failed"],
        render_s=total["render_ms"] / 1000,
        usd=total["usd"] / _MICRO,
        strategies=under("strategies:", total),
        providers=under("providers:", total),
        stages=stages_of(total),
        lookups=lookups_of(total),
        spared=spared_of(total),
        spent=_spent(total),
    )


def _part(start_s: float, end_s: float, sums: Sums | None) -> Part:
    if sums is None:
        return Part(start_s, end_s)
    known = "now:waiting" in sums
    return Part(
        start_s,
        end_s,
        films=sums["films"],
        failed=sums["failed"],
        strategies={str(one): sums[f"strategies:{one}"] for one in Strategy if sums[f"strategies:{one}"]},
        render_s=sums["render_ms"] / 1000,
        usd=sums["usd"] / _MICRO,
        waiting=sums["now:waiting"] if known else None,
        oldest_s=sums["now:oldest"] / 1000 if known else None,
    )


def _carried_on(parts: Sequence[Part]) -> Iterator[Part]:
    """Where nothing was done nobody counted what waits: it is taken to be what it was."""
    waiting: int | None = None
    for part in parts:
        if part.waiting is None and waiting is not None:
            yield replace(part, waiting=waiting)
        else:
            waiting = part.waiting
            yield part


def _spent(total: Sums) -> dict[str, Amount]:
    return {
        name: Amount(total[f"chars:{name}"], total[f"ms:{name}"] / 1000, usd / _MICRO, total[f"calls:{name}"])
        for name, usd in under("usd:", total).items()
    }


def _day_of(seconds: float) -> datetime.date:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).astimezone().date()


def _midnight_s(day: datetime.date) -> float:
    return datetime.datetime(day.year, day.month, day.day).astimezone().timestamp()  # its own time zone


def midnight_after_s(now_s: float) -> float:
    """When the next day begins on this computer: a day's budget begins anew."""
    return _midnight_s(_day_of(now_s) + datetime.timedelta(1))
