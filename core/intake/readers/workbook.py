"""Excel's .xlsx: the stored values as Excel shows them, merged cells filled, hidden sheets left out."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import lru_cache, partial
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHARED_STRINGS

from core.errors import UsageError
from core.intake.limits import MAX_COLUMNS, MAX_SHEETS
from core.intake.model import Contents, Hints, Notice, Source, Table
from core.intake.readers.merged import Spans, filled, span
from core.intake.readers.number_format import show
from core.intake.readers.package import BROKEN_ARCHIVE, Package, broken
from core.intake.readers.sheet_xml import Cell, RowParser, SharedStrings
from core.intake.readers.table import Record, build
from core.text import Text

# It warns of styles and extensions it doesn't know. Nobody can do anything about them, nor do we need them.
warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")

# What openpyxl raises over a workbook that isn't as it should be: it meets the fault wherever it first matters.
_BROKEN = (
    *BROKEN_ARCHIVE,
    ParseError,
    InvalidFileException,
    AttributeError,
    KeyError,
    LookupError,
    TypeError,
    OverflowError,
    RecursionError,
    AssertionError,
    ExpatError,
)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})[\"']")
_UNCALCULATED = re.compile(
    rb"<(?:\w+:)?c\s(?=[^>]*?r=\"([A-Z]{1,3}\d{1,7})\")[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_CELLS_TOLD = 8
_PIECE = 1 << 16


def read(source: Source, hints: Hints) -> Contents:
    data = source.data()
    package = Package(data)
    package.check_xml()
    tables: list[Table] = []
    notices: list[Notice] = []
    empty: list[UsageError] = []
    with _opened(data) as book:
        sheets = list(book.worksheets)
        if len(sheets) > MAX_SHEETS:
            raise UsageError(
                "too_many_sheets", "The workbook has more than {limit} sheets.", "Split it.", limit=MAX_SHEETS
            )
        hidden = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
        for sheet in sheets:
            if sheet.title in hidden:
                continue
            name = sheet.title if len(sheets) > 1 else ""
            raw = package.part(sheet._worksheet_path.lstrip("/"))
            notices += _uncalculated(source, name, raw)
            try:
                tables.append(build(source.path, _records(book, sheet, raw, hints), hints, name, grid=True))
            except UsageError as error:
                if error.code != "rows_missing":
                    raise
                empty.append(error)
    if not tables:
        raise empty[0] if empty else nothing_to_see()
    return Contents(tuple(tables), notices=(*notices, *told_hidden(source, hidden)))


def nothing_to_see() -> UsageError:
    return UsageError("file_empty", "The file is empty.", "Check that this is the file you meant.")


def told_hidden(source: Source, hidden: list[str]) -> Iterator[Notice]:
    if hidden:
        text = Text("Hidden sheets are not read: {sheets}.", {"sheets": ", ".join(hidden[:_CELLS_TOLD])})
        yield Notice(source.path, text)


class _BookReader(ExcelReader):  # type: ignore[misc]
    """openpyxl's, but for the texts."""

    def read_strings(self) -> None:
        table = self.package.find(SHARED_STRINGS)
        if table is not None:
            with self.archive.open(table.PartName[1:]) as stream:
                self.shared_strings = SharedStrings().read(iter(lambda: stream.read(_PIECE), b""))


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    """The workbook, for as long as it is read; what openpyxl stumbles over, also while rows are read, is told."""
    try:
        reader = _BookReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        with closing(reader.archive):
            reader.read()
            yield reader.wb
    except UsageError:
        raise
    except _BROKEN as error:
        raise broken() from error


def _spans(raw: bytes) -> Spans:
    found = _MERGED.findall(raw) if b"mergeCell " in raw else ()
    return Spans(span(*(_place(corner) for corner in corners)) for corners in found)


def _place(cell: bytes) -> tuple[int, int]:
    """`B7` → (7, 1): the row as it is shown, and the column from 0."""
    letters = cell.rstrip(b"0123456789")
    column = 0
    for letter in letters:
        column = 26 * column + letter - ord("A") + 1
    return int(cell[len(letters) :]), column - 1


def _uncalculated(source: Source, sheet: str, raw: bytes) -> Iterator[Notice]:
    """A program that never calculated has stored the formulas without their values."""
    cells = [cell.decode() for cell in _UNCALCULATED.findall(raw)] if b"<f" in raw or b":f" in raw else []
    if cells:
        shown = ", ".join(cells[:_CELLS_TOLD]) + (" …" if len(cells) > _CELLS_TOLD else "")
        text = Text(
            "Formulas without a stored value count as empty: {cells}. Open the file in Excel, save it, and use that.",
            {"cells": f"{sheet}: {shown}" if sheet else shown},
        )
        yield Notice(source.path, text)


def _records(book: Any, sheet: Any, raw: bytes, hints: Hints) -> Iterator[Record]:
    """The rows in which something stands.

    From the parser below openpyxl's worksheet: the worksheet itself would make up every cell and row that the file
    leaves out, up to the last one that somebody once touched, and leave out what programs forgot to count in.
    """
    parser = RowParser(
        io.BytesIO(raw),
        sheet._shared_strings,
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,
        timedelta_formats=book._timedelta_formats,
    )
    code = lru_cache(maxsize=None)(partial(_number_format, book))
    rows = ((number, _cells(found, code, hints.language)) for number, found in parser.parse())
    spans = _spans(raw)
    return filled(rows, spans) if spans else rows


def _number_format(book: Any, style: int) -> str:
    number: int = book._cell_styles[style].numFmtId
    own = number - BUILTIN_FORMATS_MAX_SIZE
    return str(book._number_formats[own]) if own >= 0 else BUILTIN_FORMATS.get(number, "General")


def _cells(found: list[Cell], code: Callable[[int], str], language: str) -> list[str]:
    cells: list[str] = []
    for column, value, style in found:
        if value is None or value == "":
            continue
        place = column - 1
        if place > MAX_COLUMNS:
            break
        if place != len(cells):
            cells.extend([""] * (place - len(cells)))
            del cells[place:]
        cells.append(value if type(value) is str else show(value, code(style), language))
    return cells
