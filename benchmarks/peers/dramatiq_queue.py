# mypy: ignore-errors
"""Dramatiq: its worker with its default of eight threads."""

import json
import sys
import time

import dramatiq
from dramatiq.brokers.redis import RedisBroker

broker = RedisBroker(url=sys.argv[1])
dramatiq.set_broker(broker)


@dramatiq.actor
def noop():
    pass


def main(jobs):
    began = time.perf_counter()
    for _ in range(jobs):
        noop.send()
    submitted = time.perf_counter()
    worker = dramatiq.Worker(broker)
    worker.start()
    broker.join(noop.queue_name)
    worker.join()
    done = time.perf_counter()
    worker.stop()
    print(json.dumps({"submit_s": submitted - began, "drain_s": done - submitted}))


main(int(sys.argv[2]))
