"""The long queue that benchmarks/window.py shows, the changes in it, and how its frames are timed."""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

FRAME_MS = 16
CHANGES_A_SECOND = 300


def open_store_at(url: str) -> Any:
    from core.jobs.connection import connect  # noqa: PLC0415
    from core.jobs.store import JobStore  # noqa: PLC0415

    return JobStore.on(connect(url)) if url else JobStore.in_memory()


def fill(store: Any, count: int) -> None:
    """`count` jobs in batches of a thousand; a row of a sheet each, about 0.7 kB."""
    from core.jobs.model import Batch, Job, new_id  # noqa: PLC0415 - the start of an empty window pays for nothing

    words = "aprendiste a leer solita, y todas las noches le leés un cuento a tu hermanito"
    for first in range(0, count, 1000):
        batch = Batch(new_id(), f"colegio-{first // 1000:03}", min(1000, count - first))
        jobs = [
            Job(
                id=new_id(),
                batch=batch.id,
                row=number + 2,
                source=f"/films/{batch.name}.csv",
                name=f"Sofía {number}",
                language="es",
                template="noche-magica",
                template_hash="t" * 64,
                output=f"/films/{batch.name}/{number:04}-Sofía {number}.mp4",
                fields={"nombre": f"Sofía {number}", "queHizo": words, "recuerdoEspecial": words, "provincia": "Salta"},
            )
            for number in range(first, first + batch.total)
        ]
        store.submit(batch, jobs)


@dataclass
class Changes:
    """Claims, reports and completes jobs, `CHANGES_A_SECOND` in all, in a thread of its own."""

    store: Any
    made: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        from core.jobs.model import Result, Strategy  # noqa: PLC0415

        running: list[Any] = []
        begun = time.perf_counter()
        while not self.stop.is_set():
            if len(running) < 8 and (claim := self.store.claim("bench/1", lease_s=600)) is not None:
                running.append(claim)
            elif not running:
                return  # every job is made
            elif self.made % 3:
                self.store.progress(running[self.made % len(running)], "sound", (self.made % 100) / 100)
            else:
                claim = running.pop(0)
                self.store.complete(claim, Result(claim.job.output, Strategy.VOICEOVER, 41.0))
            self.made += 1
            self.stop.wait(max(0.0, begun + self.made / CHANGES_A_SECOND - time.perf_counter()))


@dataclass
class Frames:
    """Notes how long each painting of a widget was after the one before, and during what.

    Also how long the window's thread itself worked in between: that does not depend on what else the machine does.
    """

    gaps: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    doing: str = "scrolling"
    _last: tuple[float, float] = (0.0, 0.0)

    def painted(self) -> None:
        now = time.perf_counter(), time.thread_time()
        if self._last[0]:
            gap = ((now[0] - self._last[0]) * 1000, (now[1] - self._last[1]) * 1000)
            self.gaps.setdefault(self.doing, []).append(gap)
        self._last = now

    def told(self) -> dict[str, Any]:
        return {name: _figures(gaps) for name, gaps in self.gaps.items()} | {
            "all": _figures([gap for gaps in self.gaps.values() for gap in gaps])
        }


def _figures(gaps: list[tuple[float, float]]) -> dict[str, float]:
    ordered, worked = sorted(gap for gap, _ in gaps), sorted(work for _, work in gaps)
    place = min(len(ordered) - 1, int(0.99 * len(ordered)))
    return {
        "frames": len(ordered),
        "median_ms": round(statistics.median(ordered), 1),
        "p99_ms": round(ordered[place], 1),
        "max_ms": round(ordered[-1], 1),
        "work_p99_ms": round(worked[place], 1),
        "work_max_ms": round(worked[-1], 1),
    }


def run(options: argparse.Namespace) -> None:
    import qasync  # noqa: PLC0415

    from core.logs.setup import configure_logs  # noqa: PLC0415
    from gui.first_picture import application  # noqa: PLC0415

    configure_logs("WARNING", as_json=False, to_stderr=True)
    print(json.dumps(qasync.run(_frames(application(), options))))


async def _frames(app: Any, options: argparse.Namespace) -> dict[str, Any]:
    from gui.first_picture import be_quick  # noqa: PLC0415
    from gui.session import open_window  # noqa: PLC0415
    from tests.gui.workshop import StandInRenderer, make_studio  # noqa: PLC0415

    app.setQuitOnLastWindowClosed(False)
    be_quick()
    empty = await _empty_frames(min(5.0, options.seconds))
    store = open_store_at(options.url)
    with tempfile.TemporaryDirectory() as root, make_studio(Path(root), StandInRenderer(), store=store) as studio:
        if not options.url:
            fill(store, options.rows)
        window, bridge = open_window(app, studio)
        window.resize(1600, 1000)
        window.show()
        while window.jobs.rowCount() < options.rows or window.jobs.unread:
            await asyncio.sleep(0.05)
        changes = Changes(store)
        thread = threading.Thread(target=changes.run)
        if not options.url:
            thread.start()
        begun = time.perf_counter()
        frames = await _use(window, options.seconds)
        a_second = changes.made / (time.perf_counter() - begun)
        changes.stop.set()
        if not options.url:
            thread.join()
        bridge.stop()
    memory = psutil.Process().memory_info().rss / 1e6
    return {"empty": empty, "frames": frames, "changes_a_second": round(a_second), "memory_mb": round(memory)}


async def _empty_frames(seconds: float) -> dict[str, Any]:
    from PySide6.QtWidgets import QMainWindow, QTableWidget  # noqa: PLC0415

    window = QMainWindow()
    table = QTableWidget(0, 6, window)
    window.setCentralWidget(table)
    window.resize(1600, 1000)
    window.show()
    frames = Frames()
    await _painting(frames, table.viewport(), lambda _: table.viewport().update(), seconds)
    window.hide()
    return frames.told()


async def _painting(
    frames: Frames,
    widget: Any,
    ask: Callable[[int], None],
    seconds: float,
    then: Callable[[float], None] = lambda _: None,
) -> None:
    """Asks for a frame sixty times a second (`ask` gets its number), and notes when `widget` paints."""
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer  # noqa: PLC0415

    class Watch(QObject):
        def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() is QEvent.Type.Paint:
                frames.painted()
            return False

    watch, number = Watch(), 0

    def tick() -> None:
        nonlocal number
        number += 1
        ask(number)

    widget.installEventFilter(watch)
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(FRAME_MS)
    begun = time.perf_counter()
    while (past := time.perf_counter() - begun) < seconds:
        then(past)
        await asyncio.sleep(0.05)
    timer.stop()
    widget.removeEventFilter(watch)


async def _use(window: Any, seconds: float) -> dict[str, Any]:
    """A third of the time each: only scrolling; searching and filtering; sorting. It is scrolled all the time."""
    from gui.queue.wanted import Group, SortBy  # noqa: PLC0415

    page = window.queue
    bar = page.table.verticalScrollBar()

    def scroll(number: int) -> None:
        """As fast as a wheel is turned; where all that fits is shown, it is painted all the same."""
        bar.setValue((number * 23) % max(1, bar.maximum()))
        if bar.maximum() < 23:
            page.table.viewport().update()

    frames = Frames()
    searches = ("s", "so", "sof", "sofia", "sofia 1", "sofia 12", "", "cuento")
    groups = (Group.ALL, Group.WAITING, Group.DONE, Group.ALL)
    sorts = (SortBy.FILM, SortBy.STATE, SortBy.PROGRESS, SortBy.PLACE)
    done = 0

    def act(past: float) -> None:
        nonlocal done
        share = past / seconds
        frames.doing = "scrolling" if share < 1 / 3 else "filtering" if share < 2 / 3 else "sorting"
        step = int(past / 0.6)
        if step == done or frames.doing == "scrolling":
            return
        done = step
        if frames.doing == "sorting":
            page.filters.search.setText("")
            page.rows.sort_rows(sorts[step % 4], falling=step % 8 >= 4)
        elif step % 2:
            page.filters.search.setText(searches[step // 2 % len(searches)])
        else:
            page.filters.choose(groups[step // 2 % len(groups)])

    await _painting(frames, page.table.viewport(), scroll, seconds, act)
    return frames.told()
