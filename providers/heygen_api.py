"""HeyGen's API, version 3: what avatars and lip-sync have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from core.errors import RenderError
from core.progress import Progress, unwatched
from core.render.interfaces import Availability, RemoteStatus
from core.settings.declaration import Settings
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
    refused,
    setting_wrong,
    state_unknown,
    unknown_there,
    unusable,
)
from providers.http import Ask, Bounds, Caller, clean_key, no_limits, usable_key
from providers.limits import Limits
from providers.uploads import Uploads

KEY_WINDOW_S = 24 * 3600.0
"""How long a key gives the same clip again, also if the request differs."""
MOST_SECONDS = 600.0
ASSET_BYTES = 32_000_000
SCRIPT_CHARACTERS = 5_000

_ME = "/v3/users/me"
_NO_SUCH_QUESTION = (400, 404, 405, 410, 422)
_UPLOADING = Bounds(silence_s=60.0, total_s=300.0)
_CREATING = Bounds(silence_s=60.0, total_s=90.0)
_ASKING = Bounds(silence_s=20.0, total_s=30.0)
_WORKING = {"waiting": 0.0, "pending": 0.05, "processing": 0.5, "running": 0.5}

TABLE = Table(
    codes={
        "unauthorized": key_refused,
        "forbidden": key_refused,
        "resource_access_denied": key_refused,
        "insufficient_credit": credit_used_up,
        "resource_limit_exceeded": credit_used_up,
        "avatar_not_found": setting_wrong("PAPA_NOEL_AVATAR_ID"),
        "voice_not_found": setting_wrong("PAPA_NOEL_VOICE_ID_HEYGEN"),
        "invalid_parameter": refused,
        "download_failed": down,  # of what we had sent to its own store
        "rate_limit_exceeded": busy,
        "request_in_progress": busy,  # an earlier request with the same key; asked again it is answered
        "internal_error": down,
    }
)
_ASKED_AFTER = TABLE.but(
    states={404: unknown_there}, codes={"video_not_found": unknown_there, "not_found": unknown_there}
)


def service(name: str) -> Service:
    return Service(name, "HeyGen", "HEYGEN_API_KEY", "HEYGEN_BASE_URL")


def read_error(body: Any) -> tuple[tuple[str, ...], str]:
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return (("error",), str(error)) if error else ((), "")
    return (str(error.get("code") or "error"),), f"{error.get('message') or ''} {error.get('param') or ''}".strip()


class HeyGenApi:
    """`name` is the provider's. Safe to use from several threads."""

    def __init__(
        self, name: str, settings: Settings, uploads: Uploads, on_limits: Callable[[Limits], None] = no_limits
    ):
        self.service = service(name)
        self.address = settings.heygen_base_url
        self.key = clean_key(settings.heygen_api_key)
        self._uploads = uploads
        self._caller = Caller(self.service, self.address, {"x-api-key": self.key}, TABLE, read_error, on_limits)

    def availability(self, *, disabled: str) -> Availability:
        """`disabled` names the setting that switches it off, if it does."""
        if disabled:
            return Availability(False, f"switched off ({disabled})")
        if not self.key:
            return Availability(False, "it has no key (HEYGEN_API_KEY)")
        if not usable_key(self.key):
            return Availability(False, "its key holds characters that no key has (HEYGEN_API_KEY)")
        return Availability(True)

    def asset(self, file: Path, progress: Progress) -> str:
        """The id of `file` in HeyGen's store, where it is put if it is not there yet."""

        def send() -> str:
            told = self._caller.ask(Ask("POST", "/v3/assets", files={"file": file}), progress, bounds=_UPLOADING)
            return _named(self.service, told, "asset_id", paid=False)

        return self._uploads.place(self.service.title, f"{self.address} {self.key}", file, send, progress)

    def create(
        self, path: str, body: dict[str, Any], key: str, names: tuple[str, ...], private: str, progress: Progress
    ) -> str:
        """The id of the job made, by the first of `names` that the answer has."""
        request = Ask("POST", path, body=body, headers={"idempotency-key": key}, paid=True, private=(private,))
        told = self._caller.ask(request, progress, bounds=_CREATING)
        return _named(self.service, told, *names, paid=True)

    def status(self, path: str, remote_id: str, progress: Progress) -> RemoteStatus:
        told = self._caller.ask(
            Ask("GET", f"{path}/{quote(remote_id, safe='')}"), progress, bounds=_ASKING, table=_ASKED_AFTER
        )
        data = told.get("data")
        data = data if isinstance(data, dict) else told
        state = str(data.get("status") or "")
        if state in _WORKING:
            return RemoteStatus(False, fraction=_WORKING[state])
        if state == "completed":
            address = str(data.get("video_url") or "")
            if not address:
                raise unusable(self.service, "a finished clip without an address")
            return RemoteStatus(True, url=address, fraction=1.0)
        if state == "failed":
            return RemoteStatus(True, failure=self._why(data))
        raise state_unknown(self.service, state or "none")

    def probe(self, progress: Progress = unwatched) -> None:
        """Asks for what costs nothing. Raises what keeps it from working."""
        self._caller.accepted(Ask("GET", _ME), progress, _ASKING)

    def wallet(self, progress: Progress = unwatched) -> float | None:
        """What is left in it, as HeyGen counts; None if it does not say. Raises what keeps it from working."""
        request = Ask("GET", _ME)
        answer = self._caller.answer(request, progress, _ASKING)
        if answer.status in _NO_SUCH_QUESTION:
            return None
        data = self._caller.understood(request, answer).get("data")
        wallet = data.get("wallet") if isinstance(data, dict) else None
        balance = wallet.get("balance") if isinstance(wallet, dict) else None
        return float(balance) if isinstance(balance, int | float) else None

    def close(self) -> None:
        self._caller.close()

    def _why(self, data: dict[str, Any]) -> RenderError:
        code = str(data.get("failure_code") or "")
        refusal = Refusal(200, (code,), f"HeyGen: {code}", shown=code[:60])
        if TABLE.knows(refusal):
            return TABLE.judge(self.service, refusal)
        if any(word in code for word in ("moderation", "policy", "nsfw", "invalid")):
            return refused(self.service, refusal)
        return given_up(self.service, code)


def _named(service: Service, told: dict[str, Any], *names: str, paid: bool) -> str:
    data = told.get("data")
    for name in names:
        if isinstance(data, dict) and isinstance(data.get(name), str) and data[name]:
            return str(data[name])
    raise (answer_lost if paid else unusable)(service, "an answer without the id of what was made")
