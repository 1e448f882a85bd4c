"""The figures: counted where the work is done, at next to no cost, and read by a real Prometheus parser."""

from __future__ import annotations

import json
import re
import socket
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from core.errors import StoreAway, TransientError
from core.jobs.ledger import Account, Amount, Budget
from core.jobs.local import open_store
from core.jobs.model import Job, Result, State, Strategy
from core.jobs.store import JobStore
from core.metrics.figures import Histogram, MetricsDesk
from core.metrics.meter import EDGES_S, Meter
from core.metrics.prometheus import Endpoint, exposition
from core.paths import ROOT
from core.storage.cache import Usage
from core.storage.looked import Looked
from core.template.library import TemplateLibrary
from core.workers.monitor import StageLimits
from core.workers.pool import PoolOptions, WorkerPool
from core.workers.probes import Probes
from core.workers.worker import WorkerRules
from tests.stand_ins import QuickRenderer, make_jobs, raises_code, wait_until

USAGE = {"speech": Usage(3, 4_000, 1_000_000)}
RESULT = Result("/f.mp4", Strategy.LIPSYNC, 41.0, seconds={"speech": 0.3, "face": 2.0}, notes=("synclabs: lipsync",))


@pytest.fixture
def store() -> Iterator[JobStore]:
    with closing(JobStore.in_memory()) as store:
        yield store


def counted(store: JobStore, lookups: dict[str, Looked] | None = None) -> Meter:
    meter = Meter(store, lambda: lookups or {}, machine="taller-2")
    for _ in range(3):
        meter.ended("done", 4.0, RESULT)
    meter.ended("retry", 1.0, code="ffmpeg_failed")
    meter.ended("fail", 1.0, code="ffmpeg_failed")
    meter.flush()
    return meter


def desk(store: JobStore) -> MetricsDesk:
    return MetricsDesk(store, lambda: USAGE)


def test_what_was_counted_is_told(store: JobStore) -> None:
    counted(store, {"speech": Looked(5, 2, 3.0, {"elevenlabs": 400})})
    batch, jobs = make_jobs(4)
    store.submit(batch, jobs)
    told = desk(store).metrics()
    assert (told.films, told.failed, told.success_rate) == (3, 1, 0.75)
    assert told.film_s == 123.0
    assert told.attempts == {"done": 3, "fail": 1, "retry": 1}
    assert told.codes == {"ffmpeg_failed": 2}
    assert told.strategies == {"lipsync": 3}
    assert told.providers == {"synclabs": 3}
    assert told.states[State.READY] == told.waiting == 4
    assert told.stages["speech"].count == 3
    assert told.stages["speech"].mean_s == pytest.approx(0.3)
    assert told.stages["speech"].quantile(0.5) == 0.5
    assert told.stages["all"].sum_s == 12.0
    assert (told.lookups["speech"].hits, told.lookups["speech"].misses) == (5, 2)
    assert told.lookups["speech"].saved_s == pytest.approx(7.5), "five times what each of the two took"
    assert told.spared == {"elevenlabs": 400}
    assert told.computers == {"taller-2": 3}
    assert told.hours[-1].films == 3


def test_a_machine_counts_on_where_it_was(store: JobStore) -> None:
    lookups = {"speech": Looked(5, 2, 3.0, {"elevenlabs": 400})}
    meter = counted(store, lookups)
    lookups["speech"] = Looked(6, 2, 3.0, {"elevenlabs": 480})
    meter.ended("done", 4.0, RESULT)
    meter.flush()
    meter.flush()
    told = desk(store).metrics()
    assert told.films == 4
    assert (told.lookups["speech"].hits, told.lookups["speech"].misses) == (6, 2)
    assert told.spared == {"elevenlabs": 480}
    assert told.computers == {"taller-2": 4}


def test_a_store_that_is_away_loses_nothing(store: JobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    meter = Meter(store)
    meter.ended("done", 4.0, RESULT)
    with monkeypatch.context() as away:

        def measure(_figures: object, _token: str) -> None:
            raise StoreAway("redis_away", "away")

        away.setattr(store, "measure", measure)
        for _ in range(2):
            with raises_code(StoreAway, "redis_away"):
                meter.flush()
        meter.ended("done", 4.0, RESULT)
    meter.flush()
    assert desk(store).metrics().films == 2


def test_quantiles_of_nothing() -> None:
    assert Histogram((0,) * (len(EDGES_S) + 1), 0.0).quantile(0.9) == 0.0
    assert Histogram((*(0,) * len(EDGES_S), 1), 1000.0).quantile(0.9) == EDGES_S[-1]


def test_prometheus_can_read_it(store: JobStore) -> None:
    counted(store, {"speech": Looked(5, 2, 3.0, {"elevenlabs": 400})})
    store.begin_call("c1", "heygen", Amount(usd=1.0), Account("j", "b"), Budget())
    store.settle_call("c1", Amount(characters=7, usd=0.5))
    with closing(Endpoint(0, desk(store).metrics)) as endpoint:
        address = f"http://127.0.0.1:{endpoint.port}/metrics"
        with urllib.request.urlopen(address, timeout=10) as answer:
            text = answer.read().decode()
    families = {family.name: family for family in text_string_to_metric_families(text)}
    samples = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in families.values()
        for sample in family.samples
    }
    assert samples["trineo_store_up",] == 1
    assert samples["trineo_success_ratio",] == 0.75
    assert samples["trineo_films_total", "lipsync"] == 3
    assert samples["trineo_stage_seconds_bucket", "0.25", "speech"] == 0
    assert samples["trineo_stage_seconds_bucket", "0.5", "speech"] == 3
    assert samples["trineo_stage_seconds_bucket", "+Inf", "speech"] == 3
    assert samples["trineo_stage_seconds_count", "all"] == 3
    assert samples["trineo_provider_usd_total", "heygen"] == 0.5
    assert samples["trineo_cache_lookups_total", "hit", "speech"] == 5
    assert samples["trineo_cache_making_seconds_total", "speech"] == 3
    assert samples["trineo_spared_characters_total", "elevenlabs"] == 400
    assert samples["trineo_machine_films_total", "taller-2"] == 3
    assert samples["trineo_jobs", "ready"] == 0
    assert families["trineo_stage_seconds"].type == "histogram"
    assert families["trineo_films"].type == "counter"


def test_a_store_that_is_away_is_told() -> None:
    def away() -> None:
        raise StoreAway("redis_away", "away")

    [family] = text_string_to_metric_families(exposition(away))  # type: ignore[arg-type]
    assert [(sample.name, sample.value) for sample in family.samples] == [("trineo_store_up", 0.0)]


def test_only_this_computer_can_read_it(store: JobStore) -> None:
    with closing(Endpoint(0, desk(store).metrics)) as endpoint, socket.socket() as outside:
        name = socket.gethostbyname(socket.gethostname())
        if not name.startswith("127."):
            outside.settimeout(2)
            assert outside.connect_ex((name, endpoint.port)) != 0
        assert endpoint._server.server_address[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_told(store: JobStore) -> None:
    from core.errors import UsageError

    with closing(Endpoint(0, desk(store).metrics)) as endpoint, raises_code(UsageError, "metrics_port_taken"):
        Endpoint(endpoint.port, desk(store).metrics)


def test_a_clean_stop_loses_nothing(tmp_path: Path) -> None:
    def plan(job: Job) -> None:
        if job.row == 2:
            raise TransientError("shaky", "It shook.")

    with closing(open_store(None, tmp_path / "queue")) as store:
        batch, jobs = make_jobs(6)
        store.submit(batch, jobs)
        rules = WorkerRules(lease_s=20.0, max_attempts=1, limits=StageLimits())
        templates = TemplateLibrary()
        templates_all = _AllTemplates(templates)
        pool = WorkerPool(
            store, QuickRenderer(plan), templates_all, Probes(tmp_path, templates), PoolOptions(2, rules), Meter(store)
        )
        pool.start()
        wait_until(lambda: store.counts()[State.DONE] == 5 and store.counts()[State.FAILED] == 1)
        pool.stop(5.0)
    with closing(open_store(None, tmp_path / "queue")) as store:
        told = desk(store).metrics()
    assert (told.films, told.failed) == (5, 1)
    assert told.codes == {"shaky": 1}
    assert threading.active_count() < 20


class _AllTemplates(TemplateLibrary):
    """Has every template there is."""

    def __init__(self, inner: TemplateLibrary) -> None:
        super().__init__()
        self._inner = inner

    def hashes(self) -> frozenset[str]:
        return frozenset({"t" * 64})


def test_the_dashboard_asks_for_figures_there_are(store: JobStore) -> None:
    counted(store, {"speech": Looked(5, 2, 3.0, {"elevenlabs": 400})})
    told = {
        sample.name
        for family in text_string_to_metric_families(exposition(desk(store).metrics))
        for sample in family.samples
    }
    told |= {"trineo_provider_usd_total", "trineo_provider_characters_total"}  # once something was paid
    dashboard = json.loads((ROOT / "packaging" / "grafana-dashboard.json").read_text(encoding="utf-8"))
    asked = {
        name
        for panel in dashboard["panels"]
        for target in panel["targets"]
        for name in re.findall(r"trineo_\w+", target["expr"])
    }
    assert len(asked) > 10
    assert asked <= told


def test_figures_are_handed_over_while_it_works(
    store: JobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a program that is killed loses no more than some seconds of them."""
    monkeypatch.setattr("core.workers.pool.FLUSH_EVERY_S", 0.1)
    store.submit(*make_jobs(4))
    rules = WorkerRules(lease_s=20.0, max_attempts=1, limits=StageLimits())
    templates = _AllTemplates(TemplateLibrary())
    pool = WorkerPool(store, QuickRenderer(), templates, Probes(tmp_path, templates), PoolOptions(1, rules))
    pool.start()
    try:
        wait_until(lambda: store.figures().get("attempts:done") == 4)
    finally:
        pool.stop(5.0)
    assert store.figures()["attempts:done"] == 4
