"""Keeps the leases of running jobs, in a thread of its own: a worker deep in its work must not lose its job."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from core.errors import LeaseLost, StoreAway
from core.jobs.model import Claim
from core.jobs.store import JobStore

_log = structlog.get_logger(__name__)

_OFTEN_S = 5.0


class Lease:
    """The hold on one claimed job. `lost` is set as soon as the store says that it is somebody else's.

    `heard` is when the worker last showed a sign of life on it, by the monotonic clock.
    """

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.lost = threading.Event()
        self.heard = time.monotonic()

    def check(self) -> None:
        """Raises `LeaseLost` once the lease is known to be lost."""
        if self.lost.is_set():
            raise LeaseLost("lease_lost", "Job {job} belongs to another worker now.", job=self.claim.job.id)


class LeaseKeeper:
    """Renews every kept lease three times within its length, and every few seconds at least.

    Not that of a worker that has been silent for `silent_s`: it hangs (on a dead network share, say), and its job
    shall go to another.
    """

    def __init__(self, store: JobStore, lease_s: float, silent_s: float) -> None:
        self._store = store
        self._lease_s = lease_s
        self._silent_s = silent_s
        self._leases: set[Lease] = set()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="lease-keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def adapt(self, lease_s: float, silent_s: float) -> None:
        """From the next beat on."""
        self._lease_s, self._silent_s = lease_s, silent_s

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    @contextmanager
    def keep(self, claim: Claim) -> Iterator[Lease]:
        """Renews the claim's lease as long as the block runs."""
        lease = Lease(claim)
        with self._lock:
            self._leases.add(lease)
        try:
            yield lease
        finally:
            with self._lock:
                self._leases.discard(lease)

    def _beat(self) -> None:
        while not self._stopping.wait(min(self._lease_s / 3, _OFTEN_S)):
            with self._lock:
                leases = list(self._leases)
            for lease in leases:
                if time.monotonic() - lease.heard < self._silent_s:
                    self._renew(lease)
                else:
                    _log.error("a worker hangs: its lease is not renewed any more", job=lease.claim.job.id)

    def _renew(self, lease: Lease) -> None:
        job = lease.claim.job.id
        try:
            self._store.renew(lease.claim, lease_s=self._lease_s)
        except LeaseLost:
            with self._lock:
                if lease not in self._leases:  # the worker ended it between the copy and here
                    return
            _log.warning("lease lost: the job is another worker's now", job=job, epoch=lease.claim.epoch)
            lease.lost.set()
        except StoreAway as error:
            # The work goes on: whether the lease still holds is asked again before the film is published.
            _log.warning("lease not renewed: job store away", job=job, detail=error.detail)
        except Exception:  # noqa: BLE001 - the other leases must not run out for it
            _log.exception("lease not renewed", job=job)
