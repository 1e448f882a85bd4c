"""Takes the pictures of docs/screenshots: `QT_SCALE_FACTOR=2 python -m tests.gui.pictures`.

With a folder as argument it takes many more, to look at the window hard: sizes, states, languages.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication

from core.errors import EnvironmentFault, JobFault
from core.jobs.model import Job, Result
from core.paths import ROOT, resources
from core.render.interfaces import Monitor
from core.studio import Studio
from gui.look.theme import Appearance
from gui.main_window import MainWindow
from gui.pages import Page
from gui.session import application, open_window
from tests.gui.workshop import StandInRenderer, make_studio

SAMPLES = resources() / "samples"
GOOD = SAMPLES / "lote-navidad.csv"
MISTAKES = SAMPLES / "lote-con-errores.csv"
IN_THE_DOCS = ("queue-dark", "queue-light", "queue-es", "empty", "preflight", "failed")


class Posing(StandInRenderer):
    """Its films have a poster, as real ones have."""

    def render(self, job: Job, monitor: Monitor) -> Result:
        poster = resources() / "templates" / "noche-magica" / "poster.jpg"
        return replace(super().render(job, monitor), poster=str(poster))


class Photographer:
    def __init__(self, window: MainWindow, folder: Path, wanted: tuple[str, ...]) -> None:
        self.window = window
        self._folder = folder
        self._wanted = wanted

    async def take(self, name: str, appearance: Appearance = Appearance.DARK) -> None:
        """Every picture is taken if none in particular is wanted."""
        if not self._wanted or name in self._wanted:
            self.window.actions_.appearances[appearance].trigger()
            await asyncio.sleep(0.35)
            self.window.grab().save(str(self._folder / f"{name}.png"))

    async def until(self, met: Callable[[], bool], seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not met() and time.monotonic() < end:
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.4)

    async def queue(self, file: Path) -> None:
        before = self.window.jobs.rowCount()
        self.window.intake.take([file])
        await self.until(self.window.sheet.agree_button.isEnabled)
        await self.take(f"preflight-{file.stem}")
        self.window.sheet.agree_button.click()
        await self.until(lambda: self.window.jobs.rowCount() > before)

    def size(self, width: int, height: int) -> None:
        self.window.resize(QSize(width, height))


async def _before_any_film(photographer: Photographer) -> None:
    window = photographer.window
    photographer.size(1180, 760)
    await photographer.take("empty")
    await photographer.take("empty-light", Appearance.LIGHT)
    window.go_to(Page.FAILED)
    await photographer.take("failed-nothing")
    window.go_to(Page.QUEUE)
    _hold_files_over(window)
    await photographer.take("dropping")
    window.overlay.hide()
    window.intake.take([MISTAKES])
    await photographer.until(window.sheet.agree_button.isEnabled)
    await photographer.take("preflight")
    await photographer.take("preflight-light", Appearance.LIGHT)
    window.sheet.columns_button.click()
    await photographer.take("columns")
    window.sheet.columns_button.click()
    window.intake.forget()
    await asyncio.sleep(0.3)


async def _while_films_are_made(photographer: Photographer, studio: Studio) -> None:
    window = photographer.window
    await photographer.queue(GOOD)
    await asyncio.to_thread(studio.start_workers)
    await asyncio.sleep(3)
    window.queue.table.selectRow(0)
    await photographer.take("queue-dark")
    await photographer.take("queue-light", Appearance.LIGHT)
    photographer.size(1024, 700)
    await photographer.take("queue-1024")
    photographer.size(1180, 760)
    window.go_to(Page.FAILED)
    await photographer.take("failed")
    await photographer.take("failed-light", Appearance.LIGHT)
    window.close()
    await photographer.take("closing")
    window.closing.dismissed.emit()
    window.go_to(Page.QUEUE)


async def _with_many_rows(photographer: Photographer, root: Path) -> None:
    window = photographer.window
    await photographer.queue(_rows(2000, root))
    photographer.size(1600, 1000)
    await photographer.take("many-1600")
    window.actions_.languages["es"].trigger()
    window.queue.strip.choose("")
    window.queue.table.scrollToTop()
    photographer.size(1180, 760)
    await photographer.take("queue-es")
    await photographer.take("queue-es-light", Appearance.LIGHT)
    window.queue.table.selectRow(3)
    window.actions_.cancel.trigger()
    await photographer.until(window.undo.isVisible)
    await photographer.take("undo")
    window.undo.take_back()
    window.moments.ask(
        "¿Para cuándo es este lote?", "Trineo avisa si al ritmo actual el lote no va a llegar.", "Sin hora límite"
    )
    await photographer.take("moment")
    window.moments.slide_out()
    photographer.size(800, 480)
    await photographer.take("spanish-smallest")
    window.intake.take([MISTAKES])
    await photographer.until(window.sheet.agree_button.isEnabled)
    await photographer.take("preflight-smallest")


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


async def _session(root: Path, folder: Path, app: QApplication, wanted: tuple[str, ...]) -> None:
    renderer = Posing(seconds=0.3)
    with make_studio(root, renderer) as studio:
        _in_different_states(renderer, studio)
        window, bridge = open_window(app, studio)
        window.actions_.languages["en"].trigger()
        window.show()
        photographer = Photographer(window, folder, wanted)
        await _before_any_film(photographer)
        await _while_films_are_made(photographer, studio)
        await _with_many_rows(photographer, root)
        await asyncio.to_thread(studio.stop_workers, 0.0)
        bridge.stop()


def main(folder: Path, wanted: tuple[str, ...]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    app = application()
    app.setQuitOnLastWindowClosed(False)
    root = Path(tempfile.gettempdir()) / "navidad"  # its name is in the pictures
    root.mkdir()
    try:
        qasync.run(_session(root, folder, app, wanted))
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), ())
    else:
        main(ROOT / "docs" / "screenshots", IN_THE_DOCS)
