"""What comes out of the studio's threads: every change, but progress at most ten times a second."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from core.errors import StoreAway
from core.events import EventHub, JobChanged, JobProgress
from core.jobs.model import Batch, JobRecord, Sketch, State
from core.studio import Studio
from gui.bridge import Bridge
from tests.gui.records import record

pytestmark = pytest.mark.gui


class QuietStudio:
    """Answers from a dictionary; goes away for as many calls as `away` says."""

    def __init__(self) -> None:
        self.events = EventHub()
        self.known: dict[str, JobRecord] = {}
        self.asked: list[int] = []
        self.away = 0
        self.callers: set[int] = set()

    def batches(self) -> list[Batch]:
        self._called()
        return [Batch("b1", "lote", len(self.known))]

    def sketches(self) -> list[Sketch]:
        self._called()
        known = enumerate(self.known.values())
        return [Sketch(one.id, one.job.batch, one.state, float(place)) for place, one in known]

    def records(self, ids: Sequence[str]) -> list[JobRecord]:
        self._called()
        self.asked.append(len(ids))
        return [self.known[job_id] for job_id in ids if job_id in self.known]

    def change(self, made: JobRecord) -> None:
        self.known[made.id] = made
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


def test_a_long_queue_is_sketched_and_what_is_in_sight_comes_first(
    studio: QuietStudio, loop: asyncio.AbstractEventLoop, qtbot: QtBot
) -> None:
    studio.known = {one.id: one for one in (record(number) for number in range(3500))}
    bridge = Bridge(cast(Studio, studio))
    order: list[str] = []
    seen = [record(number).id for number in (3300, 3301)]
    bridge.sketched.connect(lambda sketches: order.append(f"sketched {len(sketches)}"))
    bridge.sketched.connect(lambda _: bridge.hurry(seen))
    bridge.records_read.connect(lambda records: order.append(records[0].id))
    with qtbot.waitSignal(bridge.whole_read) as whole:
        bridge.start()
    bridge.stop()
    assert order == ["sketched 3500", record(0).id, seen[0], *(record(n).id for n in (1000, 2000, 3000))]
    assert len(whole.args[0]) == 3500


def test_changes_do_not_wait_until_a_long_queue_is_read(
    studio: QuietStudio, loop: asyncio.AbstractEventLoop, qtbot: QtBot
) -> None:
    studio.known = {one.id: one for one in (record(number) for number in range(3500))}
    bridge = Bridge(cast(Studio, studio))
    new = record(9999, State.RUNNING)
    bridge.sketched.connect(lambda _: studio.change(new))
    with qtbot.waitSignal(bridge.whole_read) as whole:
        bridge.start()
    bridge.stop()
    assert studio.asked[:3] == [1000, 1, 1000]
    assert new.id in whole.args[0]
