"""submit, worker, failed: a queue that outlives the program that filled it, on this computer and on a Redis."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.media.ffmpeg import executable
from tests.core.console.trineo import Trineo
from tests.redis_server import redis_server
from tests.stand_ins import wait_until

pytestmark = pytest.mark.slow


@pytest.fixture
def shared(tmp_path: Path, tiny_folder: Path, draft_bank: Path) -> Iterator[tuple[Trineo, Trineo]]:
    """Two programs with data folders of their own on one Redis."""
    (tmp_path / "redis").mkdir()
    with redis_server(tmp_path / "redis") as server:
        places = []
        for name in ("one", "two"):
            folder = tmp_path / name
            folder.mkdir()
            (folder / "tiny").symlink_to(tiny_folder, target_is_directory=True)
            places.append(Trineo(folder, draft_bank, server.url))
        yield places[0], places[1]


def test_what_is_submitted_waits_for_a_worker(trineo: Trineo) -> None:
    told = trineo.json("submit", trineo.sheet("lote.csv", "Ana,cantaste", "Bea,jugaste"), *trineo.order)
    assert [(batch["name"], batch["total"]) for batch in told["batches"]] == [("lote", 2)]
    assert trineo.states() == {"ready": 2}
    assert not trineo.out.exists()

    again = trineo.json("check", trineo.sheet("lote.csv", "Ana,cantaste"), *trineo.order)
    assert again["accepted"][0]["output"].endswith("0002-Ana (2).mp4"), "a queued film's name was given away"

    assert trineo("status").stderr == "", "looking recovers nothing"
    done = trineo("worker", "--drain")
    assert done.returncode == 0, done.stderr
    assert "2 films wait from an earlier run." in done.stderr
    assert trineo.states() == {"done": 2}
    assert len(list(trineo.out.rglob("*.mp4"))) == 2


@pytest.fixture
def failing_ffmpeg(tmp_path: Path) -> str:
    """An FFmpeg that can do everything but encode a picture."""
    path = tmp_path / "ffmpeg-that-fails"
    refuse = 'case "$*" in *libx264*) echo "no picture today" >&2; exit 7;; esac'
    path.write_text(f'#!/bin/sh\n{refuse}\nexec "{executable()}" "$@"\n')
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(sys.platform == "win32", reason="the failing FFmpeg is a shell script")
def test_failures_are_listed_exported_and_retried(trineo: Trineo, failing_ffmpeg: str) -> None:
    (trineo.data / "cache" / "segments").unlink()  # nothing is encoded yet
    sheet = trineo.sheet("lote.csv", "Ana,cantaste", "=Bea,jugaste")
    lines, status, _ = trineo.render(sheet, IMAGEIO_FFMPEG_EXE=failing_ffmpeg, MAX_JOB_ATTEMPTS="1")
    assert status == 1
    assert [(line["state"], line["error"]["code"]) for line in lines[:-1]] == [("failed", "ffmpeg_failed")] * 2
    assert lines[-1]["failed"] == 2
    assert not list(trineo.out.rglob("*.mp4"))

    listed = trineo.json("failed", "list")
    assert [(cause["code"], cause["count"]) for cause in listed["causes"]] == [("ffmpeg_failed", 2)]
    assert {job["stage"] for job in listed["jobs"]} == {"picture"}
    for job in listed["jobs"]:
        [attempt] = job["history"]
        assert list(attempt) == ["number", "worker", "started", "ended", "how", "code"]
        assert (attempt["number"], attempt["how"], attempt["code"]) == (1, "fail", "ffmpeg_failed")
        assert attempt["started"] <= attempt["ended"] == job["failed_at"]
        assert job["machine"] == attempt["worker"] != ""
        assert job["kind"] == "TransientError"
        assert "no picture today" in job["detail"]
    assert "2 × FFmpeg failed" in trineo("failed", "list").stdout
    exported = list(csv.DictReader(io.StringIO(trineo("failed", "export").stdout)))
    assert sorted(line["name"] for line in exported) == ["'=Bea", "Ana"], "a formula would be carried out"
    assert [line["kind"] for line in exported] == ["TransientError"] * 2
    assert all(line["machine"] for line in exported)

    assert trineo("failed", "retry").returncode == 2, "everything is never meant by chance"
    assert trineo.json("failed", "retry", "--cause", "another") == {"retried": 0}
    some = trineo("failed", "retry", exported[0]["id"], "no-such-job", "--json")
    assert (some.returncode, json.loads(some.stdout)) == (2, {"retried": 1})
    assert "no-such-job" in some.stderr
    assert exported[0]["id"] not in some.stderr
    assert trineo.json("failed", "retry", "--all") == {"retried": 1}
    assert trineo.json("failed", "retry", "--all") == {"retried": 0}
    assert trineo("worker", "--drain").returncode == 0
    assert trineo.states() == {"done": 2}
    assert trineo("failed", "list").stdout.strip() == "Nothing failed."


def test_without_a_voice_films_wait_and_go_on(trineo: Trineo) -> None:
    lines, status, _ = trineo.render(trineo.sheet("lote.csv", "Ana,cantaste"), DISABLE_ESPEAK="true")
    assert status == 3
    assert (lines[0]["state"], lines[0]["error"]["code"], lines[0]["attempts"]) == ("parked", "no_voice", 0)
    assert lines[1]["parked"] == 1
    worker = trineo.start("worker")
    wait_until(lambda: trineo.states() == {"done": 1}, 60)
    worker.terminate()
    worker.communicate(timeout=20)


def test_a_worker_told_to_stop_gives_back_and_another_goes_on(trineo: Trineo) -> None:
    trineo.json("submit", trineo.sheet("lote.csv", *(f"Ana {n},{'cantaste ' * 30}" for n in range(30))), *trineo.order)
    worker = trineo.start("worker", "--workers", "1")
    wait_until(lambda: bool(list(trineo.out.rglob("*.mp4"))), 60)
    for _ in range(2):  # the second one: give back at once
        worker.send_signal(signal.SIGTERM)
        time.sleep(0.1)
    _, told = worker.communicate(timeout=20)
    assert worker.returncode == 0, told
    states = trineo.states()
    assert states["done"] + states["ready"] == 30
    assert not list(trineo.out.rglob(".trineo-*"))
    assert "cantaste" not in told
    assert "Ana" not in told


def test_a_second_program_on_the_same_queue_is_refused_but_may_look(trineo: Trineo) -> None:
    trineo.json("submit", trineo.sheet("lote.csv", "Ana,cantaste"), *trineo.order)
    worker = trineo.start("worker")
    wait_until(lambda: bool(list(trineo.out.rglob("*.mp4"))), 60)
    second = trineo("worker", "--drain")
    assert second.returncode == 3
    assert "Another Trineo" in second.stderr
    assert trineo.states() == {"done": 1}
    worker.terminate()
    worker.communicate(timeout=20)


@pytest.mark.redis
def test_two_machines_share_the_work(shared: tuple[Trineo, Trineo]) -> None:
    one, two = shared
    one.json("submit", one.sheet("lote.csv", *(f"Ana {n},cantaste" for n in range(12))), *one.order)
    workers = [place.start("worker", "--workers", "1", LOG_LEVEL="INFO") for place in shared]
    wait_until(lambda: one.states() == {"done": 12}, 90)
    logs = []
    for worker in workers:
        worker.terminate()
        logs.append(worker.communicate(timeout=30)[1])
    assert sum(log.count("job claimed") for log in logs) == 12
    assert all("job claimed" in log for log in logs), "one machine did everything"
    assert len(list(one.out.rglob("*.mp4"))) == 12
    assert not two.out.exists()


@pytest.mark.redis
def test_after_kill_9_of_a_machine_its_jobs_go_on_elsewhere(shared: tuple[Trineo, Trineo]) -> None:
    one, two = shared
    rows = [f"Ana {n},{'cantaste mucho ' * 40}" for n in range(6)]
    one.json("submit", one.sheet("lote.csv", *rows), *one.order)
    worker = one.start("worker", "--workers", "2", JOB_LOCK_TIMEOUT_SECONDS="2")
    wait_until(lambda: one.states().get("running") == 2, 60)
    os.kill(worker.pid, signal.SIGKILL)
    worker.communicate()
    started = time.monotonic()
    done = two("worker", "--drain", "--workers", "2", JOB_LOCK_TIMEOUT_SECONDS="2")
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - started < 60
    assert two.states() == {"done": 6}
    assert len(list(one.out.rglob("*.mp4"))) == 6


def test_export_is_a_csv(trineo: Trineo) -> None:
    done = trineo("failed", "export")
    assert done.returncode == 0
    assert next(csv.reader(io.StringIO(done.stdout)))[:5] == ["id", "batch", "file", "row", "name"]


@pytest.mark.redis
def test_a_local_queue_moves_to_a_redis(shared: tuple[Trineo, Trineo]) -> None:
    one, two = shared
    redis, one.redis = one.redis, []
    one.json("submit", one.sheet("lote.csv", "Ana,cantaste", "Bea,jugaste"), *one.order)
    assert one("move").returncode == 2
    one.redis = redis
    assert one.json("move") == {"moved": 2}
    assert one.json("move") == {"moved": 0}
    assert two.states() == {"ready": 2}
    assert two("worker", "--drain").returncode == 0
    assert len(list(one.out.rglob("*.mp4"))) == 2
    one.redis = []
    assert one.states() == {}
    assert len(list((one.data / "queue").glob("queue.moved-*.txt"))) == 1


@pytest.mark.redis
def test_a_machine_may_keep_its_own_films_and_the_record_says_where(shared: tuple[Trineo, Trineo]) -> None:
    one, two = shared
    one.json("submit", one.sheet("lote.csv", "Ana,cantaste"), *one.order)
    assert two("worker", "--drain", FILMS_PER_MACHINE="true").returncode == 0
    assert not one.out.exists()
    assert [film.name for film in (two.folder / "videos" / "lote").iterdir()] == ["0002-Ana.mp4"]
