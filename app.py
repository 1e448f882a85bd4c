"""Trineo: hands the studio to a face, the window or the command line. Loads at first what either needs, and no more:
the window is to be there at once, and everything else takes a second to load.
"""

from __future__ import annotations

import argparse
import errno
import io
import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.console.arguments import parse, without_window
from core.console.status import CANT_RENDER, INTERRUPTED, SOME_FAILED, tell
from core.errors import TrineoError
from core.paths import DataFolder, default_data_dir, from_home
from gui.display import display_available

if TYPE_CHECKING:
    from core.studio import Studio


def main(argv: Sequence[str] | None = None) -> int:
    multiprocessing.freeze_support()
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == ["--espeak-process"]:  # a frozen program starts itself as its helper
        from providers.espeak_process import main as espeak_process  # noqa: PLC0415 - see the top

        espeak_process()
        return 0
    options = parse(arguments)
    _prepare_output(options)
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
    if options.command == "window":
        return _window(options)
    from core.console.templates import are_templates, report_templates  # noqa: PLC0415 - see the top

    if options.command == "check" and are_templates(options.files):
        return report_templates(options.files, options.preset, as_json=options.json)
    from core.console.face import run_command  # noqa: PLC0415 - see the top
    from providers.assembly import open_studio  # noqa: PLC0415 - see the top

    with open_studio(options, _data_folder(options)) as studio:
        return run_command(studio, options)


def _window(options: argparse.Namespace) -> int:
    if not display_available():
        print(
            f"trineo: there is no display to open a window on. Render without one: {without_window()}.",
            file=sys.stderr,
        )
        return CANT_RENDER
    from gui.application import run_window  # noqa: PLC0415 - only the window pays for loading Qt

    folder = _data_folder(options)

    @contextmanager
    def opening() -> Iterator[Studio]:
        from providers.assembly import open_studio  # noqa: PLC0415 - in a thread, when the window is there

        with open_studio(options, folder) as studio:
            yield studio

    return run_window(opening, folder.root, options.files)


def _data_folder(options: argparse.Namespace) -> DataFolder:
    return DataFolder(from_home(options.data_dir or default_data_dir()).absolute()).create()


if __name__ == "__main__":
    sys.exit(main())
