"""Where chaos rounds take place: real worker processes, killed, stopped and starved, and the account afterwards."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from core.console.status import CANT_RENDER
from core.jobs.local import open_store
from core.jobs.model import State
from core.media.probe import film_seconds
from core.paths import ROOT
from core.render.verify import moov_first
from core.template.model import load_template
from tests.chaos.worker_main import chaos_jobs
from tests.redis_server import RedisServer, redis_server
from tests.stand_ins import wait_until

DRAIN_WITHIN_S = 90.0


@dataclass(slots=True)
class Account:
    """What a round ended with. All four must be 0."""

    lost: int = 0
    published_twice: int = 0
    half_files: int = 0
    unrecovered: int = 0
    notes: list[str] = field(default_factory=list)

    def __add__(self, other: Account) -> Account:
        return Account(
            self.lost + other.lost,
            self.published_twice + other.published_twice,
            self.half_files + other.half_files,
            self.unrecovered + other.unrecovered,
            self.notes + other.notes,
        )

    @property
    def clean(self) -> bool:
        return not (self.lost or self.published_twice or self.half_files or self.unrecovered)

    def __str__(self) -> str:
        figures = (
            f"lost {self.lost}, published twice {self.published_twice}, half files {self.half_files}, "
            f"unrecovered {self.unrecovered}"
        )
        return "\n".join([figures, *self.notes])


class Round:
    """One round in a folder of its own. `template` and `bank` are shared by all of them."""

    def __init__(self, folder: Path, template: Path, bank: Path, seed: int, jobs: int = 6) -> None:
        self.folder = folder
        self.jobs = jobs
        self.random = random.Random(seed)
        self.log = folder / "workers.log"
        folder.mkdir(parents=True)
        (folder / "template").symlink_to(template, target_is_directory=True)
        bank.mkdir(exist_ok=True)
        (folder / "bank").symlink_to(bank, target_is_directory=True)

    def start(
        self,
        redis_url: str = "",
        data: Path | None = None,
        *,
        slow_s: float = 0.0,
        lease_s: float = 2.0,
        log: Path | None = None,
    ) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.chaos.worker_main", str(self.folder), "--jobs", str(self.jobs)]
        command += ["--redis-url", redis_url] if redis_url else []
        command += ["--data", str(data)] if data else []
        command += ["--slow", str(slow_s), "--lease", str(lease_s)]
        with (log or self.log).open("ab") as output:
            return subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)

    def pause(self, least_s: float, most_s: float) -> None:
        time.sleep(self.random.uniform(least_s, most_s))

    def drain(self, process: subprocess.Popen[bytes], account: Account) -> None:
        """Waits for the last worker to finish the queue."""
        try:
            status = process.wait(DRAIN_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            status = -1
        if status != 0:
            account.unrecovered += 1
            account.notes.append(f"the last worker ended with {status}; see {self.log}")

    def local(self) -> Account:
        """One program on a local queue, killed once or twice, then left alone.

        Not three times: a film that was being made each time would rightly be failed as one that ends its program.
        """
        account = Account()
        for _ in range(self.random.randint(1, 2)):
            process = self.start()
            self.pause(0.6, 3.0)
            process.kill()
            process.wait()
        self.drain(self.start(), account)
        return account + self.settle("")

    def several(self, server: RedisServer) -> Account:
        """Three programs on one Redis; two are killed, or stopped beyond their lease and woken."""
        account = Account()
        workers = [self.start(server.url) for _ in range(2)]
        self.pause(0.8, 2.5)
        victim = workers[0]
        if self.random.random() < 0.5:
            victim.kill()
        else:
            victim.send_signal(signal.SIGSTOP)
        workers.append(self.start(server.url))
        self.pause(2.2, 3.2)
        victim.send_signal(signal.SIGCONT)
        self.pause(0.0, 0.5)
        workers[1].kill()
        self.drain(workers[2], account)
        for worker in workers[:2]:
            if worker.poll() is None:
                worker.terminate()
            worker.wait(DRAIN_WITHIN_S)
        return account + self.settle(server.url)

    def server_dies(self, server: RedisServer) -> Account:
        """redis-server is killed in the middle and comes back with its append-only file."""
        account = Account()
        worker = self.start(server.url)
        for _ in range(self.random.randint(1, 2)):
            self.pause(0.9, 2.0)
            server.kill()
            self.pause(0.2, 1.5)
            server.start()
        self.drain(worker, account)
        return account + self.settle(server.url)

    def disk_full(self, disk: Path) -> Account:
        """The data folder's disk fills up while films are made, and is freed again."""
        account = Account()
        worker = self.start(data=disk / "data")
        wait_until(lambda: "workers started" in self.log.read_text(), 60)  # queueing on a full disk is refused
        self.pause(0.0, 1.2)
        ballast = disk / "ballast"
        _fill(ballast)
        self.pause(1.0, 3.0)
        ballast.unlink()
        if worker.wait(DRAIN_WITHIN_S) == CANT_RENDER:  # everything waited for room: that is the next worker's
            worker = self.start(data=disk / "data")
        self.drain(worker, account)
        return account + self.settle("", disk / "data")

    def settle(self, redis_url: str, data: Path | None = None) -> Account:
        """Counts what is wrong: in the queue, and on the disk."""
        account = Account()
        with_data = data or self.folder / "data"
        store = open_store(redis_url or None, with_data / "queue", read_only=not redis_url)
        template = load_template(self.folder / "template")
        _, jobs = chaos_jobs(template, self.folder / "films", self.jobs)
        for job in jobs:
            record = store.job(job.id)
            if record is None:
                account.lost += 1
                account.notes.append(f"{job.id} is not in the queue any more")
            elif record.state is not State.DONE:
                account.unrecovered += 1
                failure = record.failure.code if record.failure else ""
                account.notes.append(f"{job.id} is {record.state} {failure}")
            if not Path(job.output).is_file():
                account.lost += 1
                account.notes.append(f"{job.output} is not there")
        store.close()
        log = self.folder / "published.log"
        published = Counter(log.read_text().split() if log.exists() else [])
        twice = [job for job, times in published.items() if times > 1]
        account.published_twice += len(twice)
        account.notes += [f"{job} was published {published[job]} times" for job in twice]
        meant = {Path(job.output).name for job in jobs}
        for file in (self.folder / "films").glob("*"):
            if file.name not in meant or not moov_first(file) or film_seconds(file) < 1.0:
                account.half_files += 1
                account.notes.append(f"{file.name} should not be, or is not whole")
        if account.clean:
            shutil.rmtree(self.folder)
        return account


def _fill(path: Path) -> None:
    """Writes until there is no room for another byte."""
    with path.open("wb", buffering=0) as file:
        size = 1 << 20
        while size:
            try:
                file.write(b"\0" * size)
            except OSError:
                size //= 2


@contextmanager
def small_disk(folder: Path, megabytes: int = 6) -> Iterator[Path | None]:
    """A disk of its own that can be filled; None where this user may not mount one."""
    folder.mkdir(parents=True)
    mounted = shutil.which("mount") is not None and (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)],
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def durable_redis(folder: Path) -> Iterator[RedisServer]:
    """A server that has on disk what it has answered."""
    folder.mkdir(parents=True)
    with redis_server(folder, "--appendonly", "yes", "--appendfsync", "always") as server:
        yield server
