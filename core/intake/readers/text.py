"""Text files: the whole text is one job's script."""

from __future__ import annotations

from core.errors import UsageError
from core.intake.limits import MAX_CELL_CHARS
from core.intake.model import Contents, Hints, Row, Source
from core.intake.readers.encoding import TextFile, read_text


def read(source: Source, hints: Hints) -> Contents:
    del hints
    return letter(source, read_text(source))


def letter(source: Source, file: TextFile) -> Contents:
    """A whole text as one job. Raises `UsageError`: longer than any film."""
    if len(file.text) > MAX_CELL_CHARS:
        raise UsageError(
            "too_long",
            "The text has more than {limit} characters, and a text file is one film.",
            "Shorten it; a table needs the ending .csv.",
            limit=MAX_CELL_CHARS,
        )
    return Contents(letters=(Row(source.path, 1, (), script=file.text),), notices=file.notices, encoding=file.encoding)
