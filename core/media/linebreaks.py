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
    """In at most so many lines that the longest is as short as can be."""
    widths = [columns(word) for word in words]
    least, most = max(widths, default=0), sum(widths) + len(widths)
    while least < most:
        middle = (least + most) // 2
        if len(_filled(words, widths, middle)) <= lines:
            most = middle
        else:
            least = middle + 1
    return _filled(words, widths, least)


def _filled(words: Sequence[str], widths: Sequence[int], most: int) -> tuple[str, ...]:
    """Lines of at most `most` columns (a longer word alone), each as full as can be."""
    lines: list[list[str]] = [[]]
    used = 0
    for word, width in zip(words, widths, strict=True):
        if lines[-1] and used + 1 + width > most:
            lines.append([])
            used = 0
        used += width + bool(lines[-1])
        lines[-1].append(word)
    return tuple(" ".join(line) for line in lines)
