"""A long time in short: jobs without end, faults, cleaning and restarts, and what the program takes meanwhile."""

from __future__ import annotations

import random
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from core.errors import EnvironmentFault, JobFault, TransientError
from core.jobs.local import open_store
from core.jobs.model import Batch, Job, Result, State, new_id
from core.media.presets import Preset
from core.paths import DataFolder
from core.progress import Begun, Progress, unnamed
from core.render.audio_cache import AudioCache
from core.render.interfaces import Monitor, Renderer
from core.render.pipeline import Pipeline
from core.render.speech import SpeechStage
from core.settings.declaration import Settings
from core.settings.sources import Loaded, Sources
from core.storage.caches import Caches
from core.studio import Parts, Studio
from core.template.library import TemplateLibrary
from core.template.model import Template
from core.template.segments import SegmentBank
from core.upkeep.health import Inspector
from core.workers.probes import Probes
from tests.stand_ins import HummingVoice, quiet_money

BATCH_OF = 20
SAMPLE_EVERY_S = 2.0
# As short as they must be for things to come and go within minutes.
KEPT_HOURS = 30 / 3600
CACHE_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Sample:
    """What the program takes at one moment. `at_s` since the start; `disk` is its data folder and its films."""

    at_s: float
    rss: int
    threads: int
    files: int
    disk: int


@dataclass(slots=True)
class Soaked:
    """What came of it. `films` were made, `failed` jobs failed for good, `lost` are unaccounted for (must be 0)."""

    samples: list[Sample] = field(default_factory=list)
    submitted: int = 0
    films: int = 0
    failed: int = 0
    restarts: int = 0
    cleanings: int = 0
    removed: int = 0
    left: int = 0

    @property
    def lost(self) -> int:
        return self.submitted - self.films - self.failed - self.left

    def growth(self, what: str) -> tuple[float, float]:
        """The typical value of the second quarter, when all is warm, and of the last one.

        Of the disk the least in each: films of half a minute lie there, many or few as the machine has time for
        them, and what a cleaning leaves shows only after it.
        """
        values = [float(getattr(sample, what)) for sample in self.samples]
        quarter = max(1, len(values) // 4)
        typical = min if what == "disk" else statistics.median
        return typical(values[quarter : 2 * quarter] or values), typical(values[-quarter:])

    def is_flat(self) -> bool:
        """No more than a tenth up (and some slack for what little counts)."""
        slack = {"rss": 20e6, "threads": 3, "files": 6, "disk": 10e6}
        return all(last <= 1.1 * warm + slack[what] for what, (warm, last) in self._growths(slack))

    def _growths(self, names: Sequence[str] | dict[str, float]) -> Iterator[tuple[str, tuple[float, float]]]:
        return ((name, self.growth(name)) for name in names)

    def table(self) -> str:
        units = {
            "rss": ("memory, MB", 1e6),
            "threads": ("threads", 1),
            "files": ("open files", 1),
            "disk": ("disk, MB", 1e6),
        }
        lines = ["| | second quarter | last quarter | highest |", "|---|---:|---:|---:|"]
        for name, (title, unit) in units.items():
            warm, last = self.growth(name)
            highest = max(getattr(sample, name) for sample in self.samples)
            lines.append(f"| {title} | {warm / unit:.0f} | {last / unit:.0f} | {highest / unit:.0f} |")
        told = f"{self.films} films, {self.failed} failed on purpose, {self.lost} lost, {self.restarts} restarts, "
        return "\n".join([*lines, "", f"{told}{self.cleanings} cleanings that removed {self.removed} things."])


class ShortLived(Sources):
    """Settings of which some are shorter than anybody may make them."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(environment={})
        self._settings = settings

    def load(self) -> Loaded:
        return Loaded(self._settings, {})


class Unsteady:
    """A renderer with every kind of bad day."""

    def __init__(self, inner: Renderer, chance: random.Random) -> None:
        self._inner = inner
        self._chance = chance

    def warm(self, template: Template, preset: Preset, progress: Progress, begun: Begun = unnamed) -> None:
        self._inner.warm(template, preset, progress, begun)

    def render(self, job: Job, monitor: Monitor) -> Result:
        luck = self._chance.random()
        if luck < 0.03:
            raise TransientError("soak_shaken", "It shook.", retry_after_s=0.1)
        if luck < 0.06:
            raise EnvironmentFault("soak_lacking", "It lacks.", waits_for="soak:thing")
        if luck < 0.08:
            raise JobFault("soak_refused", "It refused.")
        if luck < 0.1:
            raise OSError(5, "Input/output error", job.output)
        return self._inner.render(job, monitor)


class Soak:
    """`folder` is its own. One program, started again and again in this very process, so that leaks show."""

    def __init__(self, folder: Path, template: Template, seed: int = 1) -> None:
        self._template = template
        self._data = DataFolder(folder / "data").create()
        self._films = folder / "films"
        self._chance = random.Random(seed)
        self._number = 0
        self._soaked = Soaked()
        self._began = time.monotonic()

    def run(self, minutes: float, *, restart_every_s: float = 60.0) -> Soaked:
        end = self._began + 60 * minutes
        with self._sampled():
            while time.monotonic() < end:
                with self._studio() as studio:
                    studio.start_workers(2)
                    self._work(studio, min(end, time.monotonic() + restart_every_s))
                    studio.stop_workers(5.0)
                    self._account(studio)
                self._soaked.restarts += 1
        return self._soaked

    def _work(self, studio: Studio, until: float) -> None:
        cleaned = time.monotonic()
        while time.monotonic() < until:
            if studio.counts()[State.READY] < BATCH_OF // 2:
                self._submit(studio)
            if time.monotonic() - cleaned > 10.0:
                cleaned = time.monotonic()
                self._account(studio)
                self._soaked.removed += sum(one.count for one in studio.running.clean().values())
                self._soaked.cleanings += 1
            time.sleep(0.2)

    def _account(self, studio: Studio) -> None:
        """What is made or failed is counted by the figures, which outlive the jobs' records."""
        told = studio.running.metrics()
        failed = studio.failed()
        self._soaked.films, self._soaked.failed = told.films, told.failed
        waiting = sum(
            count for state, count in told.states.items() if state not in (State.DONE, State.FAILED, State.CANCELLED)
        )
        self._soaked.left = waiting
        studio.discard_failed([record.id for record in failed])

    def _submit(self, studio: Studio) -> None:
        batch = Batch(new_id(), "soak", BATCH_OF)
        jobs = []
        for _ in range(BATCH_OF):
            self._number += 1
            name = f"Niño {self._number}"
            jobs.append(
                Job(
                    id=new_id(),
                    batch=batch.id,
                    row=self._number,
                    source="soak.csv",
                    name=name,
                    language="es",
                    template=self._template.reference,
                    template_hash=self._template.content_hash,
                    output=str(self._films / f"{self._number:06}.mp4"),
                    fields={"nombre": name, "queHizo": "aguantaste " * (1 + self._number % 7)},
                    preset="tiny",
                )
            )
        studio.store.submit(batch, jobs)
        self._soaked.submitted += len(jobs)

    def _studio(self) -> Studio:
        kept = {
            "jobs_max_age_hours": KEPT_HOURS,
            "temp_max_age_hours": KEPT_HOURS,
            "films_max_age_days": KEPT_HOURS / 24,
        }
        settings = Settings(output_dir=self._films, max_job_attempts=3).model_copy(update=kept)
        store, templates = open_store(None, self._data.queue), TemplateLibrary()
        templates.find(str(self._template.folder))
        voice = HummingVoice(lambda text: 0.3)
        speech = AudioCache(self._data.cache / "speech", limit_mb=CACHE_BYTES // 1_000_000)
        bank = SegmentBank(self._data.cache / "segments", limit_bytes=CACHE_BYTES)
        pipeline = Pipeline(templates, SpeechStage([voice], speech), bank, self._data.work)
        return Studio(
            settings,
            self._data,
            Parts(
                store=store,
                templates=templates,
                renderer=Unsteady(pipeline, self._chance),
                inspector=Inspector(settings, store, templates, [voice], self._data.root),
                probes=Probes(self._data.root, templates, {"soak": lambda _: self._chance.random() < 0.5}),
                money=quiet_money(store, templates, self._data.root),
                caches=Caches({"speech": speech, "segments": bank}),
                sources=ShortLived(settings),
            ),
        )

    @contextmanager
    def _sampled(self) -> Iterator[None]:
        stopping = threading.Event()

        def sample() -> None:
            while not stopping.wait(SAMPLE_EVERY_S):
                self._soaked.samples.append(self._sample())

        thread = threading.Thread(target=sample, name="sampler", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stopping.set()
            thread.join()

    def _sample(self) -> Sample:
        process = psutil.Process()
        folders = (self._data.root, self._films)
        return Sample(
            at_s=time.monotonic() - self._began,
            rss=process.memory_info().rss,
            threads=process.num_threads(),
            files=process.num_fds() if hasattr(process, "num_fds") else len(process.open_files()),
            disk=sum(_size(file) for folder in folders for file in folder.rglob("*")),
        )


def _size(file: Path) -> int:
    try:
        return file.stat().st_size if file.is_file() else 0
    except OSError:
        return 0
