"""Trineo: builds the studio from its parts and hands it to a face, the window or the command line."""

from __future__ import annotations

import argparse
import errno
import io
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing

from core.console.arguments import parse
from core.console.face import run_command
from core.console.status import CANT_RENDER, INTERRUPTED, SOME_FAILED, tell
from core.console.templates import are_templates, report_templates
from core.desk.money import Money
from core.errors import QueueLocked, TrineoError
from core.jobs.local import open_store
from core.jobs.store import JobStore
from core.logs.setup import configure_logs, log_ended_threads
from core.media.child import tether_windows_children
from core.paths import DataFolder, default_data_dir
from core.render.audio_cache import AudioCache
from core.render.pipeline import Pipeline
from core.render.speech import SpeechStage
from core.settings.declaration import Settings, load_settings
from core.settings.running import secrets_of
from core.storage.caches import Caches
from core.studio import Parts, Studio
from core.template.library import TemplateLibrary
from core.template.segments import SegmentBank
from core.upkeep.health import Inspector
from core.workers.pool import machine_id
from core.workers.probes import Probes
from gui.display import display_available
from providers.espeak_process import main as espeak_process
from providers.services import Services


def main(argv: Sequence[str] | None = None) -> int:
    multiprocessing.freeze_support()
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == ["--espeak-process"]:  # a frozen program starts itself as its helper
        espeak_process()
        return 0
    options = parse(arguments)
    _prepare_output(options)
    tether_windows_children()
    try:
        status = _run(options)
        if sys.stdout is not None:
            sys.stdout.flush()  # here what went wrong with it can still be told
        return status
    except TrineoError as error:
        return tell(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has gone: not everything that was asked for arrived
        _drop_output()
        return SOME_FAILED
    except OSError as error:
        if error.errno not in _DISK_FULL:
            raise
        _drop_output()
        print(f"trineo: {error.filename or 'The output'} can't be written: the disk is full.", file=sys.stderr)
        return CANT_RENDER


_DISK_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def _prepare_output(options: argparse.Namespace) -> None:
    """No name is ever refused by the terminal's encoding; what programs read is UTF-8 everywhere."""
    as_data = getattr(options, "json", False) or getattr(options, "action", "") == "export"
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if as_data and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # in JSON that is an escape


def _drop_output() -> None:
    """What is still in the buffer goes nowhere, instead of failing again when the interpreter ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _run(options: argparse.Namespace) -> int:
    if options.command == "window" and not display_available():
        print(
            "trineo: there is no display to open a window on. Render without one: `make demo` makes the sample "
            "films, `python app.py render FILES` makes yours.",
            file=sys.stderr,
        )
        return CANT_RENDER
    if options.command == "check" and are_templates(options.files):
        return report_templates(options.files, options.preset, as_json=options.json)
    folder = DataFolder((options.data_dir or default_data_dir()).expanduser().absolute()).create()
    settings = load_settings(folder.settings_file, redis_url=options.redis_url, log_level=options.log_level)
    wanted = options.command == "worker" or options.log_level is not None or "LOG_LEVEL" in os.environ
    tempfile.tempdir = str(folder.work)  # whatever a killed program leaves is in a folder of ours, and is cleaned up
    configure_logs(
        settings.log_level,
        as_json=settings.use_json_logging,
        folder=folder.logs,
        to_stderr=wanted,
        machine=machine_id(),
        secrets=secrets_of(settings),
    )
    log_ended_threads()
    with (
        closing(_store(options, settings, folder)) as store,
        closing(Services(settings, store, folder.cache)) as services,
        _studio(settings, folder, store, services, options) as studio,
    ):
        return _face(options, studio)


_LOOKING = (("failed", "list"), ("failed", "export"), ("parked", "list"), ("cache", "stats"))


def _store(options: argparse.Namespace, settings: Settings, folder: DataFolder) -> JobStore:
    looking = options.command in ("check", "status", "health", "metrics", "support")
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
    settings: Settings, folder: DataFolder, store: JobStore, services: Services, options: argparse.Namespace
) -> Studio:
    templates = TemplateLibrary()
    spoken = AudioCache(settings.audio_cache_dir or folder.cache / "speech", limit_mb=settings.audio_cache_max_size_mb)
    speech = SpeechStage(services.voices, spoken, by_sentence=settings.speak_by_sentence)
    bank = SegmentBank(folder.cache / "segments")
    return Studio(
        settings,
        folder,
        Parts(
            store=store,
            templates=templates,
            renderer=Pipeline(
                templates,
                speech,
                bank,
                folder.work,
                faces=services.faces,
                encoders=getattr(options, "workers", None) or settings.workers,
                verify_full=getattr(options, "verify", "") == "full",
                own_films=settings.output_dir.expanduser().absolute() if settings.films_per_machine else None,
            ),
            inspector=Inspector(settings, store, templates, services.voices, folder.root, services),
            probes=Probes(folder.root, templates, services.probes()),
            money=Money(store, templates, speech, services.faces),
            caches=Caches({"speech": spoken, "segments": bank, "faces": services.faces}),
            services=services.states,
            waiting=services.waiting,
        ),
    )


def _face(options: argparse.Namespace, studio: Studio) -> int:
    if options.command != "window":
        return run_command(studio, options)
    from gui.application import run_window  # noqa: PLC0415 - only the window pays for loading Qt

    return run_window(studio, options.files)


if __name__ == "__main__":
    sys.exit(main())
