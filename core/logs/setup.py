"""Logging: structlog on the standard library, for people or for machines.

Every line has a timestamp, a level, a logger, a message and the machine; the job, batch, attempt and stage are bound
once, by the worker, and are on each line that is written while it works, also by threads that a render starts
(`carried`). The last thing before a line is written is `redaction`: no key and no child's name or text gets out.
"""

from __future__ import annotations

import contextvars
import logging
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from core.logs.redaction import Redactor

_OURS = frozenset({"core", "gui", "providers", "app", "trineo", "tests", "__main__"})
_FILE_BYTES = 5_000_000
_FILES = 5


def configure_logs(
    level: str,
    *,
    as_json: bool,
    folder: Path | None = None,
    to_stderr: bool = True,
    machine: str = "",
    secrets: Iterable[str] = (),
) -> None:
    """Sends everything of `level` and above to stderr and to a rotating file in `folder`.

    `machine` is on every line; `secrets` are keys that are never to be read in one. Where in the code an exception
    arose is told at DEBUG only, and at DEBUG only our own loggers tell anything: libraries write out whole objects
    there, a film's record with the child's name among them. A line that can't be written (a full disk) is dropped
    without a word: the films matter more.
    """
    logging.raiseExceptions = False
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.EventRenamer("message"),
    ]
    door: list[Processor] = [
        _bound(machine),
        Redactor(secrets, None if folder is None else folder.parent, stacks=level == "DEBUG"),
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
        _add(root, logging.StreamHandler(sys.stderr), shared, [*door, _renderer(as_json, colors=sys.stderr.isatty())])
    if folder is not None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = RotatingFileHandler(
            folder / "trineo.log", maxBytes=_FILE_BYTES, backupCount=_FILES, encoding="utf-8", delay=True
        )
        _add(root, file, shared, [*door, _renderer(as_json, colors=False)])
    root.setLevel(level)


def _add(root: logging.Logger, handler: logging.Handler, shared: list[Processor], last: list[Processor]) -> None:
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    handler.addFilter(_is_meant_to_be_read)
    handler.trineo = True  # type: ignore[attr-defined]
    root.addHandler(handler)


def _is_meant_to_be_read(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.INFO or record.name.partition(".")[0] in _OURS


def _renderer(as_json: bool, *, colors: bool) -> Processor:
    if as_json:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=colors, event_key="message", sort_keys=False)


def _bound(machine: str) -> Processor:
    def bind(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        if machine:
            event.setdefault("machine", machine)
        return event

    return bind


def carried(work: Callable[[], None]) -> Callable[[], None]:
    """`work` for a thread of its own, such that its log lines name the job that this thread works on."""
    context = contextvars.copy_context()
    return lambda: context.run(work)


def log_ended_threads() -> None:
    """An exception that ends a thread is told in the log, without its words, instead of on standard error with them."""

    def told(trouble: threading.ExceptHookArgs) -> None:
        if trouble.exc_value is not None and not isinstance(trouble.exc_value, SystemExit):
            name = trouble.thread.name.partition(" ")[0] if trouble.thread else ""
            structlog.get_logger(__name__).error("a thread ended", thread=name, exc_info=trouble.exc_value)

    threading.excepthook = told
