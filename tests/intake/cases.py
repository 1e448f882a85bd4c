"""What a case of the corpus is, and the tools that make its file."""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Workshop:
    """`python` has the libraries; `office` is LibreOffice; `folder` is thrown away."""

    folder: Path
    python: Path
    office: Path
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def place(self, name: str) -> Path:
        """A file of that name in a folder of its own."""
        folder = self.folder / f"{next(self._numbers)}"
        folder.mkdir()
        return folder / name

    def script(self, code: str, name: str) -> Path:
        """The file that the Python `code` writes to `path`."""
        path = self.place(name)
        subprocess.run([self.python, "-c", f"path = {str(path)!r}\n{code}"], check=True)
        return path

    def converted(self, source: Path | bytes, name: str, to: str, *, reads: str = "") -> Path:
        """`source` (bytes: with the ending of `name`) saved by LibreOffice in the format `to`: `ods`, `xlsx`, …"""
        if isinstance(source, bytes):
            path = self.place(name)
            path.write_bytes(source)
            source = path
        out = self.place("x").parent
        profile = f"-env:UserInstallation=file://{self.folder / 'profile'}"
        command = [str(self.office), "--headless", profile, *([f"--infilter={reads}"] if reads else [])]
        subprocess.run([*command, "--convert-to", to, "--outdir", out, source], check=True, capture_output=True)
        (made,) = out.iterdir()
        return made


Making = Callable[[Workshop], bytes | Path]


@dataclass(frozen=True)
class Case:
    """`accepted` and `refused` in their order; of a row only what is written here is compared.

    `notices` are words that each of the file's notices holds, in their order.
    """

    file: str
    make: Making
    made_by: str
    accepted: Sequence[dict[str, Any]] = ()
    refused: Sequence[dict[str, Any]] = ()
    notices: Sequence[str] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "made_by": self.made_by,
            "accepted": list(self.accepted),
            "refused": list(self.refused),
            "notices": list(self.notices),
        }


def row(number: int, name: str, **more: Any) -> dict[str, Any]:
    """`fields` goes by the template's names; `warnings` are codes, none if it isn't given."""
    return {"row": number, "name": name, **more}


def refused(code: str, number: int = 0, column: str = "", **more: Any) -> dict[str, Any]:
    return {"code": code, "row": number, "column": column, **more}
