"""How long things are kept: what is too old, and what may be forgotten of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial

from core.jobs.commands import Commands
from core.jobs.keys import key
from core.jobs.ledger import CallState
from core.jobs.listing import Listing
from core.jobs.machines import SILENT_AFTER_S, Machines
from core.jobs.metering import Metering
from core.jobs.model import JobRecord, State
from core.jobs.part import CHUNK, chunks
from core.jobs.submission import Submission

NAMELESS = "—"
_GONE_AFTER_S = 24 * 3600.0
_FORGOTTEN_S = 30 * 24 * 3600


class Keeping(Submission, Machines, Metering, Listing):
    def outdated(self, ended_before_s: float) -> list[str]:
        """The jobs that `forget_older_than` would forget."""
        return [job_id for batch in self._batch_ids() for job_id in self._outdated(batch, ended_before_s, False)]

    def done_before(self, ended_before_s: float) -> Iterator[JobRecord]:
        """Done and cancelled jobs that ended before that time, whatever their batch."""
        for state in (State.DONE, State.CANCELLED):
            ids = self._read(partial(_all_in, f"s:{state}"))
            for few in chunks(ids, CHUNK):
                records = self.records(few)
                yield from (record for record in records if record.ended_s < ended_before_s)

    def anonymise(self, records: Sequence[JobRecord]) -> int:
        """Takes names and texts out of the records of jobs that are done or cancelled; answers how many changed."""
        wanted = [one for one in records if one.job.name != NAMELESS or one.job.fields or one.job.script]
        changed = 0
        for few in chunks(wanted, CHUNK):
            bare = [replace(one.job, name=NAMELESS, fields={}, script="", respelled={}) for one in few]
            changed += int(self._run("anonymise", *(part for job in bare for part in (job.id, job.to_json()))))
        return changed

    def forget_money(self, ended_before_s: float, *, dry_run: bool = False) -> int:
        """Forgets settled calls, and accounts of batches and jobs that are gone. What was spent on each day stays."""
        calls = self._read(lambda redis: redis.zrange(key("calls"), 0, -1))
        accounts = sorted(self._read(lambda redis: redis.smembers(key("accounts"))))
        batches = set(self._batch_ids())
        lost = [name for name in accounts if name.startswith("b:") and name[2:] not in batches]
        gone_jobs = self.unknown({name[2:] for name in accounts if name.startswith("j:")})
        lost += [f"j:{job_id}" for job_id in sorted(gone_jobs)]
        old: list[str] = []
        for few in chunks(calls, CHUNK):
            states = self._read(partial(_states, calls=few))
            old += [
                call for call, (state, ended) in zip(few, states, strict=True) if _is_old(state, ended, ended_before_s)
            ]
        if dry_run:
            return len(old) + len(lost)
        before = int(ended_before_s * 1000)
        gone = sum(int(self._run("forget_money", before, *few)) for few in chunks(old, CHUNK))
        return gone + sum(int(self._run("forget_money", before, "|", *few)) for few in chunks(lost, CHUNK))

    def abandoned_calls(self, begun_before_s: float) -> list[str]:
        """Calls that were begun before that time and never settled, for jobs that are over or gone: nobody will ask
        after them any more. A failed job may still be tried again, and does.
        """
        begun = self._read(lambda redis: redis.zrange(key("calls"), 0, -1, withscores=True))
        long_ago = [call for call, when in begun if when < begun_before_s * 1000]
        found: list[str] = []
        for few in chunks(long_ago, CHUNK):
            told = self._read(partial(_whose, calls=few))
            states = self._read(partial(_states_of, jobs=[job or "" for _, job in told]))
            found += [
                call
                for call, (state, _), of in zip(few, told, states, strict=True)
                if state and state != CallState.SETTLED and of in (None, State.DONE, State.CANCELLED)
            ]
        return found

    def gone_machines(self) -> list[str]:
        """Those that said nothing for a day."""
        long_ago_s = self.now_s() - _GONE_AFTER_S - SILENT_AFTER_S
        return [one.machine.id for one in self.machines() if one.seen_s < long_ago_s]

    def note_forgotten(self, ids: Collection[str]) -> None:
        """Tells other machines that these jobs' pieces in their caches are to go, too. It is remembered for a month."""
        if self._backend.local or not ids:
            return

        def note(client: Commands) -> None:
            with client.pipeline(transaction=True) as pipe:
                for job_id in ids:
                    pipe.set(key(f"forgotten:{job_id}"), "1", ex=_FORGOTTEN_S)
                pipe.execute()

        self._read(note)

    def take_back(self, names: Collection[str]) -> None:
        """Other machines don't get any more what was lent under these names."""

        def drop(client: Commands) -> None:
            with client.pipeline(transaction=False) as pipe:
                for name in names:
                    pipe.delete(key(f"lent:{name}"))
                pipe.execute()

        if names:
            self._read(drop)

    def forgotten(self, ids: Collection[str]) -> set[str]:
        """Those of `ids` that were forgotten on purpose, on whichever machine (see `note_forgotten`)."""
        return set() if self._backend.local else set(ids) - self._missing("forgotten", ids)

    def unknown(self, ids: Collection[str]) -> set[str]:
        """Those of `ids` that no longer are in the queue."""
        return self._missing("job", ids)

    def _missing(self, kind: str, ids: Collection[str]) -> set[str]:
        missing: set[str] = set()
        for few in chunks(sorted(ids), CHUNK):
            found = self._read(partial(_there, kind=kind, ids=few))
            missing |= {job_id for job_id, there in zip(few, found, strict=True) if not there}
        return missing


def _all_in(name: str, redis: Commands) -> list[str]:
    return redis.zrange(key(name), 0, -1)


def _states(client: Commands, calls: Sequence[str]) -> list[list[str | None]]:
    with client.pipeline(transaction=False) as pipe:
        for call in calls:
            pipe.hmget(key(f"call:{call}"), ("state", "ended"))
        return list(pipe.execute())


def _whose(client: Commands, calls: Sequence[str]) -> list[list[str | None]]:
    with client.pipeline(transaction=False) as pipe:
        for call in calls:
            pipe.hmget(key(f"call:{call}"), ("state", "job"))
        return list(pipe.execute())


def _states_of(client: Commands, jobs: Sequence[str]) -> list[str | None]:
    with client.pipeline(transaction=False) as pipe:
        for job in jobs:
            pipe.hget(key(f"job:{job}"), "state")
        return list(pipe.execute())


def _is_old(state: str | None, ended: str | None, before_s: float) -> bool:
    return state == "settled" and float(ended or 0) < before_s * 1000


def _there(client: Commands, kind: str, ids: Sequence[str]) -> list[bool]:
    with client.pipeline(transaction=False) as pipe:
        for job_id in ids:
            pipe.exists(key(f"{kind}:{job_id}"))
        return [bool(found) for found in pipe.execute()]
