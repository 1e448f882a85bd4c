"""A text file's own header: `nombre: Sofía`, `idioma = es`, then the text Santa says."""

from __future__ import annotations

import re
from pathlib import Path

from core.intake.fields import Special, Target, Vocabulary

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
        target = vocabulary.target(header[1]) if header else None
        if header is None or target is None or target in values:
            values[Special.SCRIPT] = "\n".join(lines[index:])
            break
        if target is Special.SCRIPT:
            values[target] = "\n".join([header[2], *lines[index + 1 :]])
            break
        values[target] = header[2]
    return values


def is_table(text: str, vocabulary: Vocabulary) -> bool:
    """Whether it is a sheet saved under a text file's ending, as Excel does: its first line names columns."""
    first = text.strip("\ufeff \r\n").partition("\n")[0]
    titles = [vocabulary.target(cell.strip(" \"'")) for cell in re.split(r"[\t;,|]", first)]
    return len([title for title in titles if title]) >= 2


def name_in(file: Path) -> str:
    """The child's name that a text file's own name holds: `03_Sofía Pérez.txt` → Sofía Pérez."""
    return _NUMBERED.sub("", file.stem.replace("_", " "))
