# mypy: ignore-errors
"""RQ: jobs enqueued in bulk, and the worker that doesn't fork for each of them."""

import json
import sys
import time

from redis import Redis
from rq import Queue, SimpleWorker


def noop():
    pass


def main(url, jobs):
    connection = Redis.from_url(url)
    queue = Queue(connection=connection)
    began = time.perf_counter()
    for _ in range(0, jobs, 500):
        queue.enqueue_many([Queue.prepare_data("rq_queue.noop") for _ in range(500)])
    submitted = time.perf_counter()
    SimpleWorker([queue], connection=connection).work(burst=True, logging_level="ERROR")
    done = time.perf_counter()
    assert queue.finished_job_registry.count == jobs
    print(json.dumps({"submit_s": submitted - began, "drain_s": done - submitted}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
