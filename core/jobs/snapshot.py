"""The whole state of a store as a list of entries, and back onto an empty one.

Only records are written. The indexes follow from them and are made anew, in bulk: a damaged entry costs one job, and
never leaves a name in an index that leads nowhere. Events, waiting and leases are of the moment and are not written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.jobs.backend import RedisBackend
from core.jobs.commands import Commands
from core.jobs.journal import Entry
from core.jobs.keys import key
from core.jobs.part import chunks
from core.jobs.records import BATCH_COLUMNS

AT_ONCE = 500
_SEPARATOR = "\x1f"  # in no record: JSON escapes it


def entries_of(client: Commands) -> Iterator[Entry]:
    yield "meta", _meta(client)
    for batch in client.zrange(key("batches"), 0, -1):
        values = client.hmget(key(f"batch:{batch}"), BATCH_COLUMNS)
        told = dict(zip(BATCH_COLUMNS, values, strict=True))
        yield "batch", batch, {field: value for field, value in told.items() if value is not None}
    for job_id, record in _records(client, "all"):
        yield "job", job_id, record
    yield from _arriving(client)
    for call in client.zrange(key("calls"), 0, -1):
        yield "call", call, client.hgetall(key(f"call:{call}"))
    for account in sorted(client.smembers(key("accounts"))):
        yield "spent", account, client.hgetall(key(f"spent:{account}"))
    for kind in ("total", "hours", "minutes"):
        for figures in chunks(client.hgetall(key(f"stat:{kind}")).items(), AT_ONCE):
            yield "stat", kind, dict(figures)


def _arriving(client: Commands) -> Iterator[Entry]:
    for batch, begun in client.zrange(key("incoming"), 0, -1, withscores=True):
        for job_id, record in _records(client, f"incoming:{batch}"):
            yield "arriving", job_id, str(int(begun)), record


def _records(client: Commands, index: str) -> Iterator[tuple[str, dict[str, str]]]:
    for ids in chunks(client.zrange(key(index), 0, -1), AT_ONCE):
        with client.pipeline(transaction=False) as pipe:
            for job_id in ids:
                pipe.hgetall(key(f"job:{job_id}"))
            records: list[dict[str, str]] = pipe.execute()
        for job_id, record in zip(ids, records, strict=True):
            yield job_id, {field: value for field, value in record.items() if value}


def _meta(client: Commands) -> dict[str, Any]:
    return {
        "seq": client.get(key("seq")),
        "front": client.get(key("front")),
        "blame": client.hgetall(key("blame")),
    }


def packed(record: Mapping[str, str]) -> str:
    """Fields and values as one argument for a script."""
    return _joined([part for pair in record.items() for part in pair])


def _joined(args: Sequence[str]) -> str:
    return _SEPARATOR.join((*args, ""))


class Restorer:
    """Takes entries and puts them into an empty store, some hundred at once; `finish` when there are no more."""

    def __init__(self, backend: RedisBackend) -> None:
        self._backend = backend
        self._commands: list[str] = []
        self._indexes: defaultdict[str, dict[str, str]] = defaultdict(dict)  # key → member → score
        self._sets: defaultdict[str, set[str]] = defaultdict(set)
        self._counts: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._batches: set[str] = set()
        self._seq = 0

    def take(self, entry: Entry) -> None:
        kind, *rest = entry
        if kind == "job":
            self._job(*rest)
        elif kind == "batch":
            self._batch(*rest)
        elif kind == "arriving":
            self._arriving(*rest)
        elif kind == "call":
            self._hash(f"call:{rest[0]}", rest[1])
            self._index(rest[0], rest[1]["begun"], "calls")
        elif kind == "spent":
            self._hash(f"spent:{rest[0]}", rest[1])
            self._sets["accounts"].add(rest[0])
        elif kind == "stat":
            self._hash(f"stat:{rest[0]}", rest[1])
        else:
            self._meta(*rest)

    def finish(self) -> None:
        """Makes the indexes, and mends what follows from the jobs, should the entry that said so be damaged."""
        for batch, counts in self._counts.items():
            if batch not in self._batches:
                self._batch(batch, {"name": "", "total": str(sum(counts.values())), "created": "0"})
            self._add("HSET", f"batch:{batch}", [part for pair in counts.items() for part in map(str, pair)])
        for name, scores in self._indexes.items():
            for some in chunks(scores.items(), AT_ONCE):
                self._add("ZADD", name, [part for member, score in some for part in (score, member)])
        for name, members in self._sets.items():
            for few in chunks(sorted(members), AT_ONCE):
                self._add("SADD", name, few)
        if self._seq:
            self._add("SET", "seq", [str(self._seq)])
        self._flush()

    def _add(self, command: str, name: str, args: Sequence[str]) -> None:
        self._commands += (command, name, _joined(args))
        if len(self._commands) >= 3 * AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        if self._commands:
            self._backend.run_volatile("load", *self._commands)
            self._commands.clear()

    def _hash(self, name: str, fields: Mapping[str, str]) -> None:
        self._add("HSET", name, [part for pair in fields.items() for part in pair])

    def _job(self, job_id: str, record: Mapping[str, str]) -> None:
        state, batch, seq = record["state"], record["batch"], record["seq"]
        self._hash(f"job:{job_id}", record)
        for name in ("all", f"b:{batch}"):
            self._indexes[name][job_id] = seq
        # A running job's lease ended with the program that held it.
        self._indexes[f"s:{state}"][job_id] = {"running": "0", "delayed": record.get("due", "0")}.get(state, seq)
        self._counts[batch][state] += 1
        self._seq = max(self._seq, int(seq))
        if state == "ready":
            self._index(job_id, record["place"], f"ready:{record['template']}")
            self._sets["queues"].add(record["template"])
        elif state == "parked":
            self._sets[f"parked:{record['waits_for']}"].add(job_id)
            self._sets["waits"].add(record["waits_for"])
        elif state == "failed":
            self._index(job_id, record["ended"], "dead", f"cause:{record['code']}")
            self._sets["causes"].add(record["code"])

    def _arriving(self, job_id: str, begun: str, record: Mapping[str, str]) -> None:
        batch, state, seq = record["batch"], record["state"], record["seq"]
        self._hash(f"job:{job_id}", record)
        self._index(batch, begun, "incoming")
        self._index(job_id, seq, f"incoming:{batch}")
        self._index(job_id, record["due"] if state == "delayed" else seq, f"incoming:{batch}:s:{state}")
        if state == "ready":
            self._index(job_id, record["place"], f"incoming:{batch}:r:{record['template']}")
        self._seq = max(self._seq, int(seq))

    def _index(self, job_id: str, score: str, *names: str) -> None:
        for name in names:
            self._indexes[name][job_id] = score

    def _batch(self, batch_id: str, fields: Mapping[str, str]) -> None:
        self._hash(f"batch:{batch_id}", fields)
        self._indexes["batches"][batch_id] = fields["created"]
        self._batches.add(batch_id)

    def _meta(self, meta: Mapping[str, Any]) -> None:
        self._seq = max(self._seq, int(meta["seq"] or 0))
        if meta["front"] is not None:
            self._add("SET", "front", [meta["front"]])
        if meta["blame"]:
            self._add("HSET", "blame", [part for pair in meta["blame"].items() for part in pair])
