"""Names of films and their folders: safe on Windows, macOS and Linux, and each given only once."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from unicodedata import category, normalize

MAX_NAME_CHARS = 100
MAX_NAME_BYTES = 200
MAX_PATH_CHARS = 259 if sys.platform == "win32" else 1000  # what most Windows programs take; macOS takes 1,024 bytes
_MIN_NAME_CHARS = 24  # less would tell nobody whose film it is

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
_JOINERS = "\u200c\u200d"  # kept: emoji and Persian words are made with them
_LOOSE_ENDS = " .-_"


def safe_name(text: str, *, max_chars: int = MAX_NAME_CHARS, max_bytes: int = MAX_NAME_BYTES) -> str:
    """The text as a file name, as much of it as fits; empty if nothing of it can stand in one."""
    if not text.isprintable():
        text = "".join(char for char in text if char.isspace() or char in _JOINERS or category(char)[0] != "C")
    text = _FORBIDDEN.sub("-", " ".join(normalize("NFC", text).split())).strip(_LOOSE_ENDS)
    if _RESERVED.match(text):
        text = f"_{text}"
    return _cut(text, max_chars, max_bytes).rstrip(_LOOSE_ENDS)


def _cut(text: str, max_chars: int, max_bytes: int) -> str:
    """The beginning of the text, without half of an accented letter or of a joined emoji at its end."""
    if len(text) <= max_chars and 4 * len(text) <= max_bytes:
        return text
    end = min(max_chars, len(text.encode()[:max_bytes].decode(errors="ignore")))
    while 0 < end < len(text) and (_extends(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return text[:end]


def _extends(char: str) -> bool:
    """Whether it is shown as part of the character before it: an accent, a joiner, a skin tone."""
    return category(char)[0] == "M" or char in _JOINERS or "\U0001f3fb" <= char <= "\U0001f3ff"


class FilmNames:
    """Gives out folders and films under `out`, none twice and no film that is `taken` on disk already.

    Names that differ only in case are one name, as they are on Windows and macOS. A path is kept to `max_path`
    characters where its film's name can be cut for that.
    """

    def __init__(self, out: Path, taken: Callable[[Path], bool], max_path: int = MAX_PATH_CHARS) -> None:
        self._out = out.absolute()
        self._taken = taken
        self._max_path = max_path
        self._given: set[str] = set()
        self._folders: dict[tuple[str, ...], Path] = {}

    def batch(self, name: str) -> str:
        """The folder's name for a batch, also what the batch is called."""
        return self._free(self._out, safe_name(name, max_chars=60, max_bytes=120) or "batch", "", _never).name

    def film(self, names: Sequence[str]) -> Path:
        """`names`: its folders' and its own, as `FilmPattern.fill` gives them; each is made safe by itself."""
        folder = self._folder(tuple(names[:-1]))
        room = max(_MIN_NAME_CHARS, self._max_path - len(str(folder)) - len("/ (999).mp4"))
        stem = safe_name(names[-1], max_chars=min(MAX_NAME_CHARS - 10, room), max_bytes=MAX_NAME_BYTES - 10)
        return self._free(folder, stem or "_", ".mp4", self._taken)

    def _folder(self, names: tuple[str, ...]) -> Path:
        if names not in self._folders:
            safe = (safe_name(name, max_chars=60, max_bytes=120) or "_" for name in names)
            self._folders[names] = self._out.joinpath(*safe)
        return self._folders[names]

    def _free(self, folder: Path, stem: str, ending: str, taken: Callable[[Path], bool]) -> Path:
        count = 1
        while True:
            path = folder / (f"{stem} ({count}){ending}" if count > 1 else f"{stem}{ending}")
            key = str(path).casefold()
            if key not in self._given and not taken(path):
                self._given.add(key)
                return path
            count += 1


def _never(path: Path) -> bool:
    return False
