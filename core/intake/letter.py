"""A text file's own header: `nombre: Sofía`, `idioma = es`, then the text Santa says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from core.intake.fields import Special, Target, Vocabulary
from core.intake.model import Problem, Row
from core.text import Text

_HEADER = re.compile(r"\s*([^:=]{1,80}?)\s*[:=](.*)")
_NUMBERED = re.compile(r"^[\W\d_]+")


def split(text: str, vocabulary: Vocabulary) -> dict[Target, str]:
    """What the text says of each target, its script being all that follows the header lines.

    The header ends at an empty line, or at the first line that doesn't name a field.
    """
    values: dict[Target, str] = {}
    lines = text.strip("\ufeff \t\r\n").splitlines()
    for index, line in enumerate(lines):
        header = _HEADER.fullmatch(line)
        target = vocabulary.exact(header[1]) if header else None
        if header is None or target is None or target in values:
            values[Special.SCRIPT] = "\n".join(lines[index:])
            break
        if target is Special.SCRIPT:
            values[target] = "\n".join([header[2], *lines[index + 1 :]])
            break
        values[target] = header[2]
    return values


def problem(row: Row, values: Mapping[Target, str], vocabulary: Vocabulary) -> Problem | None:
    """Why a text file is nothing that can be spoken."""
    if _is_table(row.script, vocabulary):
        what = Text("This looks like a table, and a text file is spoken word by word.")
        remedy = Text("If it is a table, give the file the ending .csv or .tsv.")
        return Problem(row.file, "table_in_text", what, remedy, row.number)
    return None if values.get(Special.SCRIPT, "").strip() else text_missing(row)


def text_missing(row: Row) -> Problem:
    """Also where nothing but marks was in it."""
    what = Text("The file names fields but has no text under them.")
    remedy = Text("Write what Santa says under the first lines.")
    return Problem(row.file, "text_missing", what, remedy, row.number)


def _is_table(text: str, vocabulary: Vocabulary) -> bool:
    """Whether it is a sheet saved under a text file's ending, as Excel does: its first line names columns."""
    first = text.strip("\ufeff \r\n").partition("\n")[0]
    titles = [vocabulary.target(cell.strip(" \"'")) for cell in re.split(r"[\t;,|]", first)]
    return len([title for title in titles if title]) >= 2


def name_in(file: Path) -> str:
    """The child's name that a text file's own name holds: `03_Sofía Pérez.txt` → Sofía Pérez."""
    return _NUMBERED.sub("", file.stem.replace("_", " "))
