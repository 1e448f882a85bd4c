"""What goes into intake and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.jobs.model import Job, Strategy
from core.media.captions import CaptionKind
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
    captions: CaptionKind = "off"
    film_names: str = "{batch}/{row:04}-{name}"  # see core/intake/patterns.py
    encodings: Mapping[Path, str] = field(default_factory=dict)  # of files that a person knows better; see FileEncoding


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: where the operator knows it from, and its bytes when they are asked for.

    What is in an archive has the archive's path with its own name inside behind it. `data` raises `UsageError`.
    `encoding` is what a person says that it is written in; empty: it is found out.
    """

    path: Path
    data: Callable[[], bytes]
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of an order that helps to read its files.

    `language` is that of the people who write them: it decides how a spreadsheet shows its numbers and dates.
    `is_title` says whether a cell's text names something that the order needs, `is_script` whether that is what
    Santa says as a whole.
    """

    language: str
    is_title: Callable[[str], bool]
    is_script: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """One row as a reader found it. `number` is the row a spreadsheet would show; a text file's row is 1.

    `cells` stand in the order of its table's columns, and may end before them; `script` is set by readers of
    whole texts.
    """

    file: Path
    number: int
    cells: Sequence[str]
    sheet: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its `title` as the file writes it, its place (0 is the first), and its `key`.

    The key is the title, unless there is none or an earlier column has the same: then it names the column
    by its letter, as a spreadsheet does. It is what an operator is shown.
    """

    key: str
    title: str
    index: int


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as a reader found it: the rows under its header, and those that can't be read."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unreadable: tuple[Unreadable, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that doesn't fit its table: why, and its cells as far as they can be told apart."""

    problem: Problem
    cells: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a reader found in one file: tables, or texts (`letters`) that are one job each.

    `encoding` is that of a file that is nothing but text.
    """

    tables: tuple[Table, ...] = ()
    letters: tuple[Row, ...] = ()
    notices: tuple[Notice, ...] = ()
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field of one row (or with the row or the file, where `field` or `row` is empty).

    `field` is the template's name for it, `script` or `language`; `column` is what the file itself calls it.
    The same shape serves a refusal and a warning: which it is, is said by the list it stands in.
    """

    file: Path
    code: str
    what: Text
    remedy: Text
    row: int = 0
    sheet: str = ""
    field: str = ""
    column: str = ""

    @property
    def place(self) -> str:
        """What an operator looks for in the row: the column as the file calls it, or else the field."""
        return self.column or self.field

    def as_dict(self) -> dict[str, Any]:
        return {
            "file": shown(self.file),
            "sheet": self.sheet,
            "row": self.row,
            "field": self.place,
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
                {"field": warning.place, "code": warning.code, "message": str(warning.what)}
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
class ColumnUse:
    """How one column of a table was understood. `field` is a field's name, `script`, `language`, or empty: not used.

    `likely` is what it may be, where it isn't used and nobody has said so. `told`: a person chose `field`.
    """

    title: str
    field: str
    likely: str = ""
    told: bool = False


@dataclass(frozen=True, slots=True)
class SheetUse:
    """How a table's columns were understood: what a window shows to have a person correct it."""

    file: Path
    sheet: str
    columns: tuple[ColumnUse, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(column.title for column in self.columns)


@dataclass(frozen=True, slots=True)
class FileEncoding:
    """In which encoding a text file was read, by Python's name: one of `readers.encoding.ENCODINGS`, or UTF-32."""

    file: Path
    encoding: str


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that made no film, as it was: `values` by field name or, of unused columns, by title.

    `extra` are cells beyond the header's last; `misread`: it isn't certain which cell is which.
    """

    file: Path
    sheet: str
    number: int
    values: Mapping[str, str]
    problems: tuple[Problem, ...]
    extra: tuple[str, ...] = ()
    misread: bool = False


@dataclass(frozen=True, slots=True)
class Preflight:
    """The outcome of checking a set of files. `batches` names each batch id as the operator will read it.

    `refused` holds a row once for each thing that is wrong with it, `rows` once, with what it says.
    """

    order: Order
    accepted: tuple[Accepted, ...]
    refused: tuple[Problem, ...]
    notices: tuple[Notice, ...]
    batches: Mapping[str, str]
    sheets: tuple[SheetUse, ...] = ()
    rows: tuple[RefusedRow, ...] = field(default=(), repr=False)
    encodings: tuple[FileEncoding, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """What `check --json` prints."""
        return {
            "accepted": [accepted.as_dict() for accepted in self.accepted],
            "refused": [problem.as_dict() for problem in self.refused],
            "notices": [notice.as_dict() for notice in self.notices],
        }
