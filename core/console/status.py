"""Exit statuses, and the one way errors are told on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.errors import TrineoError, UsageError

if TYPE_CHECKING:  # the window's first picture does not wait for the settings to be loaded
    from core.settings.sources import Notice

DONE = 0
SOME_FAILED = 1
BAD_INPUT = 2
CANT_RENDER = 3
INTERRUPTED = 130


def tell(error: TrineoError) -> int:
    """Says what happened and what to do, on standard error; answers the exit status that goes with it."""
    print(f"trineo: {error}", file=sys.stderr)
    return BAD_INPUT if isinstance(error, UsageError) else CANT_RENDER


def tell_notices(notices: Iterable[Notice]) -> None:
    """What people should know of their settings; nothing is wrong enough to stop."""
    for notice in notices:
        print(f"trineo: {notice.what} {notice.remedy}", file=sys.stderr)
