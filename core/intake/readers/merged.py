"""Merged cells: what is written once counts for every cell that it covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Cells = list[str]
Numbered = tuple[int, Cells]
_MAX_SPANS = 20_000
_MAX_WIDTH = 200


@dataclass(frozen=True, slots=True)
class Span:
    """Rows as a spreadsheet shows them, columns from 0; both ends are in it."""

    top: int
    left: int
    bottom: int
    right: int


def span(first: tuple[int, int], last: tuple[int, int]) -> Span:
    return Span(first[0], first[1], last[0], last[1])


class Spans:
    """The merged cells of a sheet, by the row in which each begins. Wider than any table, they hold no data."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._by_top: dict[int, list[Span]] = {}
        for count, one in enumerate(spans):
            if count >= _MAX_SPANS:
                break
            if one.bottom > one.top and one.right - one.left < _MAX_WIDTH:
                self._by_top.setdefault(one.top, []).append(one)

    def __bool__(self) -> bool:
        return bool(self._by_top)

    def beginning(self, row: int) -> list[Span]:
        return self._by_top.get(row, [])


class Covering:
    """The merged cells that are open while one goes down a sheet, row by row."""

    def __init__(self) -> None:
        self._open: list[tuple[Span, str]] = []

    def fill(self, number: int, cells: Cells, beginning: Iterable[Span]) -> Cells:
        """Gives each cell of the row that is covered from above the text of the one that covers it.

        Not from the left: a title across several columns names none of them. A row of which nothing stands by
        itself stays empty: a merged block that ends below the table makes no children.
        """
        self._open = [(one, text) for one, text in self._open if one.bottom >= number]
        if self._open and any(cells):
            for one, text in self._open:
                if one.left >= len(cells) or not cells[one.left]:
                    cells.extend([""] * (one.left + 1 - len(cells)))
                    cells[one.left] = text
        self._open += [(one, cells[one.left]) for one in beginning if one.left < len(cells) and cells[one.left]]
        return cells


def filled(rows: Iterable[Numbered], spans: Spans) -> Iterator[Numbered]:
    covering = Covering()
    for number, cells in rows:
        yield number, covering.fill(number, cells, spans.beginning(number))
