"""Two parts of a workbook read more quickly than openpyxl reads them: its texts, and the cells of a row.

openpyxl makes an object of every text, with its fonts, to take the words out of it again: on a sheet of texts, that is
most of its time. The rest (structure, styles, dates, errors) stays openpyxl's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element
from xml.parsers import expat

from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._reader import CELL_TAG, INLINE_STRING, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

_TEXT = f"{{{SHEET_MAIN_NS}}}t"
_PHONETIC = f"{{{SHEET_MAIN_NS}}}rPh"  # how a Japanese name is read: said beside it, not in it
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # what XML can't hold, and the sign itself


Cell = tuple[int, Any, int]  # its column from 1, its value as openpyxl gives it, its style: that has the number format


class RowParser(WorkSheetParser):  # type: ignore[misc]
    """Gives each row's number and its `Cell`s; those without a value have None."""

    def parse_cell(self, element: Element) -> Cell:
        place = element.get("r")
        if place is not None and element.tag == CELL_TAG:
            kind = element.get("t", "n")
            if kind == "s":
                text = element.findtext(VALUE_TAG)
                return _column(place), self.shared_strings[int(text)] if text else None, 0
            if kind == "inlineStr":
                inside = element.find(INLINE_STRING)
                return _column(place), None if inside is None else _words(inside), 0
        cell = super().parse_cell(element)
        value = cell["value"]
        return cell["column"], unescaped(value) if type(value) is str else value, cell["style_id"]


def _column(place: str) -> int:
    """`AB12` → 28."""
    return _column_of(place.rstrip("0123456789"))


@lru_cache(maxsize=20_000)
def _column_of(letters: str) -> int:
    number: int = column_index_from_string(letters)
    return number


def _words(element: Element) -> str:
    """The text in an element, whatever it is written with."""
    if len(element) == 1 and element[0].tag == _TEXT:
        return unescaped(element[0].text or "")
    said: list[str] = []
    for part in element:
        if part.tag == _TEXT:
            said.append(part.text or "")
        elif part.tag != _PHONETIC:
            said += [inner.text or "" for inner in part.iter(_TEXT)]
    return unescaped("".join(said))


def unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


class SharedStrings:
    """Reads a workbook's table of texts. Raises `expat.ExpatError`."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._said: list[str] = []
        self._listening = False
        self._phonetic = 0

    def read(self, pieces: Iterable[bytes]) -> list[str]:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._hear
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
        return self.texts

    def _begin(self, name: str, _: dict[str, str]) -> None:
        if name.endswith("}t"):
            self._listening = not self._phonetic
        elif name.endswith("}rPh"):
            self._phonetic += 1

    def _end(self, name: str) -> None:
        if name.endswith("}t"):
            self._listening = False
        elif name.endswith("}si"):
            self.texts.append(unescaped("".join(self._said)))
            self._said.clear()
        elif name.endswith("}rPh"):
            self._phonetic -= 1

    def _hear(self, text: str) -> None:
        if self._listening:
            self._said.append(text)
