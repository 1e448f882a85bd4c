"""The window before the studio is open. What this loads is all that its first picture needs: keep it short."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from gui.language.translation import Languages
from gui.look.icons import application_icon
from gui.look.theme import Theme
from gui.main_window import MainWindow
from gui.window_state import WindowState

_SHOWN_S = 1.0  # no longer is it waited for a system that does not show it


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


def new_window(app: QApplication, root: Path) -> MainWindow:
    """Not shown yet. `root`: the data folder, which holds what the window remembers."""
    state = WindowState(root)
    return MainWindow(Theme(app, state.appearance), Languages(app, state.language), state)


def show_first_picture(root: Path) -> MainWindow:
    """The window on the screen, painted once."""
    app = application()
    be_quick()
    app.setQuitOnLastWindowClosed(False)  # the event loop ends when the workers have stopped
    window = new_window(app, root)
    window.show()
    latest = time.monotonic() + _SHOWN_S
    while not _on_screen(window) and time.monotonic() < latest:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
    window.repaint()
    return window


def _on_screen(window: MainWindow) -> bool:
    """The system says so a moment after it was asked to show it."""
    return window.windowHandle().isExposed()
