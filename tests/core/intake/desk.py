"""An operator's desk for tests: files are put on it, and checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from core.intake.model import Order, Preflight, Problem
from core.intake.preflight import preflight
from core.template.model import Template


@dataclass
class Desk:
    folder: Path
    template: Template
    taken: Callable[[Path], bool] = field(default=Path.exists)

    @property
    def out(self) -> Path:
        return self.folder / "films"

    def put(self, name: str, content: str | bytes) -> Path:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def check(self, *files: Path) -> Preflight:
        return preflight(files, Order(self.template, self.out), taken=self.taken)

    def table(self, content: str | bytes, name: str = "lote.csv") -> Preflight:
        return self.check(self.put(name, content))

    def text(self, content: str | bytes, name: str = "Sofía.txt") -> Preflight:
        return self.check(self.put(name, content))


def names(checked: Preflight) -> list[str]:
    return [accepted.job.name for accepted in checked.accepted]


def films(checked: Preflight) -> list[str]:
    return [Path(accepted.job.output).name for accepted in checked.accepted]


def codes(checked: Preflight) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.field, problem.code) for problem in checked.refused]


def notices(checked: Preflight) -> list[str]:
    return [str(notice.what) for notice in checked.notices]


def only(problems: tuple[Problem, ...]) -> Problem:
    (problem,) = problems
    return problem
