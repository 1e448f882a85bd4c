"""Exit statuses, and the one way errors are told on a terminal."""

from __future__ import annotations

import sys

from core.errors import TrineoError, UsageError
from core.intake.model import Problem

DONE = 0
SOME_FAILED = 1
BAD_INPUT = 2
CANT_RENDER = 3
INTERRUPTED = 130


def tell(error: TrineoError) -> int:
    """Says what happened and what to do, on standard error; answers the exit status that goes with it."""
    print(f"trineo: {error}", file=sys.stderr)
    return BAD_INPUT if isinstance(error, UsageError) else CANT_RENDER


def tell_problem(problem: Problem, kind: str) -> None:
    """One line on standard error: where, what, what to do. `kind` is `refused` or `warning`."""
    place = [str(problem.file)]
    place += [problem.sheet] if problem.sheet else []
    place += [f"row {problem.row}"] if problem.row else []
    place += [problem.place] if problem.place else []
    print(f"{kind}: {', '.join(place)}: {problem.what} {problem.remedy}".rstrip(), file=sys.stderr)
