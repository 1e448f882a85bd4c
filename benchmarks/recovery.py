"""How long until the running jobs of a worker killed with -9 run again, at default settings.

.venv/bin/python -m benchmarks.recovery
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from core.settings.declaration import Settings
from tests.chaos.arena import Round, durable_redis
from tests.conftest import make_tiny_template
from tests.stand_ins import wait_until

PATIENCE_S = 60.0


def measure(round_: Round, url: str) -> float:
    """Seconds from the kill to the moment when both of its jobs are claimed again by the next worker.

    On a Redis the next one runs already; a local queue's next program is started by hand, right after.
    """
    lease_s = float(Settings.model_fields["job_lock_timeout_seconds"].get_default())
    logs = [round_.folder / f"worker{number}.log" for number in (1, 2)]
    first = round_.start(url, slow_s=30.0, lease_s=lease_s, log=logs[0])
    wait_until(lambda: logs[0].exists() and logs[0].read_text().count("job claimed") == 2, PATIENCE_S)
    if url:
        second = round_.start(url, slow_s=30.0, lease_s=lease_s, log=logs[1])
        wait_until(lambda: logs[1].exists() and "workers started" in logs[1].read_text(), PATIENCE_S)
    first.kill()
    killed = time.monotonic()
    first.wait()
    if not url:
        second = round_.start(url, slow_s=30.0, lease_s=lease_s, log=logs[1])
    wait_until(lambda: logs[1].exists() and logs[1].read_text().count("job claimed") == 2, PATIENCE_S)
    seconds = time.monotonic() - killed
    second.kill()
    second.wait()
    return seconds


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="trineo-recovery-"))
    template = make_tiny_template(folder / "tiny")
    local = measure(Round(folder / "local", template, folder / "bank", seed=1, jobs=2), "")
    with durable_redis(folder / "server") as server:
        redis = measure(Round(folder / "redis", template, folder / "bank", seed=1, jobs=2), server.url)
    print(f"local queue: {local:.1f} s (the program's own start included)")
    print(f"redis-server: {redis:.1f} s")


if __name__ == "__main__":
    main()
