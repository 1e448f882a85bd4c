"""Higgsfield, standing in: files by address only, the older API for talking clips, a queue that can be left."""

from __future__ import annotations

import json
import re
import secrets
from typing import Any

from tests.stand_in_services.media import wav_seconds
from tests.stand_in_services.remote_jobs import RemoteJobs
from tests.stand_in_services.server import Reply, Seen, StandIn, reply

KEY_ID = "hf-stand-in-id"
KEY_SECRET = "hf_stand_in_secret_0123456789"

_ERRORS: dict[str, tuple[int, Any]] = {
    "400": (400, {"detail": "The image can't be used"}),
    "401": (401, {"detail": "Invalid credentials"}),
    "402": (402, {"detail": "Not enough credits"}),
    "403": (403, {"detail": "Forbidden"}),
    "404": (404, {"detail": "Not found"}),
    "409": (409, {"detail": "Conflict"}),
    "422": (422, {"detail": [{"loc": ["body", "params"], "msg": "Field required"}]}),
    "429_rate": (429, {"detail": "Too many requests"}),
    "429_concurrent": (429, {"detail": "Too many requests at once"}),
    "500": (500, {"detail": "Internal error"}),
    "503": (503, {"detail": "The model is overloaded"}),
    "error_as_200": (200, {"detail": "Not enough credits"}),
}


class HiggsfieldStandIn(StandIn):
    name = "higgsfield"

    def __init__(self, *, polls: int = 2, honours_keys: bool = True) -> None:
        super().__init__()
        self.jobs = RemoteJobs(self, polls=polls)
        self.honours_keys = honours_keys

    def answer(self, seen: Seen) -> Reply:
        if seen.headers.get("authorization") != f"Key {KEY_ID}:{KEY_SECRET}":
            return self.error("401")
        if (seen.method, seen.path) == ("POST", "/files/generate-upload-url"):
            token = secrets.token_hex(8)
            place = f"{self.files_address}/{token}"
            kind = seen.json["content_type"]
            told = {"upload_url": f"{place}?signature=1", "public_url": place, "upload_headers": {"content-type": kind}}
            return reply(told)
        if (seen.method, seen.path) == ("POST", "/v1/speak/higgsfield"):
            return self._create(seen)
        if seen.method == "GET" and (found := re.fullmatch(r"/v1/job-sets/([^/]+)", seen.path)):
            return self._status(found[1])
        if seen.method == "POST" and (found := re.fullmatch(r"/requests/([^/]+)/cancel", seen.path)):
            return self._cancel(found[1])
        return self.error("404")

    def error(self, fault: str) -> Reply:
        if fault in ("never_ends", "unknown_state"):
            state = "in_progress" if fault == "never_ends" else "marinating"
            return reply({"id": "x", "jobs": [{"id": "y", "status": state, "results": None}]})
        status, told = _ERRORS[fault]
        return reply(told, status)

    def _create(self, seen: Seen) -> Reply:
        params = seen.json["params"]
        if params["duration"] not in (5, 10, 15):
            return self.error("422")
        sound = self.stored_at(params["input_audio"]["audio_url"])
        self.stored_at(params["input_image"]["image_url"])
        assert wav_seconds(sound) <= params["duration"] + 0.1
        body = json.dumps(params, sort_keys=True).encode()
        key = seen.headers.get("idempotency-key", "") if self.honours_keys else ""
        job, same = self.jobs.made(key, body, float(params["duration"]))
        if not same:
            return reply({"detail": "Idempotency-Key was used with different parameters"}, 422)
        return reply({"id": job.id, "type": "speak", "jobs": [{"id": job.id, "status": "queued", "results": None}]})

    def _status(self, job_id: str) -> Reply:
        job = self.jobs.polled(job_id)
        if job is None:
            return self.error("404")
        state, results = "in_progress", None
        if job.cancelled:
            state = "canceled"
        elif job.polls_left <= 0 and job.outcome:
            state = job.outcome
        elif job.polls_left <= 0:
            state, results = "completed", {"raw": {"url": job.url, "type": "video"}, "min": {"url": job.url}}
        return reply({"id": job.id, "jobs": [{"id": job.id, "status": state, "results": results}]})

    def _cancel(self, job_id: str) -> Reply:
        job = self.jobs.by_id.get(job_id)
        if job is None:
            return self.error("404")
        if job.polls_left < self.jobs.polls:
            return reply({"detail": "It has begun"}, 400)
        job.cancelled = True
        self.charged["seconds"] -= round(job.seconds)
        return Reply(202)
