"""The commands that only look: check, status, health."""

from __future__ import annotations

import json
import sys
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text as Words

from core.console.costs import as_dict, tell_estimate
from core.console.status import BAD_INPUT, CANT_RENDER, DONE
from core.desk.money import Estimate
from core.intake.model import Preflight, Problem
from core.jobs.model import State
from core.jobs.store import MachineStatus
from core.studio import Studio
from core.upkeep.health import Light

_LIGHTS = {
    Light.OK: ("✓ ok", "green"),
    Light.WARNING: ("! warning", "yellow"),
    Light.FAILING: ("✗ failing", "red"),
}


def report_check(checked: Preflight, cost: Estimate, *, as_json: bool, with_cost: bool = False) -> int:
    """0 if nothing was refused, else 2. `with_cost` adds it to the JSON."""
    if as_json:
        more = {"estimate": as_dict(cost)} if with_cost else {}
        print(json.dumps({**checked.as_dict(), **more}, ensure_ascii=False))
    else:
        tell_findings(checked)
        for row in checked.accepted:
            print(f"row {row.job.row}: {row.job.name} → {row.job.output}")
        tell_estimate(cost)
        print(f"{len(checked.accepted)} accepted, {len(checked.refused)} refused")
    return BAD_INPUT if checked.refused else DONE


def tell_findings(checked: Preflight) -> None:
    """Notices, warnings and refusals, on standard error."""
    for notice in checked.notices:
        print(f"note: {notice.file}: {notice.what}", file=sys.stderr)
    for row in checked.accepted:
        for warning in row.warnings:
            _tell_problem(warning, "warning")
    for problem in checked.refused:
        _tell_problem(problem, "refused")


def report_status(studio: Studio, *, as_json: bool) -> int:
    states = _plain(studio.counts())
    batches: list[dict[str, Any]] = [
        {"id": batch.id, "name": batch.name, "total": batch.total, "states": _plain(studio.counts(batch.id))}
        for batch in studio.batches()
    ]
    if as_json:
        machines = [machine_as_dict(status) for status in studio.machines()]
        print(json.dumps({"states": states, "batches": batches, "machines": machines}, ensure_ascii=False))
        return DONE
    states = {state: count for state, count in states.items() if count} or {"done": 0}
    table = Table("batch", "films", *states, box=None)
    for batch in batches:
        table.add_row(Words(batch["name"]), str(batch["total"]), *(str(batch["states"][state]) for state in states))
    table.add_row("all", str(sum(states.values())), *map(str, states.values()), style="bold")
    console = Console()
    console.print(table)
    for status in studio.machines():
        told = "set aside: it failed what others completed" if status.set_aside else "working"
        told = told if status.alive else "silent"
        console.print(Words(f"{status.machine.name} ({status.machine.slots} at once): {told}"))
    return DONE


def report_health(studio: Studio, *, as_json: bool) -> int:
    """0 unless something is failing, then 3."""
    checks = studio.health()
    failing = any(check.light is Light.FAILING for check in checks)
    if as_json:
        print(json.dumps({"ok": not failing, "checks": [check.as_dict() for check in checks]}, ensure_ascii=False))
    else:
        table = Table(box=None, show_header=False)
        for check in checks:
            word, colour = _LIGHTS[check.light]
            advice = "" if check.light is Light.OK else f" {check.remedy}"
            table.add_row(Words(word, colour), check.name, Words(f"{check.what}{advice}"))
        Console().print(table)
    return CANT_RENDER if failing else DONE


def machine_as_dict(status: MachineStatus) -> dict[str, Any]:
    machine = status.machine
    return {
        "id": machine.id,
        "name": machine.name,
        "version": machine.version,
        "slots": machine.slots,
        "alive": status.alive,
        "set_aside": status.set_aside,
    }


def _plain(counts: dict[State, int]) -> dict[str, int]:
    return {str(state): counts.get(state, 0) for state in State}


def _tell_problem(problem: Problem, kind: str) -> None:
    """One line on standard error: where, what, what to do. `kind` is `refused` or `warning`."""
    place = [str(problem.file)]
    place += [problem.sheet] if problem.sheet else []
    place += [f"row {problem.row}"] if problem.row else []
    place += [problem.place] if problem.place else []
    print(f"{kind}: {', '.join(place)}: {problem.what} {problem.remedy}".rstrip(), file=sys.stderr)
