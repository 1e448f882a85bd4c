"""Trineo's job queue beside RQ, Dramatiq, Huey, arq and Celery: `python benchmarks/queue.py [--jobs N] [--write FILE]`.

One run, one machine, one redis-server that it starts itself on loopback. Every peer is installed into a virtual
environment of its own that is thrown away afterwards; one that can't be installed is named and left out.
"""

from __future__ import annotations

import sys

# Run as a file, this folder would come first, and `import queue` anywhere in the standard library would find us.
sys.path[0] = __file__.rpartition("/benchmarks/")[0] or "."

import argparse  # noqa: E402
import json  # noqa: E402
import platform  # noqa: E402
import shutil  # noqa: E402
import statistics  # noqa: E402
import subprocess  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from contextlib import closing, contextmanager  # noqa: E402
from dataclasses import dataclass  # noqa: E402
from pathlib import Path  # noqa: E402

from core.jobs.connection import connect  # noqa: E402
from core.jobs.local import JOURNAL, open_store  # noqa: E402
from core.jobs.model import Batch, Job, Result, Strategy, new_id  # noqa: E402
from core.jobs.store import JobStore  # noqa: E402
from tests.redis_server import redis_server  # noqa: E402

PEERS = {
    "Huey": ("huey_queue.py", "huey redis"),
    "Dramatiq": ("dramatiq_queue.py", "dramatiq[redis]"),
    "Celery": ("celery_queue.py", "celery[redis]"),
    "RQ": ("rq_queue.py", "rq"),
    "arq": ("arq_queue.py", "arq"),
}
LEASE_S = 30.0
TOO_SLOW_TO_REPEAT_S = 12.0
RESULT = Result("/films/1.mp4", Strategy.VOICEOVER, 41.2, seconds={"speech": 0.4, "assemble": 0.3})


@dataclass(frozen=True)
class Run:
    name: str
    submit_s: float
    drain_s: float

    @property
    def all_s(self) -> float:
        return self.submit_s + self.drain_s

    def per_second(self, jobs: int) -> float:
        return jobs / self.all_s


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5, help="of Trineo and each peer in turn; the median counts")
    parser.add_argument("--only", nargs="*", metavar="PEER", help="just these peers")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the report there too")
    options = parser.parse_args()
    report = "\n\n".join(
        [
            where_we_are(),
            throughput(options.jobs, options.rounds, options.only),
            claiming(),
            restarting(options.jobs),
        ]
    )
    if options.write:
        options.write.write_text(report + "\n", encoding="utf-8")


def say(text: str) -> str:
    print(text, flush=True)
    return text


def where_we_are() -> str:
    version = subprocess.run(["redis-server", "--version"], capture_output=True, text=True, check=True).stdout.split()
    return say(
        f"Python {platform.python_version()}, redis-server {version[2].removeprefix('v=')} on loopback, "
        f"{platform.system()} {platform.machine()}, {time.strftime('%Y-%m-%d')}."
    )


# --- submit → claim → complete


def throughput(jobs: int, rounds: int, only: list[str] | None) -> str:
    runs: dict[str, list[Run]] = {}
    missing: list[str] = []
    with tempfile.TemporaryDirectory() as scratch, own_redis() as url:
        interpreters: dict[str, Path] = {}
        for name in only if only is not None else PEERS:
            try:
                interpreters[name] = installed(name, Path(scratch))
            except subprocess.CalledProcessError as exc:
                missing.append(f"{name} could not be installed: {last_line(exc.stderr)}")
        for _ in range(rounds):
            for run in trineo(url, jobs):
                runs.setdefault(run.name, []).append(run)
            for name, interpreter in interpreters.items():
                if name in runs and runs[name][0].all_s > TOO_SLOW_TO_REPEAT_S:
                    continue
                try:
                    runs.setdefault(name, []).append(peer(name, interpreter, url, jobs))
                except (subprocess.SubprocessError, ValueError, IndexError) as exc:
                    missing.append(f"{name} did not finish: {last_line(getattr(exc, 'stderr', '') or str(exc))}")
    return table(runs, jobs) + "".join(say(f"\n{line}") for line in sorted(set(missing)))


def table(all_runs: dict[str, list[Run]], jobs: int) -> str:
    runs = [sorted(of_one, key=lambda run: run.all_s)[len(of_one) // 2] for of_one in all_runs.values()]
    ours = runs[0].per_second(jobs)
    lines = [
        f"{jobs:,} no-op jobs, submitted, then done by one worker process; median of the rounds, taken in turn:\n",
        "| queue | rounds | submit, s | drain, s | jobs/s in all | slowest – fastest | Trineo is faster by |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for run in sorted(runs, key=lambda run: -run.per_second(jobs)):
        rate = run.per_second(jobs)
        rates = sorted(one.per_second(jobs) for one in all_runs[run.name])
        lines.append(
            f"| {run.name} | {len(rates)} | {run.submit_s:.2f} | {run.drain_s:.2f} | {rate:,.0f} "
            f"| {rates[0]:,.0f} – {rates[-1]:,.0f} | {ours / rate:.1f}× |"
        )
    return say("\n".join(lines))


def trineo(url: str, jobs: int) -> Iterator[Run]:
    """Completing one and claiming the next in one round trip, as a worker could; then with two, as it does today."""
    for name, drain in (("Trineo", drain_in_one), ("Trineo, claim and complete apart", drain_in_two)):
        client = connect(url)
        client.flushall()
        with closing(JobStore.on(client)) as store:
            batch, some = made(jobs)
            began = time.perf_counter()
            store.submit(batch, some)
            submitted = time.perf_counter()
            drain(store)
            done = time.perf_counter()
        yield Run(name, submitted - began, done - submitted)


def drain_in_one(store: JobStore) -> None:
    claim = store.claim("bench/1", lease_s=LEASE_S)
    while claim:
        claim = store.complete_and_claim(claim, RESULT, lease_s=LEASE_S)


def drain_in_two(store: JobStore) -> None:
    while claim := store.claim("bench/1", lease_s=LEASE_S):
        store.complete(claim, RESULT)


def made(how_many: int) -> tuple[Batch, list[Job]]:
    batch = Batch(new_id(), "cartas.xlsx", how_many)
    jobs = [
        Job(
            id=new_id(),
            batch=batch.id,
            row=row,
            source="cartas.xlsx",
            name=f"Íñigo {row}",
            language="es",
            template="noche-magica",
            template_hash="a" * 64,
            output=f"/home/estudio/films/{row:05d}.mp4",
            fields={
                "nombre": f"Íñigo {row}",
                "parentesco": "hijo",
                "queHizo": "aprendió a andar en bicicleta y ayudó a su abuela",
                "recuerdoEspecial": "el viaje al mar de este verano",
                "pedidoNocheMagica": "un tren de madera",
                "provincia": "Mendoza",
            },
        )
        for row in range(2, how_many + 2)
    ]
    return batch, jobs


# --- peers


def installed(name: str, scratch: Path) -> Path:
    folder = scratch / name
    interpreter = folder / "bin" / "python"
    uv = [sys.executable, "-m", "uv", "--quiet"]
    run([*uv, "venv", "--python", sys.executable, str(folder)])
    run([*uv, "pip", "install", "--python", str(interpreter), *PEERS[name][1].split()])
    return interpreter


def peer(name: str, interpreter: Path, url: str, jobs: int) -> Run:
    connect(url).flushall()
    script = Path(__file__).parent / "peers" / PEERS[name][0]
    answer = run([str(interpreter), str(script), url, str(jobs)], cwd=script.parent)
    return Run(name, **json.loads(answer.splitlines()[-1]))


def run(command: list[str], cwd: Path | None = None) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=600, cwd=cwd).stdout


def last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason given"])[-1]


# --- claiming from a short and from a long queue


def claiming(short: int = 1_000, long: int = 100_000) -> str:
    """Two servers, asked in turn, so that whatever else the machine does hits both."""
    with own_redis() as first, own_redis() as second:
        on_server = ratio(JobStore.on(connect(first)), JobStore.on(connect(second)), short, long)
    in_process = ratio(JobStore.in_memory(), JobStore.in_memory(), short, long)
    return say(
        f"One claim, median, with {short:,} and with {long:,} jobs waiting:\n\n"
        f"| | {short:,} | {long:,} | ratio |\n|---|---:|---:|---:|\n"
        f"| redis-server | {on_server[0]:.0f} µs | {on_server[1]:.0f} µs | {on_server[1] / on_server[0]:.2f} |\n"
        f"| in process | {in_process[0]:.0f} µs | {in_process[1]:.0f} µs | {in_process[1] / in_process[0]:.2f} |"
    )


def ratio(few: JobStore, many: JobStore, short: int, long: int) -> tuple[float, float]:
    with closing(few), closing(many):
        for store, jobs in ((few, short), (many, long)):
            store.submit(*made(jobs))
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(20):
            for store, taken in zip((few, many), times, strict=True):
                claims = []
                for _ in range(50):
                    began = time.perf_counter()
                    claims.append(store.claim("bench/1", lease_s=LEASE_S))
                    taken.append(time.perf_counter() - began)
                for claim in claims:
                    assert claim is not None
                    store.give_back(claim)
        return statistics.median(times[0]) * 1e6, statistics.median(times[1]) * 1e6


# --- restarting a local queue


def restarting(jobs: int) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = open_store(None, folder / "queue")
        store.submit(*made(jobs))
        waiting = opening(store, folder, "waiting")
        drain_in_one(store)
        done = opening(store, folder, "done")
        store.close()
        closed = timed(lambda: open_store(None, folder / "queue").close())
    return say(
        f"Opening a local queue of {jobs:,} jobs:\n\n"
        "| | s |\n|---|---:|\n"
        f"| killed (-9) with all of them waiting | {waiting:.2f} |\n"
        f"| killed (-9) with all of them done | {done:.2f} |\n"
        f"| closed properly | {closed:.2f} |"
    )


def opening(store: JobStore, folder: Path, name: str) -> float:
    """How long it takes to open what is on disk now; `store` goes on."""
    copy = folder / name
    copy.mkdir()
    shutil.copy(folder / "queue" / JOURNAL, copy)
    opened: list[JobStore] = []
    took = timed(lambda: opened.append(open_store(None, copy)))
    assert opened[0].counts() == store.counts()
    opened[0].close()
    return took


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


@contextmanager
def own_redis() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, redis_server(Path(folder)) as server:
        yield server.url


if __name__ == "__main__":
    main()
