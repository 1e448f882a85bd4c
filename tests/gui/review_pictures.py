"""Takes the pictures of the Failed and the Review page: `QT_SCALE_FACTOR=2 python -m tests.gui.review_pictures FILM`.

FILM is a finished film to be seen on them. With a folder as second argument it takes many more, in both languages.
"""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from pathlib import Path

from core.errors import AnswerLost, EnvironmentFault, JobFault
from core.jobs.model import State
from core.jobs.plan import Plan
from core.studio import Studio
from gui.pages import Page
from tests.gui.picture_taker import PictureTaker, Posing, take_pictures, wanted
from tests.gui.workshop import StandInRenderer

IN_THE_DOCS = ("failed", "failed-light", "failure", "edit-text", "review", "review-light")
NAMES = (
    *("Sofía", "Iñaki", "Valentina D'Angelo", "Benjamín", "Martina", "Zoë", "Juana", "Mateo"),
    *("Lautaro", "Emma", "Thiago", "Olivia", "Bruno", "Catalina", "Felipe", "Delfina"),
)


def _faults(renderer: StandInRenderer) -> None:
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


async def _failed(taker: PictureTaker, language: str) -> None:
    window = taker.window
    window.go_to(Page.FAILED)
    await taker.until(lambda: window.failed.model.rowCount() == 2 and len(window.failed.held_up) == 4)
    top = window.failed.model.index(0, 0)
    window.failed.list.setExpanded(top, True)
    window.failed.list.setCurrentIndex(window.failed.model.index(1, 0, top))
    await taker.until(lambda: False, 1.5)
    await taker.take_both("failed", language)
    window.failed.does.details.trigger()
    await taker.until(window.desks.failure_sheet.isVisible)
    window.desks.failure_sheet.detail_button.setChecked(True)
    await taker.take(f"failure{language}")
    window.desks.failure_sheet.slide_out()
    await asyncio.sleep(0.4)
    window.failed.does.edit.trigger()
    await taker.until(lambda: bool(window.desks.edit_sheet.says))
    await taker.take(f"edit-text{language}")
    window.desks.edit_sheet.slide_out()
    await asyncio.sleep(0.4)


async def _review(taker: PictureTaker, language: str) -> None:
    window = taker.window
    window.go_to(Page.REVIEW)
    await taker.until(lambda: window.review.player.surface.has_picture and bool(window.review.script.lines()))
    window.review.does.play.trigger()
    await taker.until(lambda: window.review.player.seek_bar.fraction > 0.05, 10)
    window.review.does.play.trigger()
    await taker.take_both("review", language)


async def _evening(renderer: StandInRenderer, taker: PictureTaker, studio: Studio) -> None:
    _faults(renderer)
    sheet = studio.settings.output_dir.parent / "colegio-san-martin.csv"
    rows = (f"{name},ayudaste a tu hermano con la tarea,la abuela" for name in NAMES)
    sheet.write_text("\n".join(["nombre,queHizo,parentesco", *rows]), encoding="utf-8")
    await asyncio.to_thread(studio.start_workers)
    studio.submit(studio.check([sheet], studio.order()), Plan(review_every=3))
    await taker.until(lambda: _at_rest(studio))
    taker.window.banner.hide()
    for language in ("", "-es") if not taker.wanted else ("",):
        taker.speak(language.lstrip("-") or "en")
        await _failed(taker, language)
        await _review(taker, language)
    if not taker.wanted:
        taker.size(800, 480)
        await taker.take("review-smallest")
        taker.window.go_to(Page.FAILED)
        await taker.take("failed-smallest")


def _at_rest(studio: Studio) -> bool:
    counts = studio.counts()
    return counts[State.FAILED] > 0 and not counts[State.READY] + counts[State.RUNNING]


if __name__ == "__main__":
    posing = Posing(0.05, film=Path(sys.argv[1]))
    take_pictures(partial(_evening, posing), *wanted(sys.argv[2:], IN_THE_DOCS), renderer=posing)
