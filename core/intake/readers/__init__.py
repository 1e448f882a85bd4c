"""The formats an operator may bring: one file here for each, and its endings in this table.

A reader knows its format and nothing of templates. It returns everything it found, or raises `UsageError`
where there is nothing to be had from the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from core.intake.model import Contents, Hints, Source
from core.intake.readers import delimited, json_rows, markdown, opendocument, text, word, workbook

Reader = Callable[[Source, Hints], Contents]

READERS: Mapping[str, Reader] = {
    ".csv": delimited.read,
    ".tsv": delimited.read,
    ".txt": text.read,
    ".md": markdown.read,
    ".xlsx": workbook.read,
    ".ods": opendocument.read,
    ".json": json_rows.read,
    ".jsonl": json_rows.read,
    ".docx": word.read,
}


def reader_for(file: Path) -> Reader | None:
    return READERS.get(file.suffix.lower())
