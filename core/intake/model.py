"""What goes into intake and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.jobs.model import Job, Strategy
from core.template.model import Template
from core.text import Text


def shown(path: Path | str) -> str:
    """A path, or names of files, as text that can be stored and printed, also where its name is not valid Unicode."""
    return str(path).encode("utf-8", "replace").decode()


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

    `cells` goes by the `key` of its table's columns; `script` is set by readers of whole texts.
    """

    file: Path
    number: int
    cells: Mapping[str, str]
    sheet: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its `title` as the file writes it, and the `key` its cells go by.

    The key is the title, unless there is none or an earlier column has the same: then it names the column
    by its letter, as a spreadsheet does. It is what an operator is shown.
    """

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as a reader found it: the rows under its header, and those that can't be read."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unreadable: tuple[Problem, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a reader found in one file: tables, or texts (`letters`) that are one job each."""

    tables: tuple[Table, ...] = ()
    letters: tuple[Row, ...] = ()
    notices: tuple[Notice, ...] = ()


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
            "file": shown(self.file),
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

    def as_dict(self) -> dict[str, Any]:
        return {
            "file": shown(self.file),
            "sheet": self.job.sheet,
            "row": self.job.row,
            "name": self.job.name,
            "output": self.job.output,
            "warnings": [
                {"field": warning.field, "code": warning.code, "message": str(warning.what)}
                for warning in self.warnings
            ],
        }


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth knowing of a file as a whole: the encoding that was guessed, a column nobody uses."""

    file: Path
    what: Text

    def as_dict(self) -> dict[str, Any]:
        return {"file": shown(self.file), "message": str(self.what)}


@dataclass(frozen=True, slots=True)
class Preflight:
    """The outcome of checking a set of files. `batches` names each batch id as the operator will read it."""

    order: Order
    accepted: tuple[Accepted, ...]
    refused: tuple[Problem, ...]
    notices: tuple[Notice, ...]
    batches: Mapping[str, str]

    def as_dict(self) -> dict[str, Any]:
        """What `check --json` prints."""
        return {
            "accepted": [accepted.as_dict() for accepted in self.accepted],
            "refused": [problem.as_dict() for problem in self.refused],
            "notices": [notice.as_dict() for notice in self.notices],
        }
