"""One machine at a time: what several want at the same moment is made, and paid for, by one of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from core.errors import LeaseLost, StoreAway
from core.jobs.store import JobStore
from core.progress import Progress, wait

_LEASE_S = 30.0
_EXTEND_EVERY_S = 8.0
_LOOK_EVERY_S = 0.3
_WANTED_S = 60.0


@contextmanager
def alone(store: JobStore, name: str, progress: Progress) -> Iterator[Progress]:
    """Waits until no other machine is at it. The progress that is given keeps it ours.

    On this computer's own queue there are no others; its programs and threads wait for each other at the file.
    """
    if not store.is_shared:
        yield progress
        return
    lock = store.lock(name, lease_s=_LEASE_S)
    while not lock.acquire():
        store.want(name.partition(":")[2], for_s=_WANTED_S)
        wait(_LOOK_EVERY_S, progress)
    extended = time.monotonic()

    def report(fraction: float) -> None:
        nonlocal extended
        if time.monotonic() - extended > _EXTEND_EVERY_S:
            extended = time.monotonic()
            with suppress(LeaseLost, StoreAway):  # the ledger keeps whoever comes then from paying again
                lock.extend(_LEASE_S)
        progress(fraction)

    try:
        yield report
    finally:
        with suppress(StoreAway):  # its lease runs out by itself, and what was made must not be lost for it
            lock.release()
