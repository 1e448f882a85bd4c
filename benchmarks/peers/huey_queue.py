# mypy: ignore-errors
"""Huey: its consumer with one worker thread, which blocks on the queue."""

import itertools
import json
import sys
import threading
import time

from huey import RedisHuey

huey = RedisHuey("bench", url=sys.argv[1], results=False)
JOBS = int(sys.argv[2])
done = threading.Event()
numbers = itertools.count(1)


@huey.task()
def noop():
    if next(numbers) == JOBS:
        done.set()


def main():
    began = time.perf_counter()
    for _ in range(JOBS):
        noop()
    submitted = time.perf_counter()
    consumer = huey.create_consumer(workers=1, periodic=False, initial_delay=0.01)
    consumer.start()
    done.wait()
    ended = time.perf_counter()
    consumer.stop(graceful=False)
    print(json.dumps({"submit_s": submitted - began, "drain_s": ended - submitted}), flush=True)


main()
