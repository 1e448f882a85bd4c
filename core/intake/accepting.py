"""A checked row becomes a job: in a batch, with a film's name of its own, and told from those before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.intake.filenames import FilmNames
from core.intake.model import Accepted, Order, Problem, shown
from core.intake.patterns import FilmPattern
from core.intake.repeats import Repeats, Seen
from core.intake.rows import Checked
from core.jobs.model import Job, new_id


@dataclass(slots=True)
class Batch:
    """Takes its id and its folder with its first job, so that a refused file leaves no trace."""

    wish: str
    id: str = ""
    folder: str = ""
    films: int = 0


class Acceptance:
    """What has been accepted in one preflight. Raises `UsageError` for an order whose films can't be named."""

    def __init__(self, order: Order, taken: Callable[[Path], bool], earlier: Callable[[], Iterable[Job]]) -> None:
        self._order = order
        self._template = order.template.reference
        self._hash = order.template.content_hash
        self._pattern = FilmPattern(order.film_names, order.template.fields)
        self._names = FilmNames(order.out, taken)
        self._shown = lru_cache(maxsize=16)(shown)
        self._repeats = Repeats(order.template, earlier)
        self.accepted: list[Accepted] = []
        self.batches: dict[str, str] = {}

    def accept(self, checked: Checked, batch: Batch, number: int) -> None:
        """`number` is what the film is counted by."""
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
            source=self._shown(row.file),
            sheet=row.sheet,
            name=name,
            language=checked.language,
            template=self._template,
            template_hash=self._hash,
            output=self._film(checked, batch, number, name),
            fields=checked.fields,
            script=checked.script,
            preset=order.preset,
            strategy=order.strategy,
            captions=order.captions,
        )
        warnings = (*checked.warnings, *self._repeated(checked, job))
        self.accepted.append(Accepted(row.file, job, warnings))

    def _film(self, checked: Checked, batch: Batch, number: int, name: str) -> str:
        row = checked.row
        values: dict[str, str | int] = {
            **checked.fields,  # what is not in it counts as empty
            "batch": batch.folder,
            "row": number,
            "name": name,
            "language": checked.language,
            "file": row.file.stem if row.script else batch.wish,
            "sheet": row.sheet,
        }
        return str(self._names.film(self._pattern.fill(values)))

    def _repeated(self, checked: Checked, job: Job) -> Iterator[Problem]:
        twin, child = self._repeats.meet(job)
        if twin:
            yield _queued_already(checked, twin)
        elif child:
            yield _same_child(checked, child, self._order.template.name_field)


def _queued_already(checked: Checked, seen: Seen) -> Problem:
    return checked.problem(
        None,
        "queued_already",
        "This very row was queued before (row {row} of {file}): it would make the same film again.",
        "Take it out unless the film is wanted twice.",
        row=seen.row,
        file=seen.place,
    )


def _same_child(checked: Checked, seen: Seen, field: str) -> Problem:
    here = "The same child may be in these files twice: see row {row} of {file}."
    before = "A film for the same child may have been queued before (row {row} of {file})."
    return checked.problem(
        field,
        "same_child",
        before if seen.queued else here,
        "Check that it is another child, or take one of them out.",
        row=seen.row,
        file=seen.place,
    )
