"""Names put into letters that a voice reads right: whole words, of any case, names of several words included.

Only what is spoken is respelled. What is read (captions, name cards, names of films) keeps the name as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_WORD = re.compile(r"[\w\u0300-\u036f]+")
_SIGNS = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "‐": "-", "‑": "-"})


def same_name(name: str) -> str:
    """Equal for names that are one name: however it is capitalised, composed, spaced, or its apostrophe typed."""
    return _token(_joined(name))


def _joined(text: str) -> str:
    return " ".join(text.translate(_SIGNS).split())


def _token(word: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())


def _words(text: str) -> list[re.Match[str]]:
    """An underscore is a sign: `_Zoë_` is emphasis."""
    return list(_WORD.finditer(text.replace("_", " ")))


@dataclass(frozen=True, slots=True)
class _Name:
    """`words` as they are compared, and what stands between them."""

    name: str
    spelling: str
    words: tuple[str, ...]
    between: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    first: int
    end: int
    name: _Name


class Respellings:
    """Of one language: names and how they are spelled for the voice. A long name counts before the short one in it."""

    def __init__(self, spelled: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[_Name]] = {}
        for name, spelling in spelled.items():
            words = _words(name)
            if words and spelling.strip():
                one = _Name(name, spelling.strip(), *_compared(name, words))
                self._by_first.setdefault(one.words[0], []).append(one)
        for names in self._by_first.values():
            names.sort(key=lambda one: len(one.words), reverse=True)

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def said(self, text: str) -> str:
        """`text` as it is to be spoken."""
        if not self._may_be_in(text):
            return text
        parts, at = [], 0
        for place in self._places(text):
            parts += [text[at : place.first], place.name.spelling]
            at = place.end
        return "".join([*parts, text[at:]])

    def found_in(self, text: str) -> dict[str, str]:
        """Those names that stand in `text`, with their spellings."""
        if not self._may_be_in(text):
            return {}
        return {place.name.name: place.name.spelling for place in self._places(text)}

    def _may_be_in(self, text: str) -> bool:
        """Quickly: most texts hold no name at all."""
        return bool(self._by_first) and not self._by_first.keys().isdisjoint(
            _WORD.findall(_token(text).replace("_", " "))
        )

    def _places(self, text: str) -> Iterator[_Place]:
        words = _words(text)
        at = 0
        while at < len(words):
            name = self._at(text, words, at)
            if name is None:
                at += 1
                continue
            last = at + len(name.words)
            yield _Place(words[at].start(), words[last - 1].end(), name)
            at = last

    def _at(self, text: str, words: Sequence[re.Match[str]], at: int) -> _Name | None:
        for name in self._by_first.get(_token(words[at][0]), ()):
            if _compared(text, words[at : at + len(name.words)]) == (name.words, name.between):
                return name
        return None


def _compared(text: str, words: Sequence[re.Match[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    between = (text[one.end() : other.start()] for one, other in pairwise(words))
    return tuple(_token(word[0]) for word in words), tuple(_between(signs) for signs in between)


def _between(signs: str) -> str:
    return " ".join(signs.translate(_SIGNS).split()) or (" " if signs else "")
