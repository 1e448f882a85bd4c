"""Gathers the licences of everything that is packed, from where each part comes from; what has none stops the packing.

What goes into the bundle's `licences` folder: a text for each part, and `licences.json`, the list that About shows:
[{"name", "version", "licence" (SPDX), "source" (where its source is), "file"}, …].
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.markers import Marker

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FOLDER = "licences"
INDEX = "licences.json"

_TEXT = re.compile(r"(?i)(^|/)(licen[cs]es?|copying|notice|authors)[^/]*$")
_PINNED = re.compile(r"^([\w.-]+)==\S+(?: ; (.*?))? *\\?$", re.M)
# The parts of `native.toml` speak for these wheels, which bring no licence text.
_SPOKEN_FOR = {"espeakng-loader", "pyside6", "pyside6-addons", "pyside6-essentials", "shiboken6"}


class NoLicence(Exception):
    """Something is packed whose licence nobody has written down."""


@dataclass(frozen=True)
class Part:
    name: str
    version: str
    licence: str
    source: str
    text: str = field(repr=False)

    @property
    def file(self) -> str:
        return re.sub(r"[^\w.-]+", "-", self.name) + ".txt"


def gather(
    root: Path, folder: Path, rows: Iterable[tuple[str, str, str]], ffmpeg: Path, copyrights: Path
) -> list[tuple[str, str, str]]:
    """Writes the texts and the index into `folder`; answers them as PyInstaller's rows. `rows`: the files packed.

    `ffmpeg` is the program among them; `copyrights` holds Debian's files for what packaging/ffmpeg.sh put beside it.
    """
    packed = [(place.replace("\\", "/"), file) for place, file, _ in rows]
    parts = [
        _own(root),
        _python(),
        _packer(),
        *distributions((root / "packaging" / "requirements.lock").read_text(encoding="utf-8")),
        *native([place for place, _ in packed], ffmpeg),
        *_beside_ffmpeg(copyrights),
        *fonts(root),
        *system_libraries(sorted({file for _, file in packed})),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for part in parts:
        (folder / part.file).write_text(part.text, encoding="utf-8")
    (folder / INDEX).write_text(json.dumps([_line(part) for part in parts], indent=1) + "\n", encoding="utf-8")
    return [(f"{FOLDER}/{name}", str(folder / name), "DATA") for name in [INDEX, *(part.file for part in parts)]]


def distributions(lock: str) -> list[Part]:
    """The Python packages that the program runs on: those of the lock file that are meant for this system."""
    names = [name for name, marker in _PINNED.findall(lock) if not marker or Marker(marker).evaluate()]
    return [_distribution(name) for name in names if name not in _SPOKEN_FOR]


def _distribution(name: str) -> Part:
    found = metadata.distribution(name)
    texts = [
        f"{file.name}\n\n{Path(str(found.locate_file(file))).read_text(encoding='utf-8', errors='replace')}"
        for file in found.files or []
        if ".dist-info/" in file.as_posix() and _TEXT.search(file.as_posix()) and file.suffix not in (".py", ".pyc")
    ]
    if not texts:
        raise NoLicence(f"{name} brings no licence text: add it to packaging/licences/native.toml")
    told = found.metadata
    return Part(name, found.version, _licence(told), _homepage(told), "\n\n".join(texts))


def _licence(told: Any) -> str:
    """As SPDX where the package says so; its classifier or its own words otherwise."""
    if expression := told.get("License-Expression"):
        return str(expression)
    said = str(told.get("License") or "").strip()
    if said and said != "UNKNOWN" and len(said) < 60 and "\n" not in said:
        return said
    classifiers = [one for one in told.get_all("Classifier") or [] if one.startswith("License ::")]
    return " AND ".join(one.rpartition(" :: ")[2] for one in classifiers) or "see its text"


def _homepage(told: Any) -> str:
    links: dict[str, str] = dict(link.split(", ", 1) for link in told.get_all("Project-URL") or [] if ", " in link)
    by_name = {name.lower(): link for name, link in links.items()}
    for name in ("source", "source code", "repository", "homepage", "home"):
        if name in by_name:
            return by_name[name]
    return str(told.get("Home-page") or "") or f"https://pypi.org/project/{told['Name']}/"


def _beside_ffmpeg(copyrights: Path) -> Iterator[Part]:
    for file in sorted(copyrights.glob("*.txt")) if copyrights.is_dir() else ():
        package, _, version = file.stem.partition(" ")
        yield _debian_part(package, version, file.read_text(encoding="utf-8", errors="replace"))


def native(places: Sequence[str], ffmpeg: Path) -> list[Part]:
    """What native.toml knows, of which there is a file in the bundle. A library in PyAV that it doesn't know raises."""
    table = tomllib.loads((HERE / FOLDER / "native.toml").read_text(encoding="utf-8"))
    inside: dict[str, str] = table["inside"]
    told = subprocess.run([ffmpeg, "-version"], capture_output=True, text=True, check=True).stdout
    parts = []
    for row in table["part"]:
        if not any(re.match(row["files"], place) for place in places):
            continue
        note = ""
        if row["name"] == "FFmpeg":
            note = _with_licences(ffmpeg_libraries(told), inside)
        elif "PyAV" in row["name"]:
            note = _with_licences(wheel_libraries(places), inside)
        texts = "\n\n".join(_common_text(text) for text in row["texts"])
        version = told.split()[2] if row["name"] == "FFmpeg" else _version_of(row["name"])
        parts.append(Part(row["name"], version, row["licence"], row["source"], f"{note}{texts}"))
    return parts


_OPTIONS = {"gpl", "version3", "nonfree", "static", "shared", "debug", "pic", "nvenc"}
_CHOICES = re.compile(r"(indev|encoder|decoder|filter|muxer|demuxer|protocol|parser|bsf)=")


def ffmpeg_libraries(configuration: str) -> list[str]:
    """The names of what is built in: `libx264` is x264."""
    if "--enable-nonfree" in configuration:
        raise NoLicence("this FFmpeg must not be passed on: it was built with --enable-nonfree")
    names = [name for name in re.findall(r"--enable-(\S+)", configuration) if not _CHOICES.match(name)]
    return sorted({name.removeprefix("lib") for name in names} - _OPTIONS)


def wheel_libraries(places: Sequence[str]) -> list[str]:
    """The shared libraries beside PyAV: `av.libs/libx264-d6533a8d.so.165` is x264."""
    names = [re.fullmatch(r"av\.libs/(?:lib)?(.+?)-[0-9a-f]{8,}\..+", place) for place in places]
    return sorted({found.group(1) for found in names if found})


def _with_licences(names: Sequence[str], inside: dict[str, str]) -> str:
    unknown = [name for name in names if name not in inside]
    if unknown:
        raise NoLicence(f"no licence is known of {', '.join(unknown)}: add them to packaging/licences/native.toml")
    return "It contains:\n" + "".join(f"  {name}: {inside[name]}\n" for name in names) + "\n\n"


def _version_of(name: str) -> str:
    package = {"eSpeak NG": "espeakng-loader", "Qt and PySide6": "PySide6", "FFmpeg's libraries in PyAV": "av"}[name]
    return metadata.version(package)


def fonts(root: Path) -> list[Part]:
    folder = root / "resources" / "fonts"
    found = [(file.parent.relative_to(root).as_posix(), file) for file in sorted(folder.rglob("OFL.txt"))]
    return [Part(f"Fonts in {place}", "", "OFL-1.1", "", file.read_text(encoding="utf-8")) for place, file in found]


def system_libraries(files: Sequence[str]) -> list[Part]:
    """On Debian: the packages whose libraries were packed, by their own copyright files. Elsewhere there are none."""
    ours = [file for file in files if file.startswith(("/usr/lib/", "/lib/"))]
    parts = []
    for package in sorted({_debian_package(file) for file in ours}):
        text = (Path("/usr/share/doc") / package / "copyright").read_text(encoding="utf-8", errors="replace")
        asked = ["dpkg-query", "-W", "-f", "${Version}", package]
        version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        parts.append(_debian_part(package, version, text))
    return parts


def _debian_part(package: str, version: str, text: str) -> Part:
    licences = sorted(set(re.findall(r"^License: *(\S.*)$", text, re.M)))
    source = f"https://packages.debian.org/{package}"
    return Part(f"{package} (Debian)", version, " AND ".join(licences) or "see its text", source, text)


def _debian_package(file: str) -> str:
    real = str(Path(file).resolve())
    for name in (file, real, file.removeprefix("/usr"), real.removeprefix("/usr")):
        answer = subprocess.run(["dpkg-query", "-S", name], capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            return answer.stdout.split(":")[0]
    raise NoLicence(f"{file} belongs to no Debian package")


def _own(root: Path) -> Part:
    text = (root / "LICENSE").read_text(encoding="utf-8")
    return Part("Trineo", "", "GPL-3.0-or-later", "", text)


def _python() -> Part:
    places = [
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright"),
    ]
    text = next((place.read_text(encoding="utf-8") for place in places if place.is_file()), None)
    if text is None:
        raise NoLicence("Python's own licence was not found")
    return Part("Python", sys.version.split()[0], "PSF-2.0", "https://www.python.org", text)


def _packer() -> Part:
    """The loader that starts the program is PyInstaller's, under the GPL with an exception for what it packs."""
    part = _distribution("pyinstaller")
    licence = "GPL-2.0-or-later WITH Bootloader-exception"
    return Part("PyInstaller's loader", part.version, licence, part.source, part.text)


def _common_text(name: str) -> str:
    file = ROOT / "LICENSE" if name == "GPL-3.0" else HERE / FOLDER / f"{name}.txt"
    return file.read_text(encoding="utf-8")


def _line(part: Part) -> dict[str, str]:
    told = {"name": part.name, "version": part.version, "licence": part.licence, "source": part.source}
    return {**told, "file": part.file}
