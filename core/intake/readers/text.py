"""Text files: the whole text is one job's script."""

from __future__ import annotations

from core.errors import UsageError
from core.intake.limits import MAX_CELL_CHARS
from core.intake.model import Contents, Hints, Notice, Row, Source
from core.intake.readers.encoding import read_text


def read(source: Source, hints: Hints) -> Contents:
    del hints
    text, notices = read_text(source)
    return letter(source, text, notices)


def letter(source: Source, text: str, notices: tuple[Notice, ...] = ()) -> Contents:
    """A whole text as one job. Raises `UsageError`: longer than any film."""
    if len(text) > MAX_CELL_CHARS:
        raise UsageError(
            "too_long",
            "The text has more than {limit} characters, and a text file is one film.",
            "Shorten it; a table needs the ending .csv.",
            limit=MAX_CELL_CHARS,
        )
    return Contents(letters=(Row(source.path, 1, (), script=text),), notices=notices)
