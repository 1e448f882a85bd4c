"""Opens a window, tells how long after the given moment it was first painted and how much work (CPU seconds) that was;
of Trineo's also when its queue is open, and can be used.

Run by benchmarks/window.py, and gone at once.

python -m benchmarks.window_start empty|trineo SECONDS_SINCE_1970
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class Watch(QObject):
    """`open_` says whether the painted window can be used."""

    def __init__(self, since: float, open_: Callable[[QMainWindow], bool]) -> None:
        super().__init__()
        self._since = since
        self._open = open_
        self._painted = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            window = watched.window()
            if isinstance(watched, QMainWindow) and not self._painted:
                self._painted = True
                self._tell()
            if self._painted and isinstance(window, QMainWindow) and self._open(window):
                self._tell()
                os._exit(0)
        return False

    def _tell(self) -> None:
        print(time.time() - self._since, time.process_time(), flush=True)


def queue_is_open(window: QMainWindow) -> bool:
    from gui.main_window import MainWindow  # noqa: PLC0415 - loaded by now

    return isinstance(window, MainWindow) and window.furnished and window.queue.sample_button.isVisible()


def main(what: str, since: float) -> None:
    app = QApplication(["trineo"])
    watch = Watch(since, queue_is_open if what == "trineo" else lambda _: True)
    app.installEventFilter(watch)
    if what == "empty":
        window = QMainWindow()
        window.resize(1180, 760)
        window.show()
        app.exec()
        return
    import app as trineo  # noqa: PLC0415 - what it loads is part of what is measured

    with tempfile.TemporaryDirectory() as folder:
        trineo.main(["--data-dir", folder])


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
