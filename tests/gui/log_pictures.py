"""Takes the pictures of the Log page and of the sheet of names: `QT_SCALE_FACTOR=2 python -m tests.gui.log_pictures`.

With a folder as argument it takes many more, in both languages and appearances.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import structlog

from core.desk.pronunciation import Pronunciation
from core.jobs.model import State
from core.logs.setup import configure_logs
from core.studio import Studio
from core.template.lexicon import Lexicon
from gui.pages import Page
from providers.espeak import EspeakVoice
from tests.gui.picture_taker import PictureTaker, take_pictures, wanted

_NAMES = (
    "Sofía",
    "Zoë",
    "Nguyễn",
    "美咲",
    "Thiago",
    "Iñaki",
    "Juan Pablo",
    "Jhon",
    "Ana",
    "Siobhán",
    "Lucía",
    "Xochitl",
)


async def evening(taker: PictureTaker, studio: Studio) -> None:
    structlog.contextvars.clear_contextvars()
    configure_logs("DEBUG", as_json=False, folder=studio.folder.logs, to_stderr=False, machine="taller-1:1")
    sheet = studio.folder.root / "lote-navidad.csv"
    rows = "".join(f"{name},aprendiste a nadar\n" for name in _NAMES)
    sheet.write_text(f"nombre,queHizo\n{rows}", encoding="utf-8")
    await _names(taker, studio, sheet)
    await _log(taker, studio)


async def _names(taker: PictureTaker, studio: Studio, file: Path) -> None:
    window = taker.window
    studio.names = Pronunciation(studio.store, Lexicon(studio.folder.names_file), EspeakVoice(), studio.folder.work)
    studio.names.write_down("Nguyễn", "Güin", "es")
    window.intake.take([file])
    await taker.until(window.sheet.agree_button.isEnabled)
    await taker.take("pronunciation-button")
    window.sheet.names_button.click()
    names = window.names.sheet
    await taker.until(lambda: names.names.rowCount() == len(_NAMES))
    names.table.choose(1)
    names.table.show_sounding(names.names.name(1))
    await taker.take_both("pronunciation-names")
    names.table.edit_chosen()
    await asyncio.sleep(0.2)
    await taker.take("pronunciation-typing")
    names.table.choose(2)
    taker.speak("es")
    await taker.take_both("pronunciation-names", "-es")
    taker.size(800, 480)
    await taker.take("pronunciation-small")
    taker.size(1180, 760)
    taker.speak("en")
    names.done.click()
    window.sheet.agree_button.click()
    await taker.until(lambda: window.jobs.rowCount() == len(_NAMES))


async def _log(taker: PictureTaker, studio: Studio) -> None:
    window, page = taker.window, taker.window.about.log
    await asyncio.to_thread(studio.start_workers)
    await taker.until(lambda: window.jobs.count(State.DONE) == len(_NAMES))
    await asyncio.to_thread(_trouble, studio)
    window.go_to(Page.LOG)
    window.banner.hide()
    await taker.until(lambda: page.board.lines.known > 20)
    await taker.take_both("log")
    page.board.table.selectRow(page.board.lines.rowCount() - 3)
    await taker.take_both("log-line")
    page.board.details.film_button.click()
    await taker.until(lambda: page.board.lines.rowCount() < page.board.lines.known)
    await taker.take("log-film")
    page.support.trigger()
    await taker.take_both("log-support")
    taker.speak("es")
    await taker.take_both("log", "-es")
    taker.size(800, 480)
    await taker.take("log-small")


def _trouble(studio: Studio) -> None:
    log = structlog.get_logger("providers.gate")
    job = studio.jobs()[3].job
    with structlog.contextvars.bound_contextvars(job=job.id, batch=job.batch, attempt=1, stage="speech"):
        log.debug("service asked", service="elevenlabs", characters=118)
        log.warning("service is busy, trying again", service="elevenlabs", code="provider_busy", wait_s=2.0)
        log.info("service answered", service="elevenlabs", seconds=1.42)
    structlog.get_logger("core.workers.pool").info("all films are made", films=len(_NAMES))


if __name__ == "__main__":
    take_pictures(evening, *wanted(sys.argv[1:], ("log", "log-support", "pronunciation-names")))
