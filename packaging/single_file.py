"""Makes one file for any Linux out of the bundle: `python packaging/single_file.py BUNDLE OUT.run`.

`sh OUT.run` installs it for who runs it, without root. It is a shell script with an archive behind it: packaging for
AppImage needs a loader that no registry has.
"""

from __future__ import annotations

import gzip
import io
import sys
import tarfile
from pathlib import Path

import debian
import stamp

ROOT = Path(__file__).resolve().parent.parent
HEAD = ROOT / "packaging" / "linux" / "single_file.sh"


def head(version: str) -> bytes:
    """The script; the archive begins at the line after its last."""
    text = HEAD.read_text(encoding="utf-8").replace("@VERSION@", version)
    return text.replace("@LINES@", str(text.count("\n") + 1)).encode()


def _as_roots(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
    return entry


def write(folder: Path, target: Path, version: str) -> None:
    with target.open("wb") as out:
        out.write(head(version))
        # gzip, because not every system has xz
        with gzip.GzipFile("", "wb", 6, out) as packed, tarfile.open(fileobj=packed, mode="w|") as archive:
            archive.add(folder, "trineo", filter=_as_roots)
            for name, content in (
                ("trineo.desktop", debian.desktop_entry("@COMMAND@", "@ICON@").encode()),
                ("trineo.svg", (ROOT / "resources" / "icons" / "trineo.svg").read_bytes()),
            ):
                entry = tarfile.TarInfo(f"trineo/share/{name}")
                entry.size, entry.mode = len(content), 0o644
                archive.addfile(entry, io.BytesIO(content))
    target.chmod(0o755)


def main(folder: Path, target: Path) -> None:
    write(folder, target, stamp.version(ROOT))
    print(f"{target}: {target.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
