"""What may stand on the command line. The names here are a contract: docs/architecture.md lists them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from core.jobs.model import Strategy
from core.media.captions import CaptionKind
from core.version import this_build

COMMANDS = (
    "render",
    "check",
    "submit",
    "worker",
    "status",
    "failed",
    "parked",
    "machines",
    "move",
    "cache",
    "health",
    "metrics",
    "cleanup",
    "forget",
    "support",
    "names",
)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The answer's `command` is one of COMMANDS, or `window`. Wrong usage exits with status 2."""
    everywhere = _everywhere()
    common, rest = everywhere.parse_known_args(argv)
    if rest and rest[0] in COMMANDS:
        parser = _commands()
        namespace = parser.parse_args(rest)
        if namespace.command == "failed":
            _check_failed(namespace, parser)
        if namespace.command == "names":
            _check_names(namespace, parser)
        if (namespace.command, getattr(namespace, "action", "")) in (("parked", "pay-again"), ("machines", "readmit")):
            _check_chosen(namespace, parser)
    else:
        namespace = _window().parse_args(rest)
        namespace.command = "window"
    for name, value in vars(common).items():
        setattr(namespace, name, value)
    return namespace


def program_name() -> str:
    """What is typed to start it: an installed Trineo is called so."""
    return "trineo" if getattr(sys, "frozen", False) else "app.py"


def without_window() -> str:
    """What to type where there is no display."""
    if program_name() == "trineo":
        return "`trineo render FILES` makes films, `trineo --help` says what else there is"
    return "`make demo` makes the sample films, `python app.py render FILES` makes yours"


def _everywhere() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    group = parser.add_argument_group("everywhere")
    group.add_argument("--data-dir", type=Path, metavar="DIR", help="where the queue and the caches are kept")
    group.add_argument("--redis-url", metavar="URL", help="the Redis that machines share (REDIS_URL)")
    group.add_argument(
        "--log-level",
        type=str.upper,
        choices=["DEBUG", "INFO", "WARNING", "ERROR"],
        metavar="LEVEL",
        help="log to the terminal too, from this level on (LOG_LEVEL)",
    )
    return parser


def _window() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=program_name(),
        description="Opens the window, with FILES dropped on it.",
        epilog=f"Commands without a window: {', '.join(COMMANDS)}. Each has a --help of its own.",
        parents=[_everywhere()],
        allow_abbrev=False,
    )
    version = f"Trineo {this_build()}"
    parser.add_argument("--version", action="version", version=version, help="say which Trineo this is")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILES")
    return parser


def _commands() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=program_name(), allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)

    def add(name: str, summary: str) -> argparse.ArgumentParser:
        command = commands.add_parser(
            name, help=summary, description=summary, parents=[_everywhere()], allow_abbrev=False
        )
        command.add_argument("--json", action="store_true", help="for machines: JSON on standard output")
        return command

    for name, summary in (
        ("render", "Render every good row of FILES, and wait for the films."),
        ("check", "Check FILES, or a TEMPLATE's folder, without rendering anything."),
        ("submit", "Queue every good row of FILES, for a worker or the window to render."),
    ):
        command = add(name, summary)
        command.add_argument("files", nargs="+", type=Path, metavar="FILES")
        _add_order(command)
    _add_check(commands.choices["check"])
    worker = commands.add_parser(
        "worker",
        help="Render what is queued until told to stop.",
        parents=[_everywhere()],
        allow_abbrev=False,
    )
    worker.add_argument("--drain", action="store_true", help="stop when nothing waits any more")
    for command in (commands.choices["render"], worker):
        command.add_argument(
            "--verify",
            choices=["quick", "full"],
            default="quick",
            help="full: decode every frame of each film before it gets its name",
        )
        command.add_argument("--workers", type=_positive, metavar="N", help="how many films are made at once (WORKERS)")
    add("status", "How many jobs are in which state.")
    add("move", "Move this computer's own queue to the Redis that --redis-url names.")
    _add_failed(add("failed", "What failed for good: look at it, queue it again, take it to a spreadsheet."))
    parked = add("parked", "What waits for something outside: look at it; let be paid for again what was not answered.")
    parked.add_argument("action", choices=["list", "pay-again"])
    parked.add_argument("ids", nargs="*", metavar="ID", help="these jobs")
    parked.add_argument("--all", action="store_true", help="all of them")
    machines = add("machines", "The programs that work on this queue; let one that was set aside work again.")
    machines.add_argument("action", choices=["list", "readmit"])
    machines.add_argument("ids", nargs="*", metavar="ID|NAME", help="these machines")
    machines.add_argument("--all", action="store_true", help="all of them")
    add("cache", "What is kept to save work: how much, and emptying it.").add_argument(
        "action", choices=["stats", "clear"]
    )
    add("health", "Whether everything a render needs is there.")
    add("cleanup", "Remove what is no longer needed.").add_argument(
        "--dry-run", action="store_true", help="only say what would be removed"
    )
    forget = add("forget", "Remove all that is known of a child, a customer or a batch.")
    which = forget.add_mutually_exclusive_group(required=True)
    which.add_argument("--batch", metavar="ID", help="this batch, by its id or its name")
    which.add_argument("--name", metavar="NAME", help="every film with this name in one of its fields")
    forget.add_argument("--films", action="store_true", help="the finished films, too")
    forget.add_argument("--spellings", action="store_true", help="with --batch: how its names are said, too")
    forget.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    support = add("support", "Write a zip to ask for help with: no names, no texts, no keys are in it.")
    support.add_argument("file", type=Path, metavar="FILE.zip")
    _add_names(add("names", "How names are said: list them, respell one, take one out."))
    add("metrics", "What was made, how long it took, what it cost.").add_argument(
        "--prometheus", action="store_true", help="for Prometheus: its text format on standard output"
    )
    return parser


def _add_check(command: argparse.ArgumentParser) -> None:
    command.add_argument("--cost", action="store_true", help="with --json: what services will cost, as estimate")
    command.add_argument(
        "--export-refused",
        type=Path,
        metavar="FILE",
        help="write the refused rows to FILE, to be corrected and given again",
    )
    command.add_argument(
        "--column",
        action="append",
        metavar="TITLE=FIELD",
        help="what a column of these sheets holds; remembered for sheets with the same columns (repeatable)",
    )


def _add_failed(command: argparse.ArgumentParser) -> None:
    command.add_argument("action", choices=["list", "retry", "export"], help="export writes CSV")
    command.add_argument("ids", nargs="*", metavar="ID", help="these jobs")
    command.add_argument("--all", action="store_true", help="all of them")
    command.add_argument("--cause", metavar="C", help="those that failed with this code")


def _check_failed(options: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """A retry says what it is of: everything is never meant by chance."""
    if options.all and (options.ids or options.cause):
        parser.error("--all goes with neither --cause nor IDs")
    if options.action == "retry" and not (options.all or options.ids or options.cause):
        parser.error("say which: --all, --cause C, or IDs")


def _add_names(command: argparse.ArgumentParser) -> None:
    command.add_argument("action", choices=["list", "say", "forget"])
    command.add_argument(
        "words",
        nargs="*",
        metavar="FILES|NAME [SPELLING]",
        help="list: the names in FILES, without them what was written down; say: NAME and SPELLING; forget: NAME",
    )
    command.add_argument(
        "--language", default="", metavar="CODE", help="say: in this one (default: es); forget: only in this one"
    )
    command.add_argument("--template", default="noche-magica", metavar="NAME|DIR", help="default: %(default)s")


def _check_names(options: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    wanted = {"say": 2, "forget": 1}.get(options.action)
    if wanted is not None and len(options.words) != wanted:
        parser.error("say: NAME SPELLING; forget: NAME (one with spaces in quotes)")


def _check_chosen(options: argparse.Namespace, parser: argparse.ArgumentParser) -> None:
    """Nothing is decided by chance: money is spent by it, or films are given to a machine that fails them."""
    if bool(options.ids) == options.all:
        parser.error("say which: --all, or IDs")


def _add_order(command: argparse.ArgumentParser) -> None:
    command.add_argument("--template", default="noche-magica", metavar="NAME|DIR", help="default: %(default)s")
    command.add_argument("--preset", default="vertical-1080", metavar="NAME", help="default: %(default)s")
    command.add_argument(
        "--strategy",
        type=Strategy,
        choices=list(Strategy),
        default=Strategy.AUTO,
        help="the least that will do; default: %(default)s, the best that works",
    )
    command.add_argument(
        "--captions",
        choices=get_args(CaptionKind),
        default="off",
        help="soft: a track that can be switched off; burned: in the picture; srt, vtt: a file beside the film",
    )
    command.add_argument("--out", type=Path, metavar="DIR", help="where the films go (OUTPUT_DIR)")


def _positive(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError("from 1 to 64")
    return number
