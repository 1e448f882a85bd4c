"""Films with respelled names: heard as spelled, read as written, and another film than before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from core.jobs.model import Job
from core.progress import unwatched
from core.render import publish
from core.render.audio_cache import AudioCache
from core.render.interfaces import NOBODY
from core.render.speech import SpeechStage
from core.template.script import Sentence, SpokenSection
from tests.core.render.conftest import MakePipeline
from tests.core.render.test_film_captions import FIELDS, SPOKEN
from tests.core.render.test_speech import TimedVoice
from tests.stand_ins import HummingVoice, RecordingMonitor


def test_a_film_is_heard_as_spelled_and_read_as_written(make_pipeline: MakePipeline, job: Job) -> None:
    voice = HummingVoice(lambda text: 1.0)
    mine = replace(job, fields=FIELDS, captions="srt", respelled={"Zoë": "Soi"})
    film = Path(make_pipeline(voice).render(mine, RecordingMonitor()).output)
    assert voice.spoken == ["Hola, Soi D'Angelo.", "Soy yo.", "Chau, Soi D'Angelo."]
    read = film.with_suffix(".srt").read_text(encoding="utf-8")
    assert [line for line in read.splitlines() if line in SPOKEN] == SPOKEN
    assert "Soi" not in read


def test_another_spelling_is_another_film_and_none_is_the_one_it_was(job: Job) -> None:
    marks = {publish.mark(replace(job, respelled=names)) for names in ({}, {"Zoë": "Soi"}, {"Zoë": "Zoi"})}
    assert len(marks) == 3
    assert publish.mark(job) == publish.mark(Job.from_json(job.to_json()))


def test_a_job_takes_its_spellings_along(job: Job) -> None:
    mine = replace(job, respelled={"Zoë": "Soi"})
    assert Job.from_json(mine.to_json()) == mine
    older = mine.to_json().replace(',"respelled":{"Zo\\u00eb":"Soi"}', "")
    assert Job.from_json(older).respelled == {}


def test_a_respelled_sentence_is_kept_by_how_it_is_said(tmp_path: Path) -> None:
    voice = TimedVoice()
    stage = SpeechStage([voice], AudioCache(tmp_path / "speech"))
    for spelled in ("", "Hola, Soi:", "Hola, Soi:", "Hola, Zoui:"):
        section = SpokenSection("message", (Sentence("Hola, Zoë:", spelled=spelled), Sentence("Chau.", shared=True)))
        said = stage.speak(section, "es", NOBODY, unwatched).lines[0]
        assert said.text == "Hola, Zoë:"
        assert "".join(one.what for one in said.characters) == (spelled or "Hola, Zoë:"), "mouths follow the sound"
    assert [line.text for line in voice.lines] == ["Hola, Zoë:", "Chau.", "Hola, Soi:", "Hola, Zoui:"]
    assert [line.after for line in voice.lines if line.text != "Chau."] == ["Chau."] * 3
