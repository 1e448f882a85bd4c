"""Traces: written before the piece is, never in the way, and only of what is personal."""

from __future__ import annotations

from pathlib import Path

from core.progress import unwatched
from core.storage.cache import MadeOnce, content_key
from core.storage.traces import Traces, orphans, untraced


def write(part: Path) -> None:
    part.write_bytes(b"x")


def test_a_cache_tells_who_took_what(tmp_path: Path) -> None:
    made, traces = MadeOnce(tmp_path / "cache", ".wav"), Traces(tmp_path / "traces")
    keys = [content_key([number]) for number in range(3)]
    made.get(keys[0], write, unwatched)  # nobody's
    with traces.of("b1", "j1"):
        made.get(keys[0], write, unwatched)
        made.get(keys[1], write, unwatched)
        made.get(keys[1], write, unwatched)
        with untraced():
            made.get(keys[2], write, unwatched)
    with traces.of("b1", "j2"):
        made.get(keys[0], write, unwatched)
    found = traces.jobs()
    assert found == {"j1": {made.path(keys[0]), made.path(keys[1])}, "j2": {made.path(keys[0])}}
    assert orphans(found, {"j1"}) == {made.path(keys[1])}
    assert orphans(found, {"j1", "j2"}) == {made.path(keys[0]), made.path(keys[1])}
    assert len((tmp_path / "traces" / "b1.txt").read_text().splitlines()) == 3
    traces.drop({"j1"})
    assert traces.jobs() == {"j2": {made.path(keys[0])}}
    traces.drop({"j2"})
    assert not list((tmp_path / "traces").iterdir())


def test_what_was_being_made_when_the_program_was_killed_is_traced(tmp_path: Path) -> None:
    made, traces = MadeOnce(tmp_path / "cache", ".wav"), Traces(tmp_path / "traces")
    key = content_key(["x"])

    def die(part: Path) -> None:
        assert traces.jobs() == {"j1": {made.path(key)}}
        part.write_bytes(b"half")
        raise KeyboardInterrupt

    try:
        with traces.of("../../b1", "j1"):
            made.get(key, die, unwatched)
    except KeyboardInterrupt:
        assert [file.name for file in (tmp_path / "traces").iterdir()] == ["other.txt"]


def test_names_that_are_not_utf_8_pass(tmp_path: Path) -> None:
    traces = Traces(tmp_path / "traces")
    made = MadeOnce(tmp_path / "b\udcff", ".wav")
    with traces.of("b", "j"):
        made.get(content_key([1]), write, unwatched)
    assert traces.jobs() == {"j": {made.path(content_key([1]))}}
