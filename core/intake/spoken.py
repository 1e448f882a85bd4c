"""How long Santa will speak, estimated from the words.

Fitted by least squares on what the offline voice needs (140 texts put together from benchmarks/sentences.py, others in
tests/core/intake/test_spoken.py): none is off by more than an eighth. Other voices speak faster or slower than that one
by some tenths, hence the margin.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.template.model import Template
from core.template.terms import PLACE

MARGIN = 0.15
_STOPS = ".!?…:;。！？"
_COMMAS = ",(–—،、"
_SIGN = re.compile(f"[{_STOPS}{_COMMAS}0-9]")


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds for each letter, each digit, each end of a sentence, each comma."""

    letter: float
    digit: float
    stop: float
    comma: float


_PACES = {"es": Pace(0.0885, 0.454, 0.52, 0.40), "en": Pace(0.093, 0.49, 0.75, 0.46)}
_DENSE = re.compile("[\u2e80-\ud7ff\uf900-\uffdc]+")  # where a character is a syllable: Chinese, Japanese, Korean


def seconds(text: str, language: str) -> float:
    pace = _PACES.get(language, _PACES["es"])
    signs: list[str] = _SIGN.findall(text)
    stops = sum(map(_STOPS.__contains__, signs))
    commas = sum(map(_COMMAS.__contains__, signs))
    digits = len(signs) - stops - commas
    letters = len(text) - text.count(" ") - text.count("\n") - stops - commas - digits
    if not text.isascii():
        letters += 2 * sum(map(len, _DENSE.findall(text)))
    return letters * pace.letter + digits * pace.digit + stops * pace.stop + commas * pace.comma


@dataclass(frozen=True, slots=True)
class _Said:
    """What the template itself says, in seconds, and how often it says each field."""

    own_s: float
    times: tuple[tuple[str, int], ...]


class SpokenLength:
    """Estimates what is said in the whole film of a row."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._whole = next(section.name for section in template.sections if section.whole_script)
        self._said = lru_cache(maxsize=1024)(self._count)  # rows with the same cells filled in are said alike

    def seconds(self, language: str, fields: Mapping[str, str], script: str) -> float:
        said = self._said(language, tuple(fields), bool(script))
        words = [fields[name] * times for name, times in said.times]
        return said.own_s + seconds("".join([script, *words]), language)

    def beyond(self, language: str, fields: Mapping[str, str], script: str) -> float:
        """By which factor it is longer than the template wants; 0 where it sets no limit."""
        limit = self._template.max_spoken_s
        return self.seconds(language, fields, script) / limit if limit else 0.0

    def _count(self, language: str, filled: tuple[str, ...], whole: bool) -> _Said:
        own_s, times = 0.0, Counter[str]()
        for section, lines in self._template.speech.get(language, {}).items():
            if whole and section == self._whole:
                continue
            for line in lines:
                places = PLACE.findall(line)
                if all(place in filled for place in places):
                    own_s += seconds(PLACE.sub("", line), language)
                    times.update(places)
        return _Said(own_s, tuple(times.items()))
