"""A real studio on a queue in memory, with a template and a renderer that only act as if."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from core.errors import RenderError
from core.jobs.model import Job, Result, Strategy
from core.jobs.store import JobStore
from core.media.presets import Preset
from core.paths import DataFolder, resources
from core.progress import Begun, Progress, unnamed
from core.render.interfaces import STAGES, Monitor
from core.settings.declaration import Settings
from core.settings.sources import Sources
from core.storage.caches import Caches
from core.studio import Parts, Studio
from core.template.library import TemplateLibrary
from core.template.model import Template
from core.upkeep.health import Inspector
from core.workers.probes import Probes
from tests.stand_ins import quiet_money

STEPS = 5


@dataclass
class StandInRenderer:
    """Takes `seconds` for a film. `faults` go by the child's name; a job in `stuck_at` stays at that stage
    until `let_go` is set."""

    seconds: float = 0.2
    faults: dict[str, Callable[[], RenderError]] = field(default_factory=dict)
    stuck_at: dict[str, str] = field(default_factory=dict)
    let_go: threading.Event = field(default_factory=threading.Event)

    def render(self, job: Job, monitor: Monitor) -> Result:
        for stage in STAGES:
            for step in range(STEPS):
                monitor.progress(stage, step / STEPS)
                threading.Event().wait(self.seconds / len(STAGES) / STEPS)
                if stage == "speech" and step == 2 and job.name in self.faults:
                    raise self.faults[job.name]()
            while self.stuck_at.get(job.name) == stage and not self.let_go.wait(0.05):
                monitor.progress(stage, 0.8)
        monitor.before_publish()
        film = Path(job.output)
        film.parent.mkdir(parents=True, exist_ok=True)
        film.write_bytes(b"a film")
        return Result(output=str(film), strategy=Strategy.VOICEOVER, duration_s=41.4)

    def warm(self, template: Template, preset: Preset, progress: Progress, begun: Begun = unnamed) -> None:
        del template, preset, begun
        progress(1.0)


def template_library(root: Path) -> TemplateLibrary:
    """A copy of the default template alone, so that one a test breaks is nobody else's."""
    folder = root / "templates" / "noche-magica"
    shutil.copytree(resources() / "templates" / "noche-magica", folder, ignore=shutil.ignore_patterns("art"))
    return TemplateLibrary(folder.parent)


def make_studio(
    root: Path,
    renderer: StandInRenderer,
    *,
    workers: int = 2,
    store: JobStore | None = None,
    sources: Sources | None = None,
) -> Studio:
    """`sources`: where its settings come from; without, they are fixed."""
    settings = Settings(output_dir=root / "films", workers=workers, shutdown_timeout_seconds=10)
    settings = sources.load().settings if sources is not None else settings
    folder = DataFolder(root / "data").create()
    store = store or JobStore.in_memory()
    templates = template_library(root)
    return Studio(
        settings,
        folder,
        Parts(
            store=store,
            templates=templates,
            renderer=renderer,
            inspector=Inspector(settings, store, templates, (), folder.root),
            probes=Probes(folder.root, templates),
            money=quiet_money(store, templates, folder.root),
            caches=Caches({}),
            sources=sources,
        ),
    )
