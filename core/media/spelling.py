"""Letters to mouths, for voices that tell when each letter is heard: what Spanish and English letters sound like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from core.media.mouths import MouthCue, Shape

_Rules = Sequence[tuple[str, tuple[Shape, ...]]]
"""A pattern at a place of a word, and what its letters look like in turn; the first that fits is taken."""

_SHARED: _Rules = (
    (r"ph|f+|v", ("G",)), (r"[bpm]+", ("A",)), (r"l(?!l)", ("H",)), (r"[aáàâã]", ("D",)), (r"[eéèê]", ("C",)),
    (r"[iíìî]", ("B",)), (r"[oóòôõ]", ("E",)), (r"[uúùûüw]", ("F",)),
)  # fmt: skip
_SPANISH: _Rules = (
    (r"v", ("A",)),  # sounds as b
    (r"qu(?=[eéií])|gu(?=[eéií])", ("B",)), (r"h", ()), (r"ch|ll|ñ|y", ("B",)), *_SHARED,
)  # fmt: skip
_ENGLISH: _Rules = (
    (r"(?<=.)mb$", ("A",)), (r"^wh", ("F",)), (r"^wr|^kn|^gn|gh(?=t|$)", ("B",)), (r"th", ("H",)),
    (r"sh|ch|ck|ng", ("B",)), (r"(?<=[^aeiou])e(?=[sd]?$)(?!.*[aeiou].*e$)", ()), (r"(?<=[a-z][^aeiou])e$", ()),
    (r"oo|ou(?!t|n|s|r)|ew|ue$", ("F",)), (r"ow$", ("E", "F")), (r"ou|ow", ("D", "F")), (r"ee|ea|ie$|y$|ey$", ("B",)),
    (r"ai|ay", ("C", "B")), (r"oa", ("E",)), (r"aw|au|al(?=l|k)", ("E",)), (r"i(?=[^aeiou]e$)|igh|^i$", ("D", "B")),
    (r"a(?=[^aeiou]e$)", ("C", "B")), (r"[eiu]r(?![aeiou])", ("E",)), (r"u", ("C",)), (r"ll", ("H",)), *_SHARED,
    (r"y", ("B",)),
)  # fmt: skip
_RULES: Mapping[str, _Rules] = {"es": _SPANISH, "en": _ENGLISH}
_OTHER: tuple[Shape, ...] = ("B",)
_GAP_S = 0.12  # what stands between words closes the mouth only when it takes longer


def letter_cues(letters: Sequence[tuple[str, float, float]], language: str) -> Iterator[MouthCue]:
    """Each letter as (character, start, end), in seconds and in order. A language without rules is read as Spanish."""
    word: list[tuple[str, float, float]] = []
    for letter in [*letters, ("", 0.0, 0.0)]:
        if len(letter[0]) == 1 and letter[0].isalpha():
            word.append(letter)
            continue
        yield from _word_cues(word, _RULES.get(language, _SPANISH))
        word = []
        if letter[2] - letter[1] > _GAP_S:
            yield MouthCue(letter[1], letter[2], "X")


def _word_cues(word: Sequence[tuple[str, float, float]], rules: _Rules) -> Iterator[MouthCue]:
    spelled = "".join(letter[0].lower()[:1] for letter in word)
    place = 0
    while place < len(word):
        length, shapes = _heard(spelled, place, rules)
        start_s, end_s = word[place][1], word[place + length - 1][2]
        for number, shape in enumerate(shapes):
            step = (end_s - start_s) / len(shapes)
            yield MouthCue(start_s + number * step, start_s + (number + 1) * step, shape)
        place += length


def _heard(spelled: str, place: int, rules: _Rules) -> tuple[int, tuple[Shape, ...]]:
    """How many letters belong together at `place`, and how they look."""
    for pattern, shapes in rules:
        found = re.compile(pattern).match(spelled, place)
        if found and found.end() > place:
            return found.end() - place, shapes
    return 1, _OTHER
