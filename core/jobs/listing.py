"""What is where: reading the store changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from core.jobs.commands import Commands
from core.jobs.keys import key
from core.jobs.model import Attempt, Batch, JobRecord, Sketch, State
from core.jobs.part import Part, chunks
from core.jobs.records import BATCH_COLUMNS, COLUMNS, batch_of, history_of, record_of

PAGE = 200
_STATES = tuple(str(state) for state in State)


class Listing(Part):
    def job(self, job_id: str) -> JobRecord | None:
        records = self._records([job_id])
        return records[0] if records else None

    def jobs(
        self, *, batch: str | None = None, state: State | None = None, offset: int = 0, limit: int = PAGE
    ) -> list[JobRecord]:
        """A page of records in the order they were submitted."""
        return self._records(self.ids(batch=batch, state=state, offset=offset, limit=limit))

    def records(self, ids: Sequence[str]) -> list[JobRecord]:
        """Those of `ids` there still are, in their order."""
        return self._records(ids)

    def sketches(self) -> list[Sketch]:
        """Every job, in the order they were submitted: 100,000 take a second or so, and their records a minute."""
        states: dict[str, State] = {}
        for state in State:
            states.update(dict.fromkeys(self._read(partial(_members, f"s:{state}")), state))
        found = []
        for batch in self._read(partial(_members, "batches")):
            for job_id, seq in self._read(partial(_scored, f"b:{batch}")):
                if job_id in states:  # else it moved between the two questions: the news of it is on its way
                    found.append(Sketch(job_id, batch, states[job_id], seq))
        found.sort(key=lambda sketch: sketch.place)
        return found

    def outputs(self, states: Iterable[State]) -> set[str]:
        """Where the films of all jobs in these states are to stand: 20,000 take a second or so."""
        found: set[str] = set()
        for state in states:
            for few in chunks(self._read(partial(_members, f"s:{state}")), 500):
                texts = self._read(partial(_texts, ids=few))
                found.update(json.loads(text)["output"] for text in texts if text)
        return found

    def ids(
        self,
        *,
        batch: str | None = None,
        state: State | None = None,
        offset: int = 0,
        limit: int | None = None,
    ) -> list[str]:
        """Ids in the order they were submitted; all of 100,000 take a tenth of a second or so."""
        end = None if limit is None else offset + limit
        if state in (State.RUNNING, State.DELAYED) or (batch is not None and state is not None):
            return self._among(f"b:{batch}" if batch is not None else "all", state)[offset:end]
        name = f"b:{batch}" if batch is not None else f"s:{state}" if state is not None else "all"
        last = -1 if end is None else end - 1
        if last == -1 and end is not None:
            return []
        return self._read(lambda redis: redis.zrange(key(name), offset, last))

    def history(self, job_id: str) -> list[Attempt]:
        """The attempts that ended, oldest first: the newest fifty. Also what was not counted as an attempt."""
        return history_of(self._read(lambda redis: redis.hgetall(key(f"job:{job_id}"))))

    def counts(self, batch: str | None = None) -> dict[State, int]:
        """How many jobs are in each state, each state named."""
        if batch is not None:
            cards = self._read(lambda redis: redis.hmget(key(f"batch:{batch}"), _STATES))
            return _by_state(int(count or 0) for count in cards)
        return _by_state(self._read(_cards))

    def waiting_templates(self) -> dict[str, str]:
        """What ready jobs are made from: the template's content hash → the id of the next such job."""
        names = self._read(lambda redis: redis.smembers(key("queues")))
        heads = {name: self._read(partial(_head, name)) for name in sorted(names)}
        return {name: head[0] for name, head in heads.items() if head}

    def batches(self) -> list[Batch]:
        """Oldest first."""
        ids = self._read(lambda redis: redis.zrange(key("batches"), 0, -1))

        def question(client: Commands) -> list[Any]:
            with client.pipeline(transaction=False) as pipe:
                for batch_id in ids:
                    pipe.hmget(key(f"batch:{batch_id}"), BATCH_COLUMNS)
                return list(pipe.execute())

        return [batch_of(batch_id, values) for batch_id, values in zip(ids, self._read(question), strict=True)]

    def _among(self, name: str, state: State) -> list[str]:
        """Those in `state`, in the order of the index `name`; what runs or is delayed has none of its own."""
        in_state = set(self._read(lambda redis: redis.zrange(key(f"s:{state}"), 0, -1)))
        if not in_state:
            return []
        in_order = self._read(lambda redis: redis.zrange(key(name), 0, -1))
        return [job_id for job_id in in_order if job_id in in_state]

    def _records(self, ids: Sequence[str]) -> list[JobRecord]:
        """Those of `ids` there still are."""
        records: list[JobRecord] = []
        for chunk in chunks(ids, 500):
            rows = self._read(partial(_rows, ids=chunk))
            found = (record_of(row, job_id) for job_id, row in zip(chunk, rows, strict=True))
            records += [record for record in found if record is not None]
        return records


def _members(name: str, redis: Commands) -> list[str]:
    return redis.zrange(key(name), 0, -1)


def _scored(name: str, redis: Commands) -> list[tuple[str, float]]:
    return redis.zrange(key(name), 0, -1, withscores=True)


def _texts(client: Commands, ids: Sequence[str]) -> list[str | None]:
    with client.pipeline(transaction=False) as pipe:
        for job_id in ids:
            pipe.hget(key(f"job:{job_id}"), "job")
        return list(pipe.execute())


def _by_state(counts: Iterable[int]) -> dict[State, int]:
    return dict(zip(State, counts, strict=True))


def _rows(client: Commands, ids: Sequence[str]) -> list[list[str | None]]:
    with client.pipeline(transaction=False) as pipe:
        for job_id in ids:
            pipe.hmget(key(f"job:{job_id}"), COLUMNS)
        return list(pipe.execute())


def _cards(client: Commands) -> list[int]:
    """All in one transaction, so that a job which moves meanwhile is counted once."""
    with client.pipeline(transaction=True) as pipe:
        for state in _STATES:
            pipe.zcard(key(f"s:{state}"))
        return list(pipe.execute())


def _head(template: str, redis: Commands) -> list[str]:
    return redis.zrange(key(f"ready:{template}"), 0, 0)
