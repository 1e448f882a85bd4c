"""A worker process for the chaos rounds: the real store, pool, pipeline and FFmpeg; only the voice hums.

Writes the id of each film that it really gave a name to, one a line, to `published.log` in the arena.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from core.console.work import work
from core.jobs.local import open_store
from core.jobs.model import Batch, Job
from core.logs.setup import configure_logs
from core.media import presets
from core.paths import DataFolder
from core.progress import Progress
from core.render import publish
from core.render.audio_cache import AudioCache
from core.render.interfaces import Line, Speech
from core.render.pipeline import Pipeline
from core.render.speech import SpeechStage
from core.settings.loading import load_settings
from core.storage.caches import Caches
from core.storage.validation import free_bytes
from core.studio import Parts, Studio
from core.template.library import TemplateLibrary
from core.template.model import Template
from core.template.segments import SegmentBank
from core.upkeep.health import Inspector
from core.workers.probes import Probes
from tests.conftest import TINY
from tests.stand_ins import HummingVoice, quiet_money

BATCH = "chaos"


class SlowVoice(HummingVoice):
    """Hums, and takes its time about it."""

    def __init__(self, takes_s: float) -> None:
        super().__init__()
        self._takes_s = takes_s

    def speak(self, line: Line, destination: Path, progress: Progress) -> Speech:
        end = time.monotonic() + self._takes_s
        while time.monotonic() < end:
            progress(0.0)
            time.sleep(0.05)
        return super().speak(line, destination, progress)


def chaos_jobs(template: Template, films: Path, count: int) -> tuple[Batch, list[Job]]:
    """The same jobs, by id, whoever makes them: submitting them again adds nothing."""
    jobs = [
        Job(
            id=f"job{number}",
            batch=BATCH,
            row=number + 2,
            source="chaos.csv",
            name=f"Niño {number}",
            language="es",
            template=template.reference,
            template_hash=template.content_hash,
            output=str(films / f"{number:04}.mp4"),
            fields={"nombre": f"Niño {number}", "queHizo": "aguantaste " * (1 + number % 4)},
            preset="tiny",
        )
        for number in range(count)
    ]
    return Batch(BATCH, BATCH, count), jobs


def _log_publications(log: Path) -> None:
    really = publish.publish

    def logged(part: Path, job: Job, captions: str = "") -> Path:
        mine = part.stat().st_ino
        film = really(part, job, captions)
        if film.stat().st_ino == mine:
            descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            os.write(descriptor, f"{job.id}\n".encode())
            os.close(descriptor)
        return film

    publish.publish = logged


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("arena", type=Path)
    parser.add_argument("--redis-url", default="")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--slow", type=float, default=0.0, help="seconds that each line takes to be spoken")
    parser.add_argument("--lease", type=float, default=2.0, help="JOB_LOCK_TIMEOUT_SECONDS")
    options = parser.parse_args(argv)
    arena: Path = options.arena
    data = DataFolder(options.data or arena / "data").create()
    known = {**presets.presets(), "tiny": TINY}
    presets.presets = cache(lambda: known)
    _log_publications(arena / "published.log")
    settings = load_settings(None, workers=2, max_job_attempts=20, job_lock_timeout_seconds=options.lease)
    configure_logs("INFO", as_json=False, folder=None)
    templates = TemplateLibrary()
    template = templates.find(str(arena / "template"))
    voices = [SlowVoice(options.slow)]
    store = open_store(options.redis_url or None, data.queue)
    if options.jobs:
        store.submit(*chaos_jobs(template, arena / "films", options.jobs))
    studio = Studio(
        settings,
        data,
        Parts(
            store=store,
            templates=templates,
            renderer=Pipeline(
                templates,
                SpeechStage(voices, AudioCache(data.cache / "speech")),
                SegmentBank(arena / "bank"),
                data.work,
            ),
            inspector=Inspector(settings, store, templates, voices, data.root),
            probes=Probes(data.root, templates, {"disk": lambda _: free_bytes(data.root) > 1_000_000}),
            money=quiet_money(store, templates, data.root),
            caches=Caches({}),
        ),
    )
    with studio:
        return work(studio, workers=2, drain=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
