"""Which Trineo this is, from a packed program, a clone, or an unpacked archive."""

from __future__ import annotations

from pathlib import Path

import pytest

import app
from core import __version__
from core.version import Build, read_build

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def history(folder: Path, head: str) -> Path:
    folder.mkdir()
    (folder / "HEAD").write_text(f"{head}\n")
    return folder


def test_a_packed_program_tells_what_it_was_told(tmp_path: Path) -> None:
    packed = tmp_path / "build.json"
    packed.write_text('{"version": "9.8.7", "build": "20261123-0101", "commit": "abc123+"}')
    assert read_build(packed, tmp_path) == Build("9.8.7", "20261123-0101", "abc123+")
    assert str(read_build(packed, tmp_path)) == "9.8.7 (build 20261123-0101, commit abc123+)"


def test_a_clone_tells_its_commit(tmp_path: Path) -> None:
    git = history(tmp_path / "loose", "ref: refs/heads/main")
    (git / "refs" / "heads").mkdir(parents=True)
    (git / "refs" / "heads" / "main").write_text(f"{COMMIT}\n")
    assert read_build(tmp_path / "none", git) == Build(__version__, "source", COMMIT[:12])

    git = history(tmp_path / "packed", "ref: refs/heads/main")
    (git / "packed-refs").write_text(f"# pack-refs\n{'f' * 40} refs/heads/other\n{COMMIT} refs/heads/main\n")
    assert read_build(tmp_path / "none", git).commit == COMMIT[:12]

    assert read_build(tmp_path / "none", history(tmp_path / "detached", COMMIT)).commit == COMMIT[:12]


def test_an_unpacked_archive_knows_no_commit(tmp_path: Path) -> None:
    told = read_build(tmp_path / "none", tmp_path / ".git")
    assert told == Build(__version__, "source", "")
    assert str(told) == f"{__version__} (build source)"


def test_it_is_told_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        app.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"Trineo {__version__} (build ")
