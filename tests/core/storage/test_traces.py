"""Traces: written before the piece is, never in the way, and only of what is personal."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from core.progress import unwatched
from core.storage.cache import MadeOnce, content_key
from core.storage.traces import Traces, orphans, remove_piece, taken, untraced


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


def test_machines_that_share_a_cache_know_what_the_others_need(tmp_path: Path) -> None:
    """Each under a path of its own to the folder; each drops only what it wrote."""
    audio, mounted = tmp_path / "audio", tmp_path / "mounted"
    audio.mkdir()
    mounted.symlink_to(audio, target_is_directory=True)
    north, south = Traces(tmp_path / "n" / "traces", audio), Traces(tmp_path / "s" / "traces", mounted)
    keys = [content_key([number]) for number in range(3)]
    own = MadeOnce(tmp_path / "n" / "faces", ".mp4")
    with north.of("b1", "j1"):
        for key in keys[:2]:
            MadeOnce(audio, ".wav").get(key, write, unwatched)
        own.get(keys[2], write, unwatched)
    with south.of("b2", "j2"):
        MadeOnce(mounted, ".wav").get(keys[0], write, unwatched)
    here = MadeOnce(audio, ".wav").path
    assert north.jobs() == {"j1": {here(keys[0]), here(keys[1]), own.path(keys[2])}, "j2": {here(keys[0])}}
    assert orphans(north.jobs(), {"j1"}) == {here(keys[1]), own.path(keys[2])}, "the other machine needs the first line"
    assert (north.own_jobs(), south.own_jobs()) == ({"j1"}, {"j2"})
    assert south.older_than(-1.0) == {"j2"}
    south.drop({"j1"})
    assert "j1" in south.jobs(), "the machine that wrote it drops it"
    north.drop({"j1"}, but={here(keys[1])})
    assert north.jobs() == {"j1": {here(keys[1])}, "j2": {here(keys[0])}}


def test_who_is_about_to_take_a_piece_waits_for_a_removal(tmp_path: Path) -> None:
    made, traces = MadeOnce(tmp_path / "cache", ".wav"), Traces(tmp_path / "traces")
    key = content_key([1])

    def take() -> Path:
        with traces.of("b", "j2"):
            return made.get(key, write, unwatched)

    with traces.of("b", "j1"):
        made.get(key, write, unwatched)
    with ThreadPoolExecutor(1) as other_thread:
        with traces.still():
            taking = other_thread.submit(take)
            time.sleep(0.2)
            assert not taking.done()
            for path in orphans(traces.jobs(), {"j1"}):
                assert remove_piece(path) == 1
            traces.drop({"j1"})
        assert taking.result(10).exists()
    assert traces.jobs() == {"j2": {made.path(key)}}


def test_lines_written_while_others_are_dropped_are_not_lost(tmp_path: Path) -> None:
    traces = Traces(tmp_path / "traces")

    def take(number: int) -> None:
        with traces.of("b", f"j{number}"):
            taken(tmp_path / f"{content_key([number])}.wav")
        if number % 3 == 0:
            traces.drop({f"j{number}"})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(take, range(120)))
    assert set(traces.jobs()) == {f"j{number}" for number in range(120) if number % 3}
