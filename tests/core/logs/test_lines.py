"""Lines of a log read back as their parts, as our own handlers write them and as nobody should."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from core.logs.lines import LONGEST, LogLine, parsed
from core.logs.setup import configure_logs

JOB, BATCH = "0123456789abcdef0123", "aaaaaaaaaaaaaaaaaaaa"


@pytest.fixture
def written(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[list[bytes]]:
    """What this program writes, as `request.param` says: as JSON or readable."""
    configure_logs("DEBUG", as_json=request.param, folder=tmp_path / "logs", to_stderr=False, machine="mill")
    log = structlog.get_logger("core.jobs.x")
    with structlog.contextvars.bound_contextvars(job=JOB, batch=BATCH, attempt=1):
        log.warning("it is slow", why='it\'s a "thing" k=v', many=["a b", "c"], deep={"k": 1}, nothing=None, empty="")
    log.info("see /root/secret/x.txt [odd]", eq="a=b")
    logging.getLogger("asyncio").info("Using %s", "select")
    yield (tmp_path / "logs" / "trineo.log").read_bytes().splitlines()
    configure_logs("INFO", as_json=False, to_stderr=False)


@pytest.mark.parametrize("written", [True, False], indirect=True, ids=["json", "readable"])
def test_what_is_written_either_way_is_read_back(written: list[bytes]) -> None:
    slow, seen, foreign = (line for line in map(parsed, written) if line)
    assert (slow.level, slow.logger, slow.message) == ("warning", "core.jobs.x", "it is slow")
    assert (slow.job, slow.batch) == (JOB, BATCH)
    assert slow.at.startswith("20")
    assert slow.at.endswith("Z")
    for part in ("attempt=1", "a b", "k=v", "empty="):
        assert part in slow.rest
    assert "mill" not in slow.rest
    assert JOB not in slow.rest
    assert (seen.logger, seen.message) == ("core.jobs.x", "see [path].txt [odd]")
    assert seen.rest in ("eq=a=b", "eq='a=b'")
    assert (foreign.logger, foreign.level, foreign.message) == ("asyncio", "info", "Using select")


def test_at_debug_libraries_do_not_write_out_what_they_hold(tmp_path: Path) -> None:
    """The window's event loop would: every answer of the studio's, with names and texts."""
    configure_logs("DEBUG", as_json=False, folder=tmp_path / "logs", to_stderr=False)
    logging.getLogger("qasync._QThreadWorker").debug("Setting Future result: %s", {"nombre": "Zoë"})
    logging.getLogger("gui.bridge").debug("ours")
    structlog.get_logger("core.x").debug("ours too")
    configure_logs("INFO", as_json=False, to_stderr=False)
    written = (tmp_path / "logs" / "trineo.log").read_text(encoding="utf-8")
    assert "Future" not in written
    assert written.count("ours") == 2


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"\x00\xff\xfe\x80 garbage\n", "\ufffd\ufffd\ufffd\ufffd garbage"),
        (b'{"message": "half of i\n', '{"message": "half of i'),
        (b'{"message": 3}\n', '{"message": 3}'),
        (b"[1, 2]\n", "[1, 2]"),
        (b"{" * 50_000 + b"\n", "{" * LONGEST + "…"),
        (b"Traceback (most recent call last):\r\n", "Traceback (most recent call last):"),
        ("a\u202egnp\u2028b".encode(), "a\ufffdgnp\ufffdb"),
    ],
)
def test_what_is_none_of_ours_is_shown_as_it_stands(raw: bytes, message: str) -> None:
    assert parsed(raw) == LogLine("", "", "", message)


def test_what_was_taken_out_of_a_message_is_no_logger() -> None:
    line = parsed(b"2026-01-01T00:00:00Z [info     ] wrote [path] size=3 [core.x] job=j why='a [private] b=c'")
    assert line == LogLine(
        "2026-01-01T00:00:00Z", "info", "core.x", "wrote [path] size=3", "j", "", "why='a [private] b=c'"
    )


def test_nothing_is_no_line() -> None:
    assert parsed(b" \r\n") is None


def test_a_huge_line_is_cut_and_keeps_what_it_is_about() -> None:
    raw = b'{"message": "%s", "level": "error", "timestamp": "2026-01-01T00:00:00Z", "job": "j"}\n' % (b"x" * 500_000)
    line = parsed(raw)
    assert line is not None
    assert (len(line.message), line.level, line.job) == (LONGEST + 1, "error", "j")
    words = parsed(b"2026-01-01T00:00:00Z [info     ] " + b"'\"" * 300_000)
    assert words is not None
    assert words.level == "info"


def test_colours_of_a_terminal_are_no_words() -> None:
    line = parsed(
        b"2026-01-01T00:00:00Z [\x1b[32minfo     \x1b[0m] hello   [\x1b[34mcore.x\x1b[0m] \x1b[36mjob\x1b[0m=j"
    )
    assert line == LogLine("2026-01-01T00:00:00Z", "info", "core.x", "hello", "j")
    assert line.text == "2026-01-01T00:00:00Z [info] core.x: hello job=j"
