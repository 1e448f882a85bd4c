"""ElevenLabs: the studio's paid voice. It tells when each character is heard, and what it charged."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import structlog

from core.errors import JobFault
from core.media import pcm
from core.media.pcm import RATE
from core.progress import Progress, unwatched
from core.render.interfaces import Availability, Cost, Line, Speech
from core.render.spoken import Timing
from core.settings.declaration import Settings
from providers.elevenlabs_account import ElevenLabsAccount
from providers.elevenlabs_api import SERVICE, VOICE_SETTING, ElevenLabsApi
from providers.faults import answer_lost
from providers.http import Bounds, no_limits, usable_key
from providers.limits import Limits
from providers.prices import by_character, counted
from providers.spoken import Unsound, decoded

_log = structlog.get_logger(__name__)

# What a model takes at a time, and what it refuses to be told. One that is not here is taken to be like the first.
_MOST_CHARACTERS: Mapping[str, int] = MappingProxyType(
    {"eleven_multilingual_v2": 10_000, "eleven_v3": 5_000, "eleven_flash_v2_5": 40_000, "eleven_turbo_v2_5": 40_000}
)
_WITHOUT_NEIGHBOURS = ("eleven_v3",)
_WITHOUT_LANGUAGE = ("eleven_multilingual_v2", "eleven_multilingual_v1", "eleven_monolingual_v1")
_NEIGHBOUR_CHARACTERS = 300  # as much of the lines around it as shapes its melody

_BOUNDS = Bounds(silence_s=90.0, total_s=180.0, max_bytes=64_000_000)


class ElevenLabsVoice:
    """Safe to use from several threads. `account` is what Settings shows of it."""

    name = SERVICE.name

    def __init__(self, settings: Settings, on_limits: Callable[[Limits], None] = no_limits) -> None:
        self._settings = settings
        self._voice = settings.papa_noel_voice_id_elevenlabs
        self._model = settings.elevenlabs_model
        self._format = settings.elevenlabs_output_format
        self._api = ElevenLabsApi(settings, on_limits)
        self.account = ElevenLabsAccount(self._api)

    def availability(self) -> Availability:
        if self._settings.disable_elevenlabs:
            return Availability(False, "switched off (DISABLE_ELEVENLABS)")
        if not self._api.key:
            return Availability(False, "it has no key (ELEVENLABS_API_KEY)")
        if not usable_key(self._api.key):
            return Availability(False, "its key holds characters that no key has (ELEVENLABS_API_KEY)")
        if not self._voice:
            return Availability(False, f"no voice is chosen ({VOICE_SETTING})")
        return Availability(True)

    def voice(self, language: str) -> str:
        manner = ",".join(f"{name}={value}" for name, value in sorted(self._manner().items()))
        return f"{self._voice}/{self._model}/{self._language(language)}/{self._format}/{manner}"

    def cost(self, line: Line) -> Cost:
        return by_character(counted(line.text, self._model), self._settings.elevenlabs_usd_per_1000)

    def speak(self, line: Line, destination: Path, progress: Progress) -> Speech:
        self._check_length(line.text)
        headers, told = self._told(line, progress)
        try:
            sound = base64.b64decode(told.audio_base_64, validate=True)
            samples = decoded(sound, self._format, line.text, destination)
        except (Unsound, binascii.Error, TypeError) as error:
            reason = error.reason if isinstance(error, Unsound) else "what came is no sound"
            raise answer_lost(SERVICE, reason) from None
        pcm.write(destination, [samples])
        seconds = samples.shape[1] / RATE
        return Speech(destination, seconds, _timings(told, seconds), cost=self._charged(headers, line))

    def probe(self, progress: Progress = unwatched) -> None:
        """Asks for what costs nothing. Raises what keeps it from speaking."""
        self.account.check_credit(progress)

    def close(self) -> None:
        self._api.close()

    def _told(self, line: Line, progress: Progress) -> tuple[Mapping[str, str], Any]:
        """The answer's headers and what the SDK made of it; there is sound in it, or what looks so."""
        wanted = self._wanted(line)
        private = (line.text, line.before, line.after)
        answer = self._api.call(
            lambda sdk, options: sdk.text_to_speech.with_raw_response.convert_with_timestamps(
                quote(self._voice, safe=""), **wanted, request_options=options
            ),
            progress,
            _BOUNDS,
            paid=True,
            private=private,
        )
        headers = {name.lower(): value for name, value in answer.headers.items()}
        if not getattr(answer.data, "audio_base_64", None):
            extra = dict(getattr(answer.data, "model_extra", None) or {})
            raise self._api.error(answer.status_code, headers, extra, private=private, paid=True)
        return headers, answer.data

    def _wanted(self, line: Line) -> dict[str, Any]:
        wanted: dict[str, Any] = {"text": line.text, "model_id": self._model, "output_format": self._format}
        if self._model not in _WITHOUT_NEIGHBOURS:
            wanted["previous_text"] = line.before[-_NEIGHBOUR_CHARACTERS:]
            wanted["next_text"] = line.after[:_NEIGHBOUR_CHARACTERS]
        wanted["language_code"] = self._language(line.language)
        if line.take:
            wanted["seed"] = line.take
        if manner := self._manner():
            from elevenlabs.types import VoiceSettings  # noqa: PLC0415 - the SDK is loaded when it is used

            wanted["voice_settings"] = VoiceSettings(**manner)
        return {name: value for name, value in wanted.items() if value != ""}

    def _manner(self) -> dict[str, Any]:
        settings = self._settings
        manner = {
            "stability": settings.elevenlabs_stability,
            "similarity_boost": settings.elevenlabs_similarity,
            "style": settings.elevenlabs_style,
            "speed": settings.elevenlabs_speed,
            "use_speaker_boost": settings.elevenlabs_speaker_boost,
        }
        return {name: value for name, value in manner.items() if value is not None}

    def _language(self, language: str) -> str:
        return "" if self._model in _WITHOUT_LANGUAGE else self._settings.elevenlabs_language or language

    def _charged(self, headers: Mapping[str, str], line: Line) -> Cost:
        told = headers.get("character-cost", "").strip()
        characters = int(told) if told.isdecimal() else counted(line.text, self._model)
        return by_character(characters, self._settings.elevenlabs_usd_per_1000)

    def _check_length(self, text: str) -> None:
        most = _MOST_CHARACTERS.get(self._model, 10_000)
        if len(text) > most:
            raise JobFault(
                "speech_too_long",
                "ElevenLabs takes at most {most} characters at a time; this text has {characters}.",
                "Shorten it, then retry.",
                most=most,
                characters=len(text),
            )


def _timings(told: Any, seconds: float) -> tuple[Timing, ...]:
    """When each character is heard; none if what came does not fit together (the sound is paid for and good)."""
    alignment: Any = getattr(told, "alignment", None)
    try:
        timings = tuple(
            Timing(str(what), float(start), float(end))
            for what, start, end in zip(
                alignment.characters,
                alignment.character_start_times_seconds,
                alignment.character_end_times_seconds,
                strict=True,
            )
        )
    except (AttributeError, TypeError, ValueError):
        return ()
    edges = [0.0, *(edge for one in timings for edge in (one.start_s, one.end_s))]
    if edges != sorted(edges) or edges[-1] > seconds + 0.5:
        _log.warning("the times of the characters do not fit the sound", provider=SERVICE.name)
        return ()
    return timings
