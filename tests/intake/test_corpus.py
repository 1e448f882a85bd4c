"""Every file of the corpus gives what its sidecar says: accepted, refused, told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.intake.model import Accepted, Order, Problem
from core.intake.preflight import preflight
from core.template.model import Template

CORPUS = Path(__file__).parent / "corpus"
EXPECTED = Path(__file__).parent / "expected"
FILES = sorted(CORPUS.iterdir())


def expected(file: Path) -> dict[str, Any]:
    sidecar: dict[str, Any] = json.loads((EXPECTED / f"{file.name}.json").read_text(encoding="utf-8"))
    return sidecar


def told(accepted: Accepted, wanted: dict[str, Any]) -> dict[str, Any]:
    """What the sidecar speaks of; of every row, its warnings."""
    job = accepted.job
    everything = {
        "row": job.row,
        "name": job.name,
        "sheet": job.sheet,
        "language": job.language,
        "script": job.script,
        "fields": dict(job.fields),
        "warnings": [warning.code for warning in accepted.warnings],
    }
    return {key: everything[key] for key in everything if key in wanted or key == "warnings"}


def why(problem: Problem, wanted: dict[str, Any]) -> dict[str, Any]:
    everything = {"code": problem.code, "row": problem.row, "column": problem.place, "sheet": problem.sheet}
    return {key: everything[key] for key in wanted}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_of_the_corpus(file: Path, template: Template, tmp_path: Path) -> None:
    checked = preflight([file], Order(template, tmp_path), taken=lambda _: False)
    wanted = expected(file)
    assert [told(one, want) for one, want in zip(checked.accepted, wanted["accepted"], strict=False)] == [
        {"warnings": [], **want} for want in wanted["accepted"]
    ]
    assert [one.job.name for one in checked.accepted] == [want["name"] for want in wanted["accepted"]]
    assert [one.code for one in checked.refused] == [want["code"] for want in wanted["refused"]]
    assert [why(one, want) for one, want in zip(checked.refused, wanted["refused"], strict=True)] == wanted["refused"]
    said = [str(notice.what) for notice in checked.notices]
    assert len(said) == len(wanted["notices"]), said
    assert all(words in notice for words, notice in zip(wanted["notices"], said, strict=True)), said


def test_the_corpus_is_large_enough_and_whole() -> None:
    assert len(FILES) >= 40
    assert {file.name for file in EXPECTED.iterdir()} == {f"{file.name}.json" for file in FILES}


def test_all_of_it_at_once_spoils_nothing(template: Template, tmp_path: Path) -> None:
    """Whatever lies beside them, the good files of the corpus give all their rows."""
    checked = preflight([CORPUS], Order(template, tmp_path), taken=lambda _: False)
    alone = [row["name"] for file in FILES for row in expected(file)["accepted"]]
    assert sorted(one.job.name for one in checked.accepted) == sorted(alone)
    assert len({one.job.output.casefold() for one in checked.accepted}) == len(alone)
