"""What failed, written down for a spreadsheet, for a program, or to be dropped again."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from core.desk.failures import COLUMNS, export, rows_as_csv
from core.errors import UsageError
from core.intake.model import Order
from core.intake.preflight import preflight
from core.jobs.model import Attempt, Failure, Job, JobRecord, State
from core.template.model import Template
from core.text import Text
from tests.stand_ins import make_jobs, raises_code

FAILURE = Failure("JobFault", "bad", Text("It {how}.", {"how": "broke"}), Text("Mend it."), "speech", "=tail of stderr")


def failed(**changes: Any) -> JobRecord:
    [job] = make_jobs(1)[1]
    return JobRecord(job.edited(**changes), State.FAILED, 3, failure=FAILURE, ended_s=1_700_000_000.0)


def history(_: str) -> list[Attempt]:
    return [Attempt(1, "m/1", 1_699_999_990.0, 1_700_000_000.0, "fail", FAILURE)]


def test_a_report_for_a_spreadsheet(tmp_path: Path) -> None:
    file = tmp_path / "fallidos.csv"
    export([failed(name="=Iñaki")], history, file, rows=False)
    assert file.read_bytes().startswith("\ufeff".encode())
    [line] = csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())
    assert tuple(line) == COLUMNS
    assert (line["name"], line["message"], line["remedy"]) == ("'=Iñaki", "It broke.", "Mend it.")
    assert (line["machine"], line["failed_at"]) == ("m/1", "2023-11-14T22:13:20+00:00")


def test_a_report_with_everything(tmp_path: Path) -> None:
    file = tmp_path / "fallidos.json"
    export([failed()], history, file, rows=False)
    [job] = json.loads(file.read_text(encoding="utf-8"))["jobs"]
    assert job["detail"] == "=tail of stderr"
    assert [attempt["how"] for attempt in job["history"]] == ["fail"]


SAYS = "Dijo: \"hola\";\ny después, =nada, 'chau'."


@pytest.mark.parametrize("fields", [{"nombre": 'Zoë, «la» "grande"', "queHizo": "=1+1"}, {"nombre": "-Ana"}])
def test_the_rows_come_back_as_they_were(tmp_path: Path, tiny_template: Template, fields: dict[str, str]) -> None:
    jobs = [failed(fields=fields, script=script, language="en").job for script in ("", SAYS)]
    (tmp_path / "otra-vez.csv").write_text(rows_as_csv(jobs), encoding="utf-8-sig", newline="")
    checked = preflight([tmp_path / "otra-vez.csv"], Order(tiny_template, tmp_path), taken=lambda _: False)
    assert not checked.refused
    again = [row.job for row in checked.accepted]
    assert [(job.fields, job.script, job.language) for job in again] == [
        (job.fields, job.script, job.language) for job in jobs
    ]


def test_a_folder_that_cannot_be_written_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    with raises_code(UsageError, "export_unwritable"):
        export([failed()], history, tmp_path / "gone" / "fallidos.csv", rows=True)
    (tmp_path / "folder.csv").mkdir()
    with raises_code(UsageError, "export_unwritable"):
        export([failed()], history, tmp_path / "folder.csv", rows=True)
    assert [file.name for file in tmp_path.iterdir()] == ["folder.csv"]


def test_jobs_of_different_templates_share_a_sheet() -> None:
    [one, other] = [failed(fields={name: "x"}).job for name in ("nombre", "name")]
    assert rows_as_csv([one, other]).splitlines()[0] == "nombre,name,guion,idioma"
    assert isinstance(one, Job)
