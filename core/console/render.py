"""`app.py render`: queue the good rows, wait for the films, say how each one ended."""

from __future__ import annotations

import itertools
import json
import queue
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.console.costs import estimate, tell_estimate, tell_spent
from core.console.display import Display, NoDisplay, Watched
from core.console.interrupts import Interrupts, end_workers
from core.console.reports import tell_findings
from core.console.status import BAD_INPUT, CANT_RENDER, DONE, INTERRUPTED, SOME_FAILED
from core.errors import StoreAway
from core.events import Event, JobChanged, JobProgress
from core.intake.model import Preflight
from core.jobs.model import ENDED, JobRecord, State
from core.studio import Studio

_BEAT_S = 0.2
_LOOK_EVERY_S = 1.0
_PAGE = 1000
_WAITING = (State.READY, State.RUNNING, State.DELAYED)


@dataclass(slots=True)
class _Tally:
    """Which of this run's jobs have ended, and how."""

    total: int
    ended: dict[str, State] = field(default_factory=dict)
    """Also what will not get on by itself: parked, held."""

    def count(self, *states: State) -> int:
        return sum(state in states for state in self.ended.values())

    @property
    def waiting(self) -> int:
        """All that is neither made nor given up, whatever it waits for."""
        return self.total - self.count(*ENDED)


class RenderRun:
    """One call of `render`. `run` answers the exit status."""

    def __init__(self, studio: Studio, *, as_json: bool, workers: int | None) -> None:
        self._studio = studio
        self._as_json = as_json
        self._workers = workers
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._interrupts = Interrupts()
        self._ended_before = 0

    def run(self, checked: Preflight) -> int:
        started = time.monotonic()
        tell_findings(checked)
        tell_estimate(estimate(self._studio, checked))
        tally = _Tally(len(checked.accepted))
        with self._interrupts.counted():
            if checked.accepted:
                self._render(checked, tally)
        tell_spent(self._studio, sorted({row.job.batch for row in checked.accepted}))
        self._tell_batch(tally, time.monotonic() - started)
        return self._status(checked, tally)

    def _render(self, checked: Preflight, tally: _Tally) -> None:
        jobs = {row.job.id: row.job for row in checked.accepted}
        batches = sorted({job.batch for job in jobs.values()})
        display = NoDisplay() if self._as_json or not sys.stderr.isatty() else Display(jobs)
        forget = self._studio.events.listen(self._events.put)
        try:
            self._studio.submit(checked)
            self._studio.start_workers(self._workers)
            with display:
                self._follow(frozenset(jobs), batches, tally, display)
                self._end_workers()
        finally:
            forget()
        try:
            for record in self._records(batches):
                if record.id not in tally.ended and record.state not in _WAITING:
                    self._tell_job(record, tally)  # parked or held
        except StoreAway as error:  # what is told of the rest is that it waits
            print(f"trineo: {error}", file=sys.stderr)

    def _follow(self, mine: frozenset[str], batches: Sequence[str], tally: _Tally, display: Watched) -> None:
        """Until every job has ended, or what is left waits for something else, or a person interrupts."""
        looked_at = 0.0
        away = False
        while len(tally.ended) < tally.total and not self._interrupts.count:
            try:
                self._take_event(mine, tally, display)
                if time.monotonic() - looked_at > _LOOK_EVERY_S:
                    looked_at = time.monotonic()
                    if not self._look(batches, tally, display):
                        return
                away = False
            except StoreAway as error:  # the workers go on with what they have, and so does this
                if not away:
                    print(f"trineo: {error}", file=sys.stderr)
                away = True
                time.sleep(_BEAT_S)

    def _look(self, batches: Sequence[str], tally: _Tally, display: Watched) -> bool:
        """Events may be missed, and parked jobs send none. False when nothing will get on by itself.

        Counts are cheap; records are read only if one that had ended by the last look is still untold.
        """
        counts = [self._studio.counts(batch) for batch in batches]
        ended = sum(count.get(state, 0) for count in counts for state in ENDED)
        if self._ended_before > len(tally.ended):
            for record in self._records(batches):
                if record.state in ENDED and record.id not in tally.ended:
                    self._tell_job(record, tally)
                    display.ended(record)
        self._ended_before = ended
        return any(count.get(state, 0) for count in counts for state in _WAITING)

    def _take_event(self, mine: frozenset[str], tally: _Tally, display: Watched) -> None:
        try:
            event = self._events.get(timeout=_BEAT_S)
        except queue.Empty:
            return
        if isinstance(event, JobProgress) and event.job_id in mine:
            display.progress(event)
        elif isinstance(event, JobChanged) and event.job_id in mine and event.state in ENDED:
            record = self._studio.job(event.job_id)
            if record is not None and record.state in ENDED and record.id not in tally.ended:
                self._tell_job(record, tally)
                display.ended(record)

    def _records(self, batches: Sequence[str]) -> Iterator[JobRecord]:
        for batch in batches:
            for offset in itertools.count(0, _PAGE):
                page = self._studio.jobs(batch, offset=offset, limit=_PAGE)
                yield from page
                if len(page) < _PAGE:
                    break

    def _end_workers(self) -> None:
        """Lets running films finish; a second interrupt gives them back at once."""
        if self._interrupts.count:
            print("Finishing the films in the making; press Ctrl-C again to give them back.", file=sys.stderr)
        end_workers(self._studio.stop_workers, self._studio.give_back, self._interrupts)

    def _tell_job(self, record: JobRecord, tally: _Tally) -> None:
        tally.ended[record.id] = record.state
        if self._as_json:
            print(json.dumps(job_line(record), ensure_ascii=False), flush=True)
        elif record.state is State.DONE and record.result:
            print(f"done: row {record.job.row} {record.job.name} → {record.result.output}", flush=True)
        else:
            reason = f"{record.failure.what} {record.failure.remedy}" if record.failure else ""
            print(f"{record.state}: row {record.job.row} {record.job.name}: {reason}", flush=True)

    def _tell_batch(self, tally: _Tally, seconds: float) -> None:
        done, failed = tally.count(State.DONE, State.REVIEW), tally.count(State.FAILED, State.CANCELLED)
        parked, held = tally.count(State.PARKED), tally.count(State.HELD)
        if self._as_json:
            line = {
                "type": "batch",
                "total": tally.total,
                "done": done,
                "failed": failed,
                "parked": parked,
                "seconds": round(seconds, 3),
            }
            print(json.dumps(line), flush=True)
        else:
            print(f"{done} of {tally.total} films in {seconds:.1f} s; {failed} failed, {parked + held} waiting")
            left = tally.total - len(tally.ended)
            if left:
                print(f"{left} not made yet; they stay in the queue.")

    def _status(self, checked: Preflight, tally: _Tally) -> int:
        if self._interrupts.count:
            return INTERRUPTED
        if tally.count(State.FAILED, State.CANCELLED):
            return SOME_FAILED
        if tally.waiting:
            return CANT_RENDER
        return BAD_INPUT if checked.refused else DONE


def job_line(record: JobRecord) -> dict[str, Any]:
    """A job's line of `render --json`, as the contract has it."""
    failure, result = record.failure, record.result
    told = failure if record.state is not State.DONE else None
    return {
        "type": "job",
        "id": record.id,
        "row": record.job.row,
        "name": record.job.name,
        "state": str(record.state),
        "output": result.output if result else record.job.output,
        "strategy": str(result.strategy if result else record.job.strategy),
        "attempts": record.attempts,
        "error": {"code": told.code, "message": f"{told.what} {told.remedy}".strip()} if told else None,
        "seconds": dict(result.seconds) if result else {},
    }
