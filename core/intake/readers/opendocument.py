"""LibreOffice's .ods: each cell's text as the program that saved it showed it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, iterparse

from core.errors import UsageError
from core.intake.limits import MAX_COLUMNS, MAX_SHEET_ROWS, MAX_SHEETS
from core.intake.model import Contents, Hints, Source, Table
from core.intake.readers.merged import Covering, Span
from core.intake.readers.package import Package, broken, encrypted, telling_broken_ones
from core.intake.readers.table import Record, build
from core.intake.readers.workbook import nothing_to_see, told_hidden

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MAX_SPACES = 100
_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"


def read(source: Source, hints: Hints) -> Contents:
    package = Package(source.data())
    if _MANIFEST in package.names and b"encryption-data" in package.part(_MANIFEST):
        raise encrypted()
    if _CONTENT not in package.names:
        raise broken()
    sheets = _Sheets(package.part(_CONTENT))
    empty: list[UsageError] = []
    with telling_broken_ones():
        tables = list(_tables(source, sheets, hints, empty))
    if not tables:
        raise empty[0] if empty else nothing_to_see()
    return Contents(tuple(tables), notices=tuple(told_hidden(source, sheets.hidden)))


def _tables(source: Source, sheets: _Sheets, hints: Hints, empty: list[UsageError]) -> Iterator[Table]:
    while (name := sheets.next_sheet()) is not None:
        try:
            yield build(source.path, sheets.records(), hints, name, grid=True)
        except UsageError as error:
            if error.code != "rows_missing":
                raise
            empty.append(error)
        if sheets.seen > MAX_SHEETS:
            raise UsageError(
                "too_many_sheets", "The workbook has more than {limit} sheets.", "Split it.", limit=MAX_SHEETS
            )


class _Sheets:
    """Walks once through the content: `next_sheet`, then its `records`, then the next one."""

    def __init__(self, content: bytes) -> None:
        self._events = iterparse(io.BytesIO(content), events=("start", "end"))  # noqa: S314 - Package let it through
        self._hidden_styles: set[str] = set()
        self.hidden: list[str] = []
        self.seen = 0

    def next_sheet(self) -> str | None:
        """The name of the next sheet that is shown; None when there is none."""
        style = ""
        for event, element in self._events:
            if event == "start" and element.tag == f"{_STYLE}style":
                style = element.get(f"{_STYLE}name", "")
            elif event == "end" and element.tag == f"{_STYLE}table-properties":
                if element.get(f"{_TABLE}display") == "false":
                    self._hidden_styles.add(style)
            elif event == "start" and element.tag == f"{_TABLE}table":
                self.seen += 1
                name: str = element.get(f"{_TABLE}name", "")
                if element.get(f"{_TABLE}style-name") not in self._hidden_styles:
                    return name
                self.hidden.append(name)
            elif event == "end":
                element.clear()
        return None

    def records(self) -> Iterator[Record]:
        """The rows of the sheet that `next_sheet` told of."""
        number = 0
        inside = 0  # how many tables deep in the sheet: cells and shapes may hold some
        covering = Covering()
        for event, element in self._events:
            if element.tag == f"{_TABLE}table":
                inside += 1 if event == "start" else -1
                if inside < 0:
                    return
            elif event == "end" and element.tag == f"{_TABLE}table-row" and inside == 0:
                times = _repeated(element, "number-rows-repeated", MAX_SHEET_ROWS + 1)
                cells, spans = _row(element, number + 1)
                element.clear()
                for _ in range(times if any(cells) else 1):
                    number += 1
                    yield number, covering.fill(number, cells.copy(), spans)
                number += 0 if any(cells) else times - 1


def _repeated(element: Element, name: str, limit: int) -> int:
    """How often a row or cell stands there: one of them stands for as many as are alike."""
    return max(1, min(int(element.get(f"{_TABLE}{name}", "1")), limit))


def _row(row: Element, number: int) -> tuple[list[str], list[Span]]:
    """The cells, and which of them cover cells below."""
    cells: list[str] = []
    spans: list[Span] = []
    last = 0
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        text = _shown(cell) if cell.tag == _CELLS[0] else ""
        times = _repeated(cell, "number-columns-repeated", MAX_COLUMNS + 1 - len(cells))
        below = _repeated(cell, "number-rows-spanned", MAX_SHEET_ROWS) - 1
        if below and text:
            spans.append(Span(number, len(cells), number + below, len(cells)))
        cells.extend([text] * times)
        if text:
            last = len(cells)
        if len(cells) > MAX_COLUMNS:
            break
    del cells[last:]
    return cells, spans


def _shown(cell: Element) -> str:
    """The text of its paragraphs: not of the remarks on it, nor of shapes that lie over it."""
    return "\n".join("".join(_parts(part)) for part in cell if part.tag == f"{_TEXT}p")


def _parts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " " * max(1, min(int(child.get(f"{_TEXT}c", "1")), _MAX_SPACES))
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag.startswith(_TEXT) and child.tag != f"{_TEXT}note":
            yield from _parts(child)
        yield child.tail or ""
