"""How a delimited file separates and quotes its cells, told from its first rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

DELIMITERS = ",;\t|"
_DECLARED = re.compile(r"sep=([,;\t|])(?:\r\n|\r|\n|$)", re.IGNORECASE)  # Excel's own first line
_NONE = "\x1f"
_SAMPLE_CHARS = 200_000
_SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Dialect:
    """`start` is where the rows begin: behind a `sep=;` line, which a spreadsheet doesn't show."""

    delimiter: str
    quote: str = '"'
    start: int = 0

    def reader(self, lines: Iterable[str], *, strict: bool) -> Iterator[list[str]]:
        # csv's own limit of 131,072 characters a cell belongs to the whole process; it is above ours, and stays
        return csv.reader(lines, delimiter=self.delimiter, quotechar=self.quote, skipinitialspace=True, strict=strict)


def sniff(text: str) -> Dialect:
    """The delimiter under which the rows agree best with a header of as many columns as possible.

    A table of one column has none: then it is a character that no text holds, so that no row is split.
    """
    if declared := _DECLARED.match(text):
        return Dialect(declared[1], start=declared.end())
    sample = text[:_SAMPLE_CHARS]
    quote = "'" if sample.lstrip().startswith("'") else '"'
    candidates = [Dialect(delimiter, quote) for delimiter in DELIMITERS]
    agreement, best = max(((_agreement(sample, one), one) for one in candidates), key=itemgetter(0))
    return best if agreement > 0 else Dialect(_NONE, quote)


def _agreement(sample: str, dialect: Dialect) -> float:
    """How many columns the header has besides the first, times the share of rows with just as many."""
    widths = list(islice(_widths(sample, dialect), _SAMPLE_ROWS))
    if not widths or widths[0] < 2:
        return 0.0
    rows = widths[1:]
    share = sum(width == widths[0] for width in rows) / len(rows) if rows else 1.0
    return (widths[0] - 1) * (share + 0.01)


def _widths(sample: str, dialect: Dialect) -> Iterator[int]:
    try:
        for cells in dialect.reader(io.StringIO(sample, newline=""), strict=False):
            if any(cells):
                yield len(cells)
    except csv.Error:  # a cell beyond any limit: what came before it must do
        return
