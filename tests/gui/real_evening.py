"""Somebody before a window on an X server, with a program and an event loop of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from core.jobs.model import State
from core.studio import Studio
from gui.main_window import MainWindow

PATIENCE_S = 120.0
_LOOK_MS = 150

Met = Callable[[], bool]


class RealEvening:
    """Looks several times a second whether what it waits for is there, and then does what a person would do next."""

    def __init__(self, studio: Studio, pictures: Path, patience_s: float = PATIENCE_S) -> None:
        self._studio = studio
        self._pictures = pictures
        self._until = time.monotonic() + patience_s
        self._window: MainWindow | None = None
        self._steps: Iterator[Met] | None = None
        self._met: Met = lambda: True
        self.went_well = False
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(_LOOK_MS)

    def _evening(self, window: MainWindow) -> Iterator[Met]:
        """What is done; each step is followed by what is waited for."""
        raise NotImplementedError

    def _look(self) -> None:
        if self._window is None:
            shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()]
            if not shown or not shown[0].furnished:
                return
            self._window = shown[0]
            self._steps = self._evening(self._window)
        assert self._steps is not None
        if time.monotonic() > self._until:
            self._take("where-it-stopped")
            self._leave()
        elif self._met():
            self._go_on(self._steps)

    def _go_on(self, steps: Iterator[Met]) -> None:
        try:
            self._met = next(steps)
        except StopIteration:
            self.went_well = True
            self._leave()
        except BaseException:  # Qt prints it and goes on, but nothing more is going to happen
            self._take("where-it-stopped")
            self._leave()
            raise

    def _click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def _counts(self, *states: State) -> tuple[int, ...]:
        counts = self._studio.counts()
        return tuple(counts[state] for state in states)

    def _after(self, seconds: float) -> Met:
        """When what moves has come to rest."""
        then = time.monotonic() + seconds
        return lambda: time.monotonic() > then

    def _take(self, name: str) -> None:
        assert self._window is not None
        self._window.screen().grabWindow(0).save(str(self._pictures / f"real-{name}.png"))

    def _leave(self) -> None:
        self._timer.stop()
        if self._window is not None:
            self._window.close()
