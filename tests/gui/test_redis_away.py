"""A Redis that goes away while films wait, and comes back: told, nothing frozen, nothing lost."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer

from core.jobs.connection import connect
from core.jobs.local import open_store
from core.jobs.model import State
from core.studio import Studio
from tests.gui.operator import Operator
from tests.gui.test_window import queue_sample
from tests.gui.workshop import StandInRenderer, make_studio
from tests.redis_server import RedisServer, redis_server

pytestmark = [pytest.mark.gui, pytest.mark.redis]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    folder = tmp_path / "redis"
    folder.mkdir()
    with redis_server(folder, "--appendonly", "yes", "--appendfsync", "always") as server:
        yield server


@pytest.fixture
def studio(tmp_path: Path, server: RedisServer, renderer: StandInRenderer) -> Iterator[Studio]:
    """In place of the shared fixture's: on a real server, with a queue that is not this program's own."""
    store = open_store(server.url, tmp_path / "queue")
    with make_studio(tmp_path, renderer, store=store) as studio:
        yield studio
        renderer.let_go.set()


@pytest.fixture
def operator(open_operator: Callable[[], Operator]) -> Operator:
    operator = open_operator()
    operator.window.actions_.languages["en"].trigger()
    return operator


def test_it_is_told_and_goes_on_by_itself(
    operator: Operator, studio: Studio, server: RedisServer, renderer: StandInRenderer
) -> None:
    queue_sample(operator)
    beats: list[float] = []
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(time.monotonic()))
    heart.start(20)
    server.kill()
    operator.until(lambda: "can't be reached" in operator.window.banner.accessibleName(), 20_000)
    assert len(operator.records()) == 6
    operator.click_row("Sofía")
    operator.press(Qt.Key.Key_Delete)
    operator.until(operator.window.banner.isVisible)
    server.start()
    operator.until(lambda: not operator.window.banner.isVisible(), 20_000)
    studio.start_workers()
    operator.until(lambda: set(operator.states()) <= {State.DONE, State.CANCELLED}, 30_000)
    assert operator.states().count(State.DONE) >= 5
    gaps = [later - earlier for earlier, later in itertools.pairwise(beats)]
    assert max(gaps) < 2.0, "the window stood still"


def test_what_another_machine_does_is_seen_here(operator: Operator, studio: Studio, server: RedisServer) -> None:
    """This window only watches: the films are made over another connection."""
    from core.jobs.model import Result, Strategy
    from core.jobs.store import JobStore

    queue_sample(operator)
    other = JobStore.on(connect(server.url))
    claim = other.claim("taller-2:99/1", lease_s=60)
    assert claim is not None
    operator.until(lambda: operator.states()[0] is State.RUNNING)
    other.progress(claim, "sound", 0.6)
    operator.until(lambda: operator.records()[0].fraction == pytest.approx(0.6))
    assert operator.window.queue.table.model().index(0, 3).data() == "taller-2 · 1"
    other.complete(claim, Result(claim.job.output, Strategy.VOICEOVER, 41.0))
    operator.until(lambda: operator.states()[0] is State.DONE)
    other.close()
