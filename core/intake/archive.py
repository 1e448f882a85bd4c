"""A .zip that was dropped: what is in it is read as if it lay in a folder. Nothing is ever unpacked to the disk."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from core.intake.kinds import formats, worth_trying
from core.intake.limits import MAX_FILE_BYTES, MAX_PACKED_FILES, MAX_UNPACKED_BYTES
from core.intake.model import Notice, Problem, Source
from core.intake.opening import file_too_large
from core.intake.readers.package import BROKEN_ARCHIVE, broken, bursting, check_sizes, encrypted
from core.intake.sources import counting, hidden, not_read
from core.text import Text

_ENCRYPTED = 1  # bits of a member's flags
_UTF8 = 1 << 11
_BOX_DRAWING = re.compile("[\u2500-\u259f]")


class Budget:
    """How much may still be unpacked: one for a dropped archive and all the archives in it."""

    def __init__(self) -> None:
        self._bytes = MAX_UNPACKED_BYTES
        self._files = MAX_PACKED_FILES

    def take(self, size: int) -> None:
        """Raises `UsageError` when it is used up."""
        self._bytes -= size
        self._files -= 1
        if self._bytes < 0 or self._files < 0:
            raise bursting()


def members(path: Path, data: bytes, budget: Budget) -> Iterator[Source | Problem | Notice]:
    """What can be tried of what is in the archive at `path`. Raises `UsageError`: it can't be opened at all."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except BROKEN_ARCHIVE as error:
        raise broken() from error
    check_sizes(infos)
    others: list[str] = []
    sources: list[Source] = []
    problems: list[Problem] = []
    for info in sorted(infos, key=lambda info: counting(_name(info))):
        name = PurePosixPath(_name(info))
        if info.is_dir() or any(hidden(part) for part in name.parts) or stat.S_ISLNK(info.external_attr >> 16):
            continue
        if not _inside(name):
            problems.append(_outside(path))
        elif worth_trying(Path(name)):
            sources.append(Source(path.joinpath(*name.parts), partial(_unpacked, archive, info, budget)))
        else:
            others.append(str(name))
    if not sources and not problems:
        yield Problem(
            path,
            "folder_empty",
            Text("The archive holds no file that can be read."),
            Text("Pack files of these kinds: {formats}.", {"formats": formats()}),
        )
        return
    yield from not_read(path, others)
    yield from problems[:1]
    yield from sources


def _name(info: zipfile.ZipInfo) -> str:
    """Its name as it was meant: macOS writes UTF-8 without saying so, Windows what its old terminals used."""
    name = info.filename
    if not info.flag_bits & _UTF8 and not name.isascii():
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            if _BOX_DRAWING.search(name):
                name = raw.decode("cp850")
    return name.replace("\\", "/")


def _inside(name: PurePosixPath) -> bool:
    return not name.is_absolute() and ".." not in name.parts and not re.match(r"[A-Za-z]:", str(name))


def _outside(path: Path) -> Problem:
    return Problem(
        path,
        "archive_outside",
        Text("The archive holds files whose names lead out of it; they were not read."),
        Text("Ask who sent it: no program packs them so by itself."),
    )


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    if info.flag_bits & _ENCRYPTED:
        raise encrypted()
    if info.file_size > MAX_FILE_BYTES:
        raise file_too_large()
    budget.take(info.file_size)
    try:
        return archive.read(info)
    except BROKEN_ARCHIVE as error:
        raise broken() from error
    except RuntimeError as error:  # zipfile's word for a password
        raise encrypted() from error
