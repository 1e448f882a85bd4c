"""`app.py metrics`: what was made and what it cost, on all machines."""

from __future__ import annotations

import json

from rich.console import Console
from rich.table import Table

from core.console.status import DONE
from core.metrics.figures import Metrics
from core.studio import Studio


def metrics(studio: Studio, *, as_json: bool, for_prometheus: bool) -> int:
    if for_prometheus:
        print(studio.running.prometheus(), end="")
        return DONE
    told = studio.running.metrics()
    if as_json:
        print(json.dumps(told.as_dict(), ensure_ascii=False))
    else:
        _tell(told)
    return DONE


def _tell(told: Metrics) -> None:
    rate = "-" if told.success_rate is None else f"{told.success_rate:.1%}"
    print(f"films: {told.films} made, {told.failed} failed ({rate} succeed), {told.film_s / 60:.1f} minutes in all")
    print(f"queue: {told.waiting} wait, the oldest for {told.oldest_s:.0f} s; {told.machines_alive} programs at work")
    for title, counted in (("strategies", told.strategies), ("attempts", told.attempts), ("reasons", told.codes)):
        if counted:
            print(f"{title}: {', '.join(f'{name} {count}' for name, count in counted.items())}")
    for name, spent in told.spent.items():
        print(f"{name}: {spent.calls} calls, {spent.characters} characters, {spent.usd:.2f} US$")
    if told.stages:
        table = Table("stage", "films", "mean s", "p50 ≤ s", "p95 ≤ s", box=None)
        for name, one in told.stages.items():
            table.add_row(
                name, str(one.count), f"{one.mean_s:.2f}", f"{one.quantile(0.5):g}", f"{one.quantile(0.95):g}"
            )
        Console().print(table)
    for name, lookups in told.lookups.items():
        saved = f"about {lookups.saved_s / 60:.1f} minutes saved"
        print(f"cache {name}: {lookups.hits} found, {lookups.misses} made, {saved}")
    for name, characters in told.spared.items():
        print(f"{name}: {characters} characters not spoken again")
