"""Text files: the whole text is one job's script."""

from __future__ import annotations

from pathlib import Path

from core.errors import UsageError
from core.intake.limits import MAX_CELL_CHARS
from core.intake.model import Contents, Row
from core.intake.readers.encoding import read_text


def read(file: Path) -> Contents:
    text, notices = read_text(file)
    if len(text) > MAX_CELL_CHARS:
        raise UsageError(
            "too_long",
            "The text has more than {limit} characters, and a text file is one film.",
            "Shorten it; a table needs the ending .csv.",
            limit=MAX_CELL_CHARS,
        )
    return Contents(letters=(Row(file, 1, {}, script=text),), notices=notices)
