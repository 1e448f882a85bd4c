"""A newcomer's first film needs a name only, and the name goes the same way as one from a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import UsageError
from core.studio import Studio
from tests.gui.workshop import StandInRenderer, make_studio


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    with make_studio(tmp_path, StandInRenderer()) as studio:
        yield studio


@pytest.mark.parametrize("language", ["es", "en"])
def test_one_job_with_that_name(studio: Studio, language: str) -> None:
    job = studio.make_first("Zoë", language)
    [record] = studio.jobs()
    assert record.job.id == job.id
    assert (job.name, job.language, job.preset, dict(job.fields)) == ("Zoë", language, "quick", {"nombre": "Zoë"})
    assert Path(job.output).is_relative_to(studio.settings.output_dir)
    [batch] = studio.batches()
    assert batch.name == {"es": "Primer video", "en": "First film"}[language]


@pytest.mark.parametrize("name", ['D"Angelo, Luz', "Ana\tMaría", "Ñandú; Inés", "O'Brien", "张伟"])
def test_a_name_is_taken_as_it_is_typed(studio: Studio, name: str) -> None:
    job = studio.make_first(name, "es")
    assert job.fields["nombre"].split() == name.split()
    assert Path(job.output).parent.parent == studio.settings.output_dir.absolute()


@pytest.mark.parametrize("name", ["  ", "{nombre}"])
def test_what_is_no_name_is_told(studio: Studio, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        studio.make_first(name, "es")
    assert str(caught.value.what)
    assert str(caught.value.remedy)
    assert studio.jobs() == []


def test_a_folder_that_can_not_be_written_is_told(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError):
        studio.make_first("Ana", "es", tmp_path / "file" / "films")
    assert studio.jobs() == []


def test_the_sheet_with_the_name_is_gone(studio: Studio) -> None:
    studio.make_first("Ana", "es")
    assert list(studio.folder.work.iterdir()) == []


def test_again_it_is_another_film(studio: Studio) -> None:
    first, second = studio.make_first("Ana", "es"), studio.make_first("Ana", "es")
    assert first.output != second.output
