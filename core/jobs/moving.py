"""Takes jobs over from another store, with their state and their history."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby
from typing import Any, Protocol

from core.jobs.journal import Entry, encode
from core.jobs.part import Part, chunks
from core.jobs.records import BATCH_COLUMNS
from core.jobs.snapshot import packed

AT_ONCE = 100


class Source(Protocol):
    """What a store to be taken over must be able to: see `JobStore`."""

    def release_all_leases(self) -> Any: ...

    def snapshot(self) -> Iterator[Entry]: ...


class Moving(Part):
    def take_over(self, source: Source) -> int:
        """Copies all jobs of `source`, behind those that are here; answers how many were new.

        Nobody may be working on `source`: what was running there is ready here. Broken off, it is simply repeated.
        """
        source.release_all_leases()
        entries = list(source.snapshot())
        batches = {entry[1]: entry[2] for entry in entries if entry[0] == "batch"}
        jobs = [(entry[1], entry[2]) for entry in entries if entry[0] == "job"]
        adopted = 0
        for batch, members in groupby(jobs, key=lambda job: job[1]["batch"]):
            told = batches[batch]
            head = [batch, *(told.get(field, "") for field in ("name", "total", "created"))]
            for some in chunks(members, AT_ONCE):
                args = [part for job_id, record in some for part in (job_id, packed(record))]
                adopted += int(self._run("adopt", *head, *args))
            self._run("describe", batch, *(told.get(field, 0) for field in BATCH_COLUMNS[3:]))
        oldest = min(batches, default="")  # tells one computer's queue from another's that spent just as much
        for kind, name, told in (entry for entry in entries if entry[0] in ("call", "spent")):
            token = sha256(encode([oldest, kind, name, told])).hexdigest()[:32]
            self._run("adopt_money", kind, name, token, *(part for pair in told.items() for part in pair))
        for _, name, figures in (entry for entry in entries if entry[0] == "stat"):
            told = [part for pair in figures.items() for part in pair]
            self._run("measure_moved", sha256(encode(["stat", name, figures])).hexdigest()[:32], name, *told)
        return adopted
