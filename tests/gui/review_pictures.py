"""Takes the pictures of the Failed and the Review page: `QT_SCALE_FACTOR=2 python -m tests.gui.review_pictures FILM`.

FILM is a finished film to be seen on them. With a folder as second argument it takes many more, in both languages.
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
from PySide6.QtWidgets import QApplication

from core.errors import AnswerLost, EnvironmentFault, JobFault
from core.jobs.model import Job, Result, State
from core.jobs.plan import Plan
from core.paths import ROOT, resources
from core.render.interfaces import Monitor
from core.studio import Studio
from gui.look.theme import Appearance
from gui.main_window import MainWindow
from gui.pages import Page
from gui.session import application, open_window
from tests.gui.workshop import StandInRenderer, make_studio

POSTER = resources() / "templates" / "noche-magica" / "poster.jpg"
IN_THE_DOCS = ("failed", "failed-light", "failure", "edit-text", "review", "review-light")
NAMES = (
    *("Sofía", "Iñaki", "Valentina D'Angelo", "Benjamín", "Martina", "Zoë", "Juana", "Mateo"),
    *("Lautaro", "Emma", "Thiago", "Olivia", "Bruno", "Catalina", "Felipe", "Delfina"),
)


class FilmRenderer(StandInRenderer):
    def __init__(self, film: Path) -> None:
        super().__init__(seconds=0.05)
        self._film = film

    def render(self, job: Job, monitor: Monitor) -> Result:
        result = super().render(job, monitor)
        shutil.copyfile(self._film, result.output)
        return replace(result, poster=str(POSTER))


def _faults(renderer: FilmRenderer) -> None:
    for name in NAMES[:3]:
        renderer.faults[name] = lambda: JobFault(
            "speech_silent",
            "The voice gave back nothing but silence.",
            "Look at the text: there may be nothing in it that can be spoken.",
            detail="espeak-ng 1.52, es-419: 0 of 41 samples above −60 LUFS",
        )
    renderer.faults[NAMES[3]] = lambda: JobFault(
        "clip_damaged",
        "The clip {file} of the template holds no picture.",
        "Put a working clip in its place, then retry.",
        file="message.mp4",
    )
    for name in NAMES[4:7]:
        renderer.faults[name] = lambda: EnvironmentFault(
            "disk_full",
            "The disk of {folder} is full.",
            "Make room there; the films that wait go on by themselves.",
            folder="/films/navidad",
            waits_for="disk:/dev/full/x",
        )
    renderer.faults[NAMES[7]] = lambda: AnswerLost(
        "answer_lost",
        "{provider} was asked and its answer never came.",
        "Look at your account there, then let it be asked again.",
        provider="HeyGen",
        waits_for="person:call:1",
    )


class Photographer:
    def __init__(self, window: MainWindow, folder: Path, wanted: tuple[str, ...]) -> None:
        self.window = window
        self._folder = folder
        self._wanted = wanted

    async def take(self, name: str, appearance: Appearance = Appearance.DARK) -> None:
        if not self._wanted or name in self._wanted:
            self.window.actions_.appearances[appearance].trigger()
            await asyncio.sleep(0.5)
            self.window.grab().save(str(self._folder / f"{name}.png"))

    async def until(self, met: Callable[[], bool], seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not met() and time.monotonic() < end:
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.6)


async def _failed(photographer: Photographer, language: str) -> None:
    window = photographer.window
    window.go_to(Page.FAILED)
    await photographer.until(lambda: window.failed.model.rowCount() == 2 and len(window.failed.held_up) == 4)
    top = window.failed.model.index(0, 0)
    window.failed.list.setExpanded(top, True)
    window.failed.list.setCurrentIndex(window.failed.model.index(1, 0, top))
    await photographer.until(lambda: False, 1.5)
    await photographer.take(f"failed{language}")
    await photographer.take(f"failed-light{language}", Appearance.LIGHT)
    window.failed.does.details.trigger()
    await photographer.until(window.desks.failure_sheet.isVisible)
    window.desks.failure_sheet.detail_button.setChecked(True)
    await photographer.take(f"failure{language}")
    window.desks.failure_sheet.slide_out()
    await asyncio.sleep(0.4)
    window.failed.does.edit.trigger()
    await photographer.until(lambda: bool(window.desks.edit_sheet.says))
    await photographer.take(f"edit-text{language}")
    window.desks.edit_sheet.slide_out()
    await asyncio.sleep(0.4)


async def _review(photographer: Photographer, language: str) -> None:
    window = photographer.window
    window.go_to(Page.REVIEW)
    await photographer.until(lambda: window.review.player.surface.has_picture and bool(window.review.script.lines()))
    window.review.does.play.trigger()
    await photographer.until(lambda: window.review.player.seek_bar.fraction > 0.05, 10)
    window.review.does.play.trigger()
    await photographer.take(f"review{language}")
    await photographer.take(f"review-light{language}", Appearance.LIGHT)


async def _session(root: Path, film: Path, folder: Path, app: QApplication, wanted: tuple[str, ...]) -> None:
    renderer = FilmRenderer(film)
    _faults(renderer)
    sheet = root / "colegio-san-martin.csv"
    rows = (f"{name},ayudaste a tu hermano con la tarea,la abuela" for name in NAMES)
    sheet.write_text("\n".join(["nombre,queHizo,parentesco", *rows]), encoding="utf-8")
    with make_studio(root, renderer) as studio:
        window, bridge = open_window(app, studio)
        window.resize(1180, 760)
        window.actions_.languages["en"].trigger()
        window.show()
        await asyncio.to_thread(studio.start_workers)
        studio.submit(studio.check([sheet], studio.order()), Plan(review_every=3))
        photographer = Photographer(window, folder, wanted)
        await photographer.until(lambda: _at_rest(studio))
        window.banner.hide()
        for language in ("", "-es") if not wanted else ("",):
            window.actions_.languages["es" if language else "en"].trigger()
            await _failed(photographer, language)
            await _review(photographer, language)
        if not wanted:
            window.resize(800, 480)
            await photographer.take("review-smallest")
            window.go_to(Page.FAILED)
            await photographer.take("failed-smallest")
        window.review.player.release()
        await asyncio.to_thread(studio.stop_workers, 0.0)
        bridge.stop()


def _at_rest(studio: Studio) -> bool:
    counts = studio.counts()
    return counts[State.FAILED] > 0 and not counts[State.READY] + counts[State.RUNNING]


def main(film: Path, folder: Path, wanted: tuple[str, ...]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    app = application()
    app.setQuitOnLastWindowClosed(False)
    root = Path(tempfile.mkdtemp())
    try:
        qasync.run(_session(root, film, folder, app, wanted))
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        main(Path(sys.argv[1]), Path(sys.argv[2]), ())
    else:
        main(Path(sys.argv[1]), ROOT / "docs" / "screenshots", IN_THE_DOCS)
