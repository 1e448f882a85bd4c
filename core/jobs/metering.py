"""Figures that outlive the program and add up over machines: whole numbers by name, and some of them by the hour."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from core.jobs.keys import key
from core.jobs.ledger import Amount
from core.jobs.part import CHUNK, Part, chunks

HOURLY = "hour:"
"""Figures whose name begins so are kept by the hour, too."""

SEASON_HOURS = 100 * 24
_HOUR_S = 3600
_MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour's work of all machines. `start_s` is since 1970; `render_s` is time spent on films that were made."""

    start_s: float
    films: int = 0
    failed: int = 0
    render_s: float = 0.0
    film_s: float = 0.0
    usd: float = 0.0


class Metering(Part):
    def measure(self, figures: Mapping[str, int], token: str = "") -> None:
        """Adds to the figures. With the same `token` again (the answer got lost) nothing is added twice."""
        if figures:
            told = [part for name, by in figures.items() for part in (name, by)]
            self._run("measure", token or secrets.token_hex(8), *told)

    def figures(self) -> dict[str, int]:
        """All that was ever counted, by name."""
        return {name: int(value) for name, value in self._read(lambda redis: redis.hgetall(key("stat:total"))).items()}

    def hours(self, since_s: float = 0.0) -> list[Hour]:
        """The hours in which anything happened, oldest first; they are kept for a season."""
        told = self._read(lambda redis: redis.hgetall(key("stat:hours")))
        found: dict[int, dict[str, int]] = {}
        for name, value in told.items():
            hour, _, what = name.partition(":")
            found.setdefault(int(hour), {})[what] = int(value)
        return [
            Hour(
                start_s=hour * _HOUR_S,
                films=sums.get("films", 0),
                failed=sums.get("failed", 0),
                render_s=sums.get("render_ms", 0) / 1000,
                film_s=sums.get("film_ms", 0) / 1000,
                usd=sums.get("usd", 0) / _MICRO,
            )
            for hour, sums in sorted(found.items())
            if (hour + 1) * _HOUR_S > since_s
        ]

    def forget_old_hours(self) -> int:
        """Removes the hours of seasons past; answers how many figures that were."""
        names = self._read(lambda redis: redis.hgetall(key("stat:hours")))
        oldest = self.now_s() / _HOUR_S - SEASON_HOURS
        old = [name for name in sorted(names) if int(name.partition(":")[0]) < oldest]
        return sum(int(self._run("measure_forget", SEASON_HOURS, *few)) for few in chunks(old, CHUNK))

    def spent_in_all(self) -> dict[str, Amount]:
        """What each provider was ever asked for and paid, by its name."""
        accounts = self._read(lambda redis: redis.smembers(key("accounts")))
        sums: dict[str, list[int]] = {}
        for account in (name for name in accounts if name.startswith("d:")):
            told = self._read(lambda redis, account=account: redis.hgetall(key(f"spent:{account}")))  # type: ignore[misc]
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
