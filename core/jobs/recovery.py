"""What opening a local queue found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Recovery:
    """`jobs` there are, of which `running` were being worked on when the last program ended without saying so.

    `torn_tail`: the last line had not been written to its end; what it stood for had not been promised to anybody.
    `damaged` lines in the middle could not be read; they are kept in the file `set_aside`.
    """

    jobs: int = 0
    running: int = 0
    torn_tail: bool = False
    damaged: int = 0
    set_aside: Path | None = None
