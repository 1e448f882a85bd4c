"""A newcomer's first film: one child's name, no file, no key."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from core.errors import UsageError
from core.intake.desk import IntakeDesk
from core.intake.model import Order, Preflight

PRESET = "quick"
"""Half the size: what films share is made in half the time."""

_SHEETS = {"es": "Primer video", "en": "First film"}


def checked_name(intake: IntakeDesk, order: Order, name: str, language: str, work: Path) -> Preflight:
    """The preflight of one row with just that name, as if it had come in a sheet; the sheet is gone again.

    Raises `UsageError` with the reason if the name can't be used, and what `IntakeDesk.check` raises.
    """
    work.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="trineo-", dir=work) as folder:
        sheet = Path(folder) / f"{_SHEETS.get(language, _SHEETS['en'])}.csv"
        with sheet.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["idioma", order.template.name_field])
            rows.writerow([language, name])
        checked = intake.check([sheet], order)
    if not checked.accepted:
        problem = next(iter(checked.refused), None)
        if problem is None:
            raise UsageError("name_missing", "The name is empty.", "Type the name of a child.")
        error = UsageError(problem.code, "The name can't be used.")
        error.what, error.remedy = problem.what, problem.remedy
        raise error
    return checked
