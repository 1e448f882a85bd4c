"""The figures of all machines together, as they stand: what was made, what waits, what it cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.jobs.ledger import Amount
from core.jobs.metering import HOURLY, Hour
from core.jobs.model import State
from core.jobs.store import JobStore
from core.metrics.meter import EDGES_S
from core.storage.cache import Usage

_WAITING = (State.READY, State.DELAYED, State.PARKED)
_DAY_S = 86400.0


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many took at most `EDGES_S[n]` seconds, each bucket on its own; the last one took longer."""

    buckets: tuple[int, ...]
    sum_s: float

    @property
    def count(self) -> int:
        return sum(self.buckets)

    @property
    def mean_s(self) -> float:
        return self.sum_s / self.count if self.count else 0.0

    def quantile(self, share: float) -> float:
        """About: the upper edge of the bucket it lies in; the last bucket's lower one."""
        passed = 0
        for number, here in enumerate(self.buckets[:-1]):
            passed += here
            if self.count and passed >= share * self.count:
                return EDGES_S[number]
        return EDGES_S[-1] if self.count else 0.0


@dataclass(frozen=True, slots=True)
class Lookups:
    """Of a cache, on all machines: how often a file was there, how often it had to be made, and what that took."""

    hits: int = 0
    misses: int = 0
    making_s: float = 0.0

    @property
    def share(self) -> float:
        """Of all questions, those that found something."""
        asked = self.hits + self.misses
        return self.hits / asked if asked else 0.0

    @property
    def saved_s(self) -> float:
        """About: what was there would have taken as long to make as what was made."""
        return self.hits * self.making_s / self.misses if self.misses else 0.0


@dataclass(frozen=True, slots=True)
class Metrics:
    """`states`: jobs now. `stages`: seconds of each stage of films that were made, `all` for the whole attempt.

    `attempts` by how they ended, `codes` by why they failed. `oldest_s`: how long the job that has waited longest is
    waiting. `caches` is what this computer's hold; `lookups` are everybody's. `spared`: characters that services need
    not speak again, by service. `computers`: films by who made them. `hours`: a day's, oldest first.
    """

    states: Mapping[State, int]
    attempts: Mapping[str, int]
    codes: Mapping[str, int]
    strategies: Mapping[str, int]
    providers: Mapping[str, int]
    stages: Mapping[str, Histogram]
    lookups: Mapping[str, Lookups]
    caches: Mapping[str, Usage]
    spent: Mapping[str, Amount]
    spared: Mapping[str, int]
    computers: Mapping[str, int]
    films: int
    failed: int
    film_s: float
    oldest_s: float
    machines_alive: int
    machines_silent: int
    hours: tuple[Hour, ...] = field(default=())

    @property
    def waiting(self) -> int:
        return sum(self.states.get(state, 0) for state in _WAITING)

    @property
    def success_rate(self) -> float | None:
        """Films of all that ended for good; None while nothing has."""
        ended = self.films + self.failed
        return self.films / ended if ended else None

    def as_dict(self) -> dict[str, Any]:
        return {
            "states": {str(state): count for state, count in self.states.items()},
            "waiting": self.waiting,
            "oldest_waiting_seconds": round(self.oldest_s, 1),
            "films": self.films,
            "failed": self.failed,
            "film_seconds": round(self.film_s, 1),
            "success_rate": self.success_rate,
            "attempts": dict(self.attempts),
            "codes": dict(self.codes),
            "strategies": dict(self.strategies),
            "providers": dict(self.providers),
            "stages": {name: _histogram(one) for name, one in self.stages.items()},
            "caches": {
                name: {
                    "files": used.files,
                    "bytes": used.bytes,
                    "limit_bytes": used.limit_bytes,
                    "hits": self.lookups.get(name, Lookups()).hits,
                    "misses": self.lookups.get(name, Lookups()).misses,
                    "making_seconds": round(self.lookups.get(name, Lookups()).making_s, 1),
                }
                for name, used in self.caches.items()
            },
            "spent": {
                name: {"calls": one.calls, "characters": one.characters, "seconds": one.seconds, "usd": one.usd}
                for name, one in self.spent.items()
            },
            "spared_characters": dict(self.spared),
            "machines": {"alive": self.machines_alive, "silent": self.machines_silent, "films": dict(self.computers)},
            "hours": [
                {
                    "start": hour.start_s,
                    "films": hour.films,
                    "failed": hour.failed,
                    "render_seconds": round(hour.render_s, 1),
                    "film_seconds": round(hour.film_s, 1),
                    "usd": round(hour.usd, 4),
                }
                for hour in self.hours
            ],
        }


class MetricsDesk:
    """Reads the figures. `usage` says what the caches hold; it goes through their folders."""

    def __init__(self, store: JobStore, usage: Callable[[], Mapping[str, Usage]]) -> None:
        self._store = store
        self._usage = usage

    def metrics(self) -> Metrics:
        """As it stands now, with the last day's hours. Raises `StoreAway`."""
        store = self._store
        told, now_s = store.figures(), store.now_s()
        machines = store.machines()
        return Metrics(
            states=store.counts(),
            attempts=under("attempts:", told),
            codes=under("codes:", told),
            strategies=under("strategies:", told),
            providers=under("providers:", told),
            stages=stages_of(told),
            lookups=lookups_of(told),
            caches=self._usage(),
            spent=store.spent_in_all(),
            spared=spared_of(told),
            computers=under("machine:", told),
            films=told.get(f"{HOURLY}films", 0),
            failed=told.get(f"{HOURLY}failed", 0),
            film_s=told.get(f"{HOURLY}film_ms", 0) / 1000,
            oldest_s=oldest_waiting_s(store),
            machines_alive=sum(one.alive for one in machines),
            machines_silent=sum(not one.alive for one in machines),
            hours=tuple(store.hours(now_s - _DAY_S)),
        )

    def history(self, days: float = 100.0) -> list[Hour]:
        """The hours in which anything happened, oldest first; at most a season of them."""
        return self._store.hours(self._store.now_s() - days * _DAY_S)


def oldest_waiting_s(store: JobStore) -> float:
    """How long the ready job that was submitted first has been waiting; 0 if none is ready."""
    oldest = store.jobs(state=State.READY, limit=1)
    return max(0.0, store.now_s() - oldest[0].submitted_s) if oldest else 0.0


def under(prefix: str, told: Mapping[str, int]) -> dict[str, int]:
    """The figures whose names begin so, by what comes after it."""
    return {name.removeprefix(prefix): value for name, value in sorted(told.items()) if name.startswith(prefix)}


def stages_of(figures: Mapping[str, int]) -> dict[str, Histogram]:
    """By stage, and `all` for the whole attempt."""
    told = under("stage:", figures)
    names = sorted({name.rpartition(":")[0] for name in told})
    return {
        name: Histogram(
            tuple(told.get(f"{name}:{number}", 0) for number in range(len(EDGES_S) + 1)),
            told.get(f"{name}:ms", 0) / 1000,
        )
        for name in names
    }


def lookups_of(figures: Mapping[str, int]) -> dict[str, Lookups]:
    """By cache."""
    told = under("cache:", figures)
    names = sorted({name.rpartition(":")[0] for name in told})
    return {
        name: Lookups(told.get(f"{name}:hit", 0), told.get(f"{name}:miss", 0), told.get(f"{name}:ms", 0) / 1000)
        for name in names
    }


def spared_of(figures: Mapping[str, int]) -> dict[str, int]:
    """By service, the characters that it did not have to speak again."""
    return {name.removesuffix(":chars"): count for name, count in under("saved:", figures).items()}


def _histogram(one: Histogram) -> dict[str, Any]:
    return {
        "count": one.count,
        "mean": round(one.mean_s, 3),
        "p50": one.quantile(0.5),
        "p95": one.quantile(0.95),
        "buckets": dict(zip([*map(str, EDGES_S), "+Inf"], one.buckets, strict=True)),
    }
