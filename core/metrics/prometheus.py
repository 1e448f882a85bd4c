"""The figures as Prometheus reads them: as text, and on a port of this computer only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate

from prometheus_client import CollectorRegistry, generate_latest, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from core.errors import StoreAway, UsageError
from core.metrics.figures import Histogram, Metrics
from core.metrics.meter import EDGES_S

_LOOPBACK = "127.0.0.1"


def exposition(metrics: Callable[[], Metrics]) -> str:
    """Prometheus' text format. While the store is away only `trineo_store_up 0` is told."""
    return generate_latest(_registry(metrics)).decode()


class Endpoint:
    """Serves the figures at `http://127.0.0.1:<port>/metrics` until it is closed. `port` 0 takes a free one.

    Raises `UsageError` when the port is taken.
    """

    def __init__(self, port: int, metrics: Callable[[], Metrics]) -> None:
        try:
            self._server, self._thread = start_http_server(port, addr=_LOOPBACK, registry=_registry(metrics))
        except OSError as error:
            raise UsageError(
                "metrics_port_taken",
                "The port {port} for the figures can't be used: {reason}.",
                "Choose another METRICS_PORT, or leave it empty.",
                port=port,
                reason=error.strerror or "unknown",
            ) from error

    @property
    def port(self) -> int:
        return int(self._server.server_port)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Collected(Collector):
    def __init__(self, metrics: Callable[[], Metrics]) -> None:
        self._metrics = metrics

    def collect(self) -> Iterator[Metric]:
        try:
            told = self._metrics()
        except StoreAway:
            yield GaugeMetricFamily("trineo_store_up", "Whether the job store answers.", value=0)
            return
        yield GaugeMetricFamily("trineo_store_up", "Whether the job store answers.", value=1)
        yield from _jobs(told)
        yield from _work(told)
        yield from _caches(told)
        yield from _money(told)


def _registry(metrics: Callable[[], Metrics]) -> CollectorRegistry:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Told(metrics))
    return registry


class _Told(_Collected):
    def describe(self) -> list[Metric]:
        """Nothing is asked when it is registered."""
        return []


def _jobs(told: Metrics) -> Iterator[Metric]:
    yield _gauge("trineo_jobs", "Jobs in each state.", "state", {str(state): n for state, n in told.states.items()})
    yield GaugeMetricFamily("trineo_queue_depth", "Jobs that wait: ready, delayed, parked.", value=told.waiting)
    yield GaugeMetricFamily(
        "trineo_queue_oldest_seconds", "Since when the oldest ready job waits.", value=told.oldest_s
    )
    machines = {"alive": told.machines_alive, "silent": told.machines_silent}
    yield _gauge("trineo_machines", "Programs that work on the queue.", "state", machines)


def _work(told: Metrics) -> Iterator[Metric]:
    yield _counter("trineo_attempts", "Attempts, by how they ended.", "outcome", told.attempts)
    yield _counter("trineo_failures", "Attempts that failed or had to wait, by why.", "code", told.codes)
    yield _counter("trineo_films", "Films made, by how Santa speaks.", "strategy", told.strategies)
    yield _counter("trineo_provider_films", "Films, by who made Santa's face talk.", "provider", told.providers)
    yield _counter("trineo_machine_films", "Films, by the computer that made them.", "machine", told.computers)
    yield CounterMetricFamily("trineo_film_seconds", "Length of all films made.", value=told.film_s)
    if told.success_rate is not None:
        yield GaugeMetricFamily("trineo_success_ratio", "Films of all that ended for good.", value=told.success_rate)
    stages = HistogramMetricFamily("trineo_stage_seconds", "Time of each stage of a film.", labels=["stage"])
    for name, one in told.stages.items():
        stages.add_metric([name], buckets=_buckets(one), sum_value=one.sum_s)
    yield stages


def _caches(told: Metrics) -> Iterator[Metric]:
    lookups = CounterMetricFamily("trineo_cache_lookups", "Questions to the caches.", labels=["cache", "result"])
    for name, one in told.lookups.items():
        lookups.add_metric([name, "hit"], one.hits)
        lookups.add_metric([name, "miss"], one.misses)
    yield lookups
    making = {name: one.making_s for name, one in told.lookups.items()}
    yield _counter("trineo_cache_making_seconds", "Time spent making what was not there.", "cache", making)
    yield _counter("trineo_spared_characters", "Characters not paid for again.", "provider", told.spared)
    held = {name: used.bytes for name, used in told.caches.items()}
    yield _gauge("trineo_cache_bytes", "What this computer's caches hold.", "cache", held)
    limits = {name: used.limit_bytes for name, used in told.caches.items()}
    yield _gauge("trineo_cache_limit_bytes", "What they may hold; 0: no limit.", "cache", limits)


def _money(told: Metrics) -> Iterator[Metric]:
    calls = {name: one.calls for name, one in told.spent.items()}
    yield _counter("trineo_provider_calls", "Paid calls.", "provider", calls)
    characters = {name: one.characters for name, one in told.spent.items()}
    yield _counter("trineo_provider_characters", "Characters paid for.", "provider", characters)
    usd = {name: one.usd for name, one in told.spent.items()}
    yield _counter("trineo_provider_usd", "US dollars spent.", "provider", usd)


def _gauge(name: str, told: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, told, labels=[label])
    for which, value in values.items():
        family.add_metric([which], value)
    return family


def _counter(name: str, told: str, label: str, values: Mapping[str, float]) -> Metric:
    family = CounterMetricFamily(name, told, labels=[label])
    for which, value in values.items():
        family.add_metric([which], value)
    return family


def _buckets(one: Histogram) -> list[tuple[str, float]]:
    edges = [*map(str, EDGES_S), "+Inf"]
    return list(zip(edges, map(float, accumulate(one.buckets)), strict=True))
