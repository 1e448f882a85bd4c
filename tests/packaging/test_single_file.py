"""One file for any Linux: it installs itself for who runs it, and takes itself away again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import single_file

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it is for Linux")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    program = tmp_path / "bundle"
    (program / "_internal").mkdir(parents=True)
    (program / "trineo").write_text("#!/bin/sh\necho started\n")
    (program / "trineo").chmod(0o700)
    (program / "_internal" / "Año.txt").write_text("data")
    target = tmp_path / "trineo.run"
    single_file.write(program, target, "1.2.3")
    return target


def run(file: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C"}
    return subprocess.run(["sh", file, *words], env=environment, capture_output=True, text=True, check=False)


def test_it_installs_itself_into_an_odd_home_and_goes_again(file: Path, tmp_path: Path) -> None:
    home = tmp_path / 'ana\'s $HOME & "más" 100%'
    home.mkdir()
    assert run(file, home).returncode == 0
    started = subprocess.run([home / ".local/bin/trineo"], capture_output=True, text=True, check=True)
    assert started.stdout == "started\n"
    assert (home / ".local/opt/trineo/_internal/Año.txt").read_text() == "data"
    entry = (home / ".local/share/applications/trineo.desktop").read_text()
    quoted = str(home).replace('"', '\\\\"').replace("$", "\\\\$").replace("%", "%%")
    assert f'Exec="{quoted}/.local/opt/trineo/trineo" %F' in entry
    assert f"Icon={home}/.local/opt/trineo/share/trineo.svg" in entry
    assert "@" not in entry

    again = run(file, home)  # over itself
    assert again.returncode == 0, again.stderr

    (home / ".local/share/Trineo").mkdir()
    assert run(file, home, "--uninstall").returncode == 0
    left = {path.relative_to(home).as_posix() for path in home.rglob("*") if "rineo" in path.name}
    assert left == {".local/share/Trineo"}


def test_it_can_just_be_unpacked(file: Path, tmp_path: Path) -> None:
    assert run(file, tmp_path / "nobody", "--extract", str(tmp_path / "here it is")).returncode == 0
    assert (tmp_path / "here it is" / "trineo").is_file()
    assert not (tmp_path / "nobody").exists()


def test_what_it_does_not_know_it_explains(file: Path, tmp_path: Path) -> None:
    answer = run(file, tmp_path, "--help")
    assert answer.returncode == 2
    assert "Trineo 1.2.3" in answer.stdout
    assert "--uninstall" in answer.stdout
