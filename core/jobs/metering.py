"""Figures that outlive the program and add up over machines: whole numbers by name, some of them by hour and minute."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from core.jobs.commands import Commands
from core.jobs.keys import key
from core.jobs.ledger import Amount
from core.jobs.part import CHUNK, Part, chunks

HOURLY = "hour:"
"""Figures whose name begins so are kept by hour and minute, too, without it; so are the kinds below, with it."""

TIMED = ("stage:", "strategies:", "providers:", "cache:", "saved:", "machine:")  # as in scripts/measure.lua

SEASON_HOURS = 100 * 24
RING_MINUTES = 120  # as in scripts/lib/lately.lua
Kind = Literal["hours", "minutes"]
LENGTH_S: Mapping[Kind, int] = {"hours": 3600, "minutes": 60}
_AT_ONCE = 200  # asking for so many by name costs about as much as reading all
_MICRO = 1_000_000
_FIGURE = re.compile(r"([^ =]+)=(-?\d+)")


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour's work of all machines. `start_s` is since 1970; `render_s` is time spent on films that were made."""

    start_s: float
    films: int = 0
    failed: int = 0
    render_s: float = 0.0
    film_s: float = 0.0
    usd: float = 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """An hour or a minute in which anything happened, on all machines: figures by name. `start_s` is since 1970.

    Besides those that workers tell (`core/metrics/meter.py`): `usd` (in millionths), and by provider `usd:`, `chars:`,
    `ms:` and `calls:`; `now:waiting`, how many films waited at its end, and `now:oldest`, since when the first, in ms.
    """

    start_s: float
    figures: Mapping[str, int] = field(default_factory=dict)

    def of(self, name: str) -> int:
        return self.figures.get(name, 0)


class Metering(Part):
    def measure(self, figures: Mapping[str, int], token: str = "") -> None:
        """Adds to the figures. With the same `token` again (the answer got lost) nothing is added twice."""
        if figures:
            told = [part for name, by in figures.items() for part in (name, by)]
            self._run("measure", token or secrets.token_hex(8), *told)

    def figures(self) -> dict[str, int]:
        """All that was ever counted, by name."""
        return {name: int(value) for name, value in self._read(lambda redis: redis.hgetall(key("stat:total"))).items()}

    def steps(self, kind: Kind, since_s: float, until_s: float) -> list[Step]:
        """The hours, or minutes, from the one in which `since_s` is to that of `until_s`, oldest first.

        Those in which nothing happened are left out. Hours are kept for a season, minutes for two hours.
        """
        length_s = LENGTH_S[kind]
        first, last = int(since_s // length_s), int(until_s // length_s)
        steps = (_step(text, length_s) for text in self._packed(kind, range(first, last + 1)))
        found = [one for one in steps if one is not None and first <= one.start_s / length_s <= last]
        return sorted(found, key=lambda one: one.start_s)

    def hours(self, since_s: float = 0.0) -> list[Hour]:
        """The hours in which anything happened, oldest first; they are kept for a season."""
        now_s = self.now_s()
        return [_hour(one) for one in self.steps("hours", max(since_s, now_s - (SEASON_HOURS + 1) * 3600), now_s)]

    def forget_old_hours(self) -> int:
        """Removes the hours of seasons past; answers how many those were."""
        names = self._read(lambda redis: redis.hgetall(key("stat:hours")))
        oldest = self.now_s() / LENGTH_S["hours"] - SEASON_HOURS
        old = [name for name in sorted(names) if int(name.partition(":")[0]) < oldest]
        return sum(int(self._run("measure_forget", SEASON_HOURS, *few)) for few in chunks(old, CHUNK))

    def spent_in_all(self) -> dict[str, Amount]:
        """What each provider was ever asked for and paid, by its name."""
        accounts = self._read(lambda redis: redis.smembers(key("accounts")))
        days = sorted(name for name in accounts if name.startswith("d:"))
        sums: dict[str, list[int]] = {}
        for told in self._read(partial(_all_of, [f"spent:{day}" for day in days])):
            for name, value in told.items():
                provider, _, what = name.rpartition(":")
                if provider:
                    sums.setdefault(provider, [0, 0, 0, 0])[["chars", "ms", "usd", "calls"].index(what)] += int(value)
        return {
            name: Amount(chars, ms / 1000, usd / _MICRO, calls)
            for name, (chars, ms, usd, calls) in sorted(sums.items())
        }

    def now_s(self) -> float:
        """The store's own clock, in seconds since 1970."""
        return float(self._backend.run_volatile("now")) / 1000

    def _packed(self, kind: Kind, wanted: range) -> Iterable[str | None]:
        name = key(f"stat:{kind}")
        if kind == "minutes" or len(wanted) > _AT_ONCE:
            return self._read(lambda redis: redis.hgetall(name)).values()
        return self._read(lambda redis: redis.hmget(name, [str(number) for number in wanted])) if wanted else ()


def _step(text: str | None, length_s: int) -> Step | None:
    """Out of its packed figures (scripts/lib/tally.lua); None of what is nothing like it."""
    figures = {name: int(amount) for name, amount in _FIGURE.findall(text or "")}
    number = figures.pop("at", None)
    return None if number is None else Step(float(number * length_s), figures)


def _hour(step: Step) -> Hour:
    return Hour(
        start_s=step.start_s,
        films=step.of("films"),
        failed=step.of("failed"),
        render_s=step.of("render_ms") / 1000,
        film_s=step.of("film_ms") / 1000,
        usd=step.of("usd") / _MICRO,
    )


def _all_of(names: Sequence[str], client: Commands) -> list[dict[str, str]]:
    with client.pipeline(transaction=False) as pipe:
        for name in names:
            pipe.hgetall(key(name))
        return list(pipe.execute())
