"""What Santa must not say: a list for each language, of which rows are warned."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from core.errors import UsageError

_WORD = re.compile(r"\w+")
_MAX_WORDS = 20_000


class WordList:
    """Words and phrases, without regard to case and accents."""

    def __init__(self, lines: Iterable[str]) -> None:
        entries = [" ".join(_WORD.findall(_folded(line.partition("#")[0]))) for line in lines]
        self._words = frozenset(entry for entry in entries if entry and " " not in entry)
        phrases = [entry for entry in entries if " " in entry]
        self._openings = frozenset(phrase.partition(" ")[0] for phrase in phrases)
        self._phrases = tuple(f" {phrase} " for phrase in phrases)

    def find(self, text: str) -> str:
        """The first of its words or phrases that the text says, as it is in the list; empty if it says none."""
        said: list[str] = _WORD.findall(_folded(text))
        hits = self._words.intersection(said)
        if hits:
            return next(word for word in said if word in hits)
        if self._openings.isdisjoint(said):
            return ""
        spaced = f" {' '.join(said)} "
        return next((phrase.strip() for phrase in self._phrases if phrase in spaced), "")


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def load_word_lists(*folders: Path) -> Mapping[str, WordList]:
    """Each language's `<language>.txt` of the first folder that has one: a line for each word, `#` begins a remark.

    Raises `UsageError` for a list that can't be read.
    """
    lists: dict[str, WordList] = {}
    for folder in folders:
        for file in sorted(folder.glob("[a-z][a-z].txt")):
            if file.stem not in lists:
                lists[file.stem] = WordList(_lines(file))
    return lists


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()[:_MAX_WORDS]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            "word_list_unreadable",
            "The word list {file} can't be read.",
            "Save it as UTF-8 text, or rename it to do without it.",
            file=str(file),
        ) from error
