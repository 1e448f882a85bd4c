"""Takes pictures of the window for docs/screenshots, and of whatever else is to be looked at hard.

A picture maker is a module beside this one, with a function that leads through the window:

    async def evening(taker: PictureTaker, studio: Studio) -> None:
        taker.window.go_to(Page.DASHBOARD)
        await taker.take("dashboard")

    if __name__ == "__main__":
        take_pictures(evening, *wanted(sys.argv[1:], ("dashboard",)))

Run with `QT_SCALE_FACTOR=2`: pictures as sharp as on a good screen.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import qasync
from PySide6.QtCore import QSize

from core.jobs.model import Job, Result
from core.jobs.store import JobStore
from core.paths import ROOT, resources
from core.render.interfaces import Monitor
from core.settings.sources import Sources
from core.studio import Studio
from gui.first_picture import application
from gui.look.theme import Appearance
from gui.main_window import MainWindow
from gui.session import open_window
from tests.gui.workshop import StandInRenderer, make_studio

SCREENSHOTS = ROOT / "docs" / "screenshots"
POSTER = resources() / "templates" / "noche-magica" / "poster.jpg"
_SETTLE_S = 0.5


class Posing(StandInRenderer):
    """Its films have a poster, as real ones have; and are copies of `film`, if there is one."""

    def __init__(self, seconds: float = 0.3, film: Path | None = None) -> None:
        super().__init__(seconds=seconds)
        self._film = film

    def render(self, job: Job, monitor: Monitor) -> Result:
        result = super().render(job, monitor)
        if self._film is not None:
            shutil.copyfile(self._film, result.output)
        return replace(result, poster=str(POSTER))


class PictureTaker:
    """`wanted` names the pictures to be taken; empty: all of them."""

    def __init__(self, window: MainWindow, folder: Path, wanted: Sequence[str] = ()) -> None:
        self.window = window
        self.wanted = tuple(wanted)
        self._folder = folder

    async def take(self, name: str, appearance: Appearance = Appearance.DARK) -> None:
        """The window as it is, when what moves has come to rest."""
        if not self.wanted or name in self.wanted:
            self.window.actions_.appearances[appearance].trigger()
            await asyncio.sleep(_SETTLE_S)
            self.window.grab().save(str(self._folder / f"{name}.png"))

    async def take_both(self, name: str, ending: str = "") -> None:
        """By night as `name`, by day as `name`-light; `ending` comes behind either."""
        await self.take(f"{name}{ending}")
        await self.take(f"{name}-light{ending}", Appearance.LIGHT)

    async def until(self, met: Callable[[], bool], seconds: float = 60) -> None:
        """Goes on after `seconds` all the same: a picture of what is wrong is worth more than none."""
        end = time.monotonic() + seconds
        while not met() and time.monotonic() < end:
            await asyncio.sleep(0.05)
        await asyncio.sleep(_SETTLE_S)

    async def queue(self, file: Path) -> None:
        """Drops a file and agrees to what the sheet says."""
        before, jobs = self.window.jobs.rowCount(), self.window.jobs
        await self.check(file)
        await self.take(f"preflight-{file.stem}")
        accepted = len(self.window.intake._checked.accepted) if self.window.intake._checked else 0
        self.window.sheet.agree_button.click()
        await self.until(lambda: jobs.rowCount() >= before + accepted and not jobs.unread)

    async def check(self, file: Path) -> None:
        """Drops a file and waits for what the sheet says of it."""
        self.window.intake.take([file])
        await self.until(lambda: self.window.sheet.is_open and self.window.intake._checked is not None)

    def size(self, width: int, height: int) -> None:
        self.window.resize(QSize(width, height))

    def speak(self, language: str) -> None:
        self.window.actions_.languages[language].trigger()


Evening = Callable[[PictureTaker, Studio], Coroutine[Any, Any, None]]


def wanted(arguments: Sequence[str], in_the_docs: Sequence[str]) -> tuple[Path, tuple[str, ...]]:
    """What a picture maker was called with: a folder for many pictures, or nothing: those of the documents."""
    return (Path(arguments[0]), ()) if arguments else (SCREENSHOTS, tuple(in_the_docs))


def take_pictures(
    evening: Evening,
    folder: Path,
    wanted: Sequence[str] = (),
    *,
    renderer: StandInRenderer | None = None,
    store: JobStore | None = None,
    sources: Sources | None = None,
    called: str = "navidad",
) -> None:
    """A window on a studio that acts as if it made films (`workshop.py`), in a folder of that name: it is in the
    pictures. It has no workers yet, speaks English, and is 1180 × 760. `store`: with what is in it already.
    `sources`: where its settings come from; without, they are fixed.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    app = application()
    app.setQuitOnLastWindowClosed(False)
    root = Path(tempfile.gettempdir()) / called
    root.mkdir()

    async def session() -> None:
        with make_studio(root, renderer or Posing(), store=store, sources=sources) as studio:
            window, bridge = open_window(app, studio)
            taker = PictureTaker(window, folder, wanted)
            taker.speak("en")
            taker.size(1180, 760)
            window.show()
            await evening(taker, studio)
            window.review.player.release()
            await asyncio.to_thread(studio.stop_workers, 0.0)
            bridge.stop()

    try:
        qasync.run(session())
    finally:
        shutil.rmtree(root)
