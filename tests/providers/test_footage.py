"""The clip that a lip-sync service is sent: long enough, small enough, and the same each time."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from core.media import ffmpeg
from core.media.probe import probe
from core.progress import unwatched
from providers.footage import footage
from tests.conftest import make_clip


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "message.mp4"
    make_clip(path, 25, 40, size="216x384")
    return path


def test_one_that_will_do_is_sent_as_it_is(clip: Path, tmp_path: Path) -> None:
    assert footage(clip, 0.9, tmp_path, unwatched, max_bytes=10_000_000) == clip


def test_a_short_one_goes_on_from_its_start(clip: Path, tmp_path: Path) -> None:
    made = probe(footage(clip, 3.3, tmp_path, unwatched, max_bytes=10_000_000))
    assert made.video is not None
    assert 3.3 <= made.video.duration_s <= 3.7
    assert made.audio is None


def test_a_large_one_is_made_small_and_the_same_each_time(tmp_path: Path) -> None:
    source = tmp_path / "noisy.mp4"
    command = [ffmpeg.executable(), "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=270x480:r=25:d=1"]
    command += ["-vf", "noise=alls=60:allf=t", "-c:v", "libx264", "-qp", "10", "-preset", "ultrafast", str(source)]
    subprocess.run(command, check=True, capture_output=True)
    limit = source.stat().st_size // 4
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        made.append(footage(source, 1.0, tmp_path / name, unwatched, max_bytes=limit).read_bytes())
    assert len(made[0]) <= limit
    assert made[0] == made[1]
