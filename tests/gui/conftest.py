"""A window on a real studio for each test, and somebody to sit before it."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
import qasync
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.logging import _QtMessageCapture
from pytestqt.qtbot import QtBot

from core.studio import Studio
from gui.session import open_window
from gui.window_state import WindowState
from tests.gui.operator import Operator
from tests.gui.workshop import StandInRenderer, make_studio

# What the offscreen platform and a computer without sound are told off for by Qt itself.
_NOT_OURS = ("This plugin does not support propagateSizeHints", "PulseAudioService:", "QRhi* ")


@pytest.fixture(autouse=True)
def no_warning_of_qts(qtlog: _QtMessageCapture) -> Iterator[None]:
    yield
    warned = [record.message for record in qtlog.records if record.matches_level("WARNING")]
    assert not [message for message in warned if not message.startswith(_NOT_OURS)]


@pytest.fixture
def loop(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[asyncio.AbstractEventLoop]:
    """qasync's loop, run by whatever Qt loop the test is in."""
    loop = qasync.QEventLoop(qapp, already_running=True)
    yield loop
    # Stopping it would end the application as well, and with it every wait of the tests to come.
    monkeypatch.setattr(qapp, "exit", lambda *_: None)
    asyncio.events._set_running_loop(None)
    loop.stop()
    loop.close()


@pytest.fixture
def renderer() -> StandInRenderer:
    return StandInRenderer()


@pytest.fixture
def studio(tmp_path: Path, renderer: StandInRenderer) -> Iterator[Studio]:
    """Without workers; a test starts them when it wants films made."""
    state = WindowState(tmp_path / "data")
    state.language = "en"
    state.save()
    with make_studio(tmp_path, renderer) as studio:
        yield studio
        renderer.let_go.set()


@pytest.fixture
def open_operator(
    studio: Studio, loop: asyncio.AbstractEventLoop, qapp: QApplication, qtbot: QtBot
) -> Iterator[Callable[[], Operator]]:
    closing: list[Callable[[], None]] = []

    def open_one() -> Operator:
        window, bridge = open_window(qapp, studio)
        window.resize(1180, 760)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        closing.append(bridge.stop)
        closing.append(window.languages.leave)
        closing.append(window.hide)
        closing.append(window.deleteLater)
        return Operator(window, qtbot)

    yield open_one
    for close in closing:
        close()
    _let_threads_answer(qapp)


@pytest.fixture
def operator(open_operator: Callable[[], Operator]) -> Operator:
    return open_operator()


def _let_threads_answer(app: QApplication) -> None:
    """So that nothing of this test's comes in during the next."""
    end = time.monotonic() + 0.1
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.005)
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
