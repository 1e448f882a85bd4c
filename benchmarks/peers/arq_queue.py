# mypy: ignore-errors
"""arq: its worker in burst mode, ten jobs at a time as by default."""

import asyncio
import json
import logging
import sys
import time

from arq import create_pool
from arq.connections import RedisSettings
from arq.worker import Worker

JOBS = int(sys.argv[2])


async def noop(context):
    pass


async def main():
    logging.disable(logging.WARNING)
    settings = RedisSettings.from_dsn(sys.argv[1])
    pool = await create_pool(settings)
    began = time.perf_counter()
    for _ in range(JOBS):
        await pool.enqueue_job("noop")
    submitted = time.perf_counter()
    worker = Worker([noop], redis_settings=settings, burst=True, keep_result=0, handle_signals=False)
    await worker.async_run()
    done = time.perf_counter()
    assert worker.jobs_complete == JOBS
    print(json.dumps({"submit_s": submitted - began, "drain_s": done - submitted}))


asyncio.run(main())
