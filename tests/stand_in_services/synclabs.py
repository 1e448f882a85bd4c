"""Sync Labs, standing in: a form of 20 MB at most, keys that want the very same body again."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.stand_in_services.media import wav_seconds
from tests.stand_in_services.remote_jobs import RemoteJobs
from tests.stand_in_services.server import Reply, Seen, StandIn, form_parts, reply

KEY = "sync_stand_in_synclabs_0123456789"
_FORM_BYTES = 20_000_000
_CREDITS = {"balance": 1200, "available": 1150, "inFlight": 50}


def _error(status: int, code: str, message: Any) -> tuple[int, Any]:
    return status, {"statusCode": status, "errorCode": code, "message": message, "error": "Error"}


_ERRORS: dict[str, tuple[int, Any]] = {
    "400": _error(400, "validation_error", ["input must have a face", "options are wrong"]),
    "401": _error(401, "unauthorized", "The key is not valid"),
    "402": _error(402, "payment_required", "The plan is used up"),
    "403": _error(403, "forbidden", "Not with this plan"),
    "404": _error(404, "not_found", "No such generation"),
    "409": _error(409, "IDEMPOTENCY_REQUEST_IN_PROGRESS", "The first request is still at it"),
    "422": _error(422, "generation_media_metadata_missing", "It has no duration"),
    "429_rate": _error(429, "rate_limit_exceeded", "Too many requests"),
    "429_concurrent": _error(429, "concurrency_limit_reached", "3 are being made"),
    "500": _error(500, "internal_error", "Something went wrong"),
    "503": _error(503, "service_unavailable", "Be back soon"),
    "error_as_200": (200, {"statusCode": 402, "errorCode": "payment_required", "message": "The plan is used up"}),
    "outcome_unknown": _error(409, "IDEMPOTENCY_OUTCOME_UNKNOWN", "Nobody knows"),
}


class SyncLabsStandIn(StandIn):
    name = "synclabs"

    def __init__(self, *, polls: int = 2) -> None:
        super().__init__()
        self.jobs = RemoteJobs(self, polls=polls)

    def answer(self, seen: Seen) -> Reply:
        if seen.headers.get("x-api-key") != KEY:
            return self.error("401")
        if (seen.method, seen.path) == ("POST", "/v2/generate"):
            return self._create(seen)
        if seen.method == "GET" and (found := re.fullmatch(r"/v2/generate/([^/]+)", seen.path)):
            return self._status(found[1])
        if seen.path.startswith("/v2/generations"):
            return reply([])
        if (seen.method, seen.path) == ("GET", "/v2/account"):
            return reply({"account": None, "credentialType": "api_key", "billingModel": "credits", "credits": _CREDITS})
        return self.error("404")

    def error(self, fault: str) -> Reply:
        if fault in ("never_ends", "unknown_state"):
            return reply({"id": "x", "status": "PROCESSING" if fault == "never_ends" else "MARINATING"})
        status, told = _ERRORS[fault]
        headers = (
            {"x-sync-concurrency-limit": "3", "x-sync-active-generations": "3"} if fault == "429_concurrent" else {}
        )
        return reply(told, status, headers)

    def _create(self, seen: Seen) -> Reply:
        if len(seen.body) > _FORM_BYTES:
            status, told = _error(413, "payload_too_large", "20 MB at most")
            return reply(told, status)
        parts = form_parts(seen)
        json.loads(parts["options"])
        body = b"\0".join(parts[name] for name in ("model", "options", "video", "audio"))
        job, same = self.jobs.made(seen.headers.get("idempotency-key", ""), body, wav_seconds(parts["audio"]))
        if not same:
            status, told = _error(409, "IDEMPOTENCY_PAYLOAD_CONFLICT", "The key belongs to another request")
            return reply(told, status)
        return reply({"id": job.id, "status": "PENDING", "model": parts["model"].decode()}, 201)

    def _status(self, job_id: str) -> Reply:
        job = self.jobs.polled(job_id)
        if job is None:
            return self.error("404")
        told: dict[str, Any] = {"id": job.id, "status": "PROCESSING", "outputUrl": None, "error": None}
        if job.polls_left <= 0 and job.outcome:
            told |= {"status": job.outcome, "error": "It did not work", "error_code": job.code}
        elif job.polls_left <= 0:
            told |= {"status": "COMPLETED", "outputUrl": job.url, "outputDuration": job.seconds}
        return reply(told)
