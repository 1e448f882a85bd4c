"""Comma-separated and tab-separated files, as the spreadsheets of the world write them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import UsageError
from core.intake.limits import MAX_RECORD_CHARS
from core.intake.model import Contents, Hints, Problem, Source, Unreadable
from core.intake.readers.dialect import Dialect, sniff
from core.intake.readers.encoding import read_text
from core.intake.readers.table import Record, build, cell_too_large
from core.text import Text

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")  # unlike str.splitlines, which ends lines at form feeds too
_MAX_REREADS = 20  # each costs reading up to MAX_RECORD_CHARS again


def read(source: Source, hints: Hints) -> Contents:
    text, notices, encoding = read_text(source)
    table = build(source.path, _records(source.path, text), hints)
    return Contents(tables=(table,), notices=notices, encoding=encoding)


def _records(file: Path, text: str) -> Iterator[Record]:
    """Every row; those whose quotation marks don't pair, and what may be their rest, as problems.

    A mark that is not closed at its cell's end leaves open how far the cell was meant to go. A row is taken
    up again where it is as wide as the header and its own marks pair, so that no piece of a text is taken
    for a row and no film is made of half a text.
    """
    dialect = sniff(text)
    width, doubtful = 0, False
    for number, found in _parsed(text, dialect):
        whole = True
        if isinstance(found, _Stray):
            raw, cells, reason, whole = found.line, _loosely(found.line, dialect), _UNPAIRED, found.whole
        elif doubtful and any(found):
            raw, cells, reason = "".join(found), found, _DOUBTFUL
        else:
            width = width or (len(found) if any(found) else 0)
            yield number, found
            continue
        if cells is None:
            yield number, Unreadable(Problem(file, *cell_too_large(), number))
        else:
            doubtful = not whole or len(cells) != width or raw.count(dialect.quote) % 2 != 0
            yield number, Unreadable(Problem(file, *reason, number), cells) if doubtful else cells


_UNPAIRED = (
    "quotes_unpaired",
    Text("The quotation marks of this row don't pair: one opens a cell and is not closed at its end."),
    Text("Close it at the end of the cell, and double those that belong to the text."),
)
_DOUBTFUL = (
    "quotes_unpaired",
    Text("This row may belong to a text above it, whose quotation mark is not closed."),
    Text("Close the quotation mark at the end of that text."),
)


@dataclass(frozen=True, slots=True)
class _Stray:
    """A line that strict csv stumbles over: by itself (`whole`), or with the lines under it."""

    line: str
    whole: bool


def _parsed(text: str, dialect: Dialect) -> Iterator[tuple[int, list[str] | _Stray]]:
    """The number a spreadsheet gives each row (a cell with line breaks is in one), and its cells.

    Instead of the cells, a line that has none; reading goes on in the line under it.
    """
    lines = _Lines(text, dialect.start)
    number = rereads = 0
    while rereads <= _MAX_REREADS:
        try:
            for cells in dialect.reader(lines, strict=True):
                number += 1
                yield number, cells
                lines.begin_record()
            return
        except csv.Error:
            number += 1
        whole = lines.taken == 1 and not lines.ended
        rereads += not whole
        line = lines.back_to_second_line()
        yield number, _Stray(line, whole)
    raise UsageError(
        "quotes_broken",
        "More than {limit} rows have a quotation mark that is never closed.",
        "Save the table again as CSV from the program that made it.",
        limit=_MAX_REREADS,
    )


def _loosely(line: str, dialect: Dialect) -> list[str] | None:
    """The cells of a line with stray quotation marks; None if one is larger than csv takes."""
    if len(line) > MAX_RECORD_CHARS:
        return None
    try:
        return next(dialect.reader([line.rstrip("\r\n")], strict=False), [])
    except csv.Error:
        return None


class _Lines:
    """The text's lines, watched while csv takes one record after the other from them.

    `taken` counts this record's lines; `ended` is true once more was asked for than there is.
    """

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._at = start
        self.begin_record()

    def begin_record(self) -> None:
        self._begin = self._at
        self.taken = 0
        self.ended = False

    def back_to_second_line(self) -> str:
        """Goes to behind the first line of this record, whatever was taken after it, and returns that line."""
        line = self._line(self._begin)
        self._at = self._begin + len(line)
        self.begin_record()
        return line

    def _line(self, start: int) -> str:
        end = _LINE.match(self._text, start)
        assert end is not None, "the pattern matches anything"
        return end[0]

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._line(self._at)
        if not line:
            self.ended = True
            raise StopIteration
        self._at += len(line)
        self.taken += 1
        if self._at - self._begin > MAX_RECORD_CHARS:
            raise csv.Error
        return line
