"""Named locks."""

from __future__ import annotations

import threading
import time

import pytest

from core.errors import LeaseLost
from core.jobs.store import JobStore

from .conftest import Rig


def test_one_holder_at_a_time(rig: Rig) -> None:
    other = rig.other_machine()
    with rig.store.lock("cleanup", lease_s=5):
        assert other.lock("cleanup", lease_s=5).acquire() is False
        with other.lock("cache", lease_s=5):
            pass
        with pytest.raises(TimeoutError), other.lock("cleanup", lease_s=5, wait_s=0.1):
            pass
    assert other.lock("cleanup", lease_s=5).acquire() is True


def test_the_next_one_gets_it_when_it_is_free(rig: Rig) -> None:
    lock = rig.store.lock("cleanup", lease_s=5)
    assert lock.acquire()
    timer = threading.Timer(0.2, lock.release)
    timer.start()
    with rig.other_machine().lock("cleanup", lease_s=5, wait_s=5):
        pass
    timer.join()


def test_a_lock_whose_lease_ran_out_is_anybodys(rig: Rig) -> None:
    late = rig.store.lock("cleanup", lease_s=0.1)
    assert late.acquire()
    time.sleep(0.15)
    with rig.other_machine().lock("cleanup", lease_s=5):
        with pytest.raises(LeaseLost):
            late.extend(5)
        assert late.release() is False
        assert rig.store.lock("cleanup", lease_s=5).acquire() is False


def test_extending(store: JobStore) -> None:
    lock = store.lock("cleanup", lease_s=0.2)
    assert lock.acquire()
    lock.extend(5)
    time.sleep(0.25)
    assert store.lock("cleanup", lease_s=5).acquire() is False
    assert lock.release() is True


def test_another_thread_may_extend_it(store: JobStore) -> None:
    with store.lock("cleanup", lease_s=1) as lock:
        thread = threading.Thread(target=lock.extend, args=(5,))
        thread.start()
        thread.join()
        time.sleep(0.01)
        assert lock.release() is True
