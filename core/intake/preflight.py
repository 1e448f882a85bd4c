"""From the operator's files to jobs: good rows become jobs, everything else is explained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import UsageError
from core.intake import letter
from core.intake.columns import listed, map_columns, notices
from core.intake.fields import Vocabulary
from core.intake.filenames import FilmNames
from core.intake.model import Accepted, Notice, Order, Preflight, Problem, Row, Table, shown
from core.intake.readers import reader_for
from core.intake.rows import Checked, check
from core.intake.sources import gather
from core.jobs.model import Job, new_id
from core.text import Text


def preflight(files: Sequence[Path], order: Order, *, taken: Callable[[Path], bool]) -> Preflight:
    """Checks all the files, and makes a job of every row that can be rendered.

    `taken` says whether a film of that path exists already. Nothing in a file raises: what is wrong with it
    is in `refused`, once for each thing that is wrong, so a row may be there more than once.
    """
    run = _Run(order, taken)
    for found in gather(files):
        match found:
            case Problem():
                run.refused.append(found)
            case Notice():
                run.notices.append(found)
            case Path():
                run.read(found)
    return Preflight(order, tuple(run.accepted), tuple(run.refused), tuple(run.notices), run.batches)


@dataclass(slots=True)
class _Batch:
    """Takes its id and its folder with its first job, so that a refused file leaves no trace."""

    wish: str
    id: str = ""
    folder: str = ""
    films: int = 0


class _Run:
    def __init__(self, order: Order, taken: Callable[[Path], bool]) -> None:
        self._order = order
        self._vocabulary = Vocabulary(order.template)
        self._names = FilmNames(order.out, taken)
        self._letters: dict[Path, _Batch] = {}
        self.accepted: list[Accepted] = []
        self.refused: list[Problem] = []
        self.notices: list[Notice] = []
        self.batches: dict[str, str] = {}

    def read(self, file: Path) -> None:
        reader = reader_for(file)
        assert reader is not None, "gather lets only these through"
        try:
            contents = reader(file)
        except UsageError as error:
            self.refused.append(Problem(file, error.code, error.what, error.remedy))
            return
        self.notices.extend(contents.notices)
        batch = _Batch(file.stem)
        for table in contents.tables:
            self._table(file, table, batch)
        for row in contents.letters:
            self._letter(row)

    def _table(self, file: Path, table: Table, batch: _Batch) -> None:
        columns = map_columns(table.columns, self._vocabulary)
        if self._order.template.name_field not in columns.keys:
            self.refused.append(self._no_name_column(file, table))
            return
        self.notices.extend(Notice(file, text) for text in notices(columns, self._vocabulary))
        titles, refused = columns.titles, list(table.unreadable)
        for row in table.rows:
            checked = check(row, columns.values(row.cells), self._vocabulary, titles)
            refused += checked.refusals
            self._accept(checked, batch, row.number)
        self.refused += sorted(refused, key=lambda problem: problem.row)

    def _letter(self, row: Row) -> None:
        """A text file. It is numbered in its folder's batch, since its row is always 1."""
        values = letter.split(row.script, self._vocabulary)
        if problem := letter.problem(row, values, self._vocabulary):
            self.refused.append(problem)
            return
        name_field = self._order.template.name_field
        if not values.get(name_field, "").strip():
            values[name_field] = letter.name_in(row.file)
        folder = row.file.absolute().parent
        batch = self._letters.setdefault(folder, _Batch(folder.name))
        checked = check(row, values, self._vocabulary, {})
        self.refused += checked.refusals
        self._accept(checked, batch, batch.films + 1)

    def _accept(self, checked: Checked, batch: _Batch, number: int) -> None:
        if checked.refusals:
            return
        if not batch.id:
            batch.id, batch.folder = new_id(), self._names.batch(batch.wish)
            self.batches[batch.id] = batch.folder
        batch.films += 1
        order, row = self._order, checked.row
        name = checked.fields[order.template.name_field]
        job = Job(
            id=new_id(),
            batch=batch.id,
            row=row.number,
            source=shown(row.file),
            sheet=row.sheet,
            name=name,
            language=checked.language,
            template=order.template.reference,
            template_hash=order.template.content_hash,
            output=str(self._names.film(batch.folder, number, name)),
            fields=checked.fields,
            script=checked.script,
            preset=order.preset,
            strategy=order.strategy,
        )
        self.accepted.append(Accepted(row.file, job, tuple(checked.warnings)))

    def _no_name_column(self, file: Path, table: Table) -> Problem:
        values = {"columns": listed(table.columns), "field": self._order.template.name_field}
        what = Text("No column holds the child's name. The columns found: {columns}.", values)
        remedy = Text("Call the column with the names “{field}”, in the first row of the table.", values)
        return Problem(file, "name_column_missing", what, remedy, sheet=table.sheet)
