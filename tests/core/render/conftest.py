"""A pipeline of real parts with a voice that hums, and a job for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.jobs.model import Job
from core.media.presets import Preset
from core.render.audio_cache import AudioCache
from core.render.interfaces import FaceMaker, SpeechProvider
from core.render.pipeline import Pipeline
from core.render.speech import SpeechStage
from core.template.library import TemplateLibrary
from core.template.model import Template
from core.template.segments import SegmentBank
from tests.stand_ins import HummingVoice

MakePipeline = Callable[..., Pipeline]


@pytest.fixture
def make_pipeline(tmp_path: Path, tiny_folder: Path, tiny_preset: Preset, bank_folder: Path) -> MakePipeline:
    templates = TemplateLibrary()
    templates.find(str(tiny_folder))
    (tmp_path / "work").mkdir()

    def make(
        voice: SpeechProvider | None = None, *, verify_full: bool = False, faces: FaceMaker | None = None
    ) -> Pipeline:
        speech = SpeechStage([voice or HummingVoice()], AudioCache(tmp_path / "speech"))
        bank, work = SegmentBank(bank_folder), tmp_path / "work"
        return Pipeline(templates, speech, bank, work, verify_full=verify_full, faces=faces)

    return make


@pytest.fixture(scope="module")
def bank_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Shared by this file's tests, as a studio's jobs share theirs."""
    return tmp_path_factory.mktemp("bank")


@pytest.fixture
def job(tmp_path: Path, tiny_template: Template) -> Job:
    return Job(
        id="job1",
        batch="batch1",
        row=2,
        source="sheet.csv",
        name="Zoë D'Angelo",
        language="es",
        template=tiny_template.reference,
        template_hash=tiny_template.content_hash,
        output=str(tmp_path / "films" / "0002-Zoë D'Angelo.mp4"),
        fields={"nombre": "Zoë D'Angelo", "queHizo": "ayudaste; $(rm -rf ~) {nombre} %{pts} :'\\"},
        preset="tiny",
    )
