"""Higgsfield: makes a talking message of the template's picture and the film's own voice, 15 seconds at most.

Only its older API makes talking clips, and what it is called may change: its paths, model and manner are settings. It
takes files by their address only, so they are put into its store first.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from core.errors import RenderError
from core.jobs.model import Strategy
from core.progress import Progress, unwatched
from core.render.interfaces import Availability, Cost, FaceTask, RemoteStatus
from core.settings.declaration import Settings
from providers.downloads import fetch_clip, send_file
from providers.faults import (
    GATEWAYS,
    Refusal,
    Service,
    Table,
    answer_lost,
    busy,
    given_up,
    outcome_unknown,
    refused,
    setting_wrong,
    state_unknown,
    unknown_there,
    unusable,
)
from providers.http import Ask, Bounds, Caller, clean_key, no_limits, usable_key
from providers.limits import Limits
from providers.prices import by_second, prices
from providers.uploads import Uploads

SERVICE = Service("higgsfield", "Higgsfield", "HIGGSFIELD_API_KEY_SECRET", "HIGGSFIELD_BASE_URL")
_LENGTHS_S = (5, 10, 15)
_SPARE_S = 0.05  # a clip may be shorter than the speech by this: less than two frames
_TYPES = {".wav": "audio/wav", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}

_CREATING = Bounds(silence_s=60.0, total_s=90.0)
_ASKING = Bounds(silence_s=20.0, total_s=30.0)
_CANCELLING = Bounds(silence_s=8.0, total_s=10.0)
_WORKING = {"queued": 0.0, "pending": 0.0, "in_queue": 0.0, "in_progress": 0.5, "processing": 0.5}

# Its errors are words without a code. A model that is not there, locked or overloaded answers 404, 423 or 503.
TABLE = Table(states={404: setting_wrong("HIGGSFIELD_PATH"), 423: busy})
_ASKED_AFTER = TABLE.but(states={404: unknown_there})
_CREATED_UNKEYED = TABLE.but(states=GATEWAYS)
# With a key, 422 may also mean that an earlier request with it was different: then that one was accepted.
_CREATED_KEYED = TABLE.but(codes={"idempotency": outcome_unknown})


def read_error(body: Any) -> tuple[tuple[str, ...], str]:
    detail = body.get("detail") if isinstance(body, dict) else None
    if not detail:
        return (), ""
    words = str(detail)
    return ("idempotency" if "idempotency" in words.lower() else "error",), words


class HiggsfieldFace:
    """`keyed` is a setting: nobody has said whether the older API honours keys."""

    name = SERVICE.name
    strategy = Strategy.AVATAR
    speaks = False
    key_window_s = 24 * 3600.0

    def __init__(self, settings: Settings, uploads: Uploads, on_limits: Callable[[Limits], None] = no_limits) -> None:
        self._settings = settings
        self._id = settings.higgsfield_api_key_id
        self._secret = clean_key(settings.higgsfield_api_key_secret)
        self._uploads = uploads
        self.keyed = settings.higgsfield_takes_keys
        key_headers = {
            "authorization": f"Key {self._id}:{self._secret}",
            "hf-api-key": self._id,
            "hf-secret": self._secret,
        }
        self._caller = Caller(SERVICE, settings.higgsfield_base_url, key_headers, TABLE, read_error, on_limits)

    def availability(self) -> Availability:
        if self._settings.disable_higgsfield:
            return Availability(False, "switched off (DISABLE_HIGGSFIELD)")
        if not (self._id and self._secret):
            return Availability(False, "it has no key (HIGGSFIELD_API_KEY_ID, HIGGSFIELD_API_KEY_SECRET)")
        if not (usable_key(self._id) and usable_key(self._secret)):
            return Availability(False, "its key holds characters that no key has")
        return Availability(True)

    def look(self) -> str:
        settings = self._settings
        manner = (settings.higgsfield_path, settings.higgsfield_model, settings.higgsfield_quality)
        return "/".join((*manner, settings.higgsfield_prompt))

    def unfit(self, task: FaceTask) -> str:
        if task.seconds > _LENGTHS_S[-1] + _SPARE_S:
            return f"Higgsfield makes at most {_LENGTHS_S[-1]} seconds"
        return ""

    def cost(self, task: FaceTask) -> Cost:
        return by_second(
            prices().higgsfield, "", float(_length(task.seconds)), self._settings.higgsfield_usd_per_second
        )

    def create(self, task: FaceTask, key: str, progress: Progress) -> str:
        assert task.speech is not None, "a face that does not speak is given speech"
        settings = self._settings
        params: dict[str, Any] = {
            "input_image": {"type": "image_url", "image_url": self._put(task.still, progress)},
            "input_audio": {"type": "audio_url", "audio_url": self._put(task.speech, progress)},
            "prompt": settings.higgsfield_prompt,
            "quality": settings.higgsfield_quality,
            "duration": _length(task.seconds),
        }
        if settings.higgsfield_model:
            params["model"] = settings.higgsfield_model
        told = self._caller.ask(
            Ask(
                "POST",
                settings.higgsfield_path,
                body={"params": params},
                headers={"idempotency-key": key},
                paid=True,
                private=(task.text,),
            ),
            progress,
            bounds=_CREATING,
            table=_CREATED_KEYED if self.keyed else _CREATED_UNKEYED,
        )
        for name in ("id", "request_id"):
            if isinstance(told.get(name), str) and told[name]:
                return str(told[name])
        raise answer_lost(SERVICE, "an answer without the id of what was made")

    def status(self, remote_id: str, progress: Progress = unwatched) -> RemoteStatus:
        path = self._settings.higgsfield_status_path.replace("{id}", quote(remote_id, safe=""))
        told = self._caller.ask(Ask("GET", path), progress, bounds=_ASKING, table=_ASKED_AFTER)
        job = _job(told)
        state = str(job.get("status") or "")
        if state in _WORKING:
            return RemoteStatus(False, fraction=_WORKING[state])
        if state == "completed":
            address = _address(job)
            if not address:
                raise unusable(SERVICE, "a finished clip without an address")
            return RemoteStatus(True, url=address, fraction=1.0)
        failure = _failure(state)
        if failure is None:
            raise state_unknown(SERVICE, state or "none")
        return RemoteStatus(True, failure=failure)

    def fetch(self, status: RemoteStatus, destination: Path, progress: Progress) -> None:
        fetch_clip(SERVICE, status.url, destination, progress, at_home=self._settings.higgsfield_base_url)

    def cancel(self, remote_id: str) -> bool:
        """It can be stopped as long as it waits in the queue there; then it is not paid."""
        path = f"/requests/{quote(remote_id, safe='')}/cancel"
        return self._caller.accepted(Ask("POST", path), unwatched, _CANCELLING)

    def close(self) -> None:
        self._caller.close()

    def _put(self, file: Path, progress: Progress) -> str:
        """The public address of `file` in Higgsfield's store, where it is put if it is not there yet."""

        def send() -> str:
            kind = _TYPES.get(file.suffix.lower(), "application/octet-stream")
            told = self._caller.ask(
                Ask("POST", "/files/generate-upload-url", body={"content_type": kind}), progress, bounds=_ASKING
            )
            address, place = str(told.get("upload_url") or ""), str(told.get("public_url") or "")
            if not (address and place):
                raise unusable(SERVICE, "an answer without a place for the file")
            headers = _headers(told.get("upload_headers")) or {"content-type": kind}
            send_file(SERVICE, address, file, headers, progress, at_home=self._settings.higgsfield_base_url)
            return place

        return self._uploads.place(
            SERVICE.name, f"{self._settings.higgsfield_base_url} {self._id}", file, send, progress
        )


def _headers(told: object) -> dict[str, str]:
    """Those that can be sent as they are."""
    pairs = told.items() if isinstance(told, dict) else ()
    return {name: value for name, value in pairs if isinstance(value, str) and usable_key(name) and usable_key(value)}


def _length(seconds: float) -> int:
    return next((one for one in _LENGTHS_S if seconds <= one + _SPARE_S), _LENGTHS_S[-1])


def _job(told: dict[str, Any]) -> dict[str, Any]:
    """The older API answers a set of jobs, of which ours has one; the newer one the request itself."""
    jobs = told.get("jobs")
    return jobs[0] if isinstance(jobs, list) and jobs and isinstance(jobs[0], dict) else told


def _address(job: dict[str, Any]) -> str:
    results, video = job.get("results"), job.get("video")
    for place in (results.get("raw"), results.get("min")) if isinstance(results, dict) else (video,):
        if isinstance(place, dict) and place.get("url"):
            return str(place["url"])
    return ""


def _failure(state: str) -> RenderError | None:
    if state == "nsfw":
        return refused(SERVICE, Refusal(200, ("nsfw",), "Higgsfield: nsfw", shown="nsfw"))
    if state in ("failed", "canceled", "cancelled"):
        return given_up(SERVICE, state)
    return None
