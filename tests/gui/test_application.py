"""The way into the window, and knowing that there is none."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import closing, nullcontext
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.errors import QueueLocked
from core.jobs.local import open_store
from core.jobs.model import State
from core.paths import ROOT, resources
from core.studio import Studio
from gui.application import display_available, run_window
from gui.main_window import MainWindow
from gui.session import open_window
from tests.gui.operator import Operator
from tests.gui.workshop import StandInRenderer, make_studio
from tests.stand_ins import make_jobs, raises_code

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
        if not window.furnished:
            return
        if window.sheet.agree_button.isEnabled() and not window.jobs.rowCount():
            window.sheet.agree_button.click()
        elif window.jobs.rowCount() and window.jobs.count(State.DONE) == 6:
            timer.stop()
            window.close()

    timer = QTimer()
    timer.timeout.connect(sit_down)
    timer.start(50)
    assert run_window(lambda: nullcontext(studio), studio.folder.root, [sample]) == 0
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
        if shown and shown[0].furnished and shown[0].jobs.count(State.RUNNING):
            timer.stop()
            os.kill(os.getpid(), signal.SIGINT)

    timer = QTimer()
    timer.timeout.connect(interrupt_once_it_works)
    timer.start(50)
    assert run_window(lambda: nullcontext(studio), studio.folder.root) == 130
    assert {record.state for record in studio.jobs()} == {State.READY}
    shown[0].languages.leave()
    shown[0].deleteLater()


def test_a_queue_that_another_program_holds_is_only_shown(
    tmp_path: Path, qapp: QApplication, loop: asyncio.AbstractEventLoop, qtbot: QtBot
) -> None:
    """The second window on one data folder says so, shows the jobs, and leaves them alone."""
    queue = tmp_path / "data" / "queue"
    with closing(open_store(None, queue)) as holder:
        holder.submit(*make_jobs(3))
        with make_studio(tmp_path, StandInRenderer(), store=open_store(None, queue, read_only=True)) as studio:
            window, bridge = open_window(qapp, studio)
            window.show()
            window.notices.show_read_only()
            operator = Operator(window, qtbot)
            operator.until(lambda: len(operator.records()) == 3)
            assert window.banner.isVisible()
            assert "Another Trineo" in window.banner.accessibleName() or "Otro Trineo" in window.banner.accessibleName()
            with raises_code(QueueLocked, "queue_read_only"):
                studio.cancel([operator.records()[0].id])
            bridge.stop()
            window.languages.leave()
            window.hide()
            window.deleteLater()
        assert holder.counts()[State.READY] == 3
