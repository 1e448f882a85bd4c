"""A season's work of a studio that never was, told to a real store as workers and services would have told it.

Days grow busier towards the end, nobody works at night, Sundays are quiet; a service is down one afternoon.
"""

from __future__ import annotations

import datetime
import math
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from core.jobs import ledger
from core.jobs.ledger import Account, Amount, Budget
from core.jobs.machines import Machine
from core.jobs.model import Result, State, Strategy
from core.jobs.store import JobStore
from core.metrics.meter import Meter
from core.storage.looked import Looked
from tests.stand_ins import make_jobs

_HOUR_S = 3600.0
_MINUTE_S = 60.0
_SECONDS = {"speech": 1.2, "face": 6.5, "picture": 0.4, "sound": 0.35, "assemble": 0.5, "verify": 0.25, "publish": 0.1}
_WAYS = (
    (Strategy.AVATAR, "heygen", 0.22),
    (Strategy.LIPSYNC, "mouth_bank", 0.58),
    (Strategy.LIPSYNC, "synclabs", 0.08),
    (Strategy.VOICEOVER, "", 0.12),
)
COMPUTERS = ("taller-1", "taller-2", "render-norte")


@dataclass
class Clock:
    """Set to any time while the season is told; then `follow` lets it go on from there."""

    now_s: float
    _since: float | None = None

    def __call__(self) -> float:
        return self.now_s + (0.0 if self._since is None else time.monotonic() - self._since)

    def follow(self) -> None:
        self.now_s, self._since = time.time(), time.monotonic()


@dataclass
class Season:
    """Tells it to `store`, whose time is `clock`'s, up to the moment that this has now."""

    store: JobStore
    clock: Clock
    chance: random.Random = field(default_factory=lambda: random.Random(24))
    _looked: dict[str, Looked] = field(default_factory=dict)
    _calls: int = 0
    _jobs_too: bool = False

    def tell(self, days: int = 100, *, busy: float = 60.0) -> None:
        """`busy`: films an hour in the evenings at the end."""
        until_s = self.clock.now_s
        meters = [
            Meter(self.store, dict if number else self._lookups, machine=name) for number, name in enumerate(COMPUTERS)
        ]
        hour_s = (until_s - days * 24 * _HOUR_S) // _HOUR_S * _HOUR_S
        with self._today_is_the_clocks():
            while hour_s < until_s - 2 * _HOUR_S:
                films = self._in_hour(hour_s, until_s, days, busy)
                self._jobs_too = hour_s > until_s - 26 * _HOUR_S
                if films:
                    self.clock.now_s = hour_s + self.chance.uniform(60, 3500)
                    self._make(meters, films)
                hour_s += _HOUR_S
            for minute in range(int((until_s - hour_s) // _MINUTE_S)):
                self.clock.now_s = hour_s + minute * _MINUTE_S + 5
                self._make(meters, self.chance.choice((0, 1, 1, 2, 2, 2, 3)) * busy / 96)
        self.clock.now_s = until_s

    def _lookups(self) -> dict[str, Looked]:
        return self._looked

    def queue(self, waiting: int) -> None:
        """So many films wait at the end, the first of them for 14 minutes."""
        now_s = self.clock.now_s
        self.clock.now_s = now_s - 14 * _MINUTE_S
        self._work_off(self.store.counts()[State.READY])
        self.store.submit(*make_jobs(waiting))
        self.clock.now_s = now_s

    def register(self, silent: str = "") -> None:
        """The computers; the one named `silent` was last heard of 23 minutes ago."""
        now_s = self.clock.now_s
        for number, name in enumerate(COMPUTERS):
            self.clock.now_s = now_s - (23 * _MINUTE_S if name == silent else 4)
            self.store.register(Machine(f"{name}:{4000 + number}", name, "0.1.0", 2 + 2 * number))
        self.clock.now_s = now_s

    @contextmanager
    def _today_is_the_clocks(self) -> Iterator[None]:
        def today() -> str:
            return datetime.datetime.fromtimestamp(self.clock.now_s, datetime.UTC).astimezone().date().isoformat()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ledger, "today", today)
            yield

    def _in_hour(self, hour_s: float, until_s: float, days: int, busy: float) -> float:
        when = datetime.datetime.fromtimestamp(hour_s, datetime.UTC).astimezone()
        if not 9 <= when.hour <= 23:
            return 0.0
        age = (until_s - hour_s) / (days * 24 * _HOUR_S)
        grown = 0.06 + 0.94 * math.pow(1 - age, 2.2)
        evening = 1.0 if when.hour >= 17 else 0.55
        quiet = 0.3 if when.weekday() == 6 else 1.0
        return busy * grown * evening * quiet * self.chance.uniform(0.6, 1.3)

    def _make(self, meters: list[Meter], films: float) -> None:
        whole = int(films) + (self.chance.random() < films % 1)
        paid = {"elevenlabs": 0, "heygen": 0.0, "synclabs": 0.0}
        for _ in range(whole):
            meter = self.chance.choices(meters, (2, 4, 6))[0]
            if self.chance.random() < 0.012:
                meter.ended("fail", 4.0, code="voice_refused")
                continue
            way, provider, _share = self.chance.choices(_WAYS, [one[2] for one in _WAYS])[0]
            meter.ended("done", *self._film(way, provider))
            paid["elevenlabs"] += self.chance.randint(180, 320)
            if provider in paid:
                paid[provider] += self.chance.uniform(17, 26)
        if self._jobs_too:
            self._take_from_queue(whole)
        self._look(whole)
        for provider, amount in paid.items():
            self._pay(provider, amount)
        for meter in meters:
            meter.flush()

    def _take_from_queue(self, films: int) -> None:
        """Of the last day the jobs are told, too: sheets come in, and are worked off."""
        if self.store.counts()[State.READY] < films + 5:
            self.store.submit(*make_jobs(self.chance.randint(60, 220)))
        self._work_off(films)

    def _work_off(self, films: int) -> None:
        for _ in range(films):
            claim = self.store.claim("taller-1:1/1", lease_s=60)
            if claim is not None:
                self.store.complete(claim, Result(claim.job.output, Strategy.VOICEOVER, 41.0))

    def _film(self, way: Strategy, provider: str) -> tuple[float, Result]:
        slow = {"heygen": 14.0, "synclabs": 8.0, "mouth_bank": 0.05, "": 0.0}[provider]
        seconds = {name: mean * self.chance.uniform(0.6, 1.7) for name, mean in _SECONDS.items()}
        seconds["face"] *= slow
        if not provider:
            del seconds["face"]
        notes = (f"{provider}: {way}",) if provider else ()
        result = Result("/films/one.mp4", way, self.chance.uniform(36, 48), seconds=seconds, notes=notes)
        return sum(seconds.values()), result

    def _look(self, films: int) -> None:
        spared = {"elevenlabs": films * 470}
        for name, looked in {
            "speech": Looked(films * 9, films * 4, films * 4 * 0.9, spared),
            "segments": Looked(films * 11, films // 4, films // 4 * 3.1),
            "faces": Looked(films // 9, films // 4, films // 4 * 60.0),
        }.items():
            self._looked[name] = self._looked.get(name, Looked()) + looked

    def _pay(self, provider: str, amount: float) -> None:
        """`amount`: characters of a voice, seconds of a face."""
        if not amount:
            return
        self._calls += 1
        spent = Amount(characters=round(amount), usd=amount * 0.0001)
        if provider != "elevenlabs":
            spent = Amount(seconds=amount, usd=amount * {"heygen": 0.0667, "synclabs": 0.05}[provider] / 20)
        call = f"call {self._calls}"
        self.store.begin_call(call, provider, spent, Account("", "navidad"), Budget())
        self.store.settle_call(call, spent)


def told_season(days: int = 100, *, busy: float = 60.0, waiting: int = 312) -> tuple[JobStore, Clock]:
    """A store in memory with a season in it, and its clock, which goes on from now."""
    clock = Clock(time.time())
    store = JobStore.in_memory(clock)
    season = Season(store, clock)
    season.tell(days, busy=busy)
    clock.now_s = time.time()
    season.queue(waiting)
    season.register(silent="render-norte")
    clock.follow()
    return store, clock
