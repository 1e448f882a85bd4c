"""The runner: progress, cancelling, stalls, and what a failure tells."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import ffmpeg as arguments
import psutil
import pytest

from core.errors import Cancelled, EnvironmentFault, TransientError
from core.media import ffmpeg
from core.media.ffmpeg import Limits
from core.progress import unwatched


def picture(seconds: float, *, realtime: bool = False) -> Any:
    """A test picture; `realtime` makes FFmpeg take as long as it lasts."""
    options = {"re": None} if realtime else {}
    return arguments.input("testsrc2=s=128x128:r=25", f="lavfi", t=seconds, **options).video


def children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "ffmpeg" in child.name().lower()]


def test_progress_rises_to_one(tmp_path: Path) -> None:
    told: list[float] = []
    ffmpeg.run(picture(2).output(str(tmp_path / "a.mp4")), duration_s=2.0, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0, abs=0.1)
    assert (tmp_path / "a.mp4").stat().st_size > 1000


def test_cancelling_takes_less_than_a_second_and_leaves_no_process(tmp_path: Path) -> None:
    started = time.monotonic()

    def stop(_fraction: float) -> None:
        if time.monotonic() - started > 0.5:
            raise Cancelled("cancelled", "Enough.")

    with pytest.raises(Cancelled):
        ffmpeg.run(picture(60, realtime=True).output(str(tmp_path / "a.mp4")), duration_s=60, progress=stop)
    assert time.monotonic() - started < 1.5
    assert not children()


def test_a_stall_is_ended(tmp_path: Path) -> None:
    stream = picture(60, realtime=True).output(str(tmp_path / "a.mp4"))
    with pytest.raises(TransientError) as caught:
        ffmpeg.run(stream, duration_s=60, progress=unwatched, limits=Limits(timeout_s=0.4))
    assert caught.value.code == "ffmpeg_stalled"
    assert not children()


def test_a_failure_shows_command_and_stderr(tmp_path: Path) -> None:
    stream = arguments.input(str(tmp_path / "not there.mp4")).output(str(tmp_path / "a.mp4"))
    with pytest.raises(TransientError) as caught:
        ffmpeg.run(stream, duration_s=1, progress=unwatched)
    assert caught.value.code == "ffmpeg_failed"
    assert "not there.mp4" in caught.value.detail
    assert "No such file" in caught.value.detail


def test_no_ffmpeg_parks_the_job(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(tmp_path / "gone"))
    with pytest.raises(EnvironmentFault) as caught:
        ffmpeg.run(picture(1).output("-", f="null"), duration_s=1, progress=unwatched)
    assert caught.value.waits_for == "ffmpeg"
    assert "gone" in str(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
def test_a_full_disk_parks_the_job() -> None:
    with pytest.raises(EnvironmentFault) as caught:
        ffmpeg.run(picture(1).output("/dev/full", f="mpegts"), duration_s=1, progress=unwatched)
    assert caught.value.waits_for == "disk:/dev"


def test_odd_names_reach_ffmpeg_unharmed(tmp_path: Path) -> None:
    path = tmp_path / "it's; $(touch x) “ñ” %d [0].mp4"
    ffmpeg.run(picture(0.2).output(str(path)), duration_s=0.2, progress=unwatched)
    assert path.is_file()
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
