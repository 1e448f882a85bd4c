"""The version is written down once, and an installed program tells it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import stamp

from core import __version__
from core.paths import ROOT
from core.version import Build, read_build


def test_there_is_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert stamp.version(ROOT) == __version__ == project["project"]["version"]


def test_what_is_written_when_packing_is_what_the_program_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("TRINEO_COMMIT", "0123456789abcdef")
    monkeypatch.delenv("TRINEO_BUILD", raising=False)
    stamp.write(ROOT, tmp_path / "made" / "build.json")
    told = read_build(tmp_path / "made" / "build.json", tmp_path)
    assert told == Build(__version__, "20231114-2213", "0123456789ab")


def test_outside_a_clone_no_commit_is_made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRINEO_COMMIT", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert stamp.commit(tmp_path) == ""


def test_windows_is_told_four_numbers(tmp_path: Path) -> None:
    file = stamp.windows_version({"version": "1.20.3", "build": "7", "commit": "abc"}, tmp_path)
    assert "filevers=(1, 20, 3, 0)" in Path(file).read_text(encoding="utf-8")
