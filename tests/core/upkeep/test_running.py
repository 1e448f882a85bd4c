"""What goes with the workers: the port for the figures, and cleaning when it is time."""

from __future__ import annotations

import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.jobs.local import open_store
from core.jobs.store import JobStore
from core.paths import DataFolder
from core.settings.declaration import Settings
from core.storage.cache import Usage
from core.storage.caches import Caches
from core.text import Text
from core.upkeep.health import Check, Light
from core.upkeep.running import Running
from tests.redis_server import free_port
from tests.stand_ins import make_jobs, wait_until


@pytest.fixture
def store(tmp_path: Path) -> Iterator[JobStore]:
    with closing(open_store(None, tmp_path / "data" / "queue")) as store:
        yield store


def running(store: JobStore, tmp_path: Path, port: int | None = None) -> Running:
    folder = DataFolder(tmp_path / "data").create()
    return Running(Settings(output_dir=tmp_path / "films", metrics_port=port), folder, store, Caches({}))


def test_figures_are_served_while_workers_run(store: JobStore, tmp_path: Path) -> None:
    port = free_port()
    desk = running(store, tmp_path, port)
    for _ in range(2):
        desk.start()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            assert b"trineo_store_up 1.0" in answer.read()
        desk.stop()
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_port_that_is_taken_keeps_nobody_from_working(
    store: JobStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        desk = running(store, tmp_path, taken.getsockname()[1])
        desk.start()
        desk.stop()
    assert "metrics_port_taken" in caplog.text


def test_it_cleans_by_itself_when_it_is_time(store: JobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.upkeep.running._LOOK_EVERY_S", 0.01)
    desk = running(store, tmp_path)
    stamp = tmp_path / "data" / "cleaned"
    desk.start()
    wait_until(stamp.exists)
    first = stamp.stat().st_mtime_ns
    time.sleep(0.05)
    desk.stop()
    assert stamp.stat().st_mtime_ns == first


def test_caches_are_looked_through_once_a_minute(store: JobStore, tmp_path: Path) -> None:
    desk, looked = running(store, tmp_path), []

    class Counted(Caches):
        def usage(self) -> dict[str, Usage]:
            looked.append(1)
            return {"speech": Usage(1, 2, 3)}

    desk._caches = Counted({})
    assert desk.metrics().caches == desk.metrics().caches == {"speech": Usage(1, 2, 3)}
    assert len(looked) == 1


def test_help_is_asked_for_with_a_zip(store: JobStore, tmp_path: Path) -> None:
    store.submit(*make_jobs(2))
    names = running(store, tmp_path).support(
        tmp_path / "help.zip", lambda: [Check("store", Light.OK, Text("The clock agrees with the job store's."))]
    )
    assert {"health.json", "metrics.json", "versions.json"} <= set(names)


def test_history_is_by_the_hour(store: JobStore, tmp_path: Path) -> None:
    desk = running(store, tmp_path)
    assert desk.history() == []
    store.measure({"hour:films": 2})
    [hour] = desk.history(days=1)
    assert hour.films == 2


def test_a_cleaning_that_hangs_keeps_nobody_from_closing(
    store: JobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a network share that has died. What goes wrong because the store is closed under it is no news."""
    hanging, begun = threading.Event(), threading.Event()

    def hang(*_: object) -> bool:
        begun.set()
        hanging.wait(20)
        raise RuntimeError("the store is closed")

    monkeypatch.setattr("core.upkeep.running._LOOK_EVERY_S", 0.01)
    monkeypatch.setattr("core.upkeep.running._PATIENCE_S", 0.05)
    monkeypatch.setattr("core.upkeep.running.clean_when_due", hang)
    desk = running(store, tmp_path)
    desk.start()
    cleaner = desk._cleaner
    assert begun.wait(10)
    desk.stop()
    hanging.set()
    assert cleaner is not None
    cleaner.join(10)
    assert not cleaner.is_alive()
