"""Takes the pictures of docs/screenshots: `QT_SCALE_FACTOR=2 python -m tests.gui.pictures`.

With a folder as argument it takes many more, to look at the window hard: sizes, states, languages.
"""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication

from core.errors import EnvironmentFault, JobFault
from core.paths import resources
from core.studio import Studio
from gui.look.theme import Appearance
from gui.main_window import MainWindow
from gui.pages import Page
from tests.gui.picture_taker import PictureTaker, Posing, take_pictures, wanted
from tests.gui.workshop import StandInRenderer

SAMPLES = resources() / "samples"
GOOD = SAMPLES / "lote-navidad.csv"
MISTAKES = SAMPLES / "lote-con-errores.csv"
IN_THE_DOCS = ("queue-dark", "queue-light", "queue-es", "empty", "preflight")


async def _before_any_film(taker: PictureTaker) -> None:
    window = taker.window
    taker.size(1180, 760)
    await taker.take_both("empty")
    window.go_to(Page.FAILED)
    await taker.take("failed-nothing")
    window.go_to(Page.QUEUE)
    _hold_files_over(window)
    await taker.take("dropping")
    window.overlay.hide()
    await taker.check(MISTAKES)
    await taker.take_both("preflight")
    window.sheet.columns_button.click()
    await taker.take("columns")
    window.sheet.columns_button.click()
    window.intake.forget()
    await asyncio.sleep(0.3)


async def _while_films_are_made(taker: PictureTaker, studio: Studio) -> None:
    window = taker.window
    await taker.queue(GOOD)
    await asyncio.to_thread(studio.start_workers)
    await asyncio.sleep(3)
    window.queue.table.selectRow(0)
    await taker.take("queue-dark")
    await taker.take("queue-light", Appearance.LIGHT)
    taker.size(1024, 700)
    await taker.take("queue-1024")
    taker.size(1180, 760)
    window.go_to(Page.FAILED)
    await taker.take_both("failed")
    window.close()
    await taker.take("closing")
    window.closing.dismissed.emit()
    window.go_to(Page.QUEUE)


async def _with_many_rows(taker: PictureTaker, root: Path) -> None:
    window = taker.window
    await taker.queue(_rows(2000, root))
    taker.size(1600, 1000)
    await taker.take("many-1600")
    window.actions_.languages["es"].trigger()
    window.queue.strip.choose("")
    window.queue.table.scrollToTop()
    taker.size(1180, 760)
    await taker.take_both("queue-es")
    window.queue.table.selectRow(3)
    window.actions_.cancel.trigger()
    await taker.until(window.undo.isVisible)
    await taker.take("undo")
    window.undo.take_back()
    window.moments.ask(
        "¿Para cuándo es este lote?", "Trineo avisa si al ritmo actual el lote no va a llegar.", "Sin hora límite"
    )
    await taker.take("moment")
    window.moments.slide_out()
    taker.size(800, 480)
    await taker.take("spanish-smallest")
    await taker.check(MISTAKES)
    await taker.take("preflight-smallest")


def _rows(count: int, root: Path) -> Path:
    head, *rows = GOOD.read_text(encoding="utf-8").splitlines()
    file = root / "colegio-san-martin.csv"
    file.write_text("\n".join([head, *(rows[i % len(rows)] for i in range(count))]), encoding="utf-8")
    return file


def _hold_files_over(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(GOOD))])
    nothing = Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(QPoint(300, 300), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, nothing)
    QApplication.sendEvent(window, event)


def _in_different_states(renderer: StandInRenderer, studio: Studio) -> None:
    """Of the sample's children: one film done, one failed, one held up, two being made, one waiting."""
    checked = studio.check([GOOD], studio.order())
    names = [row.job.name for row in checked.accepted]
    renderer.stuck_at = {names[3]: "sound", names[4]: "assemble"}
    renderer.faults = {
        names[1]: lambda: JobFault(
            "voice_refused",
            "The offline voice could not speak this text.",
            "Look at the text: there may be nothing in it that can be spoken.",
        ),
        names[2]: lambda: EnvironmentFault(
            "disk_full",
            "The disk of {folder} is full.",
            "Free some space; work goes on by itself.",
            folder="/films/navidad",
            waits_for="nobody",
        ),
    }


async def _evening(renderer: StandInRenderer, taker: PictureTaker, studio: Studio) -> None:
    _in_different_states(renderer, studio)
    await _before_any_film(taker)
    await _while_films_are_made(taker, studio)
    await _with_many_rows(taker, studio.settings.output_dir.parent)


if __name__ == "__main__":
    posing = Posing()
    take_pictures(partial(_evening, posing), *wanted(sys.argv[1:], IN_THE_DOCS), renderer=posing)
