"""What a look at the queue's Redis tells, in words; or, without one, at this computer's own queue."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from core.desk.findings import Finding, Mark
from core.jobs.machines import MachineStatus
from core.jobs.server import ServerFacts, look_at
from core.jobs.store import JobStore
from core.text import Text, Value

_SLOW_MS = 50.0
_OLDEST = (6, 2)


def look_at_queue(redis_url: str, store: JobStore, queue: Path) -> list[Finding]:
    """Raises a `TrineoError` if the server can't be used."""
    return list(_server(look_at(redis_url)) if redis_url.strip() else _own(store, queue))


def _own(store: JobStore, queue: Path) -> Iterator[Finding]:
    began = time.perf_counter()
    jobs = sum(store.counts().values())
    milliseconds = round((time.perf_counter() - began) * 1000, 1)
    told = {"milliseconds": milliseconds, "jobs": jobs}
    yield Finding(
        Mark.GOOD,
        Text("This computer keeps its own queue: it answers in {milliseconds} ms and knows {jobs} films.", told),
    )
    yield Finding(
        Mark.GOOD,
        Text("Every change is on the disk before it counts, in {folder}.", {"folder": str(queue)}),
    )
    yield Finding(
        Mark.NOTE,
        Text("Nobody else works on it. Several computers share one queue on a Redis."),
        Text("Fill in REDIS_URL in Settings when a second computer is to help."),
    )


def _server(facts: ServerFacts) -> Iterator[Finding]:
    yield from _speed(facts)
    yield from _version(facts)
    yield from _kept(facts)
    if facts.evicts:
        yield Finding(
            Mark.WRONG,
            Text("It throws films out of the queue when its memory is full."),
            Text("Set maxmemory-policy noeviction in the Redis."),
        )
    yield from _company(facts)


def _speed(facts: ServerFacts) -> Iterator[Finding]:
    told: dict[str, Value] = {
        "address": facts.address,
        "milliseconds": round(facts.milliseconds, 1),
        "jobs": facts.jobs,
    }
    what = Text("The Redis at {address} answers in {milliseconds} ms; its queue knows {jobs} films.", told)
    if facts.milliseconds > _SLOW_MS:
        yield Finding(Mark.WARNING, what, Text("That is slow. Look at the network between the two."))
    else:
        yield Finding(Mark.GOOD, what)


def _version(facts: ServerFacts) -> Iterator[Finding]:
    if facts.replica:
        yield Finding(
            Mark.WRONG,
            Text("It is a copy of another Redis and takes no changes."),
            Text("Name the Redis that it copies in REDIS_URL."),
        )
    if not facts.version:
        return
    what = Text("It is Redis {version}.", {"version": facts.version})
    numbers = tuple(int(part) for part in facts.version.split(".")[:2] if part.isdecimal())
    if numbers < _OLDEST:
        yield Finding(Mark.WRONG, what, Text("It is too old: Trineo needs Redis 6.2 or newer."))
    else:
        yield Finding(Mark.GOOD, what)


def _kept(facts: ServerFacts) -> Iterator[Finding]:
    """Persistence: what is left of the queue when the server's computer loses power."""
    if facts.journal and facts.fsync == "no":
        yield Finding(
            Mark.WARNING,
            Text("It writes every change to its file, but lets the system decide when that reaches the disk."),
            Text("Set appendfsync everysec in the Redis: then a power cut costs a second at most."),
        )
    elif facts.journal:
        yield Finding(Mark.GOOD, Text("Persistence is on: a power cut costs a second's work at most."))
    elif facts.snapshots:
        yield Finding(
            Mark.WARNING,
            Text("It writes the queue down only now and then: a power cut costs what changed in the last minutes."),
            Text("Set appendonly yes in the Redis."),
        )
    elif facts.snapshots is None:
        yield Finding(
            Mark.WARNING,
            Text("It does not say whether it keeps the queue on its disk."),
            Text("Ask whoever looks after it whether appendonly is on."),
        )
    else:
        yield Finding(
            Mark.WRONG,
            Text("Persistence is off: when it is restarted, the whole queue is gone."),
            Text("Set appendonly yes and appendfsync everysec in the Redis."),
        )


def _company(facts: ServerFacts) -> Iterator[Finding]:
    if facts.connections is not None and facts.hosts is not None:
        told = {"connections": facts.connections, "hosts": facts.hosts}
        yield Finding(Mark.NOTE, Text("Connections to it now: {connections}, from {hosts} addresses.", told))
    working = [one for one in facts.machines if one.alive and not one.set_aside]
    silent = [one for one in facts.machines if not one.alive]
    aside = [one for one in facts.machines if one.alive and one.set_aside]
    if working:
        yield Finding(Mark.GOOD, Text("Computers that make films from it: {names}.", {"names": _named(working)}))
    else:
        yield Finding(Mark.NOTE, Text("No computer makes films from it at the moment."))
    if silent:
        yield Finding(
            Mark.WARNING,
            Text("Not heard of for a minute: {names}.", {"names": _named(silent)}),
            Text("Look whether it runs. Its films go to others by themselves."),
        )
    if aside:
        yield Finding(
            Mark.WARNING,
            Text("Set aside, because they failed what others made: {names}.", {"names": _named(aside)}),
            Text("Look at health there; started anew, it works again."),
        )


def _named(machines: list[MachineStatus]) -> str:
    """With how many films each makes at once and which Trineo it is: `taller-2 (2, Trineo 1.0)`."""
    return ", ".join(f"{one.machine.name} ({one.machine.slots}, Trineo {one.machine.version})" for one in machines)
