"""Which Trineo is being packed, written down for it to tell: `core/version.py` reads it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path


def version(root: Path) -> str:
    text = (root / "core" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.M)
    if found is None:
        raise SystemExit("core/__init__.py says no __version__")
    return found.group(1)


def commit(root: Path) -> str:
    """Twelve digits, with a `+` if the tree holds what no commit does; empty outside a clone."""
    if given := os.environ.get("TRINEO_COMMIT"):
        return given[:12]
    try:
        head = _git(root, "rev-parse", "--short=12", "HEAD")
        return f"{head}+" if _git(root, "status", "--porcelain") else head
    except (OSError, subprocess.CalledProcessError):
        return ""


def moment() -> datetime:
    """When it is packed; `SOURCE_DATE_EPOCH` (seconds since 1970) says otherwise, so that two builds can be alike."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(given), UTC) if given else datetime.now(UTC)


def describe(root: Path) -> dict[str, str]:
    build = os.environ.get("TRINEO_BUILD") or moment().strftime("%Y%m%d-%H%M")
    return {"version": version(root), "build": build, "commit": commit(root)}


def write(root: Path, file: Path) -> dict[str, str]:
    told = describe(root)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(told) + "\n", encoding="utf-8")
    return told


def windows_version(build: dict[str, str], folder: Path) -> str:
    """The file that gives trineo.exe its properties; PyInstaller's own format."""
    numbers = [int(part) for part in re.findall(r"\d+", build["version"])][:3]
    four = tuple([*numbers, 0, 0, 0, 0][:4])
    strings = {
        "CompanyName": "Trineo",
        "FileDescription": "Trineo",
        "FileVersion": build["version"],
        "ProductName": "Trineo",
        "ProductVersion": f"{build['version']} ({build['commit']})",
        "LegalCopyright": "GPL-3.0-or-later",
    }
    table = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in strings.items())
    file = folder / "version.txt"
    file.write_text(
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={four}, prodvers={four}), kids=[\n"
        f"StringFileInfo([StringTable('040904B0', [{table}])]),\n"
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n",
        encoding="utf-8",
    )
    return str(file)


def _git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    print(version(Path(__file__).resolve().parent.parent))
