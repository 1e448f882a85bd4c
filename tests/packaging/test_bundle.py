"""What is packed: everything that the program reads, and nothing that it doesn't need."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import av
import bundle
import pytest

from core.intake.readers import READERS
from core.paths import ROOT
from tests.test_architecture import imported, modules


def tracked(folder: str) -> set[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", folder], cwd=ROOT, capture_output=True, check=False).stdout
    files = {ROOT / name for name in os.fsdecode(listed).split("\0") if name}
    return {file for file in files if file.is_file()} or {file for file in (ROOT / folder).rglob("*") if file.is_file()}


def test_every_resource_is_packed_at_its_place_but_the_art() -> None:
    places = dict(bundle.data_files())
    left_out = {file for file in tracked("resources") if str(file) not in places}
    assert left_out
    assert all("/art/" in file.as_posix() for file in left_out)
    for file in tracked("resources") - left_out:
        assert places[str(file)] == file.relative_to(ROOT).parent.as_posix()


def test_every_script_of_the_store_is_packed() -> None:
    places = {Path(file): place for file, place in bundle.data_files()}
    scripts = {file for file in tracked("core/jobs/scripts") if file.suffix == ".lua"}
    assert scripts
    assert {places[file] for file in scripts} == {"core/jobs/scripts", "core/jobs/scripts/lib"}


def test_no_trash_is_packed(tmp_path: Path) -> None:
    for name in ("icons/a.svg", "templates/t/template.toml", "templates/t/art/draw.py", "words/.es.swp", "x/y.pyc"):
        file = tmp_path / "resources" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    packed = {file.relative_to(tmp_path / "resources").as_posix() for file in bundle.resource_files(tmp_path)}
    assert packed == {"icons/a.svg", "templates/t/template.toml"}


@pytest.mark.parametrize("name", [*bundle.HIDDEN, *bundle.SUBMODULES])
def test_what_is_loaded_by_name_exists(name: str) -> None:
    assert importlib.util.find_spec(name) is not None


def test_nothing_that_the_program_imports_is_left_out() -> None:
    wanted = {(name, target) for name, file in modules().items() for target in imported(file)}
    wrong = [
        f"{name} imports {target}"
        for name, target in wanted
        for excluded in bundle.EXCLUDED
        if target == excluded or target.startswith(f"{excluded}.")
    ]
    assert not wrong


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/multimedia/libffmpegmediaplugin.so",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/lib/libQt6Multimedia.so.6",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/lib/libQt6QmlModels.so.6",
        "Qt6Widgets.dll",
        "espeakng_loader/libespeak-ng.so",
        "espeakng_loader/espeak-ng-data/es_dict",
        "fakeredis/commands.json",
        "numpy/_core/_multiarray_umath.so",
        "lupa/lua51.cpython-311-x86_64-linux-gnu.so",
        "resources/templates/noche-magica/clips/intro.mp4",
    ],
)
def test_what_is_needed_goes_in(place: str) -> None:
    assert bundle.wanted(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libQt6QuickControls2.so.6",
        "PySide6/Qt/lib/libQt6Quick3D.so.6",
        "PySide6/Qt/lib/libQt6QmlCompiler.so.6",
        "PySide6/Qt/lib/libQt6Pdf.so.6",
        "PySide6/Qt6WebEngineCore.dll",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/translations/qtbase_es.qm",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "numpy/random/tests/test_seed.py",
        "numpy/_core/include/numpy/arrayobject.h",
        "av/frame.pxd",
        "lupa/lua54.cpython-311-x86_64-linux-gnu.so",
        "espeakng_loader/libespeak-ng.so.1.52.0",
    ],
)
def test_what_is_not_needed_stays_out(place: str) -> None:
    assert not bundle.wanted(place)


def test_whatever_can_be_dropped_can_be_opened_with_it() -> None:
    assert set(bundle.OPENS) == {*READERS, ".zip"}


def test_common_libraries_are_the_systems_and_rare_ones_come_along() -> None:
    def row(name: str, folder: str) -> bundle.Row:
        return name, f"{folder}/{name}", "BINARY"

    rare = row("libxcb-cursor.so.0", "/usr/lib/x86_64-linux-gnu")
    common = row("libglib-2.0.so.0", "/usr/lib/x86_64-linux-gnu")
    wheel = row("libglib-2.0.so.0", "/venv/lib")
    assert bundle.for_every_desktop([rare, common, wheel]) == [rare, wheel]


def test_no_link_leads_nowhere() -> None:
    library = ("PySide6/Qt/lib/libQt6Core.so.6", "/venv/libQt6Core.so.6", "BINARY")
    right = ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK")
    beside = ("PySide6/Qt/lib/libQt6Core.so", "libQt6Core.so.6", "SYMLINK")
    loose = ("libx265.so", "av.libs/libx265.so", "SYMLINK")
    assert bundle.without_loose_ends([library, right, beside, loose], [library]) == [library, right, beside]


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("strip") is None, reason="strips on Linux alone")
def test_pyav_loses_its_debugging_information_and_nothing_else_is_touched(tmp_path: Path) -> None:
    module = Path(av._core.__file__)
    rows = [("av/_core.abi3.so", str(module), "EXTENSION"), ("numpy.libs/x.so", str(module), "BINARY")]
    smaller, same = bundle.smaller(rows, tmp_path)
    assert same == rows[1]
    assert smaller[0] == "av/_core.abi3.so"
    assert Path(smaller[1]).stat().st_size < module.stat().st_size
