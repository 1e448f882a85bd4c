"""A job's words changed by hand go through the same checks as a sheet's."""

from __future__ import annotations

import pytest

from core.intake.editing import Wording, edit
from core.jobs.model import Job
from core.template.model import Template
from tests.stand_ins import make_jobs

TITLES = {"nombre": "Name", "queHizo": "Deed", "script": "Whole script", "language": "Language"}


@pytest.fixture
def job(tiny_template: Template) -> Job:
    [job] = make_jobs(1, template_hash=tiny_template.content_hash)[1]
    return job.edited(name="Sofia", output="/films/lote/0002-Sofia.mp4", fields={"nombre": "Sofia"})


def test_what_is_kept_and_what_follows_from_the_name(job: Job, tiny_template: Template) -> None:
    words = Wording({"nombre": "  Sofía ", "queHizo": "leyó\tmucho"}, "", "en")
    edited = edit(job, words, tiny_template, TITLES)
    assert edited.job is not None
    assert (edited.job.id, edited.job.row, edited.job.batch) == (job.id, job.row, job.batch)
    assert edited.job.name == "Sofía"
    assert edited.job.fields == {"nombre": "Sofía", "queHizo": "leyó mucho"}
    assert (edited.job.language, edited.job.output) == ("en", "/films/lote/0002-Sofía.mp4")
    assert edited.refused == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("C:\\films\\lote\\0002-Sofia.mp4", "C:\\films\\lote\\0002-Zoe-Ann.mp4"),
        ("/films/lote/carta.mp4", "/films/lote/Zoe-Ann.mp4"),
    ],
)
def test_a_new_name_is_fit_for_a_file_of_the_senders_system(
    job: Job, tiny_template: Template, before: str, after: str
) -> None:
    edited = edit(job.edited(output=before), Wording({"nombre": "Zoe/Ann"}, "", "es"), tiny_template, TITLES)
    assert edited.job is not None
    assert edited.job.output == after


def test_the_same_words_leave_the_film_where_it_is(job: Job, tiny_template: Template) -> None:
    edited = edit(job, Wording.of(job), tiny_template, TITLES)
    assert edited.job == job


def test_what_a_sheet_may_not_say_is_refused_here_too(job: Job, tiny_template: Template) -> None:
    edited = edit(job, Wording({"nombre": " ", "queHizo": "x" * 2001}, "y" * 20_000, "xx"), tiny_template, TITLES)
    assert edited.job is None
    said = {(problem.field, problem.code, problem.what.values.get("column")) for problem in edited.refused}
    assert {
        ("nombre", "field_missing", "Name"),
        ("queHizo", "too_long", "Deed"),
        ("script", "too_long", "Whole script"),
        ("language", "language_unknown", "Language"),
    } <= said
    assert all(problem.row == job.row for problem in edited.refused)


def test_what_was_taken_out_is_told(job: Job, tiny_template: Template) -> None:
    edited = edit(job, Wording({"nombre": "So\u202efia"}, "", "es"), tiny_template, TITLES)
    assert edited.job is not None
    assert edited.job.name == "Sofia"
    assert [problem.code for problem in edited.warned] == ["characters_removed"]


def test_a_newer_template_becomes_the_jobs_own(job: Job, tiny_template: Template) -> None:
    edited = edit(job.edited(template_hash="old"), Wording.of(job), tiny_template, TITLES)
    assert edited.job is not None
    assert edited.job.template_hash == tiny_template.content_hash
