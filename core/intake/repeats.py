"""The same child, or the very same row, once more: in these files, or in what was queued lately."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from core.intake.fields import folded
from core.jobs.model import Job
from core.template.model import Template

_NAMESAKES_KEPT = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a child or a row was met before. `queued`: in an earlier submission, not in these files."""

    file: str
    sheet: str
    row: int
    queued: bool

    @property
    def place(self) -> str:
        name = PurePosixPath(self.file.replace("\\", "/")).name
        return f"{name} › {self.sheet}" if self.sheet else name


class Repeats:
    """Asks `earlier` for the jobs of the last batches once, when the first row is to be compared."""

    def __init__(self, template: Template, earlier: Callable[[], Iterable[Job]]) -> None:
        self._template = template
        self._earlier = earlier
        self._apart = tuple(name for name in template.same_child if name != template.name_field)
        self._rows: dict[Hashable, Seen] | None = None
        self._children: dict[str, list[tuple[tuple[str, ...], Seen]]] = {}

    def meet(self, job: Job) -> tuple[Seen | None, Seen | None]:
        """An earlier job that says the very same; the first row of what may be the same child. Remembers this one.

        It may be the same child where the name is, and no other of the template's `same_child` fields speaks
        against it.
        """
        queued = self._queued()
        twin = queued.get(_content(job)) if queued else None
        own = self._details(job.fields)
        namesakes = self._children.setdefault(folded(job.name), [])
        child = next((seen for details, seen in namesakes if _agree(own, details)), None)
        if len(namesakes) < _NAMESAKES_KEPT:
            namesakes.append((own, _seen(job, queued=False)))
        return twin, child

    def _queued(self) -> dict[Hashable, Seen]:
        if self._rows is None:
            self._rows = {}
            for job in self._earlier():
                seen = _seen(job, queued=True)
                self._rows.setdefault(_content(job), seen)
                namesakes = self._children.setdefault(folded(job.name), [])
                if len(namesakes) < _NAMESAKES_KEPT:
                    namesakes.append((self._details(job.fields), seen))
        return self._rows

    def _details(self, fields: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(folded(fields.get(name, "")) for name in self._apart)


def _agree(details: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return all(one == other or not one or not other for one, other in zip(details, others, strict=True))


def _seen(job: Job, *, queued: bool) -> Seen:
    return Seen(job.source, job.sheet, job.row, queued)


def _content(job: Job) -> Hashable:
    return job.template, job.language, job.script, frozenset(job.fields.items())


def nothing_earlier() -> Iterator[Job]:
    return iter(())
