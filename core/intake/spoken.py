"""How long Santa will speak, estimated from the words.

Fitted by least squares on what the offline voice needs (60 Spanish and English texts, see
tests/core/intake/test_spoken.py): of what lasts more than eight seconds, none is off by more than a tenth. Other
voices speak faster or slower than that one by some tenths, hence the margin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.template.model import Template
from core.template.terms import PLACE, placeholders

MARGIN = 0.15
_STOPS = ".!?…:;。！？"
_COMMAS = ",(–—،、"
_LONG = 0.5  # seconds a character at the most, whatever the language


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds for each letter, each digit, each end of a sentence, each comma."""

    letter: float
    digit: float
    stop: float
    comma: float


_PACES = {"es": Pace(0.092, 0.46, 0.28, 0.45), "en": Pace(0.075, 0.46, 0.35, 0.49)}
_DENSE = 0x2E80  # from here on, a character is a syllable: Chinese, Japanese, Korean


def seconds(text: str, language: str) -> float:
    pace = _PACES.get(language, _PACES["es"])
    stops = sum(map(text.count, _STOPS))
    commas = sum(map(text.count, _COMMAS))
    digits = sum(map(text.count, "0123456789"))
    letters = len(text) - text.count(" ") - text.count("\n") - stops - commas - digits
    if not text.isascii():
        letters += 2 * sum(ord(char) >= _DENSE for char in text)
    return letters * pace.letter + digits * pace.digit + stops * pace.stop + commas * pace.comma


@dataclass(frozen=True, slots=True)
class _Line:
    own_s: float
    places: tuple[str, ...]


class SpokenLength:
    """Estimates what is said in the whole film of a row."""

    def __init__(self, template: Template) -> None:
        whole = next(section.name for section in template.sections if section.whole_script)
        self._limit = template.max_spoken_s
        self._lines = {
            language: {
                name: [_Line(seconds(PLACE.sub("", line), language), tuple(placeholders(line))) for line in lines]
                for name, lines in template.speech.get(language, {}).items()
            }
            for language in template.languages
        }
        self._rest = {
            language: [line for name, lines in by_section.items() if name != whole for line in lines]
            for language, by_section in self._lines.items()
        }
        self._all = {
            language: [line for lines in by_section.values() for line in lines]
            for language, by_section in self._lines.items()
        }
        self._longest_s = max(
            (sum(line.own_s for line in lines) for lines in self._all.values()),
            default=0.0,
        )
        self._most_places = max(
            (sum(len(line.places) for line in lines) for lines in self._all.values()),
            default=0,
        )

    def seconds(self, language: str, fields: Mapping[str, str], script: str) -> float:
        lines = (self._rest if script else self._all)[language]
        said = {name: seconds(text, language) for name, text in fields.items()}
        total = seconds(script, language)
        for line in lines:
            if all(place in said for place in line.places):
                total += line.own_s + sum(said[place] for place in line.places)
        return total

    def beyond(self, language: str, fields: Mapping[str, str], script: str) -> float:
        """By which factor it is longer than the template wants; 0 where that is out of the question."""
        if self._limit is None:
            return 0.0
        chars = len(script) + self._most_places * max(map(len, fields.values()), default=0)
        if self._longest_s + chars * _LONG <= self._limit:
            return 0.0
        return self.seconds(language, fields, script) / self._limit
