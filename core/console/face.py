"""Carries out what the command line asked for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping

from core.console.cache import cache
from core.console.check import check
from core.console.failed import failed
from core.console.keeping import cleanup, forget, support
from core.console.machines import machines
from core.console.metrics import metrics
from core.console.names import names
from core.console.parked import parked
from core.console.render import RenderRun
from core.console.reports import report_health, report_status
from core.console.work import move, submit, work
from core.intake.model import Order, Preflight
from core.jobs.model import State
from core.jobs.store import Recovery
from core.media import ffmpeg
from core.studio import Studio


def run_command(studio: Studio, options: argparse.Namespace) -> int:
    """Answers the exit status. Raises `TrineoError` for what keeps the command from being carried out."""
    _tell_recovery(studio)
    return _COMMANDS[options.command](studio, options)


def _check(studio: Studio, options: argparse.Namespace) -> int:
    return check(studio, options, _order(studio, options))


def _submit(studio: Studio, options: argparse.Namespace) -> int:
    return submit(studio, _checked(studio, options), as_json=options.json)


def _render(studio: Studio, options: argparse.Namespace) -> int:
    ffmpeg.build()  # no FFmpeg: say so now, not once a row
    checked = _checked(studio, options)
    return RenderRun(studio, as_json=options.json, workers=options.workers).run(checked)


def _worker(studio: Studio, options: argparse.Namespace) -> int:
    ffmpeg.build()
    return work(studio, workers=options.workers, drain=options.drain)


_COMMANDS: Mapping[str, Callable[[Studio, argparse.Namespace], int]] = {
    "render": _render,
    "check": _check,
    "submit": _submit,
    "worker": _worker,
    "move": lambda studio, options: move(studio, as_json=options.json),
    "status": lambda studio, options: report_status(studio, as_json=options.json),
    "failed": failed,
    "parked": lambda studio, options: parked(
        studio, options.action, options.ids, everything=options.all, as_json=options.json
    ),
    "machines": lambda studio, options: machines(
        studio, options.action, options.ids, everything=options.all, as_json=options.json
    ),
    "cache": lambda studio, options: cache(studio, options.action, as_json=options.json),
    "cleanup": lambda studio, options: cleanup(studio, dry_run=options.dry_run, as_json=options.json),
    "forget": forget,
    "support": support,
    "names": names,
    "metrics": lambda studio, options: metrics(studio, as_json=options.json, for_prometheus=options.prometheus),
    "health": lambda studio, options: report_health(studio, as_json=options.json),
}


def _checked(studio: Studio, options: argparse.Namespace) -> Preflight:
    return studio.check(options.files, _order(studio, options))


def _order(studio: Studio, options: argparse.Namespace) -> Order:
    return studio.order(
        template=options.template,
        preset=options.preset,
        strategy=options.strategy,
        out=options.out,
        captions=options.captions,
    )


def _tell_recovery(studio: Studio) -> None:
    """What an earlier run left in the local queue, on standard error; nothing if that is nothing.

    Who only looks may be looking at the queue of a program that works: nothing was recovered then.
    """
    found: Recovery | None = studio.recovery
    if found is None:
        return
    if studio.read_only:
        if found.damaged:
            print(f"{found.damaged} entries of the queue are damaged; the rest is here.", file=sys.stderr)
        return
    counts = studio.counts()
    waiting = sum(counts.get(state, 0) for state in (State.READY, State.DELAYED, State.RUNNING))
    if waiting and not found.running:
        print(f"{waiting} films wait from an earlier run.", file=sys.stderr)
    elif waiting:
        print(f"Recovered {waiting} unfinished films; {found.running} were being made.", file=sys.stderr)
    if found.torn_tail:
        print("The queue's last entry had not been written to its end; it was left out.", file=sys.stderr)
    if found.damaged:
        print(
            f"{found.damaged} entries of the queue were damaged; they are kept in {found.set_aside}, the rest is here.",
            file=sys.stderr,
        )
