"""What a look at the Dashboard costs with a season of 100 days: `.venv/bin/python -m benchmarks.dashboard`.

The studio's part, in a thread of its own: asking the store, on fakeredis and on a redis-server on this computer. The
window's: taking the figures in, painting what changed, painting everything; and how long it ever did not turn to its
events while another thread asked. In ms: the processor's time, then what the clock said (a busy machine shows there).
"""

from __future__ import annotations

import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QThread, QTimer

from core.jobs.connection import connect
from core.jobs.store import JobStore
from core.metrics.history import Span
from core.metrics.overview import Observer
from core.settings.declaration import Settings
from gui.dashboard.frame import DashboardFrame
from gui.first_picture import application
from gui.look.theme import Theme
from tests.gui.seasons import told_season
from tests.redis_server import redis_server

ROUNDS = 15


def milliseconds(act: Callable[[], object]) -> tuple[float, float]:
    began, worked = time.perf_counter(), time.thread_time()
    act()
    return (time.thread_time() - worked) * 1000, (time.perf_counter() - began) * 1000


def report(what: str, act: Callable[[], object], rounds: int = ROUNDS) -> None:
    took = [milliseconds(act) for _ in range(rounds)]
    work, clock = ([one[part] for one in took] for part in (0, 1))
    print(f"| {what} | {statistics.median(work):.1f} | {statistics.median(clock):.1f} | {max(clock):.1f} |")


def asking(name: str, store: JobStore) -> Observer:
    observer = Observer(store, Settings())
    report(f"{name}: the season read whole, every ten minutes", lambda: observer.overview(Span.SEASON), 1)
    for span in Span:
        report(f"{name}: {span}", lambda span=span: observer.overview(span))  # type: ignore[misc]
    return observer


class Asking(QThread):
    """As the page does, again and again."""

    def __init__(self, store: JobStore) -> None:
        super().__init__()
        self._observer = Observer(store, Settings())

    def run(self) -> None:
        for _ in range(3):
            for span in Span:
                self._observer.overview(span)


def window(store: JobStore, observer: Observer) -> None:
    app = application()
    frame = DashboardFrame(Theme(app))
    seen = itertools.cycle([observer.overview(span) for span in Span])
    frame.show_overview(next(seen))
    frame.show()
    for height, named in ((760, "in a usual window"), (2600, "all of it in sight")):
        frame.resize(1180, height)
        app.processEvents()
        report(f"window: another span taken in, {named}", lambda: frame.show_overview(next(seen)))
        report(f"window: everything painted, {named}", frame.repaint)

        def both() -> None:
            frame.show_overview(next(seen))
            app.processEvents()

        report(f"window: both, {named}", both)
    frame.resize(1180, 760)
    app.processEvents()
    gaps = longest_gaps(store)
    told = f"{statistics.median(gaps):.1f} | {max(gaps):.1f}"
    print(f"| window: gaps between its turns while another thread asks | | {told} |")


def longest_gaps(store: JobStore) -> list[float]:
    gaps, last = [], [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        gaps.append((now - last[0]) * 1000)
        last[0] = now

    heart = QTimer()
    heart.timeout.connect(beat)
    heart.start(1)
    thread, loop = Asking(store), QEventLoop()
    thread.finished.connect(loop.quit)
    thread.start()
    loop.exec()
    thread.wait()
    return gaps


def main() -> None:
    sys.setswitchinterval(0.0005)  # as gui/session.py does
    store, _ = told_season()
    print("| | work, ms | by the clock, ms | highest |\n|---|---:|---:|---:|")
    observer = asking("fakeredis", store)
    with (
        tempfile.TemporaryDirectory() as folder,
        redis_server(Path(folder)) as server,
        closing(JobStore.on(connect(server.url))) as real,
    ):
        real.take_over(store)
        asking("redis-server", real)
    window(store, observer)


if __name__ == "__main__":
    main()
