"""Takes the pictures of the first run: `QT_SCALE_FACTOR=1.5 python -m tests.gui.first_run.pictures FILM`.

FILM is a finished film to be seen on the last one. With a folder as second argument it takes more: by day, in Spanish,
small, and of what went wrong.
"""

from __future__ import annotations

import asyncio
import os
import sys
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from core.errors import JobFault
from core.events import TemplateWarming
from core.studio import Studio
from gui.bridge import Bridge
from gui.first_run.desk import FirstRun
from gui.look.theme import Appearance
from tests.gui.picture_taker import PictureTaker, Posing, take_pictures, wanted

IN_THE_DOCS = ("first-run-welcome", "first-run-welcome-es", "first-run-making", "first-run-film")


async def evening(renderer: Posing, taker: PictureTaker, studio: Studio) -> None:
    window = taker.window
    bridge = Bridge(studio)
    bridge.start()
    first = FirstRun(window, studio, bridge)
    first.begin()
    await asyncio.to_thread(studio.start_workers)
    await taker.take_both("first-run-welcome")
    taker.speak("es")
    await taker.take("first-run-welcome-es")
    taker.size(800, 480)
    await taker.take("first-run-smallest")
    taker.speak("en")
    taker.size(1180, 760)
    renderer.faults = {"Sofía": _fault}
    first.frame.start.make.click()
    await taker.until(first.frame.making.again.isVisible)
    await taker.take("first-run-trouble")
    renderer.faults.clear()
    renderer.stuck_at = {"Sofía": "picture"}
    first.frame.making.again.click()
    await taker.until(lambda: not first.frame.making.again.isVisible())
    for share in (0.2, 0.62):
        studio.events.emit(TemplateWarming("noche-magica", "quick", share, "mouths"))
        await asyncio.sleep(1.0)
    await taker.take_both("first-run-making")
    taker.speak("es")
    await taker.take("first-run-making-es")
    taker.speak("en")
    studio.events.emit(TemplateWarming("noche-magica", "quick", 1.0))
    renderer.let_go.set()
    await taker.until(first.frame.film.isVisible)
    await taker.until(lambda: first.frame.player.surface.has_picture)
    first.frame.player.engine.seek(12.0)
    await asyncio.sleep(1.5)
    first.frame.player.engine.pause()
    await taker.take("first-run-film")
    await taker.take("first-run-film-light", Appearance.LIGHT)
    taker.speak("es")
    await taker.take("first-run-film-es")
    taker.size(800, 480)
    await taker.take("first-run-film-smallest")
    first.frame.player.release()
    bridge.stop()


def _fault() -> JobFault:
    return JobFault(
        "clip_damaged",
        "The clip {file} of the template holds no picture.",
        "Put a working clip in its place, then retry.",
        file="message.mp4",
    )


if __name__ == "__main__":
    posing = Posing(seconds=0.3, film=Path(sys.argv[1]))
    take_pictures(partial(evening, posing), *wanted(sys.argv[2:], IN_THE_DOCS), renderer=posing, called="trineo")
