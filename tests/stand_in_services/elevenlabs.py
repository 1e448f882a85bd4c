"""ElevenLabs, standing in: it hums as long as the text would take, and charges by the character."""

from __future__ import annotations

import base64
import math
import re
import secrets
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from tests.stand_in_services.media import alignment, hum, seconds_of
from tests.stand_in_services.server import Reply, Seen, StandIn, reply

KEY = "sk_stand_in_elevenlabs_0123456789"
VOICE = "voiceSanta01"
HALF_PRICE = ("eleven_flash_v2_5", "eleven_turbo_v2_5")
_VOICES = [
    {"voice_id": VOICE, "name": "Papá Noel", "category": "cloned", "preview_url": "https://samples.example/santa.mp3"},
    *({"voice_id": f"voice{number:04}", "name": f"Voice {number}", "category": "premade"} for number in range(150)),
]

_ERRORS: dict[str, tuple[int, Any]] = {
    "400": (400, {"detail": {"status": "max_character_limit_exceeded", "message": "The text is too long."}}),
    "401": (401, {"detail": {"status": "invalid_api_key", "message": "Invalid API key"}}),
    "402": (402, {"detail": {"type": "payment_required", "code": "quota_exceeded", "message": "No credits are left."}}),
    "403": (403, {"detail": {"type": "authorization_error", "code": "missing_permissions", "message": "Not allowed."}}),
    "404": (404, {"detail": {"type": "not_found", "code": "voice_not_found", "message": "No such voice."}}),
    "409": (409, {"detail": {"status": "conflict", "message": "Try again."}}),
    "429_rate": (429, {"detail": {"type": "rate_limit_error", "code": "rate_limit_exceeded", "message": "Slow down."}}),
    "429_concurrent": (429, {"detail": {"status": "too_many_concurrent_requests", "message": "Too many at once."}}),
    "500": (500, {}),
    "503": (503, {"detail": {"status": "system_busy", "message": "Heavy traffic."}}),
    "error_as_200": (200, {"detail": {"status": "quota_exceeded", "message": "This is an error all the same."}}),
}


class ElevenLabsStandIn(StandIn):
    name = "elevenlabs"
    limits: ClassVar[dict[str, str]] = {"current-concurrent-requests": "1", "maximum-concurrent-requests": "5"}

    def __init__(self) -> None:
        super().__init__()
        self.quota = 1_000_000

    def answer(self, seen: Seen) -> Reply:
        if seen.headers.get("xi-api-key") != KEY:
            return self.error("401")
        address = urlsplit(seen.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        if seen.method == "POST" and (
            found := re.fullmatch(r"/v1/text-to-speech/([^/]+)/with-timestamps", address.path)
        ):
            return self._speak(found[1], seen.json, query)
        if address.path == "/v1/user/subscription":
            return reply(self._subscription())
        if address.path == "/v2/voices":
            return _voices(query)
        if address.path == "/v1/models":
            return reply(
                [
                    {"model_id": "eleven_multilingual_v2", "name": "Multilingual v2", "can_do_text_to_speech": True}
                    | {"maximum_text_length_per_request": 10_000},
                    {"model_id": "scribe_v1", "name": "Scribe", "can_do_text_to_speech": False},
                ]
            )
        return reply({"detail": "Not Found"}, 404)

    def error(self, fault: str) -> Reply:
        if fault == "422":  # it repeats what it was sent, as the real one may
            text = next((one.json.get("text", "") for one in reversed(self.seen) if one.method == "POST"), "")
            return reply(
                {"detail": [{"loc": ["body", "text"], "msg": f"not valid: {text}", "type": "value_error"}]}, 422
            )
        status, told = _ERRORS[fault]
        return reply(told, status, self.limits)

    def noise(self, seen: Seen) -> Reply:
        sound = base64.b64encode(secrets.token_bytes(60_000)).decode()
        return reply({"audio_base64": sound, "alignment": None, "normalized_alignment": None})

    def _speak(self, voice: str, wanted: dict[str, Any], query: dict[str, str]) -> Reply:
        text, model = str(wanted["text"]), str(wanted.get("model_id", "eleven_multilingual_v2"))
        if voice not in {one["voice_id"] for one in _VOICES}:
            return self.error("404")
        if model == "eleven_v3" and ("previous_text" in wanted or "next_text" in wanted):
            return reply({"detail": {"status": "unsupported_parameter", "message": "previous_text"}}, 400)
        if model == "eleven_multilingual_v2" and "language_code" in wanted:
            return reply({"detail": {"status": "unsupported_parameter", "message": "language_code"}}, 400)
        cost = math.ceil(len(text) * (0.5 if model in HALF_PRICE else 1.0))
        with self.lock:
            if self.charged["characters"] + cost > self.quota:
                return self.error("402")
            self.charged["characters"] += cost
            self.charged["creates"] += 1
        sound = hum(seconds_of(text), query.get("output_format", "mp3_44100_128"))
        told = {
            "audio_base64": base64.b64encode(sound).decode(),
            "alignment": alignment(text),
            "normalized_alignment": alignment(text),
        }
        return reply(told, headers={**self.limits, "character-cost": str(cost), "request-id": secrets.token_hex(8)})

    def _subscription(self) -> dict[str, Any]:
        return {
            "tier": "creator",
            "character_count": self.charged["characters"],
            "character_limit": self.quota,
            "next_character_count_reset_unix": 1_798_761_600,
            "status": "active",
        }


def _voices(query: dict[str, str]) -> Reply:
    first = int(query.get("next_page_token", "0"))
    size = int(query.get("page_size", "10"))
    more = first + size < len(_VOICES)
    return reply(
        {
            "voices": _VOICES[first : first + size],
            "has_more": more,
            "total_count": len(_VOICES),
            "next_page_token": str(first + size) if more else None,
        }
    )
