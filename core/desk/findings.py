"""What a test found, sentence by sentence, for whoever asked whether something works."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from core.text import Text


class Mark(StrEnum):
    GOOD = "good"
    NOTE = "note"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found, and what to do about it (empty if nothing)."""

    mark: Mark
    what: Text
    remedy: Text = field(default_factory=lambda: Text(""))


def worst(findings: list[Finding]) -> Mark:
    """The gravest mark among them; `NOTE` if there is none."""
    order = [Mark.NOTE, Mark.GOOD, Mark.WARNING, Mark.WRONG]
    return max((one.mark for one in findings), key=order.index, default=Mark.NOTE)
