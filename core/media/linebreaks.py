"""Where a text may be broken into lines, and how even they come out."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def columns(text: str) -> int:
    """About how wide a text is, in narrow letters: a Chinese sign counts two, an accent of its own nothing."""
    return sum(
        0 if unicodedata.category(one) in ("Mn", "Me", "Cf") else 1 + (unicodedata.east_asian_width(one) in "WF")
        for one in text
    )


def breaks(text: str, most: int) -> list[tuple[str, ...]]:
    """The text in one line, in two, … in at most `most`, each as even as words allow.

    A text with line feeds is taken as it stands: one candidate.
    """
    if "\n" in text:
        return [tuple(line.strip() for line in text.split("\n") if line.strip())]
    words = text.split()
    return [_even(words, lines) for lines in range(1, min(most, max(1, len(words))) + 1)]


def _even(words: Sequence[str], lines: int) -> tuple[str, ...]:
    """In so many lines that the longest is as short as can be."""
    if lines == 1:
        return (" ".join(words),)
    options = []
    for end in range(1, len(words) - lines + 2):
        rest = _even(words[end:], lines - 1)
        options.append((" ".join(words[:end]), *rest))
    return min(options, key=lambda option: max(map(columns, option)))
