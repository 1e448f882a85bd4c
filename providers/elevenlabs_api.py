"""ElevenLabs, asked through its official SDK, and what its errors mean.

The SDK is loaded when it is first used (it takes half a second), asks through our own client and never asks twice by
itself: what it would ask again for may have been paid for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from core.errors import RenderError
from core.progress import Progress
from core.settings.declaration import Settings
from providers.faults import (
    GATEWAYS,
    Service,
    Table,
    answer_lost,
    busy,
    credit_used_up,
    down,
    key_refused,
    refused,
    setting_wrong,
    unusable,
)
from providers.http import Bounds, Caller, clean_key, no_limits
from providers.limits import Limits

if TYPE_CHECKING:
    from elevenlabs.client import ElevenLabs

SERVICE = Service("elevenlabs", "ElevenLabs", "ELEVENLABS_API_KEY", "ELEVENLABS_BASE_URL")
VOICE_SETTING = "PAPA_NOEL_VOICE_ID_ELEVENLABS"

# Some come with 400, 401 or 402 by turns: what it is called decides.
TABLE = Table(
    codes={
        "invalid_api_key": key_refused,
        "missing_permissions": key_refused,
        "needs_authorization": key_refused,
        "detected_unusual_activity": key_refused,
        "quota_exceeded": credit_used_up,
        "payment_required": credit_used_up,
        "voice_not_found": setting_wrong(VOICE_SETTING),
        "model_not_found": setting_wrong("ELEVENLABS_MODEL"),
        "model_can_not_do_text_to_speech": setting_wrong("ELEVENLABS_MODEL"),
        "output_format_not_allowed": setting_wrong("ELEVENLABS_OUTPUT_FORMAT"),
        "max_character_limit_exceeded": refused,
        "text_too_long": refused,
        "too_many_concurrent_requests": busy,
        "concurrent_limit_exceeded": busy,
        "rate_limit_exceeded": busy,
        "system_busy": busy,
        "internal_server_error": down,
    },
    states={404: setting_wrong(VOICE_SETTING)},
)
_PAID = TABLE.but(states=GATEWAYS)


def read_error(body: Any) -> tuple[tuple[str, ...], str]:
    """Of its three shapes: `detail` with `code` or `status`, or a list of what does not hold for which field."""
    detail = body.get("detail") if isinstance(body, dict) else None
    if isinstance(detail, dict):
        codes = tuple(str(detail.get(name) or "") for name in ("code", "status", "type"))
        return codes, f"{detail.get('message') or ''} {detail.get('param') or ''}".strip()
    if isinstance(detail, list):
        places = (one for one in detail if isinstance(one, dict))
        return ("validation_error",), "; ".join(f"{one.get('loc')}: {one.get('msg')}" for one in places)
    return (("error",), str(detail)) if detail else ((), "")


class ElevenLabsApi:
    """Safe to use from several threads."""

    def __init__(self, settings: Settings, on_limits: Callable[[Limits], None] = no_limits) -> None:
        self.key = clean_key(settings.elevenlabs_api_key)
        self._address = settings.elevenlabs_base_url
        self._caller = Caller(SERVICE, self._address, {"xi-api-key": self.key}, TABLE, read_error, on_limits)
        self._lock = threading.Lock()
        self._sdk: ElevenLabs | None = None

    def call(
        self,
        ask: Callable[[ElevenLabs, Any], Any],
        progress: Progress,
        bounds: Bounds,
        *,
        paid: bool = False,
        private: tuple[str, ...] = (),
    ) -> Any:
        """What `ask` answers; it gets the SDK and the request options that it must pass on. Raises a `RenderError`."""
        sdk = self._loaded()
        from elevenlabs.core.api_error import ApiError  # noqa: PLC0415 - see the module's docstring

        options = {"max_retries": 0, "timeout_in_seconds": int(bounds.total_s)}
        try:
            with self._caller.calling(progress, paid=paid, bounds=bounds):
                return ask(sdk, options)
        except ApiError as error:
            status = error.status_code or 0
            fault = self.error(status, error.headers or {}, error.body, private=private, paid=paid)
        except (ValueError, TypeError, RecursionError) as error:  # the SDK could not read the answer
            fault = (answer_lost if paid else unusable)(SERVICE, f"an unknown shape, {type(error).__name__}")
        raise fault  # here, so that it does not carry the SDK's error with it: that has the whole answer in it

    def error(
        self, status: int, headers: Mapping[str, str], body: Any, *, private: tuple[str, ...] = (), paid: bool
    ) -> RenderError:
        """What an answer means that is an error, also one that came as a success."""
        if 200 <= status < 300 and not any(code in TABLE.codes for code in read_error(body)[0]):
            return (answer_lost if paid else unusable)(SERVICE, f"nothing that can be used came with HTTP {status}")
        lower = {name.lower(): value for name, value in headers.items()}
        return self._caller.judge(status, lower, body, private, _PAID if paid else TABLE)

    def close(self) -> None:
        with self._lock:
            self._sdk = None
            self._caller.close()

    def _loaded(self) -> ElevenLabs:
        with self._lock:
            if self._sdk is None:
                from elevenlabs.client import ElevenLabs  # noqa: PLC0415 - see the module's docstring

                self._sdk = ElevenLabs(base_url=self._address, api_key=self.key, httpx_client=self._caller.client)
            return self._sdk
