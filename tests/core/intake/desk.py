"""An operator's desk for tests: files are put on it, and checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from core.intake.model import Order, Preflight, Problem
from core.intake.preflight import nothing_recalled, preflight
from core.intake.words import WordList
from core.jobs.model import Job
from core.template.model import Template


@dataclass
class Desk:
    folder: Path
    template: Template
    taken: Callable[[Path], bool] = field(default=Path.exists)
    earlier: list[Job] = field(default_factory=list)
    recall: Callable[[Sequence[str]], Mapping[str, str]] = nothing_recalled
    words: Mapping[str, WordList] = field(default_factory=dict)
    film_names: str = "{batch}/{row:04}-{name}"

    @property
    def out(self) -> Path:
        return self.folder / "films"

    def put(self, name: str, content: str | bytes) -> Path:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def check(self, *files: Path) -> Preflight:
        return preflight(
            files,
            Order(self.template, self.out, film_names=self.film_names),
            taken=self.taken,
            earlier=lambda: self.earlier,
            recall=self.recall,
            words=self.words,
        )

    def table(self, content: str | bytes, name: str = "lote.csv") -> Preflight:
        return self.check(self.put(name, content))

    def text(self, content: str | bytes, name: str = "Sofía.txt") -> Preflight:
        return self.check(self.put(name, content))


def names(checked: Preflight) -> list[str]:
    return [accepted.job.name for accepted in checked.accepted]


def films(checked: Preflight) -> list[str]:
    return [Path(accepted.job.output).name for accepted in checked.accepted]


def codes(checked: Preflight) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.place, problem.code) for problem in checked.refused]


def warned(checked: Preflight) -> list[tuple[int, str, str]]:
    return [(one.row, one.place, one.code) for accepted in checked.accepted for one in accepted.warnings]


def notices(checked: Preflight) -> list[str]:
    return [str(notice.what) for notice in checked.notices]


def only(problems: tuple[Problem, ...]) -> Problem:
    (problem,) = problems
    return problem
