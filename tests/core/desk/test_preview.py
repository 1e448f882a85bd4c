"""What a film will say, and how long it will be, told before it is made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.desk.preview import CHARACTERS_A_SECOND, preview
from core.jobs.model import Job
from core.template.model import Template
from tests.conftest import FRAMES
from tests.stand_ins import make_jobs


@pytest.fixture
def job() -> Job:
    _, [job] = make_jobs(1)
    return replace(job, fields={"nombre": "Zoë", "queHizo": "nadaste"})


def test_the_childs_words_are_in_it(tiny_template: Template, job: Job) -> None:
    shown = preview(tiny_template, job)
    assert shown.paragraphs == ("Hola, Zoë.", "Soy yo. Supe que nadaste. Chau, Zoë.")


def test_a_whole_script_takes_the_messages_place(tiny_template: Template, job: Job) -> None:
    shown = preview(tiny_template, replace(job, script="Una carta.\nDos líneas."))
    assert shown.paragraphs[1] == "Una carta. Dos líneas."


def test_the_loop_lasts_as_long_as_the_words_and_the_clips_as_long_as_they_are(
    tiny_template: Template, job: Job
) -> None:
    words = " ".join(["palabra"] * 200)
    shown = preview(tiny_template, replace(job, script=words))
    clips_s = (FRAMES["intro"] + FRAMES["outro"]) / 25
    message_s = 0.4 + len(words) / CHARACTERS_A_SECOND + 0.6
    assert shown.seconds == pytest.approx(clips_s + message_s - 2 * 0.4, abs=0.05)


def test_a_clip_that_can_not_be_read_does_not_keep_the_words_back(tiny_template: Template, job: Job) -> None:
    sections = tuple(one.model_copy(update={"clip": "clips/none.mp4"}) for one in tiny_template.sections)
    shown = preview(tiny_template.model_copy(update={"sections": sections}), job)
    assert len(shown.paragraphs) == 2
    assert shown.seconds > 0
