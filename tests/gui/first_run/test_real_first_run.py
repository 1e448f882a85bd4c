"""The first run with nothing stood in for: an X server, an empty data folder, FFmpeg, the voice, a film that plays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from core.media.probe import probe
from core.paths import ROOT

pytestmark = [pytest.mark.gui, pytest.mark.slow]


@pytest.mark.xvfb
@pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is an X server")
@pytest.mark.timeout(170)
def test_from_an_empty_data_folder_to_a_film_that_plays(tmp_path: Path, tiny_folder: Path) -> None:
    """In a process of its own, since Qt takes one platform for life."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        if os.environ.get("CI"):
            pytest.fail("Xvfb is not installed (Debian: apt-get install xvfb)")
        pytest.skip("Xvfb is not installed")
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        [xvfb, "-displayfd", str(write_end), "-screen", "0", "1280x860x24", "-nolisten", "tcp"],
        pass_fds=[write_end],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as answer:
            display = answer.readline().strip()
        environment = {k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
        done = subprocess.run(
            [sys.executable, "-m", "tests.gui.first_run.real_first_run", str(tmp_path / "real"), str(tiny_folder)],
            cwd=ROOT,
            env={**environment, "DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"},
            capture_output=True,
            text=True,
            timeout=150,
            check=False,
        )
    finally:
        server.terminate()
        server.wait()
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert "film plays" in done.stdout
    [film] = (tmp_path / "real" / "films").rglob("*.mp4")
    video = probe(film).video
    assert video is not None
    assert (video.width, video.height) == (540, 960)
    assert "first_run=done" in (tmp_path / "real" / "data" / "window.ini").read_text(encoding="utf-8")
    for name in ("start", "making", "film", "queue"):
        picture = QImage(str(tmp_path / "real" / f"first-{name}.png"))
        assert picture.width() >= 1000
        colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
        assert len(colours) > 20, "the window was not drawn"
