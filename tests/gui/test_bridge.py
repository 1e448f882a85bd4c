"""What comes out of the studio's threads: every change, but progress at most ten times a second."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from core.errors import StoreAway
from core.events import EventHub, JobChanged, JobProgress
from core.jobs.model import Batch, JobRecord, State
from core.studio import Studio
from gui.bridge import Bridge
from tests.gui.records import record

pytestmark = pytest.mark.gui


class QuietStudio:
    """Answers from a dictionary; goes away for as many calls as `away` says."""

    def __init__(self) -> None:
        self.events = EventHub()
        self.records: dict[str, JobRecord] = {}
        self.away = 0
        self.callers: set[int] = set()

    def batches(self) -> list[Batch]:
        self._called()
        return [Batch("b1", "lote", len(self.records))]

    def jobs(self, *, offset: int, limit: int) -> list[JobRecord]:
        self._called()
        return list(self.records.values())[offset : offset + limit]

    def job(self, job_id: str) -> JobRecord | None:
        self._called()
        return self.records.get(job_id)

    def change(self, made: JobRecord) -> None:
        self.records[made.id] = made
        self.events.emit(JobChanged(made.id, made.job.batch, made.state))

    def _called(self) -> None:
        self.callers.add(threading.get_ident())
        if self.away:
            self.away -= 1
            raise StoreAway("store_away", "The store is away.")


@pytest.fixture
def studio() -> QuietStudio:
    return QuietStudio()


@pytest.fixture
def bridge(studio: QuietStudio, loop: asyncio.AbstractEventLoop, qtbot: QtBot) -> Iterator[Bridge]:
    bridge = Bridge(cast(Studio, studio))
    with qtbot.waitSignal(bridge.whole_read):
        bridge.start()
    yield bridge
    bridge.stop()


def test_progress_is_thinned_to_ten_a_second(studio: QuietStudio, bridge: Bridge, qtbot: QtBot) -> None:
    told: Counter[str] = Counter()
    last: dict[str, float] = {}

    def note(news: list[JobProgress]) -> None:
        told.update(one.job_id for one in news)
        last.update({one.job_id: one.fraction for one in news})

    bridge.progressed.connect(note)

    def hurry() -> None:
        for step in range(1001):
            for job in ("a", "b"):
                studio.events.emit(JobProgress(job, "b1", "sound", step / 1000))
            time.sleep(0.001)

    begun = time.monotonic()
    thread = threading.Thread(target=hurry)
    thread.start()
    qtbot.waitUntil(lambda: last == {"a": 1.0, "b": 1.0}, timeout=10_000)
    seconds = time.monotonic() - begun
    thread.join()
    assert 5 <= told["a"] <= seconds * 10 + 1
    assert told["b"] <= seconds * 10 + 1


def test_every_change_of_state_arrives(studio: QuietStudio, bridge: Bridge, qtbot: QtBot) -> None:
    seen: dict[str, State] = {}
    bridge.records_read.connect(lambda records: seen.update({one.id: one.state for one in records}))

    def work() -> None:
        for number in range(300):
            studio.change(record(number, State.RUNNING))
            studio.change(record(number, State.DONE))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    qtbot.waitUntil(lambda: len(seen) == 300 and set(seen.values()) == {State.DONE}, timeout=10_000)
    for thread in threads:
        thread.join()


def test_no_call_is_made_in_the_windows_thread(studio: QuietStudio, bridge: Bridge, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bridge.records_read):
        studio.change(record(1))
    assert threading.get_ident() not in studio.callers


def test_what_could_not_be_read_is_read_later(
    studio: QuietStudio, bridge: Bridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.bridge.RETRY_MS", 50)
    seen: list[str] = []
    reachable: list[bool] = []
    bridge.reachable_changed.connect(reachable.append)
    bridge.records_read.connect(lambda records: seen.extend(one.id for one in records))
    studio.away = 2
    studio.change(record(7))
    qtbot.waitUntil(lambda: record(7).id in seen)
    qtbot.waitUntil(lambda: reachable == [False, True])


def test_an_error_of_a_call_is_told(bridge: Bridge, qtbot: QtBot) -> None:
    def fail() -> None:
        raise StoreAway("store_away", "The store is away.")

    with qtbot.waitSignal(bridge.failed) as told:
        bridge.spawn(bridge.call(fail))
    assert isinstance(told.args[0], StoreAway)
