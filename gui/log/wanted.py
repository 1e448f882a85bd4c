"""Which lines of the log one wants to see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.logs.lines import LEVELS, LogLine

_RANK = {level: rank for rank, level in enumerate(LEVELS)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Empty: all. `level` is the least; `text` may stand anywhere in a line, of either case."""

    job: str = ""
    batch: str = ""
    level: str = ""
    text: str = ""

    def of(self, lines: Iterable[LogLine]) -> list[LogLine]:
        """A line that tells no level is one that nobody knows to be harmless only where all are wanted."""
        least, text = _RANK.get(self.level, -1), self.text.casefold()
        if self.job:
            lines = (line for line in lines if line.job == self.job)
        if self.batch:
            lines = (line for line in lines if line.batch == self.batch)
        if least >= 0:
            lines = (line for line in lines if _RANK.get(line.level, -1) >= least)
        if text:
            lines = (line for line in lines if text in line.text.casefold())
        return list(lines)
