"""Sync Labs (sync.so): moves the mouth in the template's own message clip. We post the form: its SDK can't."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from core.errors import RenderError
from core.jobs.model import Strategy
from core.progress import Progress, unwatched
from core.render.interfaces import Availability, Cost, FaceTask, RemoteStatus
from core.settings.declaration import Settings
from providers.downloads import fetch_clip
from providers.faults import (
    Refusal,
    Service,
    Table,
    answer_lost,
    busy,
    credit_used_up,
    down,
    given_up,
    key_refused,
    outcome_unknown,
    refused,
    setting_wrong,
    state_unknown,
    unknown_there,
    unusable,
)
from providers.footage import footage
from providers.http import Ask, Bounds, Caller, clean_key, no_limits, usable_key
from providers.limits import Limits
from providers.prices import by_second, prices

SERVICE = Service("synclabs", "Sync Labs", "SYNCLABS_API_KEY", "SYNCLABS_BASE_URL")
_FORM_BYTES = 20_000_000
_LEAST_CLIP_BYTES = 4_000_000  # what must be left for the picture beside the speech

_CREATING = Bounds(silence_s=90.0, total_s=300.0)
_ASKING = Bounds(silence_s=20.0, total_s=30.0)
_WORKING = {"PENDING": 0.05, "PROCESSING": 0.5}

TABLE = Table(
    codes={
        "rate_limit_exceeded": busy,
        "concurrency_limit_reached": busy,
        "IDEMPOTENCY_IN_PROGRESS": busy,
        "IDEMPOTENCY_REQUEST_IN_PROGRESS": busy,
        "IDEMPOTENCY_OUTCOME_UNKNOWN": outcome_unknown,
        "INVALID_IDEMPOTENCY_KEY": refused,
        "generation_unsupported_model": setting_wrong("SYNCLABS_MODEL"),
        "generation_timeout": down,
        "generation_internal_error": down,
        "unauthorized": key_refused,
        "payment_required": credit_used_up,
    },
)
_ASKED_AFTER = TABLE.but(states={404: unknown_there})


def read_error(body: Any) -> tuple[tuple[str, ...], str]:
    """`message` is a sentence or a list of them."""
    if not isinstance(body, dict) or not (body.get("errorCode") or body.get("statusCode")):
        return (), ""
    words = body.get("message")
    told = "; ".join(str(one) for one in words) if isinstance(words, list) else str(words or "")
    code = str(body.get("errorCode") or "error")
    # Of what it says about an idempotency key, all but "still at it" means that an earlier request stands.
    known = code in TABLE.codes or not code.startswith("IDEMPOTENCY_")
    return (code if known else "IDEMPOTENCY_OUTCOME_UNKNOWN",), told


class SyncLabsFace:
    name = SERVICE.name
    strategy = Strategy.LIPSYNC
    speaks = False
    keyed = True
    key_window_s = 24 * 3600.0

    def __init__(self, settings: Settings, on_limits: Callable[[Limits], None] = no_limits) -> None:
        self._settings = settings
        self._key = clean_key(settings.synclabs_api_key)
        self._caller = Caller(
            SERVICE, settings.synclabs_base_url, {"x-api-key": self._key}, TABLE, read_error, on_limits
        )

    def availability(self) -> Availability:
        if self._settings.disable_synclabs:
            return Availability(False, "switched off (DISABLE_SYNCLABS)")
        if not self._key:
            return Availability(False, "it has no key (SYNCLABS_API_KEY)")
        if not usable_key(self._key):
            return Availability(False, "its key holds characters that no key has (SYNCLABS_API_KEY)")
        return Availability(True)

    def look(self) -> str:
        return f"{self._settings.synclabs_model}/{self._settings.synclabs_sync_mode}"

    def unfit(self, task: FaceTask) -> str:
        most = self._settings.synclabs_max_seconds
        if task.seconds > most:
            return f"the Sync Labs plan allows {most:g} seconds (SYNCLABS_MAX_SECONDS)"
        if task.speech is not None and task.speech.stat().st_size > _FORM_BYTES - _LEAST_CLIP_BYTES:
            return f"Sync Labs takes at most {_FORM_BYTES // 1_000_000} MB"
        return ""

    def cost(self, task: FaceTask) -> Cost:
        model = self._settings.synclabs_model
        return by_second(prices().synclabs, model, task.seconds, self._settings.synclabs_usd_per_second)

    def create(self, task: FaceTask, key: str, progress: Progress) -> str:
        assert task.speech is not None, "lip-sync is given speech"
        settings = self._settings
        with tempfile.TemporaryDirectory(prefix="trineo-") as folder:
            room = _FORM_BYTES - task.speech.stat().st_size - 100_000  # the form itself
            clip = footage(task.clip, task.seconds, Path(folder), lambda done: progress(0.5 * done), max_bytes=room)
            form = {
                "model": settings.synclabs_model,
                "options": json.dumps({"sync_mode": settings.synclabs_sync_mode}),
            }
            request = Ask(
                "POST",
                "/v2/generate",
                form=form,
                files={"video": clip, "audio": task.speech},
                headers={"idempotency-key": key},
                paid=True,
                private=(task.text,),
            )
            answer = self._caller.answer(request, progress, _CREATING)
        if isinstance(answer.told, dict) and (earlier := answer.told.get("generationId")):
            return str(earlier)  # also with IDEMPOTENCY_OUTCOME_UNKNOWN: this is what became of it
        told = self._caller.understood(request, answer)
        if isinstance(told.get("id"), str) and told["id"]:
            return str(told["id"])
        raise answer_lost(SERVICE, "an answer without the id of what was made")

    def status(self, remote_id: str, progress: Progress = unwatched) -> RemoteStatus:
        told = self._caller.ask(
            Ask("GET", f"/v2/generate/{quote(remote_id, safe='')}"), progress, bounds=_ASKING, table=_ASKED_AFTER
        )
        state = str(told.get("status") or "")
        if state in _WORKING:
            return RemoteStatus(False, fraction=_WORKING[state])
        if state == "COMPLETED":
            address = str(told.get("outputUrl") or "")
            if not address:
                raise unusable(SERVICE, "a finished clip without an address")
            return RemoteStatus(True, url=address, fraction=1.0, cost=self._took(told))
        if state in ("FAILED", "REJECTED"):
            return RemoteStatus(True, failure=_why(state, told))
        raise state_unknown(SERVICE, state or "none")

    def fetch(self, status: RemoteStatus, destination: Path, progress: Progress) -> None:
        fetch_clip(SERVICE, status.url, destination, progress, at_home=self._settings.synclabs_base_url)

    def cancel(self, remote_id: str) -> bool:
        """Sync Labs has no call for it: what is being made is made, and paid."""
        return False

    def probe(self, progress: Progress = unwatched) -> None:
        """Asks for what costs nothing. Raises what keeps it from working."""
        self._caller.accepted(Ask("GET", "/v2/generations?status=PENDING"), progress, _ASKING)

    def credits_left(self, progress: Progress = unwatched) -> float | None:
        """What can be spent now; None where it does not say. Raises what keeps it from working.

        The names inside are those that Sync Labs' own tools tell of; its page of the call does not show them all.
        """
        request = Ask("GET", "/v2/account")
        answer = self._caller.answer(request, progress, _ASKING)
        if answer.status in (400, 404, 405, 410):  # an older API
            self.probe(progress)
            return None
        credit = self._caller.understood(request, answer).get("credits")
        available = credit.get("available") if isinstance(credit, dict) else None
        return float(available) if isinstance(available, int | float) else None

    def close(self) -> None:
        self._caller.close()

    def _took(self, told: dict[str, Any]) -> Cost | None:
        seconds = told.get("outputDuration")
        if not isinstance(seconds, int | float) or seconds <= 0:
            return None
        model = self._settings.synclabs_model
        return by_second(prices().synclabs, model, float(seconds), self._settings.synclabs_usd_per_second)


def _why(state: str, told: dict[str, Any]) -> RenderError:
    code = str(told.get("error_code") or told.get("errorCode") or "")
    refusal = Refusal(200, (code,), f"Sync Labs: {state} {code}", shown=(code or state.lower())[:60])
    if TABLE.knows(refusal):
        return TABLE.judge(SERVICE, refusal)
    if state == "REJECTED" or "input" in code or "unsupported" in code or "metadata" in code:
        return refused(SERVICE, refusal)
    return given_up(SERVICE, code or state.lower())
