"""The files behind what an operator dropped: folders opened, what can't be read told by name."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from core.errors import UsageError
from core.intake.kinds import formats, unknown, worth_trying
from core.intake.limits import MAX_FOLDER_FILES, MAX_FOLDERS_DEEP
from core.intake.model import Notice, Problem, Source, shown
from core.intake.opening import read_bytes, unreadable
from core.text import Text, Value

_NAMES_TOLD = 8
_HEAD_BYTES = 8
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_NOISE = frozenset({"thumbs.db", "desktop.ini", "__macosx", "icon\r", "ehthumbs.db"})


def gather(files: Iterable[Path]) -> Iterator[Source | Problem | Notice]:
    """Each file that can be tried, once, in the order given; a folder's files in the order people count."""
    seen: set[Path] = set()
    for found in _opened(files):
        if isinstance(found, Source):
            try:
                place = found.path.resolve()
            except (OSError, RuntimeError):  # gone meanwhile, or links that lead round: reading it tells
                place = found.path
            if place in seen:
                yield Notice(found.path, Text("The file was given more than once; it is read once."))
                continue
            seen.add(place)
        yield found


def refusal(file: Path, error: UsageError) -> Problem:
    return Problem(file, error.code, error.what, error.remedy)


def hidden(name: str) -> bool:
    """What systems and programs leave beside the files: nobody means it. `~$` is Excel's mark of an open file."""
    return name.startswith((".", "~$")) or name.casefold() in _NOISE or name.casefold().endswith(".tmp")


def not_read(place: Path, names: Sequence[str]) -> Iterator[Notice]:
    """At most one notice of the things in a folder or an archive that are no input."""
    if names:
        told = ", ".join(names[:_NAMES_TOLD]) + (" …" if len(names) > _NAMES_TOLD else "")
        yield Notice(
            place,
            Text("{count} things in this folder are not read: {names}", {"count": len(names), "names": shown(told)}),
        )


def counting(name: str) -> list[tuple[int, str]]:
    """Sorts `carta 2` before `carta 10`."""
    parts = re.split(r"([0-9]+)", name.casefold())
    return [(int(part[:30]), "") if part.isdigit() and part.isascii() else (0, part) for part in parts]


def _opened(files: Iterable[Path]) -> Iterator[Source | Problem | Notice]:
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
        except (OSError, ValueError) as error:
            yield refusal(file, unreadable(error))


def _single(file: Path, mode: int) -> Source | Problem | Notice:
    if not stat.S_ISREG(mode):
        return _problem(file, "not_a_file", "This is neither a file nor a folder.", "Give a file or a folder.")
    if file.name.startswith("~$"):
        return Notice(file, Text("This is what Excel keeps beside an open file; it holds no rows."))
    if not worth_trying(file) and not _packed(file):
        return refusal(file, unknown())
    return _source(file)


def _packed(file: Path) -> bool:
    """Whether it is a workbook, a document or an archive under any name."""
    with file.open("rb") as stream:
        return stream.read(_HEAD_BYTES).startswith(_PACKED)


def _source(file: Path) -> Source:
    return Source(file, partial(read_bytes, file))


def _folder(folder: Path) -> Iterator[Source | Problem | Notice]:
    """All that can be read in it and in its folders. Hidden files and links are passed over, other things told."""
    readable: list[Path] = []
    others: list[str] = []
    troubles = list(_walk(folder, folder, 1, readable, others))
    if not readable and not troubles:
        yield _problem(
            folder,
            "folder_empty",
            "The folder holds no file that can be read.",
            "Put files of these kinds into it: {formats}.",
            formats=formats(),
        )
    else:
        yield from not_read(folder, others)
    yield from map(_source, readable[:MAX_FOLDER_FILES])
    yield from troubles
    if len(readable) > MAX_FOLDER_FILES:
        yield _problem(
            folder,
            "folder_too_large",
            "The folder holds more than {limit} files; the others were not read.",
            "Drop its folders one by one.",
            limit=MAX_FOLDER_FILES,
        )


def _walk(top: Path, folder: Path, deep: int, readable: list[Path], others: list[str]) -> Iterator[Problem]:
    """Sorts what is in the folder into the two lists; yields what can't be looked into."""
    try:
        entries = sorted(
            (entry for entry in folder.iterdir() if not hidden(entry.name) and not entry.is_symlink()),
            key=lambda entry: (entry.is_dir(), counting(entry.name)),
        )
    except OSError as error:
        yield refusal(folder, unreadable(error))
        return
    for entry in entries:
        if len(readable) > MAX_FOLDER_FILES:
            return
        if entry.is_dir():
            if deep < MAX_FOLDERS_DEEP:
                yield from _walk(top, entry, deep + 1, readable, others)
            else:
                others.append(f"{entry.relative_to(top)}/")
        elif worth_trying(entry) and entry.is_file():
            readable.append(entry)
        else:
            others.append(str(entry.relative_to(top)))


def _problem(file: Path, code: str, what: str, remedy: str, /, **values: Value) -> Problem:
    return Problem(file, code, Text(what, values), Text(remedy, values))
