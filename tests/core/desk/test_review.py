"""What a person decides of a film: voice again, other words, set aside; and what Santa says in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core.desk.delivery import Delivery
from core.desk.review import Review, Spoken
from core.errors import UsageError
from core.intake.editing import Wording
from core.jobs.model import Job, State
from core.jobs.store import JobStore
from core.template.library import TemplateLibrary
from core.template.model import Template
from tests.core.desk.test_delivery import finished, write_film
from tests.stand_ins import raises_code


@pytest.fixture
def store() -> Iterator[JobStore]:
    with closing(JobStore.in_memory()) as store:
        yield store


@pytest.fixture
def review(store: JobStore, tiny_template: Template, tmp_path: Path) -> Review:
    library = TemplateLibrary(tiny_template.folder.parent)
    return Review(store, library, Delivery(store, tmp_path / "notes", None))


def state(store: JobStore, job: Job) -> State:
    record = store.job(job.id)
    assert record is not None
    return record.state


def test_voice_again_is_another_take_each_time(store: JobStore, review: Review, tmp_path: Path) -> None:
    job, other = finished(store, tmp_path, 2)
    assert review.voice_again([job.id, job.id]) == 1
    assert review.voice_again([job.id]) == 0, "it is not in review while it is made"
    record = store.job(job.id)
    assert record is not None
    assert (record.state, record.job) == (State.READY, replace(job, take=1))
    assert Path(job.output).exists(), "the old film stays until the new one takes its name"
    assert state(store, other) is State.REVIEW


def test_another_name_lets_the_old_film_go(store: JobStore, review: Review, tmp_path: Path) -> None:
    [job] = finished(store, tmp_path)
    renamed = job.edited(name="Zoë", output=str(Path(job.output).with_name("0002-Zoë.mp4")))
    assert review.remake({job.id: renamed}) == 1
    assert not Path(job.output).exists()


def test_but_never_somebody_elses(store: JobStore, review: Review, tmp_path: Path) -> None:
    [job] = finished(store, tmp_path)
    write_film(Path(job.output), job.edited(id="another"))
    review.remake({job.id: job.edited(output=str(tmp_path / "new.mp4"))})
    assert Path(job.output).exists()


def test_set_aside_it_fails_with_a_remedy_and_can_be_edited_there(
    store: JobStore, review: Review, tmp_path: Path
) -> None:
    [job] = finished(store, tmp_path)
    assert review.reject([job.id]) == 1
    [record] = store.failed()
    assert record.failure is not None
    assert record.failure.code == "rejected_in_review"
    assert store.retry_failed([job.id], edited={job.id: job.edited(script="Hola.")}) == 1
    assert state(store, job) is State.READY


def test_what_santa_says(review: Review, tiny_template: Template, store: JobStore, tmp_path: Path) -> None:
    [job] = finished(store, tmp_path)
    job = job.edited(template_hash=tiny_template.content_hash, script="Hola, {nombre}.\nChau.")
    said = review.spoken(job)
    assert Spoken("message", "Hola, {nombre}. Chau.") in said
    edited = review.edit(job, Wording({"nombre": ""}, "", "es"), {})
    assert edited.job is None


def test_a_template_of_another_version_serves_and_none_at_all_is_told(
    review: Review, store: JobStore, tmp_path: Path, tiny_template: Template
) -> None:
    [job] = finished(store, tmp_path)
    assert review.template(job.edited(template_hash="older")) == tiny_template
    with raises_code(UsageError, "template_unknown"):
        review.template(job.edited(template="nowhere", template_hash="gone"))
