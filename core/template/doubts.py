"""Whether a voice may stumble over a name. A simple measure: it looks at letters only, and knows no names.

A name without a doubt may still be said wrong (Jean, in Spanish); one with a doubt may be said right.
"""

from __future__ import annotations

import re
import string
import unicodedata
from enum import IntEnum

_ACCENTED = {"es": "áéíóúüñ", "en": ""}
_UNUSUAL = {
    "es": re.compile(r"sh|th|ph|ck|oo|ee|hn|ff|ss|tt|mm|gh|jh|bh|dh|kh|tl\b"),
    "en": re.compile(r"xo|xi|tl|ij|cz|sz|\bll|\bx"),
}
_VOWELS = frozenset("aeiouy")


class Doubt(IntEnum):
    """The greater, the likelier. `LETTER`: one that the language doesn't write; `FEW`: a word that can't be said as
    one (no vowel, or digits); `PAIR`: letters that don't stand together in the language.
    """

    NONE = 0
    PAIR = 1
    FEW = 2
    LETTER = 3


def doubt(name: str, language: str) -> tuple[Doubt, str]:
    """And the letters that raise it. Of a language that is not known nothing is doubted."""
    if language not in _ACCENTED:
        return Doubt.NONE, ""
    text = unicodedata.normalize("NFC", name).casefold()
    known = set(string.ascii_lowercase + _ACCENTED[language])
    strange = [sign for sign in dict.fromkeys(text) if unicodedata.category(sign)[0] in "LM" and sign not in known]
    if strange:
        return Doubt.LETTER, "".join(strange)
    for word in re.findall(r"\w+", text):
        if any(sign.isdigit() for sign in word) or (len(word) > 1 and not _has_vowel(word)):
            return Doubt.FEW, word
    pair = _UNUSUAL[language].search(text)
    return (Doubt.PAIR, pair[0]) if pair else (Doubt.NONE, "")


def _has_vowel(word: str) -> bool:
    return any(sign in _VOWELS for sign in unicodedata.normalize("NFD", word))
