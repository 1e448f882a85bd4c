"""One evening with the window: made, shown, closed."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import qasync
import structlog
from PySide6.QtWidgets import QApplication

from core.studio import Studio
from gui.bridge import Bridge
from gui.language.translation import Languages
from gui.look.icons import application_icon
from gui.look.theme import Theme
from gui.main_window import MainWindow
from gui.window_state import WindowState

_log = structlog.get_logger(__name__)
_INTERRUPTED = 130


def run(studio: Studio, files: Sequence[Path]) -> int:
    app = application()
    be_quick()
    app.setQuitOnLastWindowClosed(False)  # the event loop ends when the workers have stopped
    status: int = qasync.run(_evening(app, studio, files))
    return status


def application() -> QApplication:
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(["trineo"])
    app.setApplicationName("Trineo")
    app.setDesktopFileName("trineo")
    app.setWindowIcon(application_icon())
    return app


def be_quick() -> None:
    """Threads that read the store hand the interpreter over within half a millisecond of a frame’s sixteen."""
    sys.setswitchinterval(0.0005)


def open_window(app: QApplication, studio: Studio) -> tuple[MainWindow, Bridge]:
    """The window, reading the studio but not shown yet. Needs a running event loop."""
    state = WindowState(studio.folder.root)
    languages = Languages(app, state.language)
    theme = Theme(app, state.appearance)
    bridge = Bridge(studio)
    window = MainWindow(studio, bridge, theme, languages, state)
    bridge.start()
    return window, bridge


async def _evening(app: QApplication, studio: Studio, files: Sequence[Path]) -> int:
    window, bridge = open_window(app, studio)
    gone = asyncio.Event()
    window.closed.connect(gone.set)
    status = 0

    def interrupt() -> None:
        nonlocal status
        status = _INTERRUPTED
        window.leaving.now()

    _heed(signal.SIGINT, interrupt)
    _heed(signal.SIGTERM, window.leaving.now)
    _tell_of_mistakes(window)
    window.show()
    if studio.read_only:
        window.show_read_only()
    else:
        if studio.recovery is not None:
            window.show_recovered(studio.recovery.running)
        bridge.spawn(bridge.call(studio.start_workers))
    window.intake.take(files)
    try:
        await gone.wait()
    finally:
        bridge.stop()
        sys.excepthook = sys.__excepthook__
    return status


def _heed(number: signal.Signals, leave: Callable[[], None]) -> None:
    """Ctrl+C and a system that shuts down close the window as "Give back and close now" does."""
    if sys.platform != "win32":
        asyncio.get_running_loop().add_signal_handler(number, leave)


def _tell_of_mistakes(window: MainWindow) -> None:
    """An exception in a slot is logged and told in plain words; the window and the films go on."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("unexpected error in the window", exc_info=(kind, error, trace))
        window.show_unexpected()

    sys.excepthook = hook
