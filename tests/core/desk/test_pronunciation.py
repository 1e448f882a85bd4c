"""Names of a batch: which there are, how they are said, what a job takes along."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core.desk.pronunciation import Pronunciation
from core.errors import EnvironmentFault
from core.jobs.model import Batch, Job
from core.jobs.store import JobStore
from core.template.doubts import Doubt
from core.template.lexicon import Lexicon
from tests.stand_ins import HummingVoice, make_jobs, raises_code

SAID = {"nombre": "", "queHizo": "ayudaste a Iñaki"}


@pytest.fixture
def store() -> Iterator[JobStore]:
    with closing(JobStore.in_memory()) as store:
        yield store


@pytest.fixture
def names(store: JobStore, tmp_path: Path) -> Pronunciation:
    return Pronunciation(store, Lexicon(tmp_path / "names.toml"), HummingVoice(), tmp_path)


def called(*wanted: str) -> tuple[Batch, list[Job]]:
    """A job for each `name/language`."""
    batch, jobs = make_jobs(len(wanted))
    pairs = [one.split("/") for one in wanted]
    return batch, [
        replace(job, name=name, language=language, fields={**SAID, "nombre": name})
        for job, (name, language) in zip(jobs, pairs, strict=True)
    ]


def respelled(store: JobStore, jobs: list[Job]) -> list[dict[str, str]]:
    return [dict(record.job.respelled) for record in store.records([job.id for job in jobs])]


def test_each_name_once_the_doubtful_first(names: Pronunciation, store: JobStore) -> None:
    batch, jobs = called("Ana/es", "Zoë/es", "ANA/es", "Thiago/es", "Ana/en", "Leo/es")
    store.submit(batch, jobs)
    names.write_down("Leo", "Lio", "es")
    listed = names.of_batch(batch.id)
    assert [(one.name, one.language) for one in listed] == [
        ("Zoë", "es"), ("Thiago", "es"), ("Leo", "es"), ("Ana", "es"), ("Ana", "en"),
    ]  # fmt: skip
    assert (listed[0].doubt, listed[0].letters) == (Doubt.LETTER, "ë")
    assert (listed[2].said, listed[2].spelling) == ("Lio", "Lio")
    assert listed[3].jobs == (jobs[0].id, jobs[2].id)


def test_a_part_of_a_name_is_respelled_too(names: Pronunciation) -> None:
    names.write_down("Zoë", "Soi", "es")
    [both] = names.names(called("Zoë Ana/es")[1])
    assert (both.said, both.spelling, both.is_respelled) == ("Soi Ana", "", True)


def test_a_job_takes_along_what_concerns_it_and_nothing_else(names: Pronunciation) -> None:
    names.write_down("Zoë", "Soi", "es")
    names.write_down("Iñaki", "Iñaqui", "es")
    names.write_down("Leo", "Lio", "es")
    names.write_down("Zoë", "Zoi", "en")
    _, [zoe, english, nobody] = called("ZOË/es", "Zoë/en", "Ana/pt")
    assert names.applied(zoe).respelled == {"Zoë": "Soi", "Iñaki": "Iñaqui"}
    assert names.applied(english).respelled == {"Zoë": "Zoi"}
    assert names.applied(nobody) is nobody
    names.forget("zoë")
    assert names.applied(names.applied(zoe)).respelled == {"Iñaki": "Iñaqui"}


def test_said_otherwise_also_in_films_that_wait(names: Pronunciation, store: JobStore) -> None:
    batch, jobs = called("Zoë/es", "Ana/es", "Zoë/es")
    store.submit(batch, jobs)
    claim = store.claim("m/1", lease_s=30)
    assert claim is not None
    [zoe, _] = names.of_batch(batch.id)
    now = names.say(zoe, "Soi")
    assert now.is_respelled
    assert respelled(store, jobs) == [{}, {}, {"Zoë": "Soi"}], "what is being made stays as it is"
    again = names.say(now, "Zoë")
    assert (again.is_respelled, names.written_down()) == (False, {})
    assert respelled(store, jobs) == [{}, {}, {}]


def test_heard_with_the_voice_that_costs_nothing(store: JobStore, tmp_path: Path) -> None:
    voice = HummingVoice()
    names = Pronunciation(store, Lexicon(tmp_path / "names.toml"), voice, tmp_path)
    first = names.hear("Soi", "es")
    second = names.hear("Zoi", "es")
    assert voice.spoken == ["Soi", "Zoi"]
    assert not first.exists()
    assert second.read_bytes()[:4] == b"RIFF"
    names.forget_sounds()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("voice", [None, HummingVoice(usable=False)])
def test_where_there_is_no_such_voice_it_says_so(store: JobStore, tmp_path: Path, voice: HummingVoice | None) -> None:
    names = Pronunciation(store, Lexicon(tmp_path / "names.toml"), voice, tmp_path)
    with raises_code(EnvironmentFault, "no_offline_voice"):
        names.hear("Zoë", "es")
