"""Run by test_real_input.py on an X server: what only a real mouse can show.

A row is dragged to another place in the queue, the menu of a row is opened and used, a finished film is dragged into
another program. The mouse is the X server's own (xdotool); no event is made here.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication

from core.jobs.model import JobRecord, State
from core.paths import ROOT, resources
from core.studio import Studio
from gui.application import run_window
from gui.main_window import MainWindow
from gui.queue.columns import Column
from tests.gui import drop_target
from tests.gui.real_evening import Met, RealEvening
from tests.gui.workshop import StandInRenderer, make_studio

SAMPLE = resources() / "samples" / "lote-navidad.csv"
_PATIENCE_S = 60.0
_SEEN_S = 0.5


class Mouse:
    """The server's; what it does takes its time, meanwhile the window goes on."""

    def __init__(self, xdotool: str) -> None:
        self._xdotool = xdotool
        self._doing: subprocess.Popen[bytes] | None = None

    def click(self, place: QPoint, button: int = 1) -> Met:
        return self._do("mousemove", place, "sleep", 0.1, "click", button)

    def drag(self, start: QPoint, end: QPoint) -> Met:
        """Begins slowly, as a hand does, and rests a moment before it lets go."""
        way = [start + QPoint(0, step) for step in (4, 9, 16, 24)]
        there = [start + (end - start) * part / 8 for part in range(1, 8)]
        moves: list[object] = ["mousemove", start, "sleep", 0.1, "mousedown", 1]
        for place in (*way, *there, end + QPoint(1, 1), end):
            moves += ["sleep", 0.06, "mousemove", place]
        return self._do(*moves, "sleep", 0.4, "mouseup", 1)

    def _do(self, *words: object) -> Met:
        said = [f"{one.x()} {one.y()}" if isinstance(one, QPoint) else str(one) for one in words]
        self._doing = subprocess.Popen([self._xdotool, *" ".join(said).split()])
        return lambda: self._doing is not None and self._doing.poll() == 0


class InputEvening(RealEvening):
    def __init__(self, studio: Studio, pictures: Path, xdotool: str) -> None:
        super().__init__(studio, pictures, _PATIENCE_S)
        self._mouse = Mouse(xdotool)

    def _evening(self, window: MainWindow) -> Iterator[Met]:
        window.actions_.languages["en"].trigger()
        window.setGeometry(QRect(0, 0, 1040, 860))
        window.activateWindow()  # there is no window manager to do so
        yield window.isActiveWindow
        yield lambda: window.queue.rows.rowCount() == 6
        yield self._after(_SEEN_S)
        names = self._names(window)
        yield self._mouse.drag(self._place(window, 5), self._place(window, 1, above=True))
        yield lambda: self._names(window) == [names[0], names[5], *names[1:5]]
        yield self._mouse.click(self._place(window, 0), 3)
        menu = window.queue_desk.row_menu
        yield menu.isVisible
        yield self._after(_SEEN_S)
        self._take("menu")
        entry = menu.actionGeometry(window.actions_.resume).center()
        yield self._mouse.click(menu.mapToGlobal(entry))
        yield lambda: self._counts(State.DONE, State.HELD) == (1, 5)
        yield from self._hand_film_over(window)
        assert not window.tray.available, "this server has no tray: the window does without"

    def _hand_film_over(self, window: MainWindow) -> Iterator[Met]:
        other = subprocess.Popen(
            [sys.executable, "-m", "tests.gui.drop_target"], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        yield self._after(_SEEN_S)
        film = self._records(window)[0].job.output
        yield self._mouse.drag(self._place(window, 0), drop_target.PLACE.center())
        yield lambda: other.poll() == 0
        assert other.stdout.read().splitlines() == ["CopyAction", film]
        assert Path(film).is_file()

    def _records(self, window: MainWindow) -> list[JobRecord]:
        rows = window.queue.rows
        return [rows.record_at(row) for row in range(rows.rowCount())]

    def _names(self, window: MainWindow) -> list[str]:
        return [record.job.name for record in self._records(window)]

    def _place(self, window: MainWindow, row: int, *, above: bool = False) -> QPoint:
        """On the screen: the middle of a row's name, or just under the row's upper edge."""
        table = window.queue.table
        cell = table.visualRect(window.queue.rows.index(row, Column.FILM))
        return table.viewport().mapToGlobal(QPoint(cell.center().x(), cell.top() + 6) if above else cell.center())


def main(root: Path, xdotool: str) -> int:
    root.mkdir(parents=True)
    QApplication(["trineo"])
    with make_studio(root, StandInRenderer(seconds=0.1)) as studio:
        studio.submit(studio.check([SAMPLE], studio.order()))
        studio.hold([record.id for record in studio.jobs()])  # until the order of the queue has been looked at
        evening = InputEvening(studio, root, xdotool)
        status = run_window(lambda: nullcontext(studio), studio.folder.root)
    return status if evening.went_well else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
