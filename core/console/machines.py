"""`app.py machines`: the programs that work on this queue, and letting one that was set aside work again."""

from __future__ import annotations

import json
from collections.abc import Sequence

from core.console.reports import machine_as_dict
from core.console.status import DONE
from core.jobs.machines import MachineStatus
from core.studio import Studio


def machines(studio: Studio, action: str, which: Sequence[str], *, everything: bool, as_json: bool) -> int:
    """`list`, or `readmit`: machines that were set aside, `which` by id or by name, or all of them, get films again."""
    known = studio.machines()
    if action == "list":
        _list(known, as_json=as_json)
        return DONE
    chosen = [one.machine.id for one in known if everything or one.machine.id in which or one.machine.name in which]
    readmitted = sum(studio.readmit(machine_id) for machine_id in chosen)
    print(json.dumps({"readmitted": readmitted}) if as_json else f"{readmitted} machines get films again")
    return DONE


def _list(known: Sequence[MachineStatus], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([machine_as_dict(one) for one in known], ensure_ascii=False))
        return
    for one in known:
        state = "set aside" if one.set_aside else "works" if one.alive else "silent"
        print(f"{one.machine.id}  {one.machine.name}, {one.machine.slots} at once: {state}")
    print(f"{len(known)} machines")
