"""kill -9 in the middle of it: whatever the program was told is saved, is."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from core.jobs.local import open_store
from core.jobs.model import State

from .audit import audit

CHILD = """
import sys, threading
from pathlib import Path
from core.jobs import journalled
from core.jobs.local import open_store
from tests.core.jobs.samples import LEASE_S, RESULT, batch, job

folder, name = Path(sys.argv[1]), sys.argv[2]
journalled.REWRITE_AFTER_S = float(sys.argv[3])  # small: it is killed while compacting, too
journalled.REWRITE_PER_JOB_S = 0.0
store = open_store(None, folder)
lock = threading.Lock()

def say(*words):
    with lock:
        print(*words, flush=True)

def submit():
    of = batch(); of = type(of)(name + of.id, of.name, 0)
    while True:
        one = job(of); one = one.edited(id=name + one.id)
        store.submit(of, [one])
        say("submitted", one.id)

def work(worker):
    while True:
        claim = store.claim(worker, lease_s=LEASE_S)
        if claim:
            store.complete(claim, RESULT)
            say("done", claim.job.id)
        else:
            store.wait_for_work(0.1)

for target, args in ((submit, ()), (work, ("m/1",)), (work, ("m/2",))):
    threading.Thread(target=target, args=args).start()
"""


@pytest.mark.slow
@pytest.mark.parametrize("rewrite_after_s", ["1000", "0.01"])
def test_killed_at_any_moment(tmp_path: Path, rewrite_after_s: str) -> None:
    submitted: set[str] = set()
    done: set[str] = set()
    for number in range(3):
        with (tmp_path / f"said-{number}").open("wb") as said:
            child = subprocess.Popen(
                [sys.executable, "-c", CHILD, str(tmp_path), f"r{number}-", rewrite_after_s], stdout=said
            )
            deadline = time.monotonic() + 20
            while not (tmp_path / f"said-{number}").stat().st_size and time.monotonic() < deadline:
                time.sleep(0.02)
            time.sleep(random.uniform(0.0, 0.5))
            child.kill()
            child.wait()
        for line in (tmp_path / f"said-{number}").read_text().splitlines():
            what, _, job_id = line.partition(" ")
            (submitted if what == "submitted" else done).add(job_id)
        with closing(open_store(None, tmp_path)) as store:
            assert store.recovery is not None
            assert store.recovery.damaged == 0
            assert submitted <= set(store.ids())
            assert done <= set(store.ids(state=State.DONE))
            assert store.counts()[State.RUNNING] == 0
            audit(store.client)
    assert len(submitted) > 10
    assert done
