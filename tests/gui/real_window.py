"""Run by test_real_film.py on an X server: opens the real window with a sheet, renders it, takes a picture, leaves."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.jobs.model import State
from core.studio import Studio
from gui.application import run_window
from gui.main_window import MainWindow
from tests.gui.film_studio import film_studio

_PATIENCE_S = 130.0


class Evening:
    """Looks four times a second at how far things are, and does what a person would do next."""

    def __init__(self, studio: Studio, picture: Path) -> None:
        self._studio = studio
        self._picture = picture
        self._until = time.monotonic() + _PATIENCE_S
        self._agreed = False
        self.went_well = False
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(250)

    def _look(self) -> None:
        windows = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow)]
        if not windows or not windows[0].isVisible():
            return
        window = windows[0]
        if time.monotonic() > self._until:
            self._leave(window)
        elif not self._agreed:
            if window.sheet.isVisible() and window.sheet.agree_button.isEnabled():
                QTest.mouseClick(window.sheet.agree_button, Qt.MouseButton.LeftButton)
                self._agreed = True
        elif self._studio.counts()[State.DONE] == 2:
            self.went_well = window.screen().grabWindow(0).save(str(self._picture))
            self._leave(window)

    def _leave(self, window: MainWindow) -> None:
        self._timer.stop()
        window.close()


def main(root: Path, template: Path, sheet: Path) -> int:
    root.mkdir(parents=True)
    QApplication(["trineo"])
    with film_studio(root, template) as studio:
        evening = Evening(studio, root / "window.png")
        status = run_window(studio, [sheet])
    return status if evening.went_well else 1


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:4])))
