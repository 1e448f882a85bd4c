"""What a font file holds: its name, its weight, and which characters it can draw."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.errors import JobFault

_COLLECTION = b"ttcf"
_KINDS = (b"\0\1\0\0", b"OTTO", b"true")
_FAMILY = 1
_WINDOWS, _MACINTOSH = 3, 1


@dataclass(frozen=True, slots=True)
class Font:
    """`weight` is 100 (thin) to 900 (black); `characters` are code points."""

    family: str
    weight: int
    italic: bool
    characters: frozenset[int]


def read_font(path: Path) -> Font:
    """A TrueType or OpenType file. Raises `JobFault` by its name; remembered as long as the file stays as it is."""
    try:
        status = path.stat()
        return _read(path, status.st_mtime_ns, status.st_size)
    except OSError as error:
        raise _unreadable(path, error.strerror or "unknown") from error
    except (struct.error, KeyError, ValueError) as error:
        raise _unreadable(path, str(error) or "it is no font") from error


@lru_cache(maxsize=64)
def _read(path: Path, _mtime_ns: int, _size: int) -> Font:
    data = path.read_bytes()
    if data[:4] == _COLLECTION:
        raise ValueError("it is a collection of fonts")
    if data[:4] not in _KINDS:
        raise ValueError("it is no TrueType or OpenType font")
    tables = _tables(data)
    if "fvar" in tables:
        raise ValueError("it is a variable font; save one of its styles")
    style = tables["OS/2"]
    weight, selection = struct.unpack(">H", style[4:6])[0], struct.unpack(">H", style[62:64])[0]
    characters = frozenset(_characters(tables["cmap"]))
    if not characters:
        raise ValueError("it draws no character")
    return Font(_family(tables["name"]), weight, bool(selection & 1), characters)


def _tables(data: bytes) -> dict[str, bytes]:
    [count] = struct.unpack(">H", data[4:6])
    found = {}
    for place in range(12, 12 + 16 * count, 16):
        name, _, offset, length = struct.unpack(">4sIII", data[place : place + 16])
        if offset + length > len(data):
            raise ValueError("it breaks off")
        found[name.decode("latin-1")] = data[offset : offset + length]
    return found


def _family(table: bytes) -> str:
    """The name by which it is asked for; the English one where it has several."""
    _, count, storage = struct.unpack(">HHH", table[:6])
    best = (0, "")
    for place in range(6, 6 + 12 * count, 12):
        platform, _, language, kind, length, offset = struct.unpack(">HHHHHH", table[place : place + 12])
        raw = table[storage + offset : storage + offset + length]
        if kind != _FAMILY or platform not in (_WINDOWS, _MACINTOSH):
            continue
        name = raw.decode("utf-16-be" if platform == _WINDOWS else "mac-roman", "replace")
        rank = 1 + 2 * (platform == _WINDOWS) + (language in (0, 0x409))
        best = max(best, (rank, name))
    if not best[1] or set(best[1]) & set(",{}\\\n\r") or best[1].startswith("@"):
        raise ValueError("it has no name that it can be asked for by")
    return best[1]


def _characters(table: bytes) -> Iterator[int]:
    """Of its Unicode tables of kind 4 and 12, which every font of today has."""
    [count] = struct.unpack(">H", table[2:4])
    for offset in {struct.unpack(">HHI", table[place : place + 8])[2] for place in range(4, 4 + 8 * count, 8)}:
        part = table[offset:]
        [kind] = struct.unpack(">H", part[:2])
        if kind == 4:
            yield from _by_segments(part)
        elif kind == 12:
            yield from _by_groups(part)


def _by_segments(part: bytes) -> Iterator[int]:
    [twice] = struct.unpack(">H", part[6:8])
    segments = twice // 2

    def column(number: int, first: int) -> tuple[int, ...]:
        start = first + number * twice
        return struct.unpack(f">{segments}H", part[start : start + twice])

    ends, starts = column(0, 14), column(1, 16)
    deltas, offsets = column(2, 16), column(3, 16)
    for place, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                where = 16 + 3 * twice + 2 * place + offset + 2 * (code - start)
                [glyph] = struct.unpack(">H", part[where : where + 2])
                if not glyph:
                    continue
            if (glyph + delta) & 0xFFFF:
                yield code


def _by_groups(part: bytes) -> Iterator[int]:
    [groups] = struct.unpack(">I", part[12:16])
    for place in range(16, 16 + 12 * groups, 12):
        start, end, glyph = struct.unpack(">III", part[place : place + 12])
        if end > 0x10FFFF or end < start:
            raise ValueError("its list of characters makes no sense")
        yield from range(start + (glyph == 0), end + 1)


def _unreadable(path: Path, reason: str) -> JobFault:
    return JobFault(
        "font_unreadable",
        "The font {file} can't be used: {reason}.",
        "Put a working .ttf or .otf file in its place.",
        file=path.name,
        reason=reason,
    )
