"""One evening with the window: the studio is opened, the window furnished, used and closed."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import TracebackType

import qasync
import structlog
from PySide6.QtWidgets import QApplication

from core.errors import TrineoError
from core.studio import Studio
from gui.bridge import Bridge
from gui.first_picture import new_window
from gui.first_run.desk import FirstRun, is_wanted
from gui.furnishing import furnish
from gui.language import wording
from gui.main_window import MainWindow

_log = structlog.get_logger(__name__)
_INTERRUPTED = 130

Opening = Callable[[], AbstractContextManager[Studio]]


def run(window: MainWindow, opening: Opening, files: Sequence[Path]) -> int:
    """From the window's first picture to its end: see `gui.application.run_window`."""
    window.take(files)
    gc.disable()  # until it is open nothing is thrown away, and looking for it takes a fifth of the time
    with ExitStack() as opened:
        opened.callback(gc.enable)
        status: int = qasync.run(_evening(window, opening, opened, greet=not files))
    return status


def open_window(app: QApplication, studio: Studio) -> tuple[MainWindow, Bridge]:
    """The window, reading the studio but not shown yet. Needs a running event loop."""
    window = new_window(app, studio.folder.root)
    bridge = furnish(window, studio)
    bridge.start()
    return window, bridge


async def _evening(window: MainWindow, opening: Opening, opened: ExitStack, *, greet: bool) -> int:
    gone = asyncio.Event()
    window.closed.connect(gone.set)
    status = 0

    def leave() -> None:
        window.leave_now()

    def interrupt() -> None:
        nonlocal status
        status = _INTERRUPTED
        leave()

    _heed(signal.SIGINT, interrupt)
    _heed(signal.SIGTERM, leave)
    if window.left:  # by who was quicker than this loop
        return status
    try:
        studio = await asyncio.to_thread(opened.enter_context, opening())
    except TrineoError as error:
        window.opening.say_trouble(*wording.what_and_remedy(error))
        await gone.wait()
        raise
    if gone.is_set():  # closed before it was open
        return status
    bridge = furnish(window, studio)
    gc.enable()
    bridge.start()
    _tell_of_mistakes(window)
    if studio.read_only:
        window.notices.show_read_only()
    else:
        if studio.recovery is not None:
            window.notices.show_recovered(studio.recovery.running)
        bridge.spawn(bridge.call(studio.start_workers))
    if greet and is_wanted(studio, window.state):
        FirstRun(window, studio, bridge).begin()
    try:
        await gone.wait()
    finally:
        bridge.stop()
        sys.excepthook = sys.__excepthook__
    return status


def _heed(number: signal.Signals, leave: Callable[[], object]) -> None:
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
        window.notices.show_unexpected()

    sys.excepthook = hook
