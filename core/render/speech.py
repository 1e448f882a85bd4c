"""The speech stage: each section's words spoken, measured and kept, so that a retry pays nothing again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.cache import MadeOnce, content_key
from core.errors import EnvironmentFault
from core.media.audio import loudness_lufs, wav_seconds
from core.progress import Progress
from core.render.interfaces import SpeechProvider

TARGET_LUFS = -16.0
_MAX_GAIN_DB = 20.0


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """`gain_db` brings the sound to TARGET_LUFS."""

    path: Path
    duration_s: float
    gain_db: float


class SpeechStage:
    """Speaks with the first provider that can. `providers` is best first."""

    def __init__(self, providers: Sequence[SpeechProvider], folder: Path) -> None:
        self._providers = providers
        self._made = MadeOnce(folder, ".wav")

    def speak(self, text: str, language: str, progress: Progress) -> SpokenLine:
        provider = self._provider()
        key = content_key([provider.name, provider.voice(language), language, text])

        def make(part: Path) -> None:
            provider.speak(text, language, part, progress)
            wav_seconds(part)

        path = self._made.get(key, make, progress)
        loudness = loudness_lufs(path, progress)
        gain = max(-_MAX_GAIN_DB, min(_MAX_GAIN_DB, TARGET_LUFS - loudness)) if loudness > -70 else 0.0
        return SpokenLine(path, wav_seconds(path), gain)

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
