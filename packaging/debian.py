"""Makes the Debian package out of the bundle: `python packaging/debian.py BUNDLE OUT.deb`.

The bundle goes to /opt/trineo, a link to it to /usr/bin. What the bundle's libraries need and don't bring is found
out from them, and named as packages. There are no maintainer scripts: menus and file types are brought up to date by
the desktop's own triggers, and the package writes nothing that it would have to remove.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import bundle
import icons
import stamp

ROOT = Path(__file__).resolve().parent.parent
LINUX = ROOT / "packaging" / "linux"
MAINTAINER = os.environ.get("TRINEO_MAINTAINER", "Trineo <root@localhost>")

# Loaded by name while running, so no library says that it needs them.
LOADED_LATER = ("libgl1", "libegl1")
# Packages with a second name on newer systems (64-bit time): either will do.
NEWER_NAMES = {"libglib2.0-0": "libglib2.0-0t64", "libssl3": "libssl3t64", "libasound2": "libasound2t64"}
# Plugins load without these where a system doesn't have them.
_MAY_BE_MISSING = re.compile(r"libva(-drm|-x11)?\.so|libvdpau\.so|libcups|libmysql|libodbc|libpq")


def control(version: str, architecture: str, depends: Iterable[str], kilobytes: int) -> str:
    return f"""Package: trineo
Version: {version}
Architecture: {architecture}
Maintainer: {MAINTAINER}
Installed-Size: {kilobytes}
Depends: {", ".join(depends)}
Recommends: xdg-utils, util-linux
Section: video
Priority: optional
Description: batch-renders personalised Santa videos
 Drop a spreadsheet on the window and get a film for every child, in which
 Papá Noel greets it by name. The voice, FFmpeg and the queue are built in;
 no account, no key and no server are needed to start.
"""


def desktop_entry(command: str = "trineo", icon: str = "trineo") -> str:
    types = ";".join(bundle.OPENS.values())
    return f"""[Desktop Entry]
Type=Application
Version=1.0
Name=Trineo
GenericName=Santa videos
GenericName[es]=Videos de Papá Noel
Comment=Make a personal Santa video for every row of a spreadsheet
Comment[es]=Haga un video de Papá Noel para cada fila de una planilla
Exec={command} %F
Icon={icon}
Terminal=false
Categories=AudioVideo;Video;AudioVideoEditing;
MimeType={types};
Keywords=video;santa;christmas;batch;
Keywords[es]=video;papá noel;navidad;lote;
StartupNotify=true
StartupWMClass=trineo
"""


def man_page(version: str) -> str:
    page = (LINUX / "trineo.1").read_text(encoding="utf-8")
    return page.replace("@VERSION@", version).replace("@DATE@", stamp.moment().strftime("%Y-%m-%d"))


def depends(folder: Path) -> list[str]:
    """The packages, with libc's least version, that the bundle's programs and libraries rest on."""
    elves = list(_elves(folder))
    brought = {file.name for file in folder.rglob("*")}  # also by the names of links
    needed: set[str] = set()
    newest = (0, 0)
    for file in elves:
        told = _told(file)
        needed.update(re.findall(r"^\s+NEEDED\s+(\S+)", told, re.M))
        newest = max(newest, *glibc_versions(told))
    packages = {_package(name) for name in sorted(needed - brought) if not _MAY_BE_MISSING.match(name)}
    packages = (packages | set(LOADED_LATER)) - {"libc6"}
    return [f"libc6 (>= {newest[0]}.{newest[1]})", *(either_name(package) for package in sorted(packages))]


def glibc_versions(told: str) -> list[tuple[int, int]]:
    """The versions of glibc whose functions a file asks for, from what objdump says of it."""
    return [(0, 0), *((int(one), int(two)) for one, two in re.findall(r"\bGLIBC_(\d+)\.(\d+)", told))]


def either_name(package: str) -> str:
    return f"{package} | {NEWER_NAMES[package]}" if package in NEWER_NAMES else package


def _elves(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as content:
                if content.read(4) == b"\x7fELF":
                    yield file


def _told(file: Path) -> str:
    return subprocess.run(["objdump", "-p", file], capture_output=True, text=True, check=True).stdout


def _package(library: str) -> str:
    """The package of this system that brings `library`, by its name without the architecture."""
    known = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    found = re.search(rf"^\s*{re.escape(library)} \(.*x86-64.*\) => (\S+)$", known, re.M)
    if found is None:
        raise SystemExit(f"{library} is needed and neither packed nor on this system")
    real = str(Path(found.group(1)).resolve())
    for name in (found.group(1), real, f"/usr{found.group(1)}", real.removeprefix("/usr")):
        answer = subprocess.run(["dpkg-query", "-S", name], capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            return answer.stdout.split(":")[0]
    raise SystemExit(f"{library} belongs to no package")


def lay_out(folder: Path, tree: Path, version: str) -> None:
    """The files of the package, at their places under `tree`."""
    shutil.copytree(folder, tree / "opt" / "trineo", symlinks=True)
    link = tree / "usr" / "bin" / "trineo"
    link.parent.mkdir(parents=True)
    link.symlink_to("../../opt/trineo/trineo")
    share = tree / "usr" / "share"
    _put(share / "applications" / "trineo.desktop", desktop_entry().encode())
    scalable = (ROOT / "resources" / "icons" / "trineo.svg").read_bytes()
    _put(share / "icons" / "hicolor" / "scalable" / "apps" / "trineo.svg", scalable)
    for size in (48, 128, 256):
        _put(share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / "trineo.png", icons.png(size))
    _put(share / "man" / "man1" / "trineo.1.gz", gzip.compress(man_page(version).encode(), mtime=0))
    _put(share / "doc" / "trineo" / "copyright", _copyright().encode())
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    _put(share / "doc" / "trineo" / "changelog.gz", gzip.compress(changes, mtime=0))
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _copyright() -> str:
    return (
        "Trineo is free software under the GNU General Public License, version 3 or later;\n"
        "see /usr/share/common-licenses/GPL-3.\n\n"
        "The licences of everything packed with it are in /opt/trineo/_internal/licences,\n"
        "and in its window under Help, About Trineo.\n\n"
        "Whoever gave you this package also gives you, if you ask, its complete source and that\n"
        "of the free programs in it, in exactly these versions, for three years at least.\n"
    )


def main(folder: Path, target: Path) -> None:
    version = f"{stamp.version(ROOT)}-1"
    architecture = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="deb-") as work:
        tree = Path(work) / "tree"
        lay_out(folder, tree, version)
        kilobytes = sum(file.lstat().st_size for file in tree.rglob("*") if file.is_file()) // 1024
        told = control(version, architecture.strip(), depends(folder), kilobytes)
        _put(tree / "DEBIAN" / "control", told.encode())
        pack = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", str(tree), str(target)]
        subprocess.run(pack, check=True, stdout=subprocess.DEVNULL)
    print(f"{target}: {target.stat().st_size / 1e6:.0f} MB, unpacked {kilobytes / 1e3 * 1.024:.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
