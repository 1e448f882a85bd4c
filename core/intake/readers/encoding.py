"""A file's bytes as text, in whichever encoding it was saved.

Unicode says so itself. What else customers send is Windows' cp1252 or old Mac Roman, in which an accented
letter of the one is a stray sign of the other, and the letters around it tell which. (General detectors go
by the language's statistics; on a sheet of names, charset-normalizer takes half the Mac Roman for cp1252.)
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Mapping
from typing import NamedTuple

from core.errors import UsageError
from core.intake.model import Notice, Source
from core.text import Text

_MARKED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}  # the likelier first
ENCODINGS: Mapping[str, str] = {"utf-8": "UTF-8", **_LEGACY, "cp850": "DOS (850)", "utf-16-le": "UTF-16"}
"""What a person may say that a file is written in: Python's name for it, and people's."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# the bytes that are no UTF-8, as surrogateescape keeps them
_STRAY = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_SAMPLE = 50_000  # enough to tell what a file is


class Decoded(NamedTuple):
    """`text` is None where there is none; `told` is what to tell of a guess."""

    text: str | None
    told: Text | None
    encoding: str = ""


class TextFile(NamedTuple):
    text: str
    notices: tuple[Notice, ...]
    encoding: str


def read_text(source: Source) -> TextFile:
    """The whole text, and a notice where its encoding had to be guessed.

    Raises `UsageError` for a file that can't be read, is too large, is empty, or is no text.
    """
    text, told, encoding = _as_told(source.data(), source.encoding) if source.encoding else decode(source.data())
    if text is None or _is_noise(text):
        raise UsageError(
            "not_text",
            "This is not a text file: its bytes are no text in any encoding.",
            "Open it in the program that made it and save it as “CSV UTF-8” or as plain text.",
        )
    if not text.strip():
        raise UsageError("file_empty", "The file is empty.", "Check that this is the file you meant.")
    return TextFile(text, (Notice(source.path, told),) if told else (), encoding)


def _is_noise(text: str) -> bool:
    return 20 * len(_CONTROL.findall(text, 0, _SAMPLE)) > min(len(text), _SAMPLE)


def _as_told(data: bytes, encoding: str) -> Decoded:
    """In the encoding that a person says it is written in; what doesn't fit is seen as �, and told."""
    mark = next((mark for mark, marked in _MARKED if marked == encoding and data.startswith(mark)), b"")
    text = data[len(mark) :].decode(encoding, "replace")
    misfit = Text(
        "Not everything in the file is {encoding}: what is not shows as �. Choose another encoding.",
        {"encoding": ENCODINGS[encoding]},
    )
    return Decoded(text, misfit if "\ufffd" in text else None, encoding)


def decode(data: bytes) -> Decoded:
    """In whichever encoding it seems to be written."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), None, encoding)
            except UnicodeDecodeError:
                if encoding != "utf-8":
                    return Decoded(None, None)
                data = data[len(mark) :]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return (_unmarked_utf16(data) if "\0" in text else None) or Decoded(text, None, "utf-8")
    if b"\0" in data:
        return _unmarked_utf16(data) or Decoded(None, None)
    sample = _telling(data)
    return _mixed(data) if _is_mixed(sample) else _legacy(data, sample)


def _unmarked_utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark shows by its zeros: of what is written in Latin letters, every other byte is one."""
    for encoding, zeros in (("utf-16-le", data[1:_SAMPLE:2]), ("utf-16-be", data[:_SAMPLE:2])):
        if len(zeros) and 2 * zeros.count(0) > len(zeros):
            try:
                return Decoded(data.decode(encoding), None, encoding)
            except UnicodeDecodeError:
                return None
    return None


def _telling(data: bytes) -> bytes:
    """Some of the lines that are not ASCII: the others look alike in every encoding."""
    some = bytearray()
    for line in io.BytesIO(data):
        if not line.isascii():
            some += line[:_SAMPLE]
        if len(some) > _SAMPLE:
            break
    return bytes(some)


def _is_mixed(sample: bytes) -> bool:
    """Whether more of it is UTF-8 than is not."""
    beyond_ascii = [char for char in sample.decode("utf-8", "surrogateescape") if not char.isascii()]
    return 2 * sum(ord(char) in _STRAY for char in beyond_ascii) < len(beyond_ascii)


def _mixed(data: bytes) -> Decoded:
    """UTF-8 into which somebody pasted lines of cp1252: each part is read as what it is."""
    told = Text("The file mixes encodings; what is not UTF-8 in it was read as Windows-1252. Check the accents.")
    return Decoded(data.decode("utf-8", "surrogateescape").translate(_STRAY), told, "utf-8")


def _legacy(data: bytes, sample: bytes) -> Decoded:
    best = max(_LEGACY, key=lambda encoding: _plausibility(sample.decode(encoding, "replace")))
    told = Text(
        "The file doesn't say its encoding; it was read as {encoding}. Check the accents.",
        {"encoding": _LEGACY[best]},
    )
    return Decoded(data.decode(best, "replace"), told, best)


def _plausibility(text: str) -> int:
    text = re.sub(r"(?<=[a-zA-Z])’(?=(?:s|t|d|m|re|ve|ll)\b)", "é", text)  # it’s, we’ll: as good as a letter
    return sum(
        _fit(before, char, after)
        for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False)
        if not char.isascii()
    )


def _fit(before: str, char: str, after: str) -> int:
    """How well a character that is not ASCII stands between its neighbours."""
    if char.isalpha():
        if (char.isupper() and before.islower()) or (char.islower() and after.isupper()):
            return -2  # JosÈ, DíAngelo
        return 2 if char.lower() in "áéíóúñü" else 1
    if char in "¿¡“‘«":
        return (3 if after.isupper() else 2) if after.isalpha() and not before.isalpha() else -1
    if char == "’" and after.isupper():
        return 2  # D’Angelo
    if (before.isalpha() and after.isalpha()) or char not in "”’»„…–—·•°€£":
        return -1  # Sof’a, cant‡
    return 1
