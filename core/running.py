"""What keeps a studio running well: its figures, cleaning up, forgetting, and what help is asked for with."""

from __future__ import annotations

import time
from collections.abc import Mapping

import structlog

from core.cache import Usage
from core.caches import Caches
from core.errors import UsageError
from core.jobs.metering import Hour
from core.jobs.store import JobStore
from core.meter import Meter
from core.metrics import Metrics, MetricsDesk
from core.prometheus import Endpoint, exposition
from core.settings import Settings

_log = structlog.get_logger(__name__)

_USAGE_HOLDS_S = 60.0


class Running:
    """The part of `core.studio.Studio` that is about running it. `start` and `stop` go with the workers."""

    def __init__(self, settings: Settings, store: JobStore, caches: Caches) -> None:
        self.meter = Meter(store, caches.lookups)
        self._settings = settings
        self._caches = caches
        self._desk = MetricsDesk(store, self._usage)
        self._used: tuple[float, Mapping[str, Usage]] | None = None
        self._endpoint: Endpoint | None = None

    def start(self) -> None:
        """Lets Prometheus read the figures, where a port is set. A port that is taken keeps nobody from working."""
        port = self._settings.metrics_port
        if port is not None and self._endpoint is None:
            try:
                self._endpoint = Endpoint(port, self.metrics)
            except UsageError as error:
                _log.warning("the figures are not served", code=error.code, port=port)

    def stop(self) -> None:
        if self._endpoint is not None:
            self._endpoint.close()
            self._endpoint = None

    def metrics(self) -> Metrics:
        """All machines' figures as they stand. Raises `StoreAway`."""
        return self._desk.metrics()

    def history(self, days: float = 100.0) -> list[Hour]:
        """Films, seconds, failures and money of each hour in which there were any; at most a season of them."""
        return self._desk.history(days)

    def prometheus(self) -> str:
        """The figures in Prometheus' text format."""
        return exposition(self.metrics)

    def _usage(self) -> Mapping[str, Usage]:
        """Looked at once a minute: it goes through all of a cache's files."""
        if self._used is None or time.monotonic() - self._used[0] > _USAGE_HOLDS_S:
            self._used = (time.monotonic(), self._caches.usage())
        return self._used[1]
