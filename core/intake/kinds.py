"""What a file is, by its content; its ending only decides between texts."""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum
from pathlib import Path

from core.errors import UsageError
from core.intake.limits import MAX_ENTRIES
from core.intake.readers import READERS, Reader, delimited, json_rows, opendocument, reader_for, word, workbook
from core.intake.readers.package import BROKEN_ARCHIVE, broken, bursting, encrypted

ARCHIVE_ENDING = ".zip"
# Endings of files that are tried, or told with what to do, though none is a format of ours.
_OLD_OFFICE = (".xls", ".xlsm", ".xlsb", ".xltx", ".ots", ".odt", ".doc", ".docm", ".dotx", ".rtf")
_OTHERS = (*_OLD_OFFICE, ".numbers", ".pages", ".pdf", ".htm", ".html", ".xml", ".gz", ".7z", ".rar")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ENTRY = b"PK\x01\x02"  # begins what an archive says of each file in it
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB_PAGE = re.compile(rb"<(!doctype html|html|head|body|meta|style|table|div)\b", re.IGNORECASE)
_HEAD_BYTES = 4096
_AS_WORKBOOK = "Open it in Excel or LibreOffice and save it as .xlsx."
_AS_DOCUMENT = "Open it in Word or LibreOffice and save it as .docx."


class Archive(Enum):
    """Not read, but opened: what is in it is read."""

    ZIP = "zip"


def worth_trying(path: Path) -> bool:
    """Whether a file of this name is something a person may have meant as input."""
    ending = path.suffix.lower()
    return ending in READERS or ending == ARCHIVE_ENDING or ending in _OTHERS


def formats() -> str:
    return ", ".join((*READERS, ARCHIVE_ENDING))


def recognise(path: Path, data: bytes) -> Reader | Archive:
    """Raises `UsageError` for what is not read, with what to do about it."""
    head = data[:_HEAD_BYTES]
    if head.startswith(_ZIP):
        return _packed(data)
    if head.startswith(_OLE):
        raise _old_office(data)
    ending = path.suffix.lower()
    if ending in (".json", ".jsonl") or (ending not in (".txt", ".md") and json_rows.is_json(data)):
        return json_rows.read
    _refuse_known(head)
    reader = reader_for(path)
    if reader in (workbook.read, opendocument.read, word.read):
        if not data:
            return delimited.read  # which tells that it is empty
        if b"\0" in head:
            raise broken()
        return delimited.read
    if reader is None:
        if ending == ".xls" and b"\0" not in head:
            return delimited.read  # many programs call their text tables so
        raise unknown()
    return reader


def _packed(data: bytes) -> Reader | Archive:
    if data.count(_ENTRY) > MAX_ENTRIES:
        raise bursting()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = frozenset(package.namelist())
            mimetype = _beginning(package, "mimetype") if "mimetype" in names else b""
    except RuntimeError as error:  # zipfile's word for a password
        raise encrypted() from error
    except BROKEN_ARCHIVE as error:
        raise broken() from error
    if "xl/workbook.xml" in names:
        return workbook.read
    if "word/document.xml" in names:
        return word.read
    if b"opendocument.spreadsheet" in mimetype:
        return opendocument.read
    if "xl/workbook.bin" in names:
        raise _other("This is a workbook in Excel's binary format, which is not read.", _AS_WORKBOOK)
    if b"opendocument" in mimetype:
        raise _other("This is a text document of LibreOffice, which is not read.", _AS_DOCUMENT)
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names) or "Index.zip" in names:
        raise _other(
            "This is a document of Apple's Numbers or Pages, which is not read.",
            "Open it there, choose File › Export To › Excel (or Word), and use the .xlsx (or .docx).",
        )
    return Archive.ZIP


def _beginning(package: zipfile.ZipFile, name: str) -> bytes:
    """No more than that is unpacked: nobody has looked yet at how large it would be."""
    with package.open(name) as part:
        return part.read(100)


def _old_office(data: bytes) -> UsageError:
    """Word, Excel and PowerPoint up to 2003 keep named streams in one file; so does a newer one with a password."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        return encrypted()
    if holds("WordDocument"):
        return _other("This is a document in Word's old format, which is not read.", _AS_DOCUMENT)
    if holds("Workbook") or holds("Book"):
        return _other("This is a workbook in Excel's old format, which is not read.", _AS_WORKBOOK)
    return unknown()


def _refuse_known(head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF"):
        raise _other("This is a PDF, which is not read.", "Ask for the table that it was printed from.")
    if start.startswith(b"{\\rtf"):
        raise _other("This is a text in RTF, which is not read.", "Open it in its program and save it as .docx.")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise _other("This is Excel's XML format of 2003, which is not read.", _AS_WORKBOOK)
    if _WEB_PAGE.match(start):
        raise _other("This is a web page, whatever its name says.", _AS_WORKBOOK)
    if start.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        raise _other(
            "This is an archive of a kind that is not opened.", "Unpack it and drop the files, or pack them as .zip."
        )


def _other(what: str, remedy: str) -> UsageError:
    return UsageError("format_old", what, remedy)


def unknown() -> UsageError:
    return UsageError(
        "format_unknown", "Files of this kind are not read.", "Save it as one of {formats}.", formats=formats()
    )
