"""Logging never gets in the way of the films."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from core.logs import configure_logs


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
