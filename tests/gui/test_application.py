"""The way into the window, and knowing that there is none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.jobs.model import State
from core.paths import ROOT, resources
from core.studio import Studio
from gui.application import display_available, run_window
from gui.main_window import MainWindow
from tests.gui.workshop import StandInRenderer

pytestmark = pytest.mark.gui


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_a_display_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not display_available()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert display_available()


def test_looking_for_a_display_needs_no_qt() -> None:
    code = "import sys, gui.application as a; a.display_available(); sys.exit('PySide6' in sys.modules)"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", code], env=env, check=False).returncode == 0


def test_an_evening_from_a_file_to_the_closed_window(qapp: QApplication, qtbot: QtBot, studio: Studio) -> None:
    """`run_window` itself, with its own event loop; the films are made, the window is closed, it returns."""
    sample = resources() / "samples" / "lote-navidad.csv"
    shown: list[MainWindow] = []

    def sit_down() -> None:
        window = next(one for one in qapp.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible())
        shown[:] = [window]
        if window.sheet.agree_button.isEnabled() and not window.jobs.rowCount():
            window.sheet.agree_button.click()
        elif window.jobs.rowCount() and window.jobs.count(State.DONE) == 6:
            timer.stop()
            window.close()

    timer = QTimer()
    timer.timeout.connect(sit_down)
    timer.start(50)
    assert run_window(studio, [sample]) == 0
    assert all(Path(record.job.output).is_file() for record in studio.jobs())
    assert not studio.working
    shown[0].languages.leave()
    shown[0].deleteLater()


@pytest.mark.skipif(sys.platform == "win32", reason="there a terminal has no signals")
def test_ctrl_c_in_the_terminal_gives_back_what_runs(
    qapp: QApplication, qtbot: QtBot, studio: Studio, renderer: StandInRenderer
) -> None:
    checked = studio.check([resources() / "samples" / "lote-navidad.csv"], studio.order())
    renderer.stuck_at = dict.fromkeys((row.job.name for row in checked.accepted), "sound")
    studio.submit(checked)
    shown: list[MainWindow] = []

    def interrupt_once_it_works() -> None:
        shown[:] = [one for one in qapp.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()]
        if shown and shown[0].jobs.count(State.RUNNING):
            timer.stop()
            os.kill(os.getpid(), signal.SIGINT)

    timer = QTimer()
    timer.timeout.connect(interrupt_once_it_works)
    timer.start(50)
    assert run_window(studio) == 130
    assert {record.state for record in studio.jobs()} == {State.READY}
    shown[0].languages.leave()
    shown[0].deleteLater()
