"""A file's bytes as text, in whichever encoding it was saved.

Unicode says so itself. What else customers send is Windows' cp1252 or old Mac Roman, in which an accented
letter of the one is a stray sign of the other, and the letters around it tell which. (General detectors go
by the language's statistics; on a sheet of names, charset-normalizer takes half the Mac Roman for cp1252.)
"""

from __future__ import annotations

import codecs
import io
import re

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
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# the bytes that are no UTF-8, as surrogateescape keeps them
_STRAY = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_SAMPLE = 50_000  # enough to tell what a file is


def read_text(source: Source) -> tuple[str, tuple[Notice, ...]]:
    """The whole text, and a notice where its encoding had to be guessed.

    Raises `UsageError` for a file that can't be read, is too large, is empty, or is no text.
    """
    text, guessed = decode(source.data())
    if text is None or _is_noise(text):
        raise UsageError(
            "not_text",
            "This is not a text file: its bytes are no text in any encoding.",
            "Open it in the program that made it and save it as “CSV UTF-8” or as plain text.",
        )
    if not text.strip():
        raise UsageError("file_empty", "The file is empty.", "Check that this is the file you meant.")
    return text, (Notice(source.path, guessed),) if guessed else ()


def _is_noise(text: str) -> bool:
    return 20 * len(_CONTROL.findall(text, 0, _SAMPLE)) > min(len(text), _SAMPLE)


def decode(data: bytes) -> tuple[str | None, Text | None]:
    """The text (None: there is none), and what to tell of a guess."""
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), None
            except UnicodeDecodeError:
                if encoding != "utf-8":
                    return None, None
                data = data[len(mark) :]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return (_unmarked_utf16(data) or text if "\0" in text else text), None
    if b"\0" in data:
        return _unmarked_utf16(data), None
    sample = _telling(data)
    return _mixed(data) if _is_mixed(sample) else _legacy(data, sample)


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows by its zeros: of what is written in Latin letters, every other byte is one."""
    for encoding, zeros in (("utf-16-le", data[1:_SAMPLE:2]), ("utf-16-be", data[:_SAMPLE:2])):
        if len(zeros) and 2 * zeros.count(0) > len(zeros):
            try:
                return data.decode(encoding)
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


def _mixed(data: bytes) -> tuple[str, Text]:
    """UTF-8 into which somebody pasted lines of cp1252: each part is read as what it is."""
    return data.decode("utf-8", "surrogateescape").translate(_STRAY), Text(
        "The file mixes encodings; what is not UTF-8 in it was read as Windows-1252. Check the accents."
    )


def _legacy(data: bytes, sample: bytes) -> tuple[str, Text]:
    best = max(_LEGACY, key=lambda encoding: _plausibility(sample.decode(encoding, "replace")))
    return data.decode(best, "replace"), Text(
        "The file doesn't say its encoding; it was read as {encoding}. Check the accents.",
        {"encoding": _LEGACY[best]},
    )


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
