# mypy: ignore-errors
"""Celery: one worker process with the solo pool, results ignored."""

import itertools
import json
import os
import sys
import time

from celery import Celery
from celery.signals import worker_ready

JOBS = int(sys.argv[2])
app = Celery("bench", broker=sys.argv[1])
app.conf.update(
    task_ignore_result=True,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    broker_connection_retry_on_startup=True,
)
times = {}
numbers = itertools.count(1)


@worker_ready.connect
def ready(**_):
    times["ready"] = time.perf_counter()


@app.task(name="noop")
def noop():
    if next(numbers) == JOBS:
        drain = time.perf_counter() - times["ready"]
        print(json.dumps({"submit_s": times["submitted"] - times["began"], "drain_s": drain}), flush=True)
        os._exit(0)


times["began"] = time.perf_counter()
for _ in range(JOBS):
    noop.delay()
times["submitted"] = time.perf_counter()
app.worker_main(
    ["worker", "--pool=solo", "--loglevel=ERROR", "--without-gossip", "--without-mingle", "--without-heartbeat"]
)
