"""FFmpeg in the bundle: one that packaging/ffmpeg.sh has built, for its program and PyAV both, or the wheels' two."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import imageio_ffmpeg
from bundle import ROOT, Row

OWN = ROOT / "build" / "ffmpeg"

_PYAV = re.compile(r"av\.libs/((lib(?:av|sw)\w+)-[0-9a-f]+\.so\.(\d+\.\d+\.\d+))")
_WHEEL_PROGRAM = "imageio_ffmpeg/binaries/"


def is_built(own: Path = OWN) -> bool:
    """And wanted: `TRINEO_FFMPEG=wheels` leaves one that was built before where it is."""
    return os.environ.get("TRINEO_FFMPEG") != "wheels" and (own / "bin" / "ffmpeg").is_file()


def program(own: Path = OWN) -> Path:
    """The FFmpeg that is packed."""
    return own / "bin" / "ffmpeg" if is_built(own) else Path(imageio_ffmpeg.get_ffmpeg_exe())


def copyrights(own: Path = OWN) -> Path:
    """The folder of the licences of what is packed beside it; none when the wheels' own is packed."""
    return own / "licences" if is_built(own) else own / "none"


def with_ffmpeg(rows: Iterable[Row], own: Path = OWN) -> list[Row]:
    """`rows`, the bundle's binaries, with FFmpeg's program among them, at the place where the packed Trineo looks.

    Our own FFmpeg's libraries take the places and names of those in PyAV's wheel, which were compiled against the same
    version; when they were not, this stops.
    """
    rows = [(place.replace("\\", "/"), file, kind) for place, file, kind in rows]
    rows = [row for row in rows if not row[0].startswith(_WHEEL_PROGRAM)]
    if not is_built(own):
        return [*rows, (f"{_WHEEL_PROGRAM}{program(own).name}", str(program(own)), "BINARY")]
    kept = [row for row in rows if not row[0].startswith("av.libs/")]
    return [*kept, ("ffmpeg/ffmpeg", str(program(own)), "BINARY"), *_libraries(_pyav_names(rows), own / "lib")]


def _pyav_names(rows: Iterable[Row]) -> dict[str, str]:
    """What PyAV calls each of FFmpeg's libraries, by its own name: `libavutil.so.60.26.102` has a hash in its name."""
    found = filter(None, (_PYAV.fullmatch(place) for place, _, _ in rows))
    return {f"{one.group(2)}.so.{one.group(3)}": one.group(1) for one in found}


def _libraries(names: dict[str, str], folder: Path) -> Iterator[Row]:
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise SystemExit(f"PyAV was built with another FFmpeg than {folder} has: {', '.join(missing)} is not there")
    for file in sorted(folder.iterdir()):
        if file.is_symlink():  # FFmpeg's libraries know each other by these names
            yield f"av.libs/{file.name}", names[file.readlink().name], "SYMLINK"
        else:
            yield f"av.libs/{names.get(file.name, file.name)}", str(file), "BINARY"
