"""Which Trineo this is. An installed one was told when it was packed; a source tree asks its own history."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core import __version__
from core.paths import ROOT, resources

SOURCE_TREE = "source"


@dataclass(frozen=True, slots=True)
class Build:
    """`build`: when it was packed, or `source`. `commit`: of the source it was made from; empty if nobody knows."""

    version: str
    build: str
    commit: str

    def __str__(self) -> str:
        told = f"{self.version} (build {self.build}"
        return f"{told}, commit {self.commit})" if self.commit else f"{told})"


@cache
def this_build() -> Build:
    return read_build(resources() / "build.json", ROOT / ".git")


def read_build(packed: Path, history: Path) -> Build:
    """`packed` is written by packaging/stamp.py; `history` is the folder in which git keeps its own."""
    try:
        told = json.loads(packed.read_text(encoding="utf-8"))
        return Build(str(told["version"]), str(told["build"]), str(told["commit"]))
    except FileNotFoundError:
        return Build(__version__, SOURCE_TREE, _commit(history))


def _commit(history: Path) -> str:
    try:
        head = (history / "HEAD").read_text(encoding="utf-8").strip()
        if head.startswith("ref: "):
            head = _named(history, head.removeprefix("ref: "))
    except OSError:  # not a clone: an unpacked archive has no history
        return ""
    return head[:12]


def _named(history: Path, name: str) -> str:
    loose = history / name
    if loose.is_file():
        return loose.read_text(encoding="utf-8").strip()
    packed = (history / "packed-refs").read_text(encoding="utf-8").splitlines()
    return next((line.partition(" ")[0] for line in packed if line.endswith(f" {name}")), "")
