"""`app.py submit`, `worker` and `move`: queueing here, rendering there."""

from __future__ import annotations

import json
import sys
import time

from core.console.interrupts import Interrupts, end_workers
from core.console.reports import tell_findings
from core.console.status import BAD_INPUT, CANT_RENDER, DONE, INTERRUPTED, SOME_FAILED
from core.errors import StoreAway
from core.intake.model import Preflight
from core.jobs.model import State
from core.studio import Studio

_LOOK_EVERY_S = 0.3


def submit(studio: Studio, checked: Preflight, *, as_json: bool) -> int:
    """Queues the good rows. 0, or 2 if some were refused."""
    tell_findings(checked)
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
    """Renders until told to stop; with `drain`, until nothing is ready, running or delayed.

    0; 1 if jobs failed meanwhile; 3 if drained but for jobs that wait for something outside; 130 if interrupted
    while draining. Told to stop, a worker without `drain` has done what it should: 0.
    """
    interrupts = Interrupts()
    failed_before = studio.counts().get(State.FAILED, 0)
    with interrupts.counted():
        studio.start_workers(workers)
        while not interrupts.count and not (drain and _drained(studio)):
            time.sleep(_LOOK_EVERY_S)
        if interrupts.count:
            print("Finishing the films in the making; interrupt again to give them back.", file=sys.stderr)
        end_workers(studio.stop_workers, studio.give_back, interrupts)
    if interrupts.count:
        return INTERRUPTED if drain else DONE
    counts = studio.counts()
    if counts.get(State.FAILED, 0) > failed_before:
        return SOME_FAILED
    return CANT_RENDER if counts.get(State.PARKED, 0) else DONE


def _drained(studio: Studio) -> bool:
    try:
        counts = studio.counts()
    except StoreAway:
        return False
    if any(counts.get(state, 0) for state in (State.READY, State.RUNNING, State.DELAYED)):
        return False
    return not (counts.get(State.PARKED, 0) and studio.resume_parked())
