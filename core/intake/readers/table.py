"""A sheet's cells as a table: the header found, the columns named, rows that don't fit it set apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from core.errors import UsageError
from core.intake.limits import MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS, MAX_SHEET_ROWS
from core.intake.model import Column, Hints, Problem, Row, Table, Unreadable
from core.text import Text

Cells = Sequence[str]
Record = tuple[int, Cells | Unreadable]
Reason = tuple[str, Text, Text]  # why a row can't be taken: code, what, remedy
_TITLE_CHARS = 60  # more is no title; enough of it to recognise the column
_HEADER_WITHIN = 25  # rows with something in them, in which column names are looked for
# A question of a form is longer than any name of a column that we know, and its whole text is what is recognised.
_TITLE_KEPT = 200


def build(file: Path, records: Iterable[Record], hints: Hints, sheet: str = "", *, grid: bool = False) -> Table:
    """The table in a sheet's `records`: the number a spreadsheet shows for a row, and its cells.

    In a `grid` every cell has its own column, so that what stands right of the header is only a column without
    a title; elsewhere it means that a text was taken apart.

    The header is the row that names most of what is needed, among the first; else the first that isn't empty.
    What stands above it is not read, nor is a row that repeats it. Raises `UsageError` if nothing is under it,
    or too much.
    """
    header, numbered = _header(iter(records), hints)
    columns = _columns(header)
    titles = [cell.strip() for cell in header]
    rows: list[Row] = []
    unreadable: list[Unreadable] = []
    width, first = len(columns), next((title for title in titles if title), "")
    widest = width
    for number, cells in numbered:
        if isinstance(cells, Unreadable):
            unreadable.append(cells)
        elif any(cells) and not _empty(cells):
            if len(cells) > width or max(map(len, cells)) > MAX_CELL_CHARS:
                widest = max(widest, len(cells)) if grid else width
                if misfit := _misfit(cells, widest):
                    unreadable.append(Unreadable(Problem(file, *misfit, number, sheet), cells))
                    continue
            if first not in cells or [cell.strip() for cell in cells] != titles[: len(cells)]:
                rows.append(Row(file, number, cells if len(cells) <= widest else cells[:widest], sheet))
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
    more = tuple(Column(f"({letters(index)})", "", index) for index in range(width, widest))
    return Table(_in_use(columns + more, rows), tuple(rows), tuple(unreadable), sheet)


def _empty(cells: Cells) -> bool:
    return not any(map(str.strip, cells))


def _header(records: Iterator[Record], hints: Hints) -> tuple[Cells, Iterator[Record]]:
    """The header's cells, and the records under it."""
    first: list[Record] = []
    filled: list[tuple[int, Cells]] = []  # where in `first`, and the cells
    for record in records:
        cells = record[1]
        first.append(record)
        if isinstance(cells, Unreadable):
            if not filled:
                raise _header_unreadable(cells)
        elif not _empty(cells):
            filled.append((len(first) - 1, cells))
            if len(filled) == _HEADER_WITHIN:
                break
        if len(first) > MAX_SHEET_ROWS:
            break
    if not filled:
        return (), iter(())
    place, cells = _most_titles(filled, hints)
    if len(cells) > MAX_COLUMNS:
        raise UsageError(
            "too_many_columns",
            "The table has more than {limit} columns.",
            "Keep the columns the films need and delete the others.",
            limit=MAX_COLUMNS,
        )
    return cells, chain(islice(first, place + 1, None), records)


def _most_titles(filled: Sequence[tuple[int, Cells]], hints: Hints) -> tuple[int, Cells]:
    """The first of the rows that knows most titles.

    A row further down must know two, or have nothing but single cells above it: a child's data may hold a word
    that is a title elsewhere.
    """
    scores = [sum(hints.is_title(cell) for cell in cells[:MAX_COLUMNS] if cell) for _, cells in filled]
    best = max(scores)
    place = scores.index(best)
    lonely = all(sum(bool(cell.strip()) for cell in cells) <= 1 for _, cells in filled[:place])
    if place and best > scores[0] and (best > 1 or (best == 1 and lonely)):
        return filled[place]
    return filled[0]


def _header_unreadable(row: Unreadable) -> UsageError:
    return UsageError(
        "header_unreadable",
        "The first row can't be read as column names: {reason}",
        "Begin the table with one row that names the columns.",
        reason=str(row.problem.what),
    )


def _columns(header: Cells) -> tuple[Column, ...]:
    columns: dict[str, Column] = {}
    for index, cell in enumerate(header):
        title = " ".join(cell[: 2 * _TITLE_KEPT].split())[:_TITLE_KEPT]
        key = title if len(title) <= _TITLE_CHARS else f"{title[: _TITLE_CHARS - 1]}…"
        while not key or key in columns:
            key = f"{key} ({letters(index)})".strip()
        columns[key] = Column(key, title, index)
    return tuple(columns.values())


def letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA: a column's name in a spreadsheet."""
    above, last = divmod(index, 26)
    return (letters(above - 1) if above else "") + chr(ord("A") + last)


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
    untitled = {column.index for column in columns if not column.title}
    for row in rows:
        if not untitled:
            break
        untitled = {index for index in untitled if index >= len(row.cells) or not row.cells[index].strip()}
    else:
        return tuple(column for column in columns if column.index not in untitled)
    return columns
