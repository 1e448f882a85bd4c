"""`app.py submit`, `worker` and `move`: queueing here, rendering there."""

from __future__ import annotations

import json
import sys
import time

from core.console.costs import estimate, tell_estimate
from core.console.interrupts import Interrupts, end_workers
from core.console.reports import tell_findings
from core.console.status import BAD_INPUT, CANT_RENDER, DONE, INTERRUPTED, SOME_FAILED, tell
from core.errors import EnvironmentFault, StoreAway
from core.intake.model import Preflight
from core.jobs.model import State
from core.studio import Studio

_LOOK_EVERY_S = 0.3


def submit(studio: Studio, checked: Preflight, *, as_json: bool) -> int:
    """Queues the good rows. 0, or 2 if some were refused."""
    tell_findings(checked)
    tell_estimate(estimate(studio, checked))
    batches = studio.submit(checked)
    if as_json:
        line = {
            "batches": [{"id": batch.id, "name": batch.name, "total": batch.total} for batch in batches],
            **checked.as_dict(),
        }
        print(json.dumps(line, ensure_ascii=False))
    else:
        for batch in batches:
            print(f"{batch.name}: {batch.total} films queued")
        print(f"{len(checked.accepted)} accepted, {len(checked.refused)} refused")
    return BAD_INPUT if checked.refused else DONE


def move(studio: Studio, *, as_json: bool) -> int:
    """Takes the local queue over to the Redis this studio is on."""
    moved = studio.take_over_local_queue()
    print(json.dumps({"moved": moved}) if as_json else f"{moved} jobs moved")
    return DONE


def work(studio: Studio, *, workers: int | None, drain: bool) -> int:
    """Renders until told to stop; with `drain`, until nothing is ready, running or delayed that can be made here.

    0; 1 if jobs failed meanwhile; 3 if drained but for jobs that wait for something outside, or for a template that
    is not here; 130 if interrupted while draining. Told to stop, a worker without `drain` has done what it should: 0.
    """
    interrupts = Interrupts()
    failed_before = studio.counts().get(State.FAILED, 0)
    with interrupts.counted():
        studio.start_workers(workers)
        lacking: list[str] | None = None
        while not interrupts.count and lacking is None:
            time.sleep(_LOOK_EVERY_S)
            lacking = _drained(studio) if drain else None
        if interrupts.count:
            print("Finishing the films in the making; interrupt again to give them back.", file=sys.stderr)
        end_workers(studio.stop_workers, studio.give_back, interrupts)
    if interrupts.count:
        return INTERRUPTED if drain else DONE
    try:
        counts = studio.counts()
    except StoreAway as error:
        return tell(error)
    if lacking:
        names = ", ".join(sorted(set(lacking)))
        print(f"trineo: Jobs wait for a template that this computer does not have: {names}.", file=sys.stderr)
    if counts.get(State.FAILED, 0) > failed_before:
        return SOME_FAILED
    return CANT_RENDER if lacking or counts.get(State.PARKED, 0) else DONE


def _drained(studio: Studio) -> list[str] | None:
    """None while something can still be made; then the templates that what is left waits for, often none."""
    try:
        counts = studio.counts()
        if counts.get(State.RUNNING, 0) or counts.get(State.DELAYED, 0):
            return None
        lacking: list[str] = []
        if counts.get(State.READY, 0):
            lacking = studio.waits_for_templates()
            all_lack = bool(lacking) and len(lacking) == len(studio.store.waiting_templates())
            if not all_lack or studio.counts() != counts:
                return None
        if counts.get(State.PARKED, 0) and studio.resume_parked():
            return None
    except (StoreAway, EnvironmentFault):  # no store, or no room on its disk: nothing can be said yet
        return None
    return lacking
