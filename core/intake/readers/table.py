"""A sheet's cells as a table: the header found, the columns named, rows that don't fit it set apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from core.errors import UsageError
from core.intake.limits import MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS, MAX_SHEET_ROWS
from core.intake.model import Column, Problem, Row, Table
from core.text import Text

Cells = Sequence[str]
Record = tuple[int, Cells | Problem]
Reason = tuple[str, Text, Text]  # why a row can't be taken: code, what, remedy
_TITLE_CHARS = 60  # more is no title; enough of it to recognise the column


def build(file: Path, records: Iterable[Record], sheet: str = "") -> Table:
    """The table in a sheet's `records`: the number a spreadsheet shows for a row, and its cells.

    The first row that isn't empty is the header. Raises `UsageError` if nothing is under it, or too much.
    """
    numbered = iter(records)
    columns = _columns(_header(numbered))
    keys = [column.key for column in columns]
    rows: list[Row] = []
    unreadable: list[Problem] = []
    for number, cells in numbered:
        if isinstance(cells, Problem):
            unreadable.append(cells)
        elif not _empty(cells):
            if misfit := _misfit(cells, len(keys)):
                unreadable.append(Problem(file, *misfit, number, sheet))
            else:
                rows.append(Row(file, number, dict(zip(keys, cells, strict=False)), sheet))
        if len(rows) + len(unreadable) > MAX_ROWS or number > MAX_SHEET_ROWS:
            raise UsageError(
                "too_many_rows",
                "The table has more than {limit} rows.",
                "Split it into several files.",
                limit=MAX_ROWS,
            )
    if not rows and not unreadable:
        raise UsageError(
            "rows_missing",
            "The table has a header but no rows.",
            "Write one row under the header for each child.",
        )
    return Table(_in_use(columns, rows), tuple(rows), tuple(unreadable), sheet)


def _empty(cells: Cells) -> bool:
    return not any(map(str.strip, cells))


def _header(records: Iterable[Record]) -> Cells:
    cells = next((cells for _, cells in records if isinstance(cells, Problem) or not _empty(cells)), ())
    if isinstance(cells, Problem):
        raise UsageError(
            "header_unreadable",
            "The first row can't be read as column names: {reason}",
            "Begin the table with one row that names the columns.",
            reason=str(cells.what),
        )
    if len(cells) > MAX_COLUMNS:
        raise UsageError(
            "too_many_columns",
            "The table has more than {limit} columns.",
            "Keep the columns the films need and delete the others.",
            limit=MAX_COLUMNS,
        )
    return cells


def _columns(header: Cells) -> tuple[Column, ...]:
    columns: dict[str, Column] = {}
    for index, cell in enumerate(header):
        title = " ".join(cell[: 2 * _TITLE_CHARS].split())[:_TITLE_CHARS]
        key = title
        while not key or key in columns:
            key = f"{key} ({_letter(index)})".strip()
        columns[key] = Column(key, title)
    return tuple(columns.values())


def _letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    above, last = divmod(index, 26)
    return (_letter(above - 1) if above else "") + chr(ord("A") + last)


def _misfit(cells: Cells, width: int) -> Reason | None:
    if len(cells) > width and not _empty(cells[width:]):
        return (
            "too_many_cells",
            Text(
                "The row has {cells} cells, the header {columns}: its texts may be in the wrong columns.",
                {"cells": len(cells), "columns": width},
            ),
            Text("Put quotation marks around a text that holds the separator, or delete the extra cells."),
        )
    return cell_too_large() if any(len(cell) > MAX_CELL_CHARS for cell in cells) else None


def cell_too_large() -> Reason:
    return (
        "cell_too_large",
        Text("A cell of this row holds more than {limit} characters.", {"limit": MAX_CELL_CHARS}),
        Text("Shorten the text; if it isn't that long, look for a quotation mark that is never closed."),
    )


def _in_use(columns: tuple[Column, ...], rows: Iterable[Row]) -> tuple[Column, ...]:
    """Without the columns that have no title and nothing in them."""
    untitled = {column.key for column in columns if not column.title}
    for row in rows:
        if not untitled:
            break
        untitled = {key for key in untitled if not row.cells.get(key, "").strip()}
    else:
        return tuple(column for column in columns if column.key not in untitled)
    return columns
