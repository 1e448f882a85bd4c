"""HeyGen (version 3), standing in: assets, avatar videos, lip-sync. A key gives the same answer again."""

from __future__ import annotations

import re
import secrets
from typing import Any

from tests.stand_in_services.media import seconds_of, wav_seconds
from tests.stand_in_services.remote_jobs import RemoteJobs
from tests.stand_in_services.server import Reply, Seen, StandIn, form_parts, reply

KEY = "hg_stand_in_heygen_0123456789"
_ASSET_BYTES = 32_000_000


def _error(code: str, message: str = "", param: str = "") -> dict[str, Any]:
    return {
        "error": {"code": code, "message": message, "param": param, "doc_url": "https://developers.heygen.com/docs"}
    }


_ERRORS: dict[str, tuple[int, Any]] = {
    "400": (400, _error("invalid_parameter", "This can't be said.", "script")),
    "401": (401, _error("unauthorized", "The key is not valid.")),
    "402": (402, _error("insufficient_credit", "0 credits, 10 are needed.")),
    "403": (403, _error("forbidden", "Not with this key.")),
    "404": (404, _error("avatar_not_found", "No such avatar.", "avatar_id")),
    "409": (409, _error("request_in_progress", "The first request is still at it.")),
    "422": (422, _error("invalid_parameter", "This can't be said.", "script")),
    "429_rate": (429, _error("rate_limit_exceeded", "Too many requests.")),
    "429_concurrent": (429, _error("rate_limit_exceeded", "10 videos are being made.")),
    "500": (500, _error("internal_error", "Something went wrong.")),
    "503": (503, _error("internal_error", "Be back soon.")),
    "error_as_200": (200, _error("insufficient_credit", "0 credits, 10 are needed.")),
}


class HeyGenStandIn(StandIn):
    name = "heygen"

    def __init__(self, *, polls: int = 2) -> None:
        super().__init__()
        self.jobs = RemoteJobs(self, polls=polls)
        self.assets: dict[str, bytes] = {}

    def answer(self, seen: Seen) -> Reply:
        if seen.headers.get("x-api-key") != KEY:
            return self.error("401")
        if (seen.method, seen.path) == ("POST", "/v3/assets"):
            return self._store_asset(form_parts(seen)["file"])
        if (seen.method, seen.path) in (("POST", "/v3/videos"), ("POST", "/v3/lipsyncs")):
            return self._create(seen)
        if seen.method == "GET" and (found := re.fullmatch(r"/v3/(videos|lipsyncs)/([^/]+)", seen.path)):
            return self._status(found[1], found[2])
        if seen.path == "/v3/users/me":
            return reply({"data": {"wallet": {"balance": 100.0}}})
        return reply(_error("not_found"), 404)

    def error(self, fault: str) -> Reply:
        if fault == "never_ends":
            return reply({"data": {"id": "x", "status": "processing", "video_url": None}})
        if fault == "unknown_state":
            return reply({"data": {"id": "x", "status": "marinating", "video_url": None}})
        status, told = _ERRORS[fault]
        if fault == "404" and self.seen[-1].method == "GET":
            told = _error("video_not_found", "No such video.")
        return reply(told, status)

    def _store_asset(self, content: bytes) -> Reply:
        if len(content) > _ASSET_BYTES:
            return reply(_error("invalid_parameter", "too large"), 400)
        name = f"ast_{secrets.token_hex(6)}"
        with self.lock:
            self.assets[name] = content
        return reply({"data": {"asset_id": name, "size_bytes": len(content)}})

    def _create(self, seen: Seen) -> Reply:
        wanted = seen.json
        video = seen.path == "/v3/videos"
        if "width" in wanted or "height" in wanted:
            return self.error("422")
        if wanted.get("script"):
            seconds = seconds_of(wanted["script"])
        else:
            place = wanted["audio_asset_id"] if video else wanted["audio"]["asset_id"]
            if place not in self.assets:
                return reply(_error("download_failed"), 400)
            seconds = wav_seconds(self.assets[place])
        job, _ = self.jobs.made(seen.headers.get("idempotency-key", ""), seen.body, seconds)
        return reply({"data": {"video_id" if video else "lipsync_id": job.id, "status": "waiting"}})

    def _status(self, kind: str, job_id: str) -> Reply:
        job = self.jobs.polled(job_id)
        if job is None:
            return reply(_error("not_found"), 404)
        data: dict[str, Any] = {"id": job.id, "video_url": None, "duration": None}
        if job.polls_left > 0:
            data["status"] = "processing" if kind == "videos" else "running"
        elif job.outcome:
            data |= {"status": "failed", "failure_code": job.code, "failure_message": "It did not work."}
        else:
            data |= {"status": "completed", "video_url": job.url, "duration": job.seconds}
        return reply({"data": data})
