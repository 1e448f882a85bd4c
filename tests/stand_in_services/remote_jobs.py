"""A video service's jobs: made once per idempotency key, done after a number of polls."""

from __future__ import annotations

import hashlib
import math
import secrets
from dataclasses import dataclass

from tests.stand_in_services.media import film
from tests.stand_in_services.server import StandIn


@dataclass(slots=True)
class RemoteJob:
    id: str
    seconds: float
    polls_left: int
    body_hash: str
    cancelled: bool = False
    url: str = ""
    outcome: str = ""  # the end state told instead of the good one
    code: str = ""


class RemoteJobs:
    """`polls` is how often a job is asked after before it is done. `outcome` and `code`: how the next ones end."""

    def __init__(self, owner: StandIn, *, polls: int = 2) -> None:
        self._owner = owner
        self.polls = polls
        self.outcome = ""
        self.code = ""
        self.by_id: dict[str, RemoteJob] = {}
        self.by_key: dict[str, RemoteJob] = {}

    def made(self, key: str, body: bytes, seconds: float) -> tuple[RemoteJob, bool]:
        """The job of `key`, and whether its request was the same as before."""
        body_hash = hashlib.sha256(body).hexdigest()
        with self._owner.lock:
            if key and key in self.by_key:
                return self.by_key[key], self.by_key[key].body_hash == body_hash
            job = RemoteJob(secrets.token_hex(10), seconds, self.polls, body_hash)
            job.outcome, job.code = self.outcome, self.code
            self.by_id[job.id] = job
            if key:
                self.by_key[key] = job
            self._owner.charged["creates"] += 1
            self._owner.charged["seconds"] += math.ceil(seconds)
            return job, True

    def polled(self, job_id: str) -> RemoteJob | None:
        with self._owner.lock:
            job = self.by_id.get(job_id)
            if job is None:
                return None
            job.polls_left -= 1
            if job.polls_left <= 0 and not job.url and not job.outcome and not job.cancelled:
                job.url = self._owner.store(film(max(3, round(job.seconds * 10))), "video/mp4")
            return job
