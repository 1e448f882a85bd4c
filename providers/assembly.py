"""Puts a studio together from its parts. What this loads takes a second: app.py does so when it is needed."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog

from core.console.status import tell_notices
from core.desk.money import Money
from core.errors import QueueLocked
from core.jobs.local import open_store
from core.jobs.store import JobStore
from core.logs.setup import configure_logs, log_ended_threads
from core.media.child import tether_windows_children
from core.paths import DataFolder
from core.render.audio_cache import AudioCache
from core.render.pipeline import Pipeline
from core.render.speech import SpeechStage
from core.settings.declaration import Settings
from core.settings.keys import KeyStore
from core.settings.running import secrets_of
from core.settings.settings_file import SettingsFile
from core.settings.sources import Loaded, Sources
from core.storage.caches import Caches
from core.studio import Parts, Studio
from core.template.library import TemplateLibrary
from core.template.segments import SegmentBank
from core.upkeep.carrying_over import carry_over
from core.upkeep.health import Inspector
from core.version import this_build
from core.workers.pool import machine_id
from core.workers.probes import Probes
from providers.examining import ServiceExaminer
from providers.services import Services

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SettingsOrigin:
    """Where the settings come from, what they were at the start, and how the log is brought up to others."""

    sources: Sources
    loaded: Loaded
    log_as: Callable[[Settings], None]


@contextmanager
def open_studio(options: argparse.Namespace, folder: DataFolder) -> Iterator[Studio]:
    """The studio that the command line and the settings ask for, until the block ends. Raises `TrineoError`."""
    tether_windows_children()
    build = this_build()
    carried = carry_over(folder, build.version)
    given = {"redis_url": options.redis_url, "log_level": options.log_level}
    sources = Sources(SettingsFile(folder.settings_file), KeyStore(folder.keys_file), overrides=given)
    loaded = sources.load()
    settings = loaded.settings
    if options.command != "window":  # there they are on the Settings page
        tell_notices(loaded.notices)
    wanted = options.command == "worker" or options.log_level is not None or "LOG_LEVEL" in os.environ
    tempfile.tempdir = str(folder.work)  # whatever a killed program leaves is in a folder of ours, and is cleaned up

    def log_as(settings: Settings) -> None:
        configure_logs(  # again with each change: keys that were entered are known to it from then on
            settings.log_level,
            as_json=settings.use_json_logging,
            folder=folder.logs,
            to_stderr=wanted,
            machine=machine_id(),
            secrets=secrets_of(settings),
        )

    log_as(settings)
    log_ended_threads()
    told = {"version": build.version, "build": build.build, "commit": build.commit}
    _log.info("started", command=options.command, **told, **({"carried_over": carried} if carried else {}))
    with (
        closing(_store(options, settings, folder)) as store,
        closing(Services(settings, store, folder.cache)) as services,
        _studio(SettingsOrigin(sources, loaded, log_as), folder, store, services, options) as studio,
    ):
        yield studio


_LOOKING = (("failed", "list"), ("failed", "export"), ("parked", "list"), ("cache", "stats"))


def _store(options: argparse.Namespace, settings: Settings, folder: DataFolder) -> JobStore:
    looking = options.command in ("check", "status", "health", "metrics", "support", "names")
    looking = looking or getattr(options, "dry_run", False)
    looking = looking or (options.command, getattr(options, "action", "")) in _LOOKING
    redis_url = settings.redis_url.get_secret_value() or None
    try:
        return open_store(redis_url, folder.queue, read_only=looking)
    except QueueLocked:
        if options.command != "window":
            raise
        return open_store(redis_url, folder.queue, read_only=True)  # the window shows it, and says why it only shows


def _studio(
    origin: SettingsOrigin, folder: DataFolder, store: JobStore, services: Services, options: argparse.Namespace
) -> Studio:
    settings = origin.loaded.settings
    templates = TemplateLibrary()
    spoken = AudioCache(settings.audio_cache_dir or folder.cache / "speech", limit_mb=settings.audio_cache_max_size_mb)
    speech = SpeechStage(services.voices, spoken, by_sentence=settings.speak_by_sentence)
    bank = SegmentBank(folder.cache / "segments")
    pipeline = Pipeline(
        templates,
        speech,
        bank,
        folder.work,
        faces=services.faces,
        encoders=getattr(options, "workers", None) or settings.workers,
        verify_full=getattr(options, "verify", "") == "full",
        own_films=_own_films(settings),
    )

    def adapt(settings: Settings) -> None:
        origin.log_as(settings)
        services.adapt(settings)
        spoken.limit(settings.audio_cache_max_size_mb)
        speech.by_sentence = settings.speak_by_sentence
        pipeline.adapt(encoders=getattr(options, "workers", None) or settings.workers, own_films=_own_films(settings))

    return Studio(
        settings,
        folder,
        Parts(
            store=store,
            templates=templates,
            renderer=pipeline,
            inspector=Inspector(settings, store, templates, services.voices, folder.root, services),
            probes=Probes(folder.root, templates, services.probes()),
            money=Money(store, templates, speech, services.faces),
            caches=Caches({"speech": spoken, "segments": bank, "faces": services.faces}),
            services=services.states,
            waiting=lambda: services.waiting,
            sources=origin.sources,
            adapt=adapt,
            examiner=ServiceExaminer(services, templates, folder.cache / "uploads"),
            offline=services.offline,
        ),
    )


def _own_films(settings: Settings) -> Path | None:
    return settings.output_dir.expanduser().absolute() if settings.films_per_machine else None
