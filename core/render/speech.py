"""The speech stage: each section's words spoken, measured and kept, so that a retry pays nothing again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from core.cache import MadeOnce, Usage, content_key
from core.errors import EnvironmentFault
from core.media.audio import wav_seconds
from core.media.voice import level
from core.progress import Progress
from core.render.interfaces import SpeechProvider

# Raise it when what is done to a voice's sound changes without its key showing it.
_LEVEL_VERSION = 1


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A section's words as every film hears them: 48 kHz, at their loudness."""

    path: Path
    duration_s: float


class SpeechStage:
    """Speaks with the first provider that can. `providers` is best first; `limit_mb` bounds what is kept."""

    def __init__(self, providers: Sequence[SpeechProvider], folder: Path, *, limit_mb: int = 1000) -> None:
        self._providers = providers
        self._made = MadeOnce(folder, ".wav", limit_bytes=limit_mb * 1_000_000)

    def in_use(self) -> AbstractContextManager[None]:
        """What this thread has spoken inside stays in the cache until the end of it."""
        return self._made.in_use()

    def usage(self) -> Usage:
        return self._made.usage()

    def clear(self, *, even_if_others_use_it: bool = False) -> Usage:
        """Removes what is not in use (see `MadeOnce.clear`); answers what went."""
        return self._made.clear(even_if_others_use_it=even_if_others_use_it)

    def speak(self, text: str, language: str, progress: Progress) -> SpokenLine:
        provider = self._provider()
        key = content_key([_LEVEL_VERSION, provider.name, provider.voice(language), language, text])

        def make(part: Path) -> None:
            raw = part.with_name(f"{part.stem}.voice.wav")
            try:
                provider.speak(text, language, raw, progress)
                level(raw, part, progress)
            finally:
                raw.unlink(missing_ok=True)

        path = self._made.get(key, make, progress)
        return SpokenLine(path, wav_seconds(path))

    def _provider(self) -> SpeechProvider:
        reasons = []
        for provider in self._providers:
            availability = provider.availability()
            if availability.usable:
                return provider
            reasons.append(f"{provider.name}: {availability.reason}")
        raise EnvironmentFault(
            "no_voice",
            "No voice can be used now ({reasons}).",
            "Connect a voice in Settings, or switch the offline voice on.",
            waits_for="provider:speech",
            reasons="; ".join(reasons) or "none is set up",
        )
