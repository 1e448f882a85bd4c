"""Takes the pictures of the Dashboard: `QT_SCALE_FACTOR=2 python -m tests.gui.dashboard_pictures`.

What is on them is a season told to a real store (`seasons.py`). With a folder as argument it takes many more: spans,
sizes, the page before the first film, after one film, and without its store.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.errors import StoreAway
from core.metrics.history import Span
from core.studio import Studio
from gui.dashboard.page import DashboardPage
from gui.look.theme import Appearance
from gui.pages import Page
from tests.gui.picture_taker import PictureTaker, take_pictures, wanted
from tests.gui.seasons import told_season

IN_THE_DOCS = ("dashboard", "dashboard-light", "dashboard-es", "dashboard-empty")
_TALL = 1500


async def _looked(taker: PictureTaker) -> DashboardPage:
    page = taker.window.about.dashboard
    taker.window.go_to(Page.DASHBOARD)
    await taker.until(lambda: page.content.seen is not None and bool(page.content.health.checks))
    page.take_focus()
    return page


async def _span(taker: PictureTaker, page: DashboardPage, span: Span) -> None:
    page.content.switch.choose(span)
    await taker.until(lambda: page.content.seen is not None and page.content.seen.history.span is span)


async def season(taker: PictureTaker, studio: Studio) -> None:
    page = await _looked(taker)
    taker.size(1180, 1720)
    await taker.take("dashboard")
    await taker.take("dashboard-light", Appearance.LIGHT)
    taker.size(1180, 760)
    await taker.take("dashboard-as-opened")
    page.content.board.films.setFocus()
    QTest.keyClick(page.content.board.films, Qt.Key.Key_Left)
    QTest.keyClick(page.content.board.films, Qt.Key.Key_Left)
    await taker.take("dashboard-by-key")
    for span in Span:
        await _span(taker, page, span)
        taker.size(1400, _TALL)
        await taker.take(f"dashboard-{span}")
    taker.size(1400, 2200)
    page.content.verticalScrollBar().setValue(page.content.verticalScrollBar().maximum())
    await taker.take("dashboard-health")
    page.content.verticalScrollBar().setValue(0)
    await _span(taker, page, Span.DAY)
    page.take_focus()
    taker.speak("es")
    taker.size(1180, 1720)
    await taker.take("dashboard-es")
    taker.size(800, 480)
    await taker.take("dashboard-smallest")
    taker.size(800, 2600)
    await taker.take_both("dashboard-narrow")
    _lose(studio)
    page.refresh()
    await taker.until(page.content.notice.isVisible)
    taker.size(1180, 760)
    await taker.take("dashboard-away")


async def little(taker: PictureTaker, studio: Studio) -> None:
    """Before the first film, and after it."""
    taker.speak("en")
    page = await _looked(taker)
    await taker.take_both("dashboard-empty")
    studio.store.measure({"hour:films": 1, "hour:render_ms": 14_000, "strategies:voiceover": 1, "stage:all:8": 1})
    page.refresh()
    await taker.until(page.content.board.isVisible)
    await taker.take("dashboard-one")


def _lose(studio: Studio) -> None:
    def away(_: Span) -> None:
        raise StoreAway("redis_away", "The job store can't be reached.")

    studio.running.overview = away  # type: ignore[method-assign,assignment]


def main(folder: Path, names: tuple[str, ...]) -> None:
    os.environ["BUDGET_PER_DAY_USD"] = "60"
    take_pictures(little, folder, names, called="taller")
    store, _ = told_season()
    take_pictures(season, folder, names, store=store, called="taller")


if __name__ == "__main__":
    main(*wanted(sys.argv[1:], IN_THE_DOCS))
