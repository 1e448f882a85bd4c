"""The window before its studio is open: it is there at once, and whoever is quick waits politely."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.errors import StoreAway
from core.paths import ROOT
from core.studio import Studio
from gui.application import run_window
from gui.main_window import MainWindow
from gui.pages import Page
from tests.gui.operator import Operator
from tests.gui.test_window import SAMPLE
from tests.stand_ins import raises_code

pytestmark = pytest.mark.gui

# What takes long to load and has no part in the first picture.
_LATER = (
    *("numpy", "av", "redis", "fakeredis", "lupa", "pydantic", "openpyxl", "httpx", "prometheus_client", "tenacity"),
    *("ffmpeg", "imageio_ffmpeg", "rich", "structlog", "asyncio", "qasync", "core.studio", "providers"),
)


def test_the_first_picture_loads_nothing_that_can_come_later() -> None:
    code = f"import sys, app, gui.first_picture; print(*(name for name in {_LATER} if name in sys.modules))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


class SlowStudio:
    """Opens when it is let; an error is raised instead."""

    def __init__(self, studio: Studio, error: Exception | None = None) -> None:
        self._studio = studio
        self._error = error
        self.begun = False
        self.let = threading.Event()
        self.closed = False

    @contextmanager
    def __call__(self) -> Iterator[Studio]:
        self.begun = True
        assert self.let.wait(60)
        if self._error is not None:
            raise self._error
        yield self._studio
        self.closed = True


@contextmanager
def sitting_there(app: QApplication, steps: Callable[[MainWindow], Iterator[None]]) -> Iterator[None]:
    """As soon as a window is there somebody goes through the steps, one at each look."""
    windows: list[MainWindow] = []
    begun: list[Iterator[None]] = []

    def look() -> None:
        if not windows:
            windows.extend(one for one in app.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible())
            begun.extend(steps(one) for one in windows)
        if begun:
            next(begun[0], None)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(30)
    yield
    timer.stop()
    windows[0].languages.leave()
    windows[0].deleteLater()


def test_who_is_quick_waits_politely(qapp: QApplication, qtbot: QtBot, studio: Studio) -> None:
    """Before the queue is open a page is chosen and a file dropped; both are heeded when it is."""
    slow, seen = SlowStudio(studio), list[str]()

    def steps(window: MainWindow) -> Iterator[None]:
        operator = Operator(window, qtbot)
        operator.click(window.rail.button(Page.FAILED))
        assert not window.furnished
        assert not window.actions_.pause_all.isEnabled()
        assert window.opening.accessibleName() == "Failed"
        operator.drop(SAMPLE)
        slow.let.set()
        while not window.furnished:
            yield
        assert window.failed.isVisible()
        while not window.sheet.agree_button.isEnabled():
            yield
        seen.append(window.sheet.agree_button.text())
        window.close()

    with sitting_there(qapp, steps):
        assert run_window(slow, studio.folder.root) == 0
    assert seen == ["Render 6 films"]
    assert slow.closed


@pytest.mark.parametrize("at_once", [True, False])
def test_a_window_that_is_closed_before_it_is_open(
    qapp: QApplication, qtbot: QtBot, studio: Studio, at_once: bool
) -> None:
    slow = SlowStudio(studio)

    def steps(window: MainWindow) -> Iterator[None]:
        while not (at_once or slow.begun):
            yield
        window.close()
        slow.let.set()
        yield

    with sitting_there(qapp, steps):
        assert run_window(slow, studio.folder.root) == 0
    assert slow.closed is slow.begun
    assert not studio.working


@pytest.mark.skipif(sys.platform == "win32", reason="there a terminal has no signals")
def test_ctrl_c_before_it_is_open(qapp: QApplication, qtbot: QtBot, studio: Studio) -> None:
    slow = SlowStudio(studio)

    def steps(window: MainWindow) -> Iterator[None]:
        while not slow.begun:  # by then the loop that hears signals is running
            yield
        os.kill(os.getpid(), signal.SIGINT)
        while window.isVisible():
            yield
        slow.let.set()

    with sitting_there(qapp, steps):
        assert run_window(slow, studio.folder.root) == 130
    assert slow.closed


def test_a_queue_that_cannot_be_opened_is_told_in_the_window(qapp: QApplication, qtbot: QtBot, studio: Studio) -> None:
    """Not only on a terminal that nobody sees; the program's status says so too."""
    error = StoreAway("store_away", "The queue at {address} can't be reached.", "Look at it.", address="redis://there")
    slow, said = SlowStudio(studio, error), list[str]()

    def steps(window: MainWindow) -> Iterator[None]:
        slow.let.set()
        close = window.opening.findChild(QPushButton)
        assert close is not None
        while not close.isVisible():
            yield
        said.extend(label.text() for label in window.opening.findChildren(QLabel) if label.isVisible())
        assert close.hasFocus()
        QTest.mouseClick(close, Qt.MouseButton.LeftButton)

    with sitting_there(qapp, steps), raises_code(StoreAway, "store_away"):
        run_window(slow, studio.folder.root)
    assert "The queue at redis://there can't be reached." in said
    assert "Look at it." in said
