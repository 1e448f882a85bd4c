"""How long the packed program takes to show its window, in turns with the source tree: for docs/benchmarks.md.

    .venv/bin/python packaging/measure_start.py [--rounds N] [--program build/dist/trineo/trineo]

On an X server of its own (Xvfb). Told are seconds from the start of the process until its window is on the screen, and
the processor's seconds that it took until then. The first round of each warms the disk's cache and is not counted.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from close_window import Display

ROOT = Path(__file__).resolve().parent.parent
_POLL_S = 0.01
_PATIENCE_S = 120.0


@dataclass(frozen=True)
class Start:
    wall_s: float
    work_s: float


def start(command: list[str], display: str, data: Path) -> Start:
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    seen = Display(display)
    began = time.monotonic()
    process = subprocess.Popen([*command, "--data-dir", str(data)], cwd=ROOT, env=environment)
    while (window := seen.titled("Trineo")) is None:
        if process.poll() is not None or time.monotonic() - began > _PATIENCE_S:
            raise SystemExit(f"no window came: {' '.join(command)}")
        time.sleep(_POLL_S)
    wall_s = time.monotonic() - began
    times = psutil.Process(process.pid).cpu_times()
    time.sleep(3)  # let it open its queue
    seen.close(window)
    process.wait(timeout=_PATIENCE_S)
    return Start(wall_s, times.user + times.system)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--program", type=Path, default=ROOT / "build" / "dist" / "trineo" / "trineo")
    options = parser.parse_args()
    commands = {"source tree": [sys.executable, "app.py"], "packed": [str(options.program.resolve())]}
    found: dict[str, list[Start]] = {name: [] for name in commands}
    display = f":{500 + os.getpid() % 400}"
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(["Xvfb", display, "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
        try:
            time.sleep(1)
            for _ in range(options.rounds + 1):
                for name, command in commands.items():
                    found[name].append(start(command, display, Path(folder) / name))
        finally:
            server.terminate()
            server.wait()
    print(f"load {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores")
    for name, starts in found.items():
        wall, work = ([getattr(one, what) for one in starts[1:]] for what in ("wall_s", "work_s"))
        told = f"{statistics.median(wall):.2f} s ({min(wall):.2f}–{max(wall):.2f})"
        print(f"{name}: {told}, work {statistics.median(work):.2f} s ({min(work):.2f}–{max(work):.2f})")


if __name__ == "__main__":
    main()
