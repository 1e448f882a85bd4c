"""`app.py check FILES`: what would be made of them, without making anything."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence

from core.console.costs import estimate
from core.console.reports import report_check
from core.errors import UsageError
from core.intake.fields import folded
from core.intake.model import Order, Preflight
from core.studio import Studio


def check(studio: Studio, options: argparse.Namespace, order: Order) -> int:
    """0 if nothing was refused, else 2. Raises `UsageError`: no such field, or the export can't be written."""
    checked = studio.check(options.files, order)
    if options.column and _remember(studio, checked, _choices(options.column, order)):
        checked = studio.check(options.files, order)
    status = report_check(checked, estimate(studio, checked), as_json=options.json, with_cost=options.cost)
    if options.export_refused is not None:
        count = studio.export_refused(checked, options.export_refused)
        print(f"{count} refused rows and files are in {options.export_refused}", file=sys.stderr)
    return status


def _choices(given: Sequence[str], order: Order) -> Mapping[str, str]:
    """`["Nombre del homenajeado=nombre"]` as the field of each folded title; an empty field: not used."""
    known = (*order.template.fields, "script", "language", "")
    chosen: dict[str, str] = {}
    for choice in given:
        title, _, field = choice.rpartition("=")
        if not title.strip() or field.strip() not in known:
            raise UsageError(
                "column_unknown",
                "--column takes TITLE=FIELD, and {given} is not that.",
                "FIELD is one of {fields}, or empty for a column that is not to be used.",
                given=choice,
                fields=", ".join(filter(None, known)),
            )
        chosen[folded(title)] = field.strip()
    return chosen


def _remember(studio: Studio, checked: Preflight, chosen: Mapping[str, str]) -> bool:
    """Whether any of the sheets has such a column."""
    found = False
    for sheet in checked.sheets:
        fields = {column.title: chosen.get(folded(column.title), column.field) for column in sheet.columns}
        if any(folded(title) in chosen for title in fields):
            studio.remember_columns(checked.order, fields)
            found = True
    return found
