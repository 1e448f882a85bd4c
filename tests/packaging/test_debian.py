"""The Debian package: where things go, and what it says of itself."""

from __future__ import annotations

import gzip
import re
import shutil
import stat
import sys
from pathlib import Path

import bundle
import debian
import icons
import pytest


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program = tmp_path_factory.mktemp("bundle") / "trineo"
    (program / "_internal").mkdir(parents=True)
    (program / "trineo").write_text("#!/bin/sh\n")
    (program / "trineo").chmod(0o700)
    (program / "_internal" / "data.txt").write_text("data")
    (program / "_internal" / "data.txt").chmod(0o666)
    tree = tmp_path_factory.mktemp("package") / "tree"
    debian.lay_out(program, tree, "1.2.3-1")
    return tree


def test_control_names_everything_that_dpkg_asks_for() -> None:
    told = debian.control("1.2.3-1", "amd64", ["libc6 (>= 2.36)", "libgl1"], 1234)
    fields = dict(re.findall(r"^([A-Z][\w-]+): (.*)$", told, re.M))
    assert fields["Package"] == "trineo"
    assert fields["Version"] == "1.2.3-1"
    assert fields["Architecture"] == "amd64"
    assert fields["Depends"] == "libc6 (>= 2.36), libgl1"
    assert fields["Installed-Size"] == "1234"
    assert {"Maintainer", "Section", "Priority", "Description"} <= set(fields)
    assert told.endswith("\n")
    assert all(line.startswith(" ") for line in told.partition("Description: ")[2].splitlines()[1:])


def test_it_can_be_started_by_its_name(tree: Path) -> None:
    link = tree / "usr" / "bin" / "trineo"
    assert link.is_symlink()
    assert link.resolve() == tree.resolve() / "opt" / "trineo" / "trineo"


def test_nobody_but_root_can_write_what_is_installed(tree: Path) -> None:
    for path in tree.rglob("*"):
        if not path.is_symlink():
            mode = stat.S_IMODE(path.stat().st_mode)
            assert mode in (0o644, 0o755), path
    assert stat.S_IMODE((tree / "opt/trineo/trineo").stat().st_mode) == 0o755
    assert stat.S_IMODE((tree / "opt/trineo/_internal/data.txt").stat().st_mode) == 0o644


def test_it_leaves_nothing_to_scripts_of_its_own(tree: Path) -> None:
    assert {path.name for path in tree.iterdir()} == {"opt", "usr"}


def test_menu_entry_icon_manual_and_copyright_are_there(tree: Path) -> None:
    share = tree / "usr" / "share"
    assert (share / "icons/hicolor/scalable/apps/trineo.svg").is_file()
    assert (share / "icons/hicolor/256x256/apps/trineo.png").read_bytes().startswith(b"\x89PNG")
    manual = gzip.decompress((share / "man/man1/trineo.1.gz").read_bytes()).decode()
    assert "Trineo 1.2.3-1" in manual
    assert "@" not in manual
    assert "GPL-3" in (share / "doc/trineo/copyright").read_text()


def test_files_can_be_opened_with_it(tree: Path) -> None:
    entry = (tree / "usr/share/applications/trineo.desktop").read_text(encoding="utf-8")
    keys = dict(line.split("=", 1) for line in entry.splitlines()[1:])
    assert entry.startswith("[Desktop Entry]\n")
    assert keys["Exec"] == "trineo %F"
    assert keys["Icon"] == "trineo"
    assert set(keys["MimeType"].rstrip(";").split(";")) == set(bundle.OPENS.values())
    assert {"Type", "Name", "Categories", "Comment[es]"} <= set(keys)


def test_libc_is_asked_for_as_new_as_the_functions_that_are_used() -> None:
    told = "required from libc.so.6:\n  0x06969194 0x00 05 GLIBC_2.14\n  0x069691b6 0x00 04 GLIBC_2.9\n"
    assert max(debian.glibc_versions(told)) == (2, 14)
    assert max(debian.glibc_versions("nothing")) == (0, 0)


def test_newer_systems_call_some_packages_otherwise() -> None:
    assert debian.either_name("libglib2.0-0") == "libglib2.0-0 | libglib2.0-0t64"
    assert debian.either_name("libgl1") == "libgl1"


@pytest.mark.skipif(not (shutil.which("dpkg-query") and shutil.which("objdump")), reason="asks dpkg and objdump")
def test_what_a_program_needs_and_does_not_bring_is_named(tmp_path: Path) -> None:
    shutil.copy(Path(sys.executable).resolve(), tmp_path / "program")
    named = debian.depends(tmp_path)
    assert re.fullmatch(r"libc6 \(>= 2\.\d+\)", named[0])
    assert set(debian.LOADED_LATER) <= set(named)


@pytest.mark.gui
def test_icons_for_all_three_systems(tmp_path: Path) -> None:
    icons.write(tmp_path)
    ico, icns = (tmp_path / "trineo.ico").read_bytes(), (tmp_path / "trineo.icns").read_bytes()
    assert ico[:4] == b"\0\0\1\0"
    assert int.from_bytes(ico[4:6], "little") == 7  # pictures, 256 pixels at most
    assert icns[:4] == b"icns"
    assert int.from_bytes(icns[4:8], "big") == len(icns)
