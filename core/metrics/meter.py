"""Counts what the workers of this program do, in memory, and hands it to the store every few seconds.

A job costs some additions. What was counted since the last hand-over is lost when the program is killed; a clean stop
loses nothing, and neither does a store that is away for a while.
"""

from __future__ import annotations

import secrets
import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping

from core.jobs.metering import HOURLY
from core.jobs.model import Result, Strategy
from core.jobs.store import JobStore
from core.storage.looked import Looked

FLUSH_EVERY_S = 5.0
EDGES_S = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 900.0)
"""Upper edges of the histograms' buckets, in seconds; what takes longer is in one more."""


class Meter:
    """Safe between threads."""

    def __init__(
        self, store: JobStore, lookups: Callable[[], Mapping[str, Looked]] = dict, *, machine: str = ""
    ) -> None:
        """`lookups`: by cache. `machine`: this computer, as its programs' ids begin."""
        self._store = store
        self._lookups = lookups
        self._machine = machine
        self._seen: Counter[str] = Counter()
        self._counted: Counter[str] = Counter()
        self._leaving: tuple[str, dict[str, int]] | None = None
        self._lock = threading.Lock()
        self._flushing = threading.Lock()

    def ended(self, how: str, took_s: float, result: Result | None = None, code: str = "") -> None:
        """An attempt ended: `how` is as in a job's history, `code` says why it failed."""
        counted = Counter({f"attempts:{how}": 1})
        if code:
            counted[f"codes:{code}"] += 1
        if how == "fail":
            counted[f"{HOURLY}failed"] += 1
        if result is not None:
            self._film(counted, result, took_s)
        with self._lock:
            self._counted.update(counted)

    def flush(self) -> None:
        """Hands over what was counted. When that raises (the store is away), it is kept for the next time."""
        with self._flushing:
            while self._next():
                assert self._leaving is not None
                token, figures = self._leaving
                self._store.measure(figures, token)
                self._leaving = None

    def _next(self) -> bool:
        if self._leaving is None:
            self._count_lookups()
            with self._lock:
                figures, self._counted = dict(self._counted), Counter()
            if not figures:
                return False
            self._leaving = (secrets.token_hex(8), figures)
        return True

    def _count_lookups(self) -> None:
        seen: Counter[str] = Counter()
        for name, looked in self._lookups().items():
            seen[f"cache:{name}:hit"] += looked.there
            seen[f"cache:{name}:miss"] += looked.made
            seen[f"cache:{name}:ms"] += round(looked.making_s * 1000)
            for provider, characters in looked.spared.items():
                seen[f"saved:{provider}:chars"] += characters
        changed, self._seen = {name: value - self._seen[name] for name, value in seen.items()}, seen
        with self._lock:
            self._counted.update({name: value for name, value in changed.items() if value})

    def _film(self, counted: Counter[str], result: Result, took_s: float) -> None:
        counted[f"{HOURLY}films"] += 1
        counted[f"{HOURLY}render_ms"] += round(took_s * 1000)
        counted[f"{HOURLY}film_ms"] += round(result.duration_s * 1000)
        counted[f"strategies:{result.strategy}"] += 1
        if self._machine:
            counted[f"machine:{self._machine}"] += 1
        for note in result.notes:
            provider, _, made = note.partition(": ")
            if made in set(Strategy):
                counted[f"providers:{provider}"] += 1
        for stage, seconds in (*result.seconds.items(), ("all", took_s)):
            counted[f"stage:{stage}:{bisect_left(EDGES_S, seconds)}"] += 1
            counted[f"stage:{stage}:ms"] += round(seconds * 1000)
