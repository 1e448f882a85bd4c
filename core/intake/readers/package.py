"""The archive that a spreadsheet or a document is: its parts, only as large and as plain as they may be."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from core.errors import UsageError
from core.intake.limits import (
    MAX_PACKED_FILES,
    MAX_PACKING_RATIO,
    MAX_UNPACKED_BYTES,
    SMALL_ENOUGH_BYTES,
)

_PROLOG_STEP = 4096
# All that zipfile raises over a broken archive; NotImplementedError: a method of packing that it doesn't know.
BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, IndexError)


def broken() -> UsageError:
    return UsageError(
        "file_broken",
        "The file is damaged or incomplete.",
        "If it is still being copied or downloaded, wait for the end of that; else open it in the program that "
        "made it, save it again and try with that.",
    )


def encrypted() -> UsageError:
    return UsageError(
        "file_encrypted",
        "The file is protected with a password.",
        "Open it, save a copy without a password, and use that.",
    )


def bursting() -> UsageError:
    return UsageError(
        "archive_too_large",
        "What is packed in this file would take more than {limit} MB, or is packed so densely that it was made to "
        "fill a disk.",
        "If you trust where it came from, unpack it yourself and drop the files you need.",
        limit=MAX_UNPACKED_BYTES // 1_000_000,
    )


@contextmanager
def telling_broken_ones() -> Iterator[None]:
    """Turns what archives and XML raise when they are damaged into the one `UsageError` for that."""
    try:
        yield
    except (*BROKEN_ARCHIVE, ParseError, expat.ExpatError, LookupError, RecursionError) as error:
        raise broken() from error


def check_sizes(members: Iterable[zipfile.ZipInfo]) -> None:
    """Raises `UsageError` before anything is unpacked. zipfile never gives more of a member than its stated size."""
    total = 0
    for count, member in enumerate(members, start=1):
        total += member.file_size
        dense = member.file_size > MAX_PACKING_RATIO * max(1, member.compress_size)
        if total > MAX_UNPACKED_BYTES or count > MAX_PACKED_FILES or (dense and member.file_size > SMALL_ENOUGH_BYTES):
            raise bursting()


class Package:
    """Opens a spreadsheet or document. Raises `UsageError` for one that is damaged, locked, or made to do harm."""

    def __init__(self, data: bytes) -> None:
        with telling_broken_ones():
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise encrypted()
        check_sizes(members)
        self.names = frozenset(member.filename for member in members)

    def part(self, name: str) -> bytes:
        """The whole of a part; it is XML without a document type. Raises `UsageError`."""
        with telling_broken_ones():
            self._refuse_declarations(name)
            return self._zip.read(name)

    def check_xml(self) -> None:
        """Looks at every XML part before a library reads them. Raises `UsageError`."""
        with telling_broken_ones():
            for name in self.names:
                if name.endswith((".xml", ".rels")):
                    self._refuse_declarations(name)

    def _refuse_declarations(self, name: str) -> None:
        """No spreadsheet declares a document type: that is where entities that burst or fetch files are declared."""
        with self._zip.open(name) as stream:
            refuse_document_type(iter(lambda: stream.read(_PROLOG_STEP), b""))


def refuse_document_type(pieces: Iterable[bytes]) -> None:
    """Reads as far as the first element. Raises `UsageError`, and `expat.ExpatError` for what is no XML."""
    parser = expat.ParserCreate()
    begun = False

    def element(*_: object) -> None:
        nonlocal begun
        begun = True

    def document_type(*_: object) -> None:
        raise UsageError(
            "file_hostile",
            "The file declares a document type, which no program of this kind writes: it may be made to do harm.",
            "Ask who sent it; if you trust them, open it in its program and save it again.",
        )

    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = document_type
    for piece in pieces:
        parser.Parse(piece, False)
        if begun:
            return
