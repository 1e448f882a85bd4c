"""The speech stage: each section's words spoken sentence by sentence, so that what films share is paid for once."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from core.errors import EnvironmentFault
from core.media.audio import wav_seconds
from core.media.voice import level
from core.progress import Progress
from core.render.audio_cache import AudioCache, CachedLine, Made
from core.render.interfaces import NOBODY, Line, Payer, SpeechProvider
from core.render.spoken import SaidLine, Spoken, Timing
from core.storage.traces import untraced
from core.template.script import Sentence, SpokenSection

_PAUSE_S = {",": 0.18, ";": 0.25, ":": 0.3, "…": 0.6, "?": 0.5}
_USUAL_PAUSE_S = 0.42


class SpeechStage:
    """Speaks with the first provider that can; `providers` is best first.

    `by_sentence` off: each section is one call, as its text stands.
    """

    def __init__(self, providers: Sequence[SpeechProvider], cache: AudioCache, *, by_sentence: bool = True) -> None:
        self._providers = providers
        self._cache = cache
        self.by_sentence = by_sentence
        self._film = threading.local()

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """What this thread has spoken inside stays in the cache until the end of it, and the voices stay the same,
        whatever is changed in the settings meanwhile.
        """
        with self._cache.in_use():
            self._film.providers = tuple(self._providers)
            try:
                yield
            finally:
                del self._film.providers

    def speak(
        self, section: SpokenSection, language: str, payer: Payer, progress: Progress, *, take: int = 0
    ) -> Spoken:
        """`take` other than 0 asks for its personal sentences to be spoken anew, once for each number."""
        provider = self.provider()
        sentences = self._sentences(section)
        lines = list(_lines(sentences, language, payer, take))
        said: list[SaidLine] = []
        start_s = 0.0
        for place, (sentence, line) in enumerate(zip(sentences, lines, strict=True)):

            def report(fraction: float, place: int = place) -> None:
                progress((place + fraction) / len(lines))

            found = self._line(provider, line, report)
            said.append(_at(start_s, sentence, found))
            start_s = said[-1].end_s + _pause_s(sentence.text)
        return Spoken(tuple(said))

    def lines(self, section: SpokenSection, language: str, payer: Payer = NOBODY, take: int = 0) -> list[Line]:
        """What the voice is asked for, call by call."""
        return list(_lines(self._sentences(section), language, payer, take))

    def _sentences(self, section: SpokenSection) -> Sequence[Sentence]:
        return section.sentences if self.by_sentence else (_as_one(section),)

    def is_known(self, provider: SpeechProvider, line: Line) -> bool:
        """Whether it is in the cache and costs nothing."""
        return self._cache.has(_key(provider, line))

    def provider(self) -> SpeechProvider:
        """The voice that speaks now. Raises `EnvironmentFault` when there is none."""
        reasons = []
        for provider in getattr(self._film, "providers", self._providers):
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

    def _line(self, provider: SpeechProvider, line: Line, progress: Progress) -> CachedLine:
        def make(part: Path) -> Made:
            raw = part.with_name(f"{part.stem}.voice.wav")
            try:
                speech = provider.speak(line, raw, progress)
                cut_s = level(raw, part, progress)
            finally:
                raw.unlink(missing_ok=True)
            seconds = wav_seconds(part)
            timings = (_within(speech.characters, cut_s, seconds), _within(speech.phonemes, cut_s, seconds))
            return Made(provider.name, seconds, *timings, speech.cost.characters)

        with untraced() if line.shared else nullcontext():
            return self._cache.get(_key(provider, line), make, progress)


def _key(provider: SpeechProvider, line: Line) -> str:
    return AudioCache.key(line.text, provider.voice(line.language), provider.name, line.language, line.take)


def _lines(sentences: Sequence[Sentence], language: str, payer: Payer, take: int) -> Iterator[Line]:
    """Each with its neighbours; a shared sentence only with shared ones, so that it is the same in every film."""
    around = [None, *sentences, None]
    for before, sentence, after in zip(around, sentences, around[2:], strict=False):
        near = [
            other.said if other is not None and (other.shared or not sentence.shared) else ""
            for other in (before, after)
        ]
        own_take = 0 if sentence.shared else take
        yield Line(sentence.said, language, near[0], near[1], sentence.shared, own_take, payer)


def _as_one(section: SpokenSection) -> Sentence:
    return Sentence(section.text, all(sentence.shared for sentence in section.sentences), section.said)


def _at(start_s: float, sentence: Sentence, found: CachedLine) -> SaidLine:
    return SaidLine(
        sentence.text,
        found.path,
        start_s,
        start_s + found.seconds,
        _moved(found.characters, start_s),
        _moved(found.phonemes, start_s),
    )


def _moved(timings: Sequence[Timing], by_s: float) -> tuple[Timing, ...]:
    return tuple(replace(one, start_s=one.start_s + by_s, end_s=one.end_s + by_s) for one in timings)


def _within(timings: Sequence[Timing], cut_s: float, seconds: float) -> tuple[Timing, ...]:
    """Timings of a sound that lost `cut_s` in front and is `seconds` long now."""

    def inside(second: float) -> float:
        return round(min(max(second - cut_s, 0.0), seconds), 4)

    return tuple(Timing(one.what, inside(one.start_s), inside(one.end_s)) for one in timings)


def _pause_s(text: str) -> float:
    """How long Santa breathes after a sentence."""
    last = text.rstrip("\"'»”’) ")[-1:]
    return _PAUSE_S.get(last, _USUAL_PAUSE_S)
