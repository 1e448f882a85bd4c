"""The first evening in a real window: from an empty data folder to a film that plays, by mouse and keys.

Run by test_real_first_run.py on an X server, with the tests' small template. By hand, on the program as it is:

    python -m tests.gui.first_run.real_first_run FOLDER          prints the seconds from the start to the playing film
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui.application import run_window
from gui.first_run.desk import FirstRun
from gui.main_window import MainWindow
from tests.gui.film_studio import film_studio

_LOOK_MS = 100
_LEFT = Qt.MouseButton.LeftButton
_CTRL = Qt.KeyboardModifier.ControlModifier
NAME = "Olivia"

Met = Callable[[], bool]


class FirstEvening:
    """Looks several times a second whether what it waits for is there, and then does what a newcomer would."""

    def __init__(self, pictures: Path, began_s: float, patience_s: float) -> None:
        self._pictures = pictures
        self._began_s = began_s
        self._until = time.monotonic() + patience_s
        self._window: MainWindow | None = None
        self._steps: Iterator[Met] | None = None
        self._met: Met = lambda: True
        self.went_well = False
        self.said: list[str] = []
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK_MS)

    def _look(self) -> None:
        if self._window is None:
            shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()]
            first = shown[0].findChild(FirstRun) if shown else None
            if first is None or not first.frame.isVisible():
                return
            self._window = shown[0]
            self._tell("welcome")
            self._steps = self._evening(self._window, first)
        assert self._steps is not None
        if time.monotonic() > self._until:
            self._take("where-it-stopped")
            self._leave()
        elif self._met():
            following = next(self._steps, None)
            if following is None:
                self.went_well = True
                self._leave()
            else:
                self._met = following

    def _evening(self, window: MainWindow, first: FirstRun) -> Iterator[Met]:
        frame = first.frame
        window.setGeometry(window.screen().geometry())
        window.activateWindow()  # there is no window manager to do so
        yield window.isActiveWindow
        self._click(frame.start.languages["en"])
        QTest.keyClick(frame.start.name, Qt.Key.Key_A, _CTRL)
        QTest.keyClicks(frame.start.name, NAME)
        self._take("start")
        self._click(frame.start.make)
        yield lambda: frame.making.isVisible() and bool(self._hear(frame.making.doing))
        self._take("making")
        player = frame.player
        yield lambda: bool(self._hear(frame.making.doing)) and player.isVisible() and player.surface.has_picture
        yield lambda: player.seek_bar.fraction > 0.02
        self._tell("film plays")
        self._take("film")
        self._click(frame.film.start)
        yield lambda: not frame.isVisible() and window.queue.isVisible() and window.jobs.rowCount() == 1
        self._take("queue")

    def _hear(self, words: str) -> str:
        if not self.said or self.said[-1] != words:
            self.said.append(words)
            self._tell(words)
        return words

    def _tell(self, what: str) -> None:
        print(f"{time.monotonic() - self._began_s:6.1f} s  {what}", flush=True)

    def _click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, _LEFT)

    def _take(self, name: str) -> None:
        assert self._window is not None
        self._window.screen().grabWindow(0).save(str(self._pictures / f"first-{name}.png"))

    def _leave(self) -> None:
        self._timer.stop()
        if self._window is not None:
            self._window.close()


def with_small_template(root: Path, template: Path) -> int:
    root.mkdir(parents=True)
    QApplication(["trineo"])
    with film_studio(root, template) as studio:
        evening = FirstEvening(root, time.monotonic(), 100.0)
        status = run_window(lambda: nullcontext(studio), studio.folder.root)
    return status if evening.went_well else 1


def as_it_is(root: Path) -> int:
    """The program itself, with its own template, on an empty data folder."""
    began_s = time.monotonic()
    root.mkdir(parents=True)
    import app

    QApplication(["trineo"])
    evening = FirstEvening(root, began_s, 400.0)
    status = app.main(["--data-dir", str(root / "data")])
    return status if evening.went_well else 1


if __name__ == "__main__":
    folders = [Path(one) for one in sys.argv[1:]]
    sys.exit(with_small_template(*folders) if len(folders) > 1 else as_it_is(folders[0]))
