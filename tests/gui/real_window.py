"""Run by test_real_film.py on an X server: a whole evening in the real window, by mouse and keys.

A sheet is dropped; one of its films can't be made, its text is corrected on the Failed page and it is made after all;
it is watched, and the window is closed. Pictures are taken on the way.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.jobs.model import State
from core.studio import Studio
from gui.application import run_window
from gui.main_window import MainWindow
from gui.pages import Page
from tests.gui.film_studio import film_studio
from tests.gui.real_evening import PATIENCE_S, Met, RealEvening

_SEEN_S = 0.6
_LEFT = Qt.MouseButton.LeftButton
_NOTHING = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


class FilmEvening(RealEvening):
    def __init__(self, studio: Studio, sheet: Path, pictures: Path, patience_s: float) -> None:
        super().__init__(studio, pictures, patience_s)
        self._sheet = sheet

    def _evening(self, window: MainWindow) -> Iterator[Met]:
        window.actions_.languages["en"].trigger()
        window.setGeometry(window.screen().geometry())
        window.activateWindow()  # there is no window manager to do so
        yield window.isActiveWindow
        self._drop(window)
        yield window.sheet.agree_button.isEnabled
        self._click(window.sheet.agree_button)
        yield lambda: self._counts(State.DONE, State.FAILED) == (1, 1)
        yield self._after(_SEEN_S)
        self._take("queue")
        self._click(window.rail.button(Page.FAILED))
        page = window.failed
        yield lambda: page.model.rowCount() == 1 and page.list.currentIndex().isValid()
        QTest.keyClick(page.list, Qt.Key.Key_Down)  # from the cause to its film
        yield self._after(_SEEN_S)
        self._take("failed")
        QTest.keyClick(page.list, Qt.Key.Key_E, _CTRL)
        sheet = window.desks.edit_sheet
        yield lambda: sheet.isVisible() and bool(sheet.says)
        QTest.keyClick(sheet.script.box, Qt.Key.Key_A, _CTRL)
        QTest.keyClicks(sheet.script.box, "Hola, un abrazo grande.")
        yield lambda: "abrazo" in sheet.says
        yield self._after(_SEEN_S)
        self._take("edit")
        QTest.keyClick(sheet.script.box, Qt.Key.Key_Return, _CTRL)
        yield lambda: self._counts(State.DONE, State.FAILED) == (2, 0)
        self._click(window.rail.button(Page.QUEUE))
        QTest.keyClick(window.queue.table, Qt.Key.Key_Home, _CTRL)
        window.queue.table.selectRow(0)
        QTest.keyClick(window.queue.table, Qt.Key.Key_Space)
        player = window.desks.player_sheet.player
        yield lambda: player.surface.has_picture
        QTest.keyClick(player.play_button, Qt.Key.Key_Space)
        yield lambda: player.seek_bar.fraction > 0.1
        self._take("player")
        QTest.keyClick(player.play_button, Qt.Key.Key_Escape)
        yield lambda: not window.desks.player_sheet.isVisible()
        yield self._after(_SEEN_S)
        self._take("end")

    def _drop(self, window: MainWindow) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(self._sheet))])
        place = QPoint(500, 300)
        enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, mime, _LEFT, _NOTHING)
        drop = QDropEvent(QPointF(place), Qt.DropAction.CopyAction, mime, _LEFT, _NOTHING)
        for event in (enter, drop):
            QApplication.sendEvent(window, event)


def main(root: Path, template: Path, sheet: Path, patience_s: float = PATIENCE_S) -> int:
    root.mkdir(parents=True)
    QApplication(["trineo"])
    with film_studio(root, template) as studio:
        evening = FilmEvening(studio, sheet, root, patience_s)
        status = run_window(lambda: nullcontext(studio), studio.folder.root)
    return status if evening.went_well else 1


if __name__ == "__main__":
    # A fourth argument is the patience in seconds, for a template that takes longer than the tests' own.
    root, template, sheet = map(Path, sys.argv[1:4])
    sys.exit(main(root, template, sheet, float(sys.argv[4]) if len(sys.argv) > 4 else PATIENCE_S))
