"""The licences of all that is packed with the program; packaging/licences.py gathers them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from core import __version__


@dataclass(frozen=True, slots=True)
class Licence:
    """Of one part of the program. `licence` as SPDX names it; `source` is where its source is; `file` has its words."""

    name: str
    version: str
    licence: str
    source: str
    file: Path

    @property
    def title(self) -> str:
        return f"{self.name} {self.version}".strip()

    def text(self) -> str:
        words = self.file.read_text(encoding="utf-8", errors="replace")
        return f"{self.source}\n\n{words}" if self.source else words


def read_licences(root: Path) -> list[Licence]:
    """`root`: where the program is. A source tree has gathered none: there is only Trineo's own."""
    folder = root / "licences"
    try:
        listed = json.loads((folder / "licences.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return [Licence("Trineo", __version__, "GPL-3.0-or-later", "", root / "LICENSE")]
    return [Licence(one["name"], one["version"], one["licence"], one["source"], folder / one["file"]) for one in listed]
