"""Logging never gets in the way of the films."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import ffmpeg as arguments
import pytest
import structlog

from core.errors import TransientError
from core.logs.setup import configure_logs
from core.media import ffmpeg
from core.progress import unwatched
from tests.stand_ins import raises_code


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    level, loud = root.level, logging.raiseExceptions
    yield
    for handler in [one for one in root.handlers if getattr(one, "trineo", False)]:
        root.removeHandler(handler)
        with suppress(OSError):
            handler.close()
    root.setLevel(level)
    logging.raiseExceptions = loud


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
def test_a_full_disk_is_not_told_with_every_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "trineo.log").symlink_to("/dev/full")
    configure_logs("INFO", as_json=False, folder=tmp_path, to_stderr=False)
    logging.getLogger("trineo.test").info("one line")
    assert capsys.readouterr().err == ""


def test_lines_go_to_the_file(tmp_path: Path) -> None:
    configure_logs("INFO", as_json=True, folder=tmp_path, to_stderr=False)
    logging.getLogger("trineo.test").info("one line")
    logging.getLogger("trineo.test").debug("another")
    [line] = (tmp_path / "trineo.log").read_text(encoding="utf-8").splitlines()
    assert '"message": "one line"' in line


def test_ffmpegs_lines_name_the_job_and_not_the_film(tmp_path: Path) -> None:
    configure_logs("DEBUG", as_json=True, folder=tmp_path / "logs", to_stderr=False)
    missing = tmp_path / "0001 Zoë Ñandú.mp4"
    stream = arguments.input(str(missing)).output("-", f="null")
    with (
        structlog.contextvars.bound_contextvars(job="018f2a7c9b1d4e5f6a7b", batch="b", attempt=1, stage="speech"),
        raises_code(TransientError, "ffmpeg_failed"),
    ):
        ffmpeg.run(stream, duration_s=1.0, progress=unwatched)
    written = (tmp_path / "logs" / "trineo.log").read_text(encoding="utf-8")
    told = [json.loads(line) for line in written.splitlines()]
    lines = [line for line in told if line["message"] == "ffmpeg says"]
    assert lines
    assert {(line["job"], line["stage"], line["attempt"]) for line in lines} == {("018f2a7c9b1d4e5f6a7b", "speech", 1)}
    assert any("No such file" in line["line"] for line in lines)
    assert "Zoë" not in written
