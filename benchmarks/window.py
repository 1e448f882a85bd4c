"""How smooth the window is with a long queue, how soon it is there, and what memory it takes.

.venv/bin/python -m benchmarks.window [--rows N] [--seconds S] [--only frames|open|start]

Offscreen unless QT_QPA_PLATFORM says otherwise, with the real studio and store. Each measure runs in its own process:
- frames: 20,000 rows, 300 changes a second, while the table is scrolled 60 times a second and now and then searched,
  filtered and sorted; once on a queue in this process, changed by a thread of it, once on a redis-server, changed by
  another process. A gap is from one painted frame to the next. Beside it, right before, the same for an empty window.
- open: 100,000 rows on a redis-server, until all rows are there and those in sight are painted; until all are read.
- start: from the start of the process to the first painted window, `app.py` and an empty PySide6 window in turn; and
  until the queue is open: the window is there before.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psutil

from benchmarks import window_frames
from benchmarks.window_frames import Changes, fill, open_store_at

ROOT = Path(__file__).resolve().parent.parent
LIMITS = {"p99_ms": 33.0, "max_ms": 100.0, "open_s": 3.0, "memory_mb": 400.0}


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    options = _options()
    if options.child:
        {"frames": window_frames.run, "open": _child_open}[options.child](options)
        return
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {sys.platform}, Python {sys.version.split()[0]}")
    if options.only in ("", "frames"):
        _say_frames(_run(options, "frames"), options.rows, "in this process")
        _say_frames_on_redis(options)
    if options.only in ("", "open"):
        _say_open(options)
    if options.only in ("", "start"):
        _say_start()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--only", choices=("frames", "open", "start"), default="")
    parser.add_argument("--child", default="", help=argparse.SUPPRESS)
    parser.add_argument("--url", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def _run(options: argparse.Namespace, child: str, url: str = "") -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.window", "--child", child, "--url", url]
    command += ["--rows", str(options.rows), "--many", str(options.many), "--seconds", str(options.seconds)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _say_frames_on_redis(options: argparse.Namespace) -> None:
    from tests.redis_server import redis_server  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, redis_server(Path(folder)) as server:
        store = open_store_at(server.url)
        fill(store, options.rows)
        changes = Changes(store)
        thread = threading.Thread(target=changes.run)
        begun = time.perf_counter()
        thread.start()
        found = _run(options, "frames", server.url)
        changes.stop.set()
        thread.join()
        found["changes_a_second"] = round(changes.made / (time.perf_counter() - begun))
    _say_frames(found, options.rows, "on a redis-server")


def _say_frames(found: dict[str, Any], rows: int, where: str) -> None:
    empty = found["empty"]["all"]
    print(f"\n{rows:,} rows {where}, {found['changes_a_second']} changes a second; gap between frames, ms:")
    heads = ("frames", "median", "p99", "worst", "work p99", "work worst")
    print(f"  {'':12}" + "".join(f"{head:>11}" for head in heads))
    for name, told in (("empty window", empty), *found["frames"].items()):
        print(f"  {name:12}" + "".join(f"{figure:11}" for figure in told.values()))
    told = found["frames"]["all"]
    print(f"  worst stall {told['max_ms']} ms; memory {found['memory_mb']} MB")
    _judge("p99_ms", told["p99_ms"])
    _judge("max_ms", told["max_ms"])
    _judge("memory_mb", found["memory_mb"])


def _judge(name: str, value: float) -> None:
    print(f"  {name} {value}: {'holds' if value <= LIMITS[name] else 'MISSED'} (at most {LIMITS[name]})")


# Opening many rows


def _say_open(options: argparse.Namespace) -> None:
    from tests.redis_server import redis_server  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, redis_server(Path(folder)) as server:
        fill(open_store_at(server.url), options.many)
        found = _run(options, "open", server.url)
    print(f"\n{options.many:,} rows: all there and those in sight read and painted after {found['open_s']} s ", end="")
    print(f"({found['work_s']} s of work), ", end="")
    print(f"every text read after {found['whole_s']} s; memory {found['memory_mb']} MB")
    _judge("open_s", found["open_s"])
    _judge("memory_mb", found["memory_mb"])


def _child_open(options: argparse.Namespace) -> None:
    import qasync  # noqa: PLC0415

    from gui.first_picture import application  # noqa: PLC0415

    print(json.dumps(qasync.run(_open(application(), options))))


async def _open(app: Any, options: argparse.Namespace) -> dict[str, Any]:
    from core.console.arguments import parse  # noqa: PLC0415
    from core.paths import DataFolder  # noqa: PLC0415
    from gui.first_picture import be_quick  # noqa: PLC0415
    from gui.session import open_window  # noqa: PLC0415
    from providers.assembly import open_studio  # noqa: PLC0415

    app.setQuitOnLastWindowClosed(False)
    be_quick()
    with (
        tempfile.TemporaryDirectory() as root,
        open_studio(parse(["--redis-url", options.url]), DataFolder(Path(root)).create()) as studio,
    ):
        begun, worked = time.perf_counter(), time.process_time()
        window, bridge = open_window(app, studio)
        window.resize(1600, 1000)
        window.show()
        page = window.queue
        while page.rows.rowCount() < options.many or page.rows.unread_among(page.table.rows_in_sight()):
            await asyncio.sleep(0.01)
        page.table.viewport().repaint()
        opened, work = time.perf_counter() - begun, time.process_time() - worked
        while window.jobs.unread:
            await asyncio.sleep(0.05)
        whole = time.perf_counter() - begun
        bridge.stop()
    memory = psutil.Process().memory_info().rss / 1e6
    return {
        "open_s": round(opened, 2),
        "work_s": round(work, 2),
        "whole_s": round(whole, 1),
        "memory_mb": round(memory),
    }


# Starting


def _say_start() -> None:
    took: dict[str, list[float]] = {"empty": [], "trineo": []}
    worked: dict[str, list[float]] = {"empty": [], "trineo": []}
    opened: list[float] = []
    for _ in range(5):
        for what, seconds in took.items():
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.window_start", what, str(time.time())],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            )
            lines = [line.split() for line in done.stdout.splitlines()]
            seconds.append(float(lines[0][0]))
            worked[what].append(float(lines[0][1]))
            if what == "trineo":
                opened.append(float(lines[-1][0]))
    empty, ours = statistics.median(took["empty"]), statistics.median(took["trineo"])
    limit = 1.5 * empty + 0.5
    told = ", ".join(f"{what} {statistics.median(times):.2f} s" for what, times in worked.items())
    print(f"\nstart, work alone: {told}")
    print(f"start: empty PySide6 window {empty:.2f} s, Trineo {ours:.2f} s, ", end="")
    print(f"{'holds' if ours <= limit else 'MISSED'} (at most 1.5 times + 0.5 s: {limit:.2f} s); ", end="")
    print(f"the queue is open after {statistics.median(opened):.2f} s")


if __name__ == "__main__":
    main()
