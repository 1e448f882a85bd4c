"""Opens a window, tells how long after the given moment it was first painted and how much work (CPU seconds) that was.

Run by benchmarks/window.py, and gone at once.

python -m benchmarks.window_start empty|trineo SECONDS_SINCE_1970
"""

from __future__ import annotations

import os
import sys
import tempfile
import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow


class FirstPaint(QObject):
    def __init__(self, since: float) -> None:
        super().__init__()
        self._since = since

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint and isinstance(watched, QMainWindow):
            print(time.time() - self._since, time.process_time(), flush=True)
            os._exit(0)
        return False


def main(what: str, since: float) -> None:
    app = QApplication(["trineo"])
    first = FirstPaint(since)
    app.installEventFilter(first)
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
