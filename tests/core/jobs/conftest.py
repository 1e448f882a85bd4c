from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import redis

from core.jobs.connection import connect
from core.jobs.local import open_store
from core.jobs.store import JobStore
from tests.redis_server import RedisServer, redis_server

from .audit import audit


@dataclass
class Clock:
    """A clock that stands still until it is moved on."""

    now_s: float = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now_s


@dataclass
class Rig:
    """A store on one of the backends, and the means to let time pass for it."""

    store: JobStore
    client: redis.Redis
    clock: Clock | None
    url: str | None = None
    others: list[JobStore] = field(default_factory=list)

    def pass_time(self, seconds: float) -> None:
        if self.clock:
            self.clock.now_s += seconds
        else:
            time.sleep(seconds + 0.002)  # the server's time goes in milliseconds

    def other_machine(self) -> JobStore:
        """A second store on the same jobs; on a journal, where only one program may be, the same."""
        if self.url:
            self.others.append(JobStore.on(connect(self.url)))
            return self.others[-1]
        return self.store


BACKENDS = ["memory", "journal", pytest.param("redis", marks=pytest.mark.redis)]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """One redis-server for the whole run. Whoever kills or freezes one starts his own."""
    with redis_server(tmp_path_factory.mktemp("redis")) as running:
        yield running


@pytest.fixture(params=BACKENDS)
def rig(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """The same tests on every backend; what each leaves behind is audited.

    The journal isn't synced here, which takes most of its time: test_kill.py and test_disk_full.py are about that.
    """
    monkeypatch.setattr("core.jobs.journal._sync", lambda _: None)
    if request.param == "redis":
        url = request.getfixturevalue("server").url
        client = connect(url)
        client.flushall()
        made = Rig(JobStore.on(client), client, None, url)
    else:
        clock = Clock()
        store = JobStore.in_memory(clock) if request.param == "memory" else open_store(None, tmp_path, clock=clock)
        made = Rig(store, store.client, clock)
    with closing(made.store):
        yield made
        audit(made.client)
        for other in made.others:
            other.close()


@pytest.fixture
def store(rig: Rig) -> JobStore:
    return rig.store


@pytest.fixture
def clock() -> Clock:
    return Clock()
