"""All that one looks at to see how the work goes: one span's history, and how things stand. Cheap to ask again.

A season is read whole only now and then; days that are over don't change.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.jobs.ledger import Amount, today
from core.jobs.machines import MachineStatus, computer_of
from core.jobs.metering import SEASON_HOURS, Step
from core.jobs.model import State
from core.jobs.store import JobStore
from core.metrics.figures import Lookups, lookups_of, oldest_waiting_s, under
from core.metrics.forecast import Forecast, film_usd, forecast, pace_per_hour
from core.metrics.history import History, Span, Sums, by_day, edges, history, midnight_after_s, summed
from core.settings.declaration import Settings

_HOUR_S = 3600.0
_READ_WHOLE_EVERY_S = 600.0
_GOES_ON = (State.READY, State.RUNNING, State.DELAYED)
_WAITS = (State.READY, State.DELAYED, State.PARKED)


@dataclass(frozen=True, slots=True)
class Computer:
    """One that takes part. `seen_ago_s` is by the store's clock: its own may be wrong. `films`: in the last hour."""

    name: str
    workers: int
    films: int
    seen_ago_s: float
    alive: bool
    set_aside: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """What was there already and need not be made again: about so much time, and about so much money."""

    seconds: float = 0.0
    characters: int = 0
    usd: float = 0.0


@dataclass(frozen=True, slots=True)
class Purse:
    """Today's money, in US dollars. `held`: what calls that run now may still cost; `budget` None: no limit."""

    spent: float = 0.0
    held: float = 0.0
    budget: float | None = None

    @property
    def left(self) -> float | None:
        return None if self.budget is None else max(0.0, self.budget - self.spent - self.held)


@dataclass(frozen=True, slots=True)
class Overview:
    """`now_s` is the store's. `ever`: films and failures since the queue began. `oldest_s`: the longest wait."""

    now_s: float
    history: History
    states: Mapping[State, int]
    oldest_s: float
    ever: int
    computers: tuple[Computer, ...]
    saved: Saved
    purse: Purse
    forecast: Forecast

    @property
    def waiting(self) -> int:
        return sum(self.states.get(state, 0) for state in _WAITS)


@dataclass
class _Season:
    """Days that are over, by their start, and what was spent in all; read at `read_s`, good until the day is over."""

    read_s: float = 0.0
    until_s: float = 0.0
    days: dict[float, Sums] = field(default_factory=dict)
    spent: Mapping[str, Amount] = field(default_factory=dict)

    def is_good(self, now_s: float) -> bool:
        return self.read_s <= now_s < min(self.until_s, self.read_s + _READ_WHOLE_EVERY_S)


class Observer:
    """Asks the store. Any thread may; one at a time does."""

    def __init__(self, store: JobStore, settings: Settings) -> None:
        self._store = store
        self.settings = settings
        self._season = _Season()
        self._lock = threading.Lock()

    def overview(self, span: Span) -> Overview:
        """As it stands now. Raises `StoreAway`."""
        with self._lock:
            return self._overview(span)

    def _overview(self, span: Span) -> Overview:
        store = self._store
        now_s, total = store.now_s(), store.figures()
        minutes = store.steps("minutes", now_s - 59 * 60, now_s)
        hours = store.steps("hours", now_s - 26 * _HOUR_S, now_s)  # a day may have 25
        season = self._whole_season(now_s)
        spans = {
            Span.HOUR: history(Span.HOUR, now_s, _each(minutes)),
            Span.DAY: history(Span.DAY, now_s, _each(hours)),
            Span.SEASON: history(Span.SEASON, now_s, season.days | _today(hours, now_s)),
        }
        states = store.counts()
        spent = store.spent_on_day(today())
        purse = Purse(spent.usd, spent.held_usd, self.settings.budget_per_day_usd)
        cost = film_usd(*((one.films, one.usd) for one in spans.values()))
        left = sum(states[state] for state in _GOES_ON)
        pace = pace_per_hour(spans[Span.HOUR].parts, now_s)
        return Overview(
            now_s=now_s,
            history=spans[span],
            states=states,
            oldest_s=oldest_waiting_s(store),
            ever=total.get("hour:films", 0) + total.get("hour:failed", 0),
            computers=computers(store.machines(), under("machine:", summed(minutes)), now_s),
            saved=saved(spans[span], lookups_of(total), season.spent),
            purse=purse,
            forecast=forecast(now_s, left, pace, cost, purse.left),
        )

    def _whole_season(self, now_s: float) -> _Season:
        if not self._season.is_good(now_s):
            hours = self._store.steps("hours", now_s - (SEASON_HOURS + 24) * _HOUR_S, now_s)
            today_s = edges(Span.SEASON, now_s)[-2]
            days = by_day(step for step in hours if step.start_s < today_s)
            self._season = _Season(now_s, midnight_after_s(now_s), days, self._store.spent_in_all())
        return self._season


def computers(machines: Sequence[MachineStatus], films: Mapping[str, int], now_s: float) -> tuple[Computer, ...]:
    """Programs on one computer together: one that was started anew is not silent because its last start is.

    `films` by computer.
    """
    programs: dict[str, list[MachineStatus]] = {}
    for one in machines:
        programs.setdefault(computer_of(one.machine.id), []).append(one)
    found = []
    for name, those in programs.items():
        counted = [one for one in those if one.alive] or those
        found.append(
            Computer(
                name=counted[-1].machine.name or name,
                workers=sum(one.machine.slots for one in counted),
                films=films.get(name, 0),
                seen_ago_s=max(0.0, now_s - max(one.seen_s for one in counted)),
                alive=any(one.alive for one in counted),
                set_aside=any(one.set_aside for one in counted),
            )
        )
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def saved(span: History, ever: Mapping[str, Lookups], spent: Mapping[str, Amount]) -> Saved:
    """What this span's findings were worth, by what making and paying took since the queue began (`ever`, `spent`).

    Characters are exact; a service's are taken at its mean price. Talking clips are taken at their mean price, too,
    those that cost nothing counted in.
    """
    seconds = usd = 0.0
    for name, found in span.lookups.items():
        known = ever.get(name, Lookups())
        seconds += found.hits * known.making_s / known.misses if known.misses else 0.0
    for name, characters in span.spared.items():
        price = spent.get(name, Amount(calls=0))
        usd += characters * price.usd / price.characters if price.characters else 0.0
    clips, known = span.lookups.get("faces", Lookups()), ever.get("faces", Lookups())
    if known.misses:
        usd += clips.hits * sum(one.usd for one in spent.values() if not one.characters) / known.misses
    return Saved(seconds, sum(span.spared.values()), usd)


def _each(steps: Sequence[Step]) -> dict[float, Sums]:
    return {step.start_s: Counter(step.figures) for step in steps}


def _today(hours: Sequence[Step], now_s: float) -> dict[float, Sums]:
    today_s = edges(Span.SEASON, now_s)[-2]
    own = [step for step in hours if step.start_s >= today_s]
    return {today_s: summed(own)} if own else {}
