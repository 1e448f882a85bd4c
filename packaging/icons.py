"""The program's icon in the forms that desktops want, all drawn from resources/icons/trineo.svg."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parent.parent
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
_ICNS = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}


def png(size: int) -> bytes:
    """The icon, `size` pixels wide and high."""
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(str(ROOT / "resources" / "icons" / "trineo.svg")).render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(data.data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Windows: an ICO whose pictures are PNGs (since Vista)."""
    fitting = {size: data for size, data in pictures.items() if size <= 256}
    head = struct.pack("<HHH", 0, 1, len(fitting))
    place = len(head) + 16 * len(fitting)
    entries = b""
    for size, data in fitting.items():
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), place)
        place += len(data)
    return head + entries + b"".join(fitting.values())


def icns(pictures: dict[int, bytes]) -> bytes:
    """macOS: an ICNS of PNGs."""
    parts = b"".join(name + struct.pack(">I", 8 + len(pictures[size])) + pictures[size] for size, name in _ICNS.items())
    return b"icns" + struct.pack(">I", 8 + len(parts)) + parts


def write(folder: Path) -> Path:
    """Writes all forms into `folder`; answers the one for this system's programs."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {size: png(size) for size in SIZES}
    for size, data in pictures.items():
        (folder / f"trineo-{size}.png").write_bytes(data)
    (folder / "trineo.ico").write_bytes(ico(pictures))
    (folder / "trineo.icns").write_bytes(icns(pictures))
    return folder / ("trineo.icns" if sys.platform == "darwin" else "trineo.ico")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
