"""Follows the store's stream of changes in a thread and hands them to the hub."""

from __future__ import annotations

import threading

import structlog

from core.errors import StoreAway
from core.events import EventHub, Resync, StoreReachable
from core.jobs.store import JobStore

_log = structlog.get_logger(__name__)

_BLOCK_S = 0.25
_AWAY_S = 2.0
_GATHER_S = 0.04  # what happens meanwhile is read at once: at 300 changes a second a tenth of the questions


class StoreWatcher:
    """Sees every change, whoever made it: this program's workers or another machine's."""

    def __init__(self, store: JobStore, hub: EventHub) -> None:
        self._store = store
        self._hub = hub
        self._stopping = threading.Event()
        self._place: str | None = None
        self._thread = threading.Thread(target=self._follow, name="store-watcher", daemon=True)

    def start(self) -> None:
        """Every change after this is told; if the store is away, a `Resync` comes with its return."""
        try:
            self._place, _ = self._store.events(None, block_s=0.0)
        except StoreAway:
            self._hub.emit(StoreReachable(False))
        self._thread.start()

    def stop(self) -> None:
        """Returns when no listener will be called any more."""
        self._stopping.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join()

    def _follow(self) -> None:
        reachable = self._place is not None
        while not self._stopping.is_set():
            try:
                self._place, events = self._store.events(self._place, block_s=_BLOCK_S)
            except StoreAway as error:
                if reachable:
                    _log.warning("job store away", detail=error.detail)
                    self._hub.emit(StoreReachable(False))
                reachable = False
                self._stopping.wait(_AWAY_S)
                continue
            except Exception:  # noqa: BLE001 - a face that hears nothing more would stand still for ever
                _log.exception("the store's changes can't be followed")
                self._hub.emit(Resync("changes were missed"))
                self._place = None
                self._stopping.wait(_AWAY_S)
                continue
            if not reachable:
                reachable = True
                _log.info("job store is back")
                self._hub.emit(StoreReachable(True))
                self._hub.emit(Resync("the job store was away"))
            for event in events:
                self._hub.emit(event)
            if events:
                self._stopping.wait(_GATHER_S)
