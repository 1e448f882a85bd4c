"""A note in a WAV file: what is known about its sound, in a chunk of its own behind the samples.

Players skip chunks they don't know, so the file stays an ordinary WAV, and sound and note can't be parted.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

_CHUNK = b"trnt"
_HEADER = struct.Struct("<4sI")


def write_note(wav: Path, note: dict[str, Any]) -> None:
    """Puts `note` (plain JSON values) behind the samples of a finished WAV that has none yet."""
    data = json.dumps(note, ensure_ascii=False, separators=(",", ":")).encode()
    data += b" " * (len(data) % 2)
    with wav.open("rb+") as file:
        file.seek(0, 2)
        if file.tell() % 2:
            file.write(b"\0")
        file.write(_HEADER.pack(_CHUNK, len(data)) + data)
        size = file.tell()
        file.seek(4)
        file.write(struct.pack("<I", size - 8))


def read_note(wav: Path) -> dict[str, Any]:
    """The note of a WAV; empty if it has none, or is no WAV."""
    with wav.open("rb") as file:
        if file.read(4) != b"RIFF":
            return {}
        file.seek(12)
        while len(header := file.read(_HEADER.size)) == _HEADER.size:
            name, size = _HEADER.unpack(header)
            if name == _CHUNK:
                try:
                    note = json.loads(file.read(size))
                except ValueError:
                    return {}
                return note if isinstance(note, dict) else {}
            file.seek(size + size % 2, 1)
    return {}
