"""What goes into intake and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.jobs.model import Job, Strategy
from core.template.model import Template
from core.text import Text


@dataclass(frozen=True, slots=True)
class Order:
    """How the films of a submission are to be made. `out` is the folder the films go to."""

    template: Template
    out: Path
    preset: str = "vertical-1080"
    strategy: Strategy = Strategy.AUTO


@dataclass(frozen=True, slots=True)
class Row:
    """One row as a reader found it. `number` is the row a spreadsheet would show; a text file's row is 1.

    `cells` goes by the header as it was written in the file; `script` is set by readers of whole texts.
    """

    file: Path
    number: int
    cells: Mapping[str, str]
    sheet: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field of one row (or with the row or the file, where `field` or `row` is empty).

    The same shape serves a refusal and a warning: which it is, is said by the list it stands in.
    """

    file: Path
    code: str
    what: Text
    remedy: Text
    row: int = 0
    sheet: str = ""
    field: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {
            "file": str(self.file),
            "sheet": self.sheet,
            "row": self.row,
            "field": self.field,
            "code": self.code,
            "message": str(self.what),
            "remedy": str(self.remedy),
        }


@dataclass(frozen=True, slots=True)
class Accepted:
    """A row that became a job. `warnings` are things to look at that don't keep it from being rendered."""

    file: Path
    job: Job
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth knowing of a file as a whole: the encoding that was guessed, a column nobody uses."""

    file: Path
    what: Text


@dataclass(frozen=True, slots=True)
class Preflight:
    """The outcome of checking a set of files. `batches` names each batch id as the operator will read it."""

    order: Order
    accepted: tuple[Accepted, ...]
    refused: tuple[Problem, ...]
    notices: tuple[Notice, ...]
    batches: Mapping[str, str]
