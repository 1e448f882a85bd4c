"""The log followed: through rotation, truncation, damage, and folders that come and go."""

from __future__ import annotations

import logging
import os
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from core.logs import reading
from core.logs.reading import Lack, LogTail, lines_about, log_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "logs").mkdir()
    return tmp_path / "logs"


def add(folder: Path, *messages: str, name: str = "trineo.log", end: str = "\n") -> None:
    with (folder / name).open("a", encoding="utf-8", newline="") as file:
        file.write("\n".join(messages) + end)


def said(tail: LogTail) -> list[str]:
    return [line.message for line in tail.read().lines]


def test_the_newest_lines_of_all_files_then_what_is_added(folder: Path) -> None:
    add(folder, "1", "2", name="trineo.log.10")
    add(folder, "3", name="trineo.log.2")
    add(folder, "4", name="trineo.log")
    add(folder, "no", name="trineo.log.bak")
    tail = LogTail(folder)
    first = tail.read()
    assert [line.message for line in first.lines] == ["1", "2", "3", "4"]
    assert first.anew
    assert said(tail) == []
    add(folder, "5", "6")
    second = tail.read()
    assert ([line.message for line in second.lines], second.anew) == (["5", "6"], False)


def test_no_more_than_are_wanted(folder: Path) -> None:
    add(folder, *map(str, range(50)), name="trineo.log.1")
    add(folder, *map(str, range(50, 60)))
    assert said(LogTail(folder, kept=15)) == [*map(str, range(45, 60))]
    tail = LogTail(folder, kept=5)
    assert said(tail) == [*map(str, range(55, 60))]
    add(folder, *map(str, range(60, 70)))
    assert said(tail) == [*map(str, range(65, 70))]


def test_half_a_line_waits_for_its_end(folder: Path) -> None:
    tail = LogTail(folder)
    add(folder, "whole", "ha", end="")
    assert said(tail) == ["whole"]
    assert said(tail) == []
    add(folder, "lf")
    assert said(tail) == ["half"]


def test_rotated_while_it_is_followed_nothing_is_lost_or_told_twice(folder: Path) -> None:
    handler = RotatingFileHandler(folder / "trineo.log", maxBytes=400, backupCount=5, encoding="utf-8", delay=True)
    logger = logging.Logger("rotating")
    logger.addHandler(handler)
    tail, told = LogTail(folder), []
    for number in range(120):
        logger.info("line %04d of this log", number)
        if number % 7 in (0, 3):
            told += said(tail)
    told += said(tail)
    handler.close()
    assert told == [f"line {number:04d} of this log" for number in range(120)]
    assert len(log_files(folder)) == 6


def test_rotated_beyond_what_is_kept_it_goes_on_with_what_is_there(folder: Path) -> None:
    add(folder, "old")
    tail = LogTail(folder)
    tail.read()
    (folder / "trineo.log").rename(folder / "elsewhere")
    add(folder, "new")
    assert said(tail) == ["new"]


def test_between_two_names_it_waits(folder: Path) -> None:
    add(folder, "1")
    tail = LogTail(folder)
    tail.read()
    add(folder, "2")
    (folder / "trineo.log").rename(folder / "trineo.log.1")
    assert tail.read().lack is None
    add(folder, "3")
    assert said(tail) == ["2", "3"]


def test_emptied_by_somebody_it_begins_again(folder: Path) -> None:
    add(folder, "1", "2", "3")
    tail = LogTail(folder)
    tail.read()
    os.truncate(folder / "trineo.log", 0)
    add(folder, "4")
    assert said(tail) == ["4"]


def test_damage_and_a_huge_line_keep_nothing_else_from_being_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_BLOCK", 64)
    monkeypatch.setattr(reading, "_LONGEST_LINE", 256)
    (folder / "trineo.log").write_bytes(b"1\n\x00\xff\n\n" + b"x" * 1000 + b"\n2\n" + b"y" * 300)
    tail = LogTail(folder)
    told = said(tail)
    assert told[:2] == ["1", "\ufffd\ufffd"]
    assert "2" in told
    assert sum(message.count("x") for message in told) == 1000
    assert sum(message.count("y") for message in told) == 256, "the rest waits for its end"
    add(folder, "z")
    assert said(tail) == ["y" * 44 + "z"]


def test_a_file_that_was_let_grow_is_read_from_near_its_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_MOST_BYTES", 30)
    add(folder, *(f"line {number}" for number in range(100)))
    assert said(LogTail(folder)) == ["line 97", "line 98", "line 99"]


def test_a_folder_that_is_not_there_is_told_and_waited_for(tmp_path: Path) -> None:
    tail = LogTail(tmp_path / "logs")
    assert [tail.read().lack, tail.read().lack] == [Lack.MISSING] * 2
    (tmp_path / "logs").mkdir()
    assert tail.read().lack is Lack.MISSING
    add(tmp_path / "logs", "1")
    found = tail.read()
    assert (len(found.lines), found.lack, found.anew) == (1, None, True)
    (tmp_path / "logs" / "trineo.log").unlink()
    (tmp_path / "logs").rmdir()
    assert tail.read().lack is Lack.MISSING


def test_what_may_not_be_read_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(folder, "1")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "open", refused)
    assert LogTail(folder).read().lack is Lack.UNREADABLE
    monkeypatch.undo()
    monkeypatch.setattr(Path, "iterdir", refused)
    assert LogTail(folder).read().lack is Lack.UNREADABLE
    assert list(lines_about(folder, "j")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="names a link there needs rights for")
def test_a_folder_in_the_place_of_the_file_is_no_crash(folder: Path) -> None:
    (folder / "trineo.log").mkdir()
    assert LogTail(folder).read().lack is Lack.UNREADABLE


def test_what_is_said_of_one_job(folder: Path) -> None:
    add(folder, '{"message": "a", "job": "j1"}', '{"message": "b", "job": "j2"}', name="trineo.log.1")
    add(folder, '{"message": "j1 is named", "job": "j2"}', '{"message": "c", "job": "j1"}')
    assert [line.message for line in lines_about(folder, "j1")] == ["a", "c"]
    assert list(lines_about(folder / "none", "j1")) == []
