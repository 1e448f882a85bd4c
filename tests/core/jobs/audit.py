"""Looks at what a store really keeps: every job in exactly one state, and no index without its record."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import redis

from core.jobs.keys import PREFIX
from core.jobs.model import State
from core.jobs.records import BATCH_COLUMNS

OF_THE_MOMENT = (
    "incoming",
    *("events", "wake", "machines", "seen", "lock:", "claim:", "slots:", "lent:", "wanted:", "measured:", "forgotten:"),
)
MONEY = ("call:", "calls", "spent:", "accounts", "stat:")
VALUES = ("seq", "front", "blame")


def dump(client: Any) -> dict[str, Any]:
    """Every key and its value, but for what is of the moment: events, waiting, leases, reported progress."""
    found: dict[str, Any] = {}
    for name in sorted(client.scan_iter(match=PREFIX.replace("{", "[{]") + "*", count=1000)):
        short = name.removeprefix(PREFIX)
        if not short.startswith(OF_THE_MOMENT):
            found[short] = _value(client, name)
    running = set(found.get("s:running", {}))
    for job_id in running:
        found["s:running"][job_id] = "a lease"
        for passing in ("stage", "fraction"):
            found[f"job:{job_id}"].pop(passing, None)
    for name, value in found.items():
        if name.startswith("job:"):  # as good as not there
            found[name] = {field: text for field, text in value.items() if text}
        if name.startswith("batch:"):  # a state no job is in any more is as good as one none ever was in
            found[name] = {field: n for field, n in value.items() if field not in set(State) or n != "0"}
    if "queues" in found:  # a queue that ran empty is forgotten by the next claim that looks there
        found["queues"] = {name for name in found["queues"] if f"ready:{name}" in found}
        if not found["queues"]:
            del found["queues"]
    return found


def audit(client: redis.Redis) -> None:
    """Fails unless the indexes are just what the records say they should be."""
    found = dump(client)
    records = {name.removeprefix("job:"): value for name, value in found.items() if name.startswith("job:")}
    others = (*VALUES, "job:", *MONEY)
    actual = {name: value for name, value in found.items() if not name.startswith(others)}
    assert actual == _indexes_of(records, found)


def _value(client: Any, name: str) -> Any:
    kind = client.type(name)
    if kind == "string":
        return client.get(name)
    if kind == "hash":
        return client.hgetall(name)
    if kind == "set":
        return client.smembers(name)
    assert kind == "zset", f"{name} is a {kind}"
    return dict(client.zrange(name, 0, -1, withscores=True))


def _indexes_of(records: dict[str, dict[str, str]], found: dict[str, Any]) -> dict[str, Any]:
    zsets: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    sets: defaultdict[str, set[str]] = defaultdict(set)
    for job_id, record in records.items():
        state = State(record["state"])
        for name in ("all", f"b:{record['batch']}"):
            zsets[name][job_id] = float(record["seq"])
        special: dict[State, Any] = {State.RUNNING: "a lease", State.DELAYED: float(record.get("due", 0))}
        zsets[f"s:{state}"][job_id] = special.get(state, float(record["seq"]))
        _index(job_id, record, zsets, sets)
    counts = Counter((record["batch"], record["state"]) for record in records.values())
    expected: dict[str, Any] = {**zsets, **sets}
    for name, value in found.items():
        if name.startswith("batch:"):
            batch = name.removeprefix("batch:")
            said = {
                field: value[field]
                for field in BATCH_COLUMNS
                if field in ("name", "total", "created") or field in value
            }
            now = {state: str(n) for (of, state), n in counts.items() if of == batch}
            expected[name] = {**said, **now}
            expected.setdefault("batches", {})[batch] = float(value["created"])
    return expected


def _index(
    job_id: str,
    record: dict[str, str],
    zsets: defaultdict[str, dict[str, Any]],
    sets: defaultdict[str, set[str]],
) -> None:
    match State(record["state"]):
        case State.READY:
            zsets[f"ready:{record['template']}"][job_id] = float(record["place"])
            sets["queues"].add(record["template"])
        case State.PARKED:
            sets[f"parked:{record['waits_for']}"].add(job_id)
            sets["waits"].add(record["waits_for"])
        case State.FAILED:
            for name in ("dead", f"cause:{record['code']}"):
                zsets[name][job_id] = float(record["ended"])
            sets["causes"].add(record["code"])
