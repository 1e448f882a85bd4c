"""What a batch will cost is known before it begins, to the character; a person lets lost calls be made again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core.desk.money import Money
from core.jobs.ledger import Account, Amount, Budget
from core.jobs.model import Batch, Failure, Job, State
from core.jobs.store import JobStore
from core.progress import unwatched
from core.render.audio_cache import AudioCache
from core.render.interfaces import NOBODY
from core.render.speech import SpeechStage
from core.template.library import TemplateLibrary
from core.template.script import spoken_sections
from core.text import Text
from tests.stand_ins import HummingVoice

NAMES = ("Ana", "Beto", "Ana", "Carla", "Dana", "Beto", "Eva", "Fede", "Gala", "Hugo")


@pytest.fixture
def store() -> Iterator[JobStore]:
    with closing(JobStore.in_memory()) as made:
        yield made


@pytest.fixture
def templates() -> TemplateLibrary:
    return TemplateLibrary()


@pytest.fixture
def jobs(templates: TemplateLibrary, tmp_path: Path) -> list[Job]:
    """Rows of the default template, in which some children have the same name."""
    template = templates.find("noche-magica")
    return [
        Job(
            id=f"job{number}",
            batch="batch1",
            row=number + 2,
            source="lote.csv",
            name=name,
            language="es",
            template=template.reference,
            template_hash=template.content_hash,
            output=str(tmp_path / f"{number}.mp4"),
            fields={
                "nombre": name,
                "parentesco": "abuela" if number % 2 else "mamá",
                "queHizo": f"hiciste {number} cosas buenas",
                "pedidoNocheMagica": f"{number} libros",
                "provincia": "Salta",
            },
        )
        for number, name in enumerate(NAMES)
    ]


def money(store: JobStore, templates: TemplateLibrary, folder: Path, *voices: HummingVoice) -> Money:
    return Money(store, templates, SpeechStage(voices, AudioCache(folder / "speech")))


def test_the_estimate_is_the_bill(store: JobStore, templates: TemplateLibrary, jobs: list[Job], tmp_path: Path) -> None:
    voice = HummingVoice(lambda text: 0.03)
    told = money(store, templates, tmp_path, voice).estimate(jobs)
    stage = SpeechStage([voice], AudioCache(tmp_path / "speech"))
    for job in jobs:
        template = templates.by_hash(job.template_hash, job.template)
        assert template is not None
        for section in spoken_sections(template, job.language, job.fields):
            stage.speak(section, job.language, NOBODY, unwatched)
    assert told.speech.characters == sum(map(len, voice.spoken))
    assert (told.films, told.voice) == (10, "humming")
    assert told.speech.characters < 0.45 * told.one_by_one.characters
    after = money(store, templates, tmp_path, voice).estimate(jobs)
    assert after.speech.characters == 0
    assert after.one_by_one == told.one_by_one


def test_another_take_costs_what_is_personal(
    store: JobStore, templates: TemplateLibrary, jobs: list[Job], tmp_path: Path
) -> None:
    voice = HummingVoice(lambda text: 0.03)
    one, two = jobs[0], replace(jobs[0], take=1)
    alone = money(store, templates, tmp_path, voice).estimate([one]).speech.characters
    both = money(store, templates, tmp_path, voice).estimate([one, two]).speech.characters
    assert alone < both < 2 * alone


def test_without_a_voice_nothing_can_be_told(
    store: JobStore, templates: TemplateLibrary, jobs: list[Job], tmp_path: Path
) -> None:
    told = money(store, templates, tmp_path).estimate(jobs)
    assert (told.voice, told.usd, told.films) == ("", 0.0, 10)


def test_a_template_that_is_not_here_costs_nothing_here(
    store: JobStore, templates: TemplateLibrary, jobs: list[Job], tmp_path: Path
) -> None:
    elsewhere = replace(jobs[0], template="elsewhere", template_hash="0" * 64)
    assert money(store, templates, tmp_path, HummingVoice()).estimate([elsewhere]).speech.characters == 0


def test_a_persons_word_lets_it_be_paid_again(
    store: JobStore, templates: TemplateLibrary, jobs: list[Job], tmp_path: Path
) -> None:
    store.submit(Batch("batch1", "lote", 3, 0.0), jobs[:3])
    store.begin_call("c1", "heygen", Amount(usd=0.5), Account("job0", "batch1"), Budget())
    store.call_lost("c1")
    for waits_for in ("person:call:c1", "person:call:c1", "disk:/films"):
        claim = store.claim("m/1", lease_s=20)
        assert claim is not None
        store.park(claim, Failure("AnswerLost", "provider_answer_lost", Text("Lost."), Text(""), waits_for=waits_for))
    assert money(store, templates, tmp_path).pay_again(["job0", "job2"]) == 2  # both wait for the same call
    assert store.counts()[State.READY] == 2
    assert store.parked_for() == {"disk:/films": 1}
    assert store.call("c1") is None
    assert money(store, templates, tmp_path).spent_on_batch("batch1").usd == 0.5
    assert money(store, templates, tmp_path).pay_again(["job2", "nobody"]) == 0
