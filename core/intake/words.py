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
    """Words and phrases, without regard to case; with their accents or without any."""

    def __init__(self, lines: Iterable[str]) -> None:
        entries: list[str] = []
        for line in lines:
            entry = " ".join(_WORD.findall(unicodedata.normalize("NFC", line.partition("#")[0]).lower()))
            entries += [entry, _bare(entry)] if entry else []
        self._words = frozenset(entry for entry in entries if " " not in entry)
        self._phrases = tuple(f" {entry} " for entry in dict.fromkeys(entries) if " " in entry)
        self._watched = self._words | {phrase.split()[0] for phrase in self._phrases}

    def find(self, text: str) -> str:
        """The first of its words or phrases that the text says, as the text writes it; empty if it says none."""
        said: list[str] = _WORD.findall(text.lower())
        if self._watched.isdisjoint(said):
            return ""
        if not self._words.isdisjoint(said):
            return next(word for word in said if word in self._words)
        spaced = f" {' '.join(said)} "
        return next((phrase.strip() for phrase in self._phrases if phrase in spaced), "")


def _bare(text: str) -> str:
    """Without accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


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
