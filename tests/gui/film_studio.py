"""A studio that really makes films: FFmpeg, the offline voice, the journal; only the template is small."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from core.jobs.local import open_store
from core.paths import DataFolder
from core.render.audio_cache import AudioCache
from core.render.pipeline import Pipeline
from core.render.speech import SpeechStage
from core.settings.declaration import Settings
from core.storage.caches import Caches
from core.studio import Parts, Studio
from core.template.library import TemplateLibrary
from core.template.segments import SegmentBank
from core.upkeep.health import Inspector
from core.workers.probes import Probes
from providers.espeak import EspeakVoice
from tests.stand_ins import quiet_money


@contextmanager
def film_studio(root: Path, tiny_template: Path) -> Iterator[Studio]:
    """`tiny_template` takes the default template's place, under its name."""
    installed = root / "templates" / "noche-magica"
    shutil.copytree(tiny_template, installed)
    toml = (installed / "template.toml").read_text(encoding="utf-8")
    (installed / "template.toml").write_text(toml.replace('name = "tiny"', 'name = "noche-magica"'), encoding="utf-8")
    settings = Settings(output_dir=root / "films", workers=2, shutdown_timeout_seconds=20)
    folder = DataFolder(root / "data").create()
    templates = TemplateLibrary(installed.parent)
    with closing(open_store(None, folder.queue)) as store, closing(EspeakVoice()) as voice:
        pipeline = Pipeline(
            templates,
            SpeechStage([voice], AudioCache(folder.cache / "speech")),
            SegmentBank(folder.cache / "segments"),
            folder.work,
        )
        with Studio(
            settings,
            folder,
            Parts(
                store=store,
                templates=templates,
                renderer=pipeline,
                inspector=Inspector(settings, store, templates, [voice], folder.root),
                probes=Probes(folder.root, templates),
                money=quiet_money(store, templates, folder.root),
                caches=Caches({}),
            ),
        ) as studio:
            yield studio
