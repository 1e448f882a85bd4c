"""The files behind what an operator dropped: folders opened, what can't be read told by name."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from core.intake.model import Notice, Problem, shown
from core.intake.readers import READERS, reader_for
from core.text import Text, Value

_NAMES_TOLD = 8


def gather(files: Iterable[Path]) -> Iterator[Path | Problem | Notice]:
    """Each file that can be tried, once, in the order given; a folder's files in the order people count."""
    seen: set[Path] = set()
    for found in _opened(files):
        if isinstance(found, Path):
            place = found.resolve()
            if place in seen:
                yield Notice(found, Text("The file was given more than once; it is read once."))
                continue
            seen.add(place)
        yield found


def _opened(files: Iterable[Path]) -> Iterator[Path | Problem | Notice]:
    for file in files:
        try:
            mode = file.stat().st_mode
            if stat.S_ISDIR(mode):
                yield from _folder(file)
            else:
                yield _single(file, mode)
        except FileNotFoundError:
            yield _problem(
                file,
                "file_missing",
                "There is no such file.",
                "Check the name, and that the drive is connected.",
            )
        except (OSError, ValueError) as error:  # ValueError: the name holds a NUL
            yield _problem(
                file,
                "file_unreadable",
                "The file can't be read: {reason}.",
                "Check that it is still there and that you may open it, then try again.",
                reason=getattr(error, "strerror", None) or type(error).__name__,
            )


def _single(file: Path, mode: int) -> Path | Problem:
    if not stat.S_ISREG(mode):
        return _problem(file, "not_a_file", "This is neither a file nor a folder.", "Give a file or a folder.")
    if reader_for(file) is None:
        return _problem(
            file,
            "format_unknown",
            "Files of this kind are not read.",
            "Save it as one of {formats}.",
            formats=", ".join(READERS),
        )
    return file


def _folder(folder: Path) -> Iterator[Path | Problem | Notice]:
    """Hidden files and links are passed over in silence; other things that are not read are told."""
    entries = sorted(
        (entry for entry in folder.iterdir() if not _hidden(entry) and not entry.is_symlink()),
        key=lambda entry: _counting(entry.name),
    )
    readable = [entry for entry in entries if reader_for(entry) and entry.is_file()]
    read = set(readable)
    others = [entry.name + "/" * entry.is_dir() for entry in entries if entry not in read]
    if not readable:
        yield _problem(
            folder,
            "folder_empty",
            "The folder holds no file that can be read.",
            "Put files of these kinds into it: {formats}.",
            formats=", ".join(READERS),
        )
    elif others:
        names = ", ".join(others[:_NAMES_TOLD]) + (" …" if len(others) > _NAMES_TOLD else "")
        yield Notice(
            folder,
            Text(
                "{count} things in this folder are not read: {names}",
                {"count": len(others), "names": shown(names)},
            ),
        )
    yield from readable


def _hidden(entry: Path) -> bool:
    return entry.name.startswith((".", "~$"))  # ~$: what Excel keeps beside an open file


def _counting(name: str) -> list[tuple[int, str]]:
    """Sorts `carta 2` before `carta 10`."""
    parts = re.split(r"([0-9]+)", name.casefold())
    return [(int(part), "") if part.isdigit() and part.isascii() else (0, part) for part in parts]


def _problem(file: Path, code: str, what: str, remedy: str, /, **values: Value) -> Problem:
    return Problem(file, code, Text(what, values), Text(remedy, values))
