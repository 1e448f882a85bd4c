"""From the operator's files to jobs: good rows become jobs, everything else is explained."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from core.errors import UsageError
from core.intake import letter
from core.intake.accepting import Acceptance, Batch
from core.intake.archive import Budget, members
from core.intake.cards import CardLetters
from core.intake.columns import ColumnMap, listed, map_columns, notices, uses
from core.intake.fields import Vocabulary
from core.intake.kinds import Archive, recognise
from core.intake.limits import MAX_ARCHIVES_DEEP
from core.intake.model import (
    ColumnUse,
    Contents,
    FileEncoding,
    Hints,
    Notice,
    Order,
    Preflight,
    Problem,
    RefusedRow,
    Row,
    SheetUse,
    Source,
    Table,
    Unreadable,
)
from core.intake.readers.encoding import ENCODINGS
from core.intake.repeats import nothing_earlier
from core.intake.rows import Checked, RowCheck
from core.intake.sources import gather, refusal
from core.intake.words import WordList
from core.jobs.model import Job
from core.text import Text

Recall = Callable[[Sequence[str]], Mapping[str, str]]


def nothing_recalled(titles: Sequence[str]) -> Mapping[str, str]:
    del titles
    return {}


def preflight(
    files: Sequence[Path],
    order: Order,
    *,
    taken: Callable[[Path], bool],
    earlier: Callable[[], Iterable[Job]] = nothing_earlier,
    recall: Recall = nothing_recalled,
    words: Mapping[str, WordList] | None = None,
) -> Preflight:
    """Checks all the files, and makes a job of every row that can be rendered.

    `taken` says whether a film of that path exists already, `earlier` gives the jobs of the last batches, `recall`
    the fields that a person once gave to a sheet's titles (see `ColumnMemory`), `words` what Santa doesn't say, by
    language. Nothing in a file raises: what is wrong with it is in `refused`, once for each thing that is wrong, so
    a row may be there more than once. Raises `UsageError` for an order whose films can't be named, or that names an
    encoding there isn't.
    """
    for encoding in order.encodings.values():
        if encoding not in ENCODINGS:
            raise UsageError(
                "encoding_unknown",
                "There is no encoding {encoding} here.",
                "Choose one of these: {choices}.",
                encoding=encoding,
                choices=", ".join(ENCODINGS),
            )
    run = _Run(order, Acceptance(order, taken, earlier), recall, words or {})
    for found in gather(files):
        run.take(found, Budget())
    return run.outcome()


class _Run:
    def __init__(self, order: Order, acceptance: Acceptance, recall: Recall, words: Mapping[str, WordList]) -> None:
        self._order = order
        self._vocabulary = Vocabulary(order.template)
        self._hints = Hints(order.template.default_language, self._vocabulary.is_title, self._vocabulary.is_script)
        self._rows = RowCheck(self._vocabulary, words)
        self._cards = CardLetters(order.template)
        self._recall = recall
        self._acceptance = acceptance
        self._letters: dict[Path, Batch] = {}
        self._refused: list[Problem] = []
        self._refused_rows: list[RefusedRow] = []
        self._notices: list[Notice] = []
        self._sheets: list[SheetUse] = []
        self._encodings: list[FileEncoding] = []

    def outcome(self) -> Preflight:
        return Preflight(
            self._order,
            tuple(self._acceptance.accepted),
            tuple(self._refused),
            tuple(self._notices),
            self._acceptance.batches,
            tuple(self._sheets),
            tuple(self._refused_rows),
            tuple(self._encodings),
        )

    def take(self, found: Source | Problem | Notice, budget: Budget, deep: int = 0) -> None:
        match found:
            case Problem():
                self._refused.append(found)
            case Notice():
                self._notices.append(found)
            case Source():
                try:
                    self._read(found, budget, deep)
                except UsageError as error:
                    self._refused.append(refusal(found.path, error))

    def _read(self, source: Source, budget: Budget, deep: int) -> None:
        data = source.data()
        reader = recognise(source.path, data)
        if isinstance(reader, Archive):
            if deep >= MAX_ARCHIVES_DEEP:
                raise UsageError(
                    "archive_too_deep",
                    "This archive lies in an archive in an archive; it was not opened.",
                    "Unpack it and drop what is in it.",
                )
            for inner in members(source.path, data, budget):
                self.take(inner, budget, deep + 1)
            return
        told = self._order.encodings.get(source.path, "")
        try:
            contents = reader(Source(source.path, partial(bytes, data), told), self._hints)
        except UsageError:
            if told:  # another may be chosen
                self._encodings.append(FileEncoding(source.path, told))
            raise
        del data  # as large as the file, and not needed while its rows become jobs
        self._contents(source.path, contents)

    def _contents(self, file: Path, contents: Contents) -> None:
        self._notices.extend(contents.notices)
        if contents.encoding:
            self._encodings.append(FileEncoding(file, contents.encoding))
        batch = Batch(file.stem)
        for table in contents.tables:
            self._table(file, table, batch, alone=len(contents.tables) == 1)
        for row in contents.letters:
            self._letter(row)

    def _table(self, file: Path, table: Table, batch: Batch, *, alone: bool) -> None:
        titles = tuple(column.title for column in table.columns)
        columns = map_columns(table.columns, self._vocabulary, self._recall(titles))
        used = uses(columns, self._vocabulary)
        self._sheets.append(SheetUse(file, table.sheet, used))
        if self._order.template.name_field not in columns.columns:
            self._no_names(file, table, columns, used, alone=alone)
            return
        self._notices.extend(Notice(file, text) for text in notices(columns, used))
        called, refused = columns.titles, [self._unreadable(one, columns, table) for one in table.unreadable]
        for row in table.rows:
            if columns.only_counted(row.cells):
                continue
            checked = self._rows.check(row, columns.values(row.cells), called)
            if checked.refusals:
                values = columns.everything(row.cells)
                refused.append(RefusedRow(file, table.sheet, row.number, values, tuple(checked.refusals)))
            else:
                self._accept(checked, batch, row.number)
        refused.sort(key=lambda one: one.number)
        self._refused += [problem for one in refused for problem in one.problems]
        self._refused_rows += refused

    def _unreadable(self, found: Unreadable, columns: ColumnMap, table: Table) -> RefusedRow:
        width = max((column.index for column in table.columns), default=-1) + 1
        values = columns.everything(found.cells[:width])
        extra = tuple(found.cells[width:])
        return RefusedRow(
            found.problem.file, table.sheet, found.problem.row, values, (found.problem,), extra, misread=True
        )

    def _letter(self, row: Row) -> None:
        """A text file. It is numbered in its folder's batch, since its row is always 1."""
        values = letter.split(row.script, self._vocabulary)
        if problem := letter.problem(row, values, self._vocabulary):
            self._refused.append(problem)
            return
        name_field = self._order.template.name_field
        if not values.get(name_field, "").strip():
            values[name_field] = letter.name_in(row.file)
        folder = row.file.absolute().parent
        batch = self._letters.setdefault(folder, Batch(folder.name.removesuffix(".zip")))
        checked = self._rows.check(row, values, {})
        if not checked.script:
            checked.refusals.append(letter.text_missing(row))
        if checked.refusals:
            self._refused += checked.refusals
            said = {target if isinstance(target, str) else target.value: text for target, text in values.items()}
            self._refused_rows.append(RefusedRow(row.file, "", row.number, said, tuple(checked.refusals)))
        else:
            self._accept(checked, batch, batch.films + 1)

    def _accept(self, checked: Checked, batch: Batch, number: int) -> None:
        checked.warnings.extend(self._cards.look_at(checked))
        self._acceptance.accept(checked, batch, number)

    def _no_names(
        self, file: Path, table: Table, columns: ColumnMap, used: Sequence[ColumnUse], *, alone: bool
    ) -> None:
        """Of several sheets, one in which nothing is known is a list of something else."""
        if not alone and not columns.columns:
            text = Text("The sheet {sheet} is not read: none of its columns is known.", {"sheet": table.sheet})
            self._notices.append(Notice(file, text))
            return
        if any(one.likely for one in used):
            self._notices.extend(Notice(file, text) for text in notices(columns, used))
        values = {"columns": listed(table.columns), "field": self._order.template.name_field}
        what = Text("No column holds the child's name. The columns found: {columns}.", values)
        remedy = Text("Call the column with the names “{field}”, in the first row of the table.", values)
        self._refused.append(Problem(file, "name_column_missing", what, remedy, sheet=table.sheet))
