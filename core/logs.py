"""Logging: structlog on the standard library, for people or for machines.

Every line has a timestamp, a level, a logger and a message; the job, batch and attempt are bound once, by the
worker, and are on each line that is written while it works. Names and texts of children are never logged.
"""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_FILE_BYTES = 5_000_000
_FILES = 5


def configure_logs(level: str, *, as_json: bool, folder: Path | None = None, to_stderr: bool = True) -> None:
    """Sends everything of `level` and above to stderr and to a rotating file in `folder`.

    A line that can't be written (a full disk) is dropped without a word: the films matter more.
    """
    logging.raiseExceptions = False
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _stack_only_in_debug if level != "DEBUG" else _as_it_is,
        structlog.processors.format_exc_info,
        structlog.processors.EventRenamer("message"),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    for handler in list(root.handlers):
        if getattr(handler, "trineo", False):
            root.removeHandler(handler)
            with suppress(OSError):
                handler.close()
    if to_stderr:
        _add(root, logging.StreamHandler(sys.stderr), shared, _renderer(as_json, colors=sys.stderr.isatty()))
    if folder is not None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = RotatingFileHandler(
            folder / "trineo.log", maxBytes=_FILE_BYTES, backupCount=_FILES, encoding="utf-8", delay=True
        )
        _add(root, file, shared, _renderer(as_json, colors=False))
    root.setLevel(level)


def _add(root: logging.Logger, handler: logging.Handler, shared: list[Processor], renderer: Processor) -> None:
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    handler.trineo = True  # type: ignore[attr-defined]
    root.addHandler(handler)


def _renderer(as_json: bool, *, colors: bool) -> Processor:
    if as_json:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=colors, event_key="message", sort_keys=False)


def _stack_only_in_debug(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Above DEBUG an exception is named, its stack left out."""
    trouble = event.pop("exc_info", None)
    if trouble:
        error = sys.exc_info()[1] if trouble is True else trouble
        error = error[1] if isinstance(error, tuple) else error
        event["error"] = type(error).__name__
    return event


def _as_it_is(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return event
