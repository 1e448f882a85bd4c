"""An ElevenLabs account: its plan, its voices, the models it may use. All of it costs nothing to ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from core.desk.connections import VoiceChoice
from core.progress import Progress, unwatched
from providers.elevenlabs_api import SERVICE, ElevenLabsApi
from providers.faults import Refusal, credit_used_up, unusable
from providers.http import Bounds

_BOUNDS = Bounds(silence_s=15.0, total_s=30.0)
_PAGES = 50


@dataclass(frozen=True, slots=True)
class Subscription:
    """The plan. `used` and `limit` are characters as ElevenLabs counts them, until `resets_s` (since 1970)."""

    tier: str
    used: int
    limit: int
    resets_s: int
    status: str


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """`most_characters` is how many it takes at a time; 0 if the account does not tell."""

    id: str
    name: str
    most_characters: int


class ElevenLabsAccount:
    """Every call may raise a `RenderError`."""

    def __init__(self, api: ElevenLabsApi) -> None:
        self._api = api

    def subscription(self, progress: Progress = unwatched) -> Subscription:
        told = self._api.call(
            lambda sdk, options: sdk.user.subscription.get(request_options=options), progress, _BOUNDS
        )
        with _understood():
            return Subscription(
                str(_of(told, "tier", "")),
                int(_of(told, "character_count", 0)),
                int(_of(told, "character_limit", 0)),
                int(_of(told, "next_character_count_reset_unix", 0)),
                str(_of(told, "status", "")),
            )

    def voices(self, progress: Progress = unwatched) -> list[VoiceChoice]:
        """All of them, page by page."""
        found: list[VoiceChoice] = []
        turn: dict[str, str] = {}
        for _ in range(_PAGES):
            page = self._page(turn, progress)
            with _understood():
                for one in _of(page, "voices", []):
                    voice = [str(_of(one, name, "")) for name in ("voice_id", "name", "category", "preview_url")]
                    found.append(VoiceChoice(*voice))
            token = _of(page, "next_page_token", "")
            if not _of(page, "has_more", False) or not token:
                break
            turn = {"next_page_token": str(token)}
        return found

    def models(self, progress: Progress = unwatched) -> list[ModelChoice]:
        """Those that speak."""
        told = self._api.call(lambda sdk, options: sdk.models.list(request_options=options), progress, _BOUNDS)
        with _understood():
            return [
                ModelChoice(
                    str(_of(one, "model_id", "")),
                    str(_of(one, "name", "")),
                    int(_of(one, "maximum_text_length_per_request", 0)),
                )
                for one in told
                if _of(one, "can_do_text_to_speech", False)
            ]

    def check_credit(self, progress: Progress = unwatched) -> None:
        """Raises what keeps the account from speaking: a wrong key, no credit, a service that is away."""
        plan = self.subscription(progress)
        if plan.limit and plan.used >= plan.limit:
            raise credit_used_up(SERVICE, Refusal(200, detail=f"{plan.used} of {plan.limit} characters are used"))

    def _page(self, turn: dict[str, str], progress: Progress) -> Any:
        return self._api.call(
            lambda sdk, options: sdk.voices.search(page_size=100, **turn, request_options=options), progress, _BOUNDS
        )


@contextmanager
def _understood() -> Iterator[None]:
    """An answer whose numbers are words, or whose lists are none, is no answer."""
    try:
        yield
    except (TypeError, ValueError, OverflowError) as error:
        raise unusable(SERVICE, f"an unknown shape, {type(error).__name__}") from error


def _of(told: Any, name: str, otherwise: Any) -> Any:
    """The SDK checks no types: what the service left out, or sent as null, is `otherwise`."""
    value = getattr(told, name, None)
    return otherwise if value is None else value
