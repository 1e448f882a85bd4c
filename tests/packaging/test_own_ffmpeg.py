"""Two ways to pack an FFmpeg: our own, for program and PyAV both, or the wheels'."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg
import own_ffmpeg
import pytest

from core.paths import resources

PACKAGING = resources().parent / "packaging"
MAKES_IT = ("ffmpeg.sh", "ffmpeg_inside.sh", "ffmpeg.patch", "libass.patch")
ROWS = [
    ("av.libs/libavutil-5809ad29.so.60.26.102", "/venv/av.libs/libavutil-5809ad29.so.60.26.102", "BINARY"),
    ("av.libs/libx265-f5385bb8.so.216", "/venv/av.libs/libx265-f5385bb8.so.216", "BINARY"),
    ("libx265-f5385bb8.so.216", "av.libs/libx265-f5385bb8.so.216", "SYMLINK"),
    ("av/_core.abi3.so", "/venv/av/_core.abi3.so", "EXTENSION"),
    ("imageio_ffmpeg/binaries/ffmpeg-linux", "/venv/ffmpeg-linux", "BINARY"),
    ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    for name in ("bin/ffmpeg", "lib/libavutil.so.60.26.102", "lib/libx264.so.164"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "lib" / "libavutil.so.60").symlink_to("libavutil.so.60.26.102")
    return tmp_path


def test_our_own_takes_the_place_of_what_the_wheels_brought(own: Path) -> None:
    packed = own_ffmpeg.with_ffmpeg(ROWS, own)
    assert {place: (file, kind) for place, file, kind in packed} == {
        "av/_core.abi3.so": ("/venv/av/_core.abi3.so", "EXTENSION"),
        "libx265-f5385bb8.so.216": ("av.libs/libx265-f5385bb8.so.216", "SYMLINK"),
        "libQt6Core.so.6": ("PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
        "ffmpeg/ffmpeg": (str(own / "bin/ffmpeg"), "BINARY"),
        "av.libs/libavutil-5809ad29.so.60.26.102": (str(own / "lib/libavutil.so.60.26.102"), "BINARY"),
        "av.libs/libavutil.so.60": ("libavutil-5809ad29.so.60.26.102", "SYMLINK"),
        "av.libs/libx264.so.164": (str(own / "lib/libx264.so.164"), "BINARY"),
    }


def test_one_of_another_version_is_never_packed(own: Path) -> None:
    (own / "lib" / "libavutil.so.60.26.102").rename(own / "lib" / "libavutil.so.60.8.100")
    with pytest.raises(SystemExit, match=r"libavutil\.so\.60\.26\.102"):
        own_ffmpeg.with_ffmpeg(ROWS, own)


def test_without_it_the_wheels_are_packed(tmp_path: Path) -> None:
    packed = own_ffmpeg.with_ffmpeg(ROWS, tmp_path / "none")
    program = Path(imageio_ffmpeg.get_ffmpeg_exe())
    assert (f"imageio_ffmpeg/binaries/{program.name}", str(program), "BINARY") in packed
    assert set(ROWS) - set(packed) == {ROWS[4]}


def test_who_asks_for_the_wheels_gets_them_though_ours_is_built(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (own / "licences").mkdir()
    assert own_ffmpeg.copyrights(own) == own / "licences"
    monkeypatch.setenv("TRINEO_FFMPEG", "wheels")
    assert not [file for _, file, _ in own_ffmpeg.with_ffmpeg(ROWS, own) if str(own) in file]
    assert not own_ffmpeg.copyrights(own).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="it is built on Linux")
def test_it_is_built_anew_when_what_makes_it_changes(tmp_path: Path) -> None:
    (tmp_path / "packaging").mkdir()
    for name in MAKES_IT:
        shutil.copy(PACKAGING / name, tmp_path / "packaging")

    def made_by() -> str:
        asked = ["sh", str(tmp_path / "packaging" / "ffmpeg.sh"), "--made-by"]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout

    seen = [made_by()]
    assert made_by() == seen[0]
    for name in MAKES_IT:
        with (tmp_path / "packaging" / name).open("a") as file:
            file.write("# changed\n")
        seen.append(made_by())
    assert len(set(seen)) == len(seen)
