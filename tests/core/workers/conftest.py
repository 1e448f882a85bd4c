"""A store on each backend, and a pool on it that renders with a stand-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.jobs.local import open_store
from core.jobs.store import JobStore
from core.render.interfaces import Renderer
from core.template.library import TemplateLibrary
from core.workers.monitor import StageLimits
from core.workers.pool import PoolOptions, WorkerPool
from core.workers.probes import Probe, Probes
from core.workers.worker import WorkerRules
from tests.redis_server import redis_server

MakePool = Callable[..., WorkerPool]


class KnowingLibrary(TemplateLibrary):
    """Has the template that `make_jobs` names, besides the real ones."""

    def hashes(self) -> frozenset[str]:
        return super().hashes() | {"t" * 64}


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server.url


@pytest.fixture(params=["local", pytest.param("redis", marks=pytest.mark.redis)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[JobStore]:
    """A local queue on its journal, and a real redis-server."""
    if request.param == "local":
        store = open_store(None, tmp_path / "queue")
    else:
        import redis

        url = request.getfixturevalue("redis_url")
        redis.Redis.from_url(url).flushall()
        store = open_store(url, tmp_path / "queue")
    yield store
    store.close()


@pytest.fixture
def make_pool(store: JobStore, tmp_path: Path) -> Iterator[MakePool]:
    pools = []

    def make(
        renderer: Renderer,
        *,
        workers: int = 2,
        lease_s: float = 5.0,
        max_attempts: int = 3,
        limits: StageLimits | None = None,
        probes: dict[str, Probe] | None = None,
    ) -> WorkerPool:
        templates = KnowingLibrary()
        rules = WorkerRules(lease_s, max_attempts, limits or StageLimits())
        pool = WorkerPool(store, renderer, templates, Probes(tmp_path, templates, probes), PoolOptions(workers, rules))
        pools.append(pool)
        pool.start()
        return pool

    yield make
    for pool in pools:
        pool.stop(0.0)
