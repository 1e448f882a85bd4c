"""The refused rows as a sheet that can be corrected and dropped again, each with why it was refused.

Its columns bear the fields' own names, so that it is understood however the sheet they came from called them. Three
columns in front say what is wrong; they are passed over when it comes back. Rows whose cells didn't fit
their header don't fit this one either, until somebody puts them right.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from core.errors import UsageError
from core.intake.fields import OURS_PREFIX
from core.intake.model import Preflight, Problem, shown
from core.text import Text

Told = Callable[[Text], str]

_FROM = Text("where from")
_WRONG = Text("what is wrong")
_REMEDY = Text("what to do")
_ONCE_RIGHT = Text("delete this cell when the row is right")
# A cell that begins so is taken for a formula by Excel: one that came from a stranger is never to be run.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def export_refused(checked: Preflight, file: Path, told: Told = str) -> int:
    """Writes a CSV file (UTF-8 with the mark that Excel looks for) and answers how many lines. Raises `UsageError`.

    The rows' texts are written as they were: they are the operator's own, and are to come back unchanged. `told`
    puts sentences into the reader's language. What was refused as a whole (a file, a sheet) has a line without texts.
    """
    read = {problem.file.absolute() for problem in checked.refused}
    read |= {accepted.file.absolute() for accepted in checked.accepted}
    if file.absolute() in read:
        raise UsageError(
            "refused_over_input",
            "{file} is one of the files that were read: it would be overwritten.",
            "Name another file for the refused rows.",
            file=shown(file),
        )
    lines = list(_lines(checked, told))
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(lines)
    part = file.absolute().with_name(f".{file.name}.part")
    try:
        part.write_text(text.getvalue(), encoding="utf-8-sig", errors="replace", newline="")
        part.replace(file)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise UsageError(
            "refused_unwritable",
            "The refused rows can't be written to {folder}: {reason}.",
            "Choose another folder, or make room on that disk; close the file where it is open.",
            folder=shown(file.parent),
            reason=error.strerror or type(error).__name__,
        ) from error
    return len(lines) - 1


def _lines(checked: Preflight, told: Told) -> Iterator[list[str]]:
    names = list(dict.fromkeys(name for row in checked.rows for name in row.values))
    yield [*(f"{OURS_PREFIX}{told(title)}" for title in (_FROM, _WRONG, _REMEDY)), *names]
    explained: set[int] = set()
    for row in checked.rows:
        explained.update(map(id, row.problems))
        extra = row.extra or ((told(_ONCE_RIGHT),) if row.misread else ())
        cells = [row.values.get(name, "") for name in names]
        yield [*_reasons(row.problems, told), *map(_harmless, cells), *map(_harmless, extra)]
    for problem in checked.refused:
        if id(problem) not in explained:
            yield _reasons((problem,), told)


def _reasons(problems: Sequence[Problem], told: Told) -> list[str]:
    first = problems[0]
    place = [shown(first.file.name), first.sheet, str(first.row or "")]
    what, remedy = (
        " ".join(dict.fromkeys(told(text) for text in texts))
        for texts in ([one.what for one in problems], [one.remedy for one in problems])
    )
    return [_harmless(cell) for cell in (" · ".join(filter(None, place)), what, remedy)]


def _harmless(cell: str) -> str:
    return f"'{cell}" if _is_risky(cell) else cell


def unguarded(cell: str) -> str:
    """A cell of an export, as it was before it was made harmless."""
    return cell[1:] if cell.startswith("'") and _is_risky(cell) else cell


def _is_risky(cell: str) -> bool:
    """Signs of ours in front of it make no difference, so that each export adds one and each reading takes one."""
    return cell.lstrip("'").startswith(_FORMULA_SIGNS)
