"""Everything that is packed has its licence with it; what has none stops the packing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import av
import imageio_ffmpeg
import licences
import pytest

from core.paths import ROOT
from gui.about.licences import read_licences

LOCK = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
FFMPEG = Path(imageio_ffmpeg.get_ffmpeg_exe())
PLACES = [
    "imageio_ffmpeg/binaries/ffmpeg-linux",
    "espeakng_loader/libespeak-ng.so",
    "PySide6/Qt/lib/libQt6Core.so.6",
    *(f"av.libs/{file.name}" for file in (Path(av.__file__).parent.parent / "av.libs").glob("*.so*")),
]


def test_every_package_that_the_program_runs_on_has_a_text() -> None:
    parts = {part.name: part for part in licences.distributions(LOCK)}
    assert {"redis", "fakeredis", "lupa", "numpy", "qasync", "structlog"} <= set(parts)
    assert not parts.keys() & {"pytest", "pyinstaller"}
    for part in parts.values():
        assert len(part.text) > 200, part.name
        assert part.licence
        assert part.source.startswith("http"), part.name


def test_packages_for_other_systems_are_not_asked_for() -> None:
    lock = 'absent-here==1.0 ; sys_platform == "plan9" \\\n    --hash=sha256:00\nredis==8.1.0 \\\n'
    assert [part.name for part in licences.distributions(lock)] == ["redis"]


def test_whatever_the_wheels_say_nothing_of_is_known() -> None:
    parts = {part.name: part for part in licences.native(PLACES, FFMPEG)}
    assert set(parts) == {"FFmpeg", "eSpeak NG", "Qt and PySide6", "FFmpeg's libraries in PyAV"}
    assert "x264: GPL-2.0-or-later" in parts["FFmpeg"].text
    assert re.search(r"GNU GENERAL PUBLIC LICENSE\s+Version 3", parts["FFmpeg"].text)
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in parts["Qt and PySide6"].text


def test_a_library_of_which_nobody_knows_the_licence_stops_the_packing() -> None:
    with pytest.raises(licences.NoLicence, match="mystery"):
        licences.native([*PLACES, "av.libs/libmystery-0123abcd.so.1"], FFMPEG)


def test_an_ffmpeg_that_must_not_be_passed_on_stops_the_packing() -> None:
    assert licences.ffmpeg_libraries("configuration: --enable-gpl --enable-libx264 --disable-libfoo") == ["x264"]
    ours = "--enable-shared --enable-encoder=libx264,aac --enable-indev=lavfi --enable-protocol=file --enable-libass"
    assert licences.ffmpeg_libraries(ours) == ["ass"]
    with pytest.raises(licences.NoLicence, match="nonfree"):
        licences.ffmpeg_libraries("configuration: --enable-gpl --enable-nonfree")


def test_fonts_have_theirs() -> None:
    parts = licences.fonts(ROOT)
    assert len(parts) == 2
    assert all("SIL OPEN FONT LICENSE" in part.text.upper() for part in parts)


def test_what_is_gathered_is_what_about_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "_packer", lambda: licences.Part("loader", "1", "GPL", "", "words"))
    folder = tmp_path / "licences"
    copyrights = tmp_path / "copyrights"
    copyrights.mkdir()
    (copyrights / "libass9 1:0.17.txt").write_text("License: ISC\nwords")
    rows = licences.gather(ROOT, folder, [(place, "/somewhere", "DATA") for place in PLACES], FFMPEG, copyrights)
    assert all(place.startswith("licences/") and Path(file).is_file() for place, file, _ in rows)
    listed = json.loads((folder / "licences.json").read_text(encoding="utf-8"))
    shown = read_licences(tmp_path)
    assert [one.name for one in shown] == [line["name"] for line in listed]
    assert {"Trineo", "Python", "FFmpeg", "eSpeak NG", "redis", "numpy", "libass9 (Debian)"} <= {
        one.name for one in shown
    }
    assert all(one.text() for one in shown)
    assert len({one.file for one in shown}) == len(shown)
