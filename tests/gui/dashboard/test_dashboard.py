"""The Dashboard as it is used: looked at, pointed at, by key, in both languages, without its store, with much in it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.jobs.local import open_store
from core.jobs.machines import Machine
from core.jobs.model import Result, Strategy
from core.jobs.store import JobStore
from core.metrics.history import Span
from core.metrics.meter import Meter
from core.metrics.overview import Observer
from core.paths import ROOT
from core.settings.declaration import Settings
from core.studio import Studio
from core.text import Text
from core.upkeep.health import Check, Light
from gui.dashboard.computers import computer_rows
from gui.dashboard.page import DashboardPage
from gui.pages import Page
from gui.window_state import WindowState
from tests.core.jobs.conftest import Clock
from tests.gui.operator import Operator
from tests.gui.test_window import queue_sample
from tests.gui.workshop import StandInRenderer, make_studio
from tests.redis_server import redis_server
from tests.stand_ins import make_jobs

pytestmark = pytest.mark.gui

RESULT = Result("/f.mp4", Strategy.LIPSYNC, 41.0, seconds={"speech": 1.5, "face": 12.0}, notes=("synclabs: lipsync",))
LOOK = Text("Look at the network, and at what else the server does.")
CHECKS = [
    Check("store", Light.OK, Text("{count} films wait.", {"count": 0})),
    Check("provider heygen", Light.WARNING, Text("{gigabytes} GB are free.", {"gigabytes": 3}), LOOK),
    Check("ffmpeg", Light.FAILING, Text("No voice works."), LOOK),
]


def make_films(store: JobStore, count: int, failed: int = 0) -> None:
    meter = Meter(store, machine="taller-1")
    for _ in range(count):
        meter.ended("done", 14.0, RESULT)
    for _ in range(failed):
        meter.ended("fail", 1.0, code="voice_refused")
    meter.flush()


@pytest.fixture
def health(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Health as `CHECKS` say; how often it was asked."""
    asked: list[int] = []

    def look() -> list[Check]:
        asked.append(1)
        return CHECKS

    monkeypatch.setattr(studio, "health", look)
    return asked


def go(operator: Operator) -> DashboardPage:
    """To the page, by the rail, and waits until it knows how things stand."""
    operator.click(operator.window.rail.button(Page.DASHBOARD))
    page = operator.window.about.dashboard
    operator.until(lambda: page.content.seen is not None and bool(page.content.health.checks))
    return page


def choose(operator: Operator, page: DashboardPage, span: Span) -> None:
    operator.click(page.content.switch.button(span))
    operator.until(lambda: page.content.seen is not None and page.content.seen.history.span is span)


def test_before_the_first_film_it_says_what_will_be_here(operator: Operator, health: list[int]) -> None:
    page = go(operator)
    assert page.content.empty.isVisible()
    assert not page.content.board.isVisible()
    assert not page.content.switch.isVisible()
    assert page.content.health.isVisible(), "health is worth knowing before the first film above all"
    assert operator.window.focusWidget() is page.content.health.again


def test_one_film_and_the_page_is_there(operator: Operator, studio: Studio, health: list[int]) -> None:
    page = go(operator)
    make_films(studio.store, 1)
    operator.press(Qt.Key.Key_F5)
    operator.until(page.content.board.isVisible)
    board = page.content.board
    assert not page.content.empty.isVisible()
    assert [tile.figure.text() for tile in board.tiles()[1:3]] == ["1", "100 %"]
    assert board.films.plot is not None
    assert sum(value or 0 for one in board.films.plot.series for value in one.values) == 1
    assert "1 made, 0 failed" in board.films.accessibleDescription()
    assert [bar.word for bar in board.stages.bars] == ["Speaking the text", "Making Santa talk"]
    assert [bar.word for bar in board.faces.bars] == ["Sync Labs"]


def test_films_that_are_really_made_come_into_the_figures(
    operator: Operator, studio: Studio, health: list[int]
) -> None:
    """By workers, to the store, to the page."""
    queue_sample(operator)
    studio.start_workers()
    page = go(operator)
    operator.until(lambda: page.content.seen is not None and page.content.seen.history.films == 6, 40_000)
    assert page.content.board.computers.rows()[0].state == "Works"


def test_spans_by_click_and_by_key(operator: Operator, studio: Studio, health: list[int]) -> None:
    make_films(studio.store, 3, failed=1)
    page = go(operator)
    choose(operator, page, Span.SEASON)
    assert page.content.board.films.plot is not None
    assert len(page.content.board.films.plot.labels) == 100
    operator.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    operator.until(lambda: page.content.seen is not None and page.content.seen.history.span is Span.HOUR)
    assert len(page.content.board.films.plot.labels) == 60
    page.content.switch.button(Span.HOUR).setFocus()
    operator.press(Qt.Key.Key_Right)
    operator.until(lambda: page.content.seen is not None and page.content.seen.history.span is Span.DAY)
    assert page.content.board.success.figure.text() == "75.0 %"


def test_a_chart_tells_its_values_to_the_pointer_and_to_the_keys(
    operator: Operator, studio: Studio, health: list[int]
) -> None:
    make_films(studio.store, 3, failed=1)
    page = go(operator)
    chart = page.content.board.films
    assert chart.told == ""
    QTest.mouseMove(chart, QPoint(chart.width() - 10, chart.height() // 2))
    operator.until(lambda: "Lip-sync: 3" in chart.told)
    assert "Failed: 1" in chart.told
    assert "A film took 14 s" in chart.told
    chart.setFocus()
    operator.press(Qt.Key.Key_Home)
    assert "Lip-sync" not in chart.told
    operator.press(Qt.Key.Key_End)
    assert "Lip-sync: 3" in chart.told
    operator.press(Qt.Key.Key_Left)
    assert "Lip-sync" not in chart.told
    operator.press(Qt.Key.Key_Escape)
    assert chart.told == ""


def test_every_chart_is_told_in_words(operator: Operator, studio: Studio, health: list[int]) -> None:
    make_films(studio.store, 3, failed=1)
    board = go(operator).content.board
    for chart in (board.films, board.waiting, board.money):
        assert chart.accessibleName()
        assert chart.accessibleDescription().startswith("The last 24 hours: ")
    for bars in (board.stages, board.ways, board.faces):
        assert bars.accessibleName()
        assert all(bar.word in bars.accessibleDescription() for bar in bars.bars)
    assert all(tile.accessibleName() for tile in board.tiles())


def test_health_is_a_list_of_lights_the_worst_first(operator: Operator, studio: Studio, health: list[int]) -> None:
    make_films(studio.store, 1)
    page = go(operator)
    rows = page.content.health.rows()
    assert [(row.name, row.state) for row in rows] == [
        ("FFmpeg", "Doesn't work"),
        ("HeyGen", "Needs a look"),
        ("The queue's store", "Good"),
    ]
    assert len({row.icon for row in rows}) == 3, "a shape of its own, without colour too"
    assert rows[0].more
    assert not rows[2].more, "nothing to do about what is well"
    assert page.content.board.health.figure.text() == "1 problem"
    assert page.content.board.health.meaning == "FFmpeg"
    before = len(health)
    operator.click(page.content.health.again)
    operator.until(lambda: len(health) == before + 1)


def test_reasons_of_providers_are_told_in_the_windows_language(operator: Operator, health: list[int]) -> None:
    """Those that health tells: of the voices, and of the tools on this computer."""
    page = go(operator)
    operator.window.languages.use("es")
    said = re.compile(r'Availability\(False, "([^"]+)"\)')
    for provider in ("espeak", "wav2lip"):
        reasons = said.findall((ROOT / "providers" / f"{provider}.py").read_text(encoding="utf-8"))
        assert reasons
        for reason in reasons:
            if "WAV2LIP_REPO_PATH)" in reason or "DISABLE_WAV2LIP" in reason:
                continue  # then it is not looked at
            check = Check(f"voice {provider}", Light.WARNING, Text("Not in use: {reason}.", {"reason": reason}))
            page.content.show_checks([check])
            assert reason not in page.content.health.rows()[0].words, "in English"


def test_health_is_not_looked_at_again_at_once(operator: Operator, studio: Studio, health: list[int]) -> None:
    page = go(operator)
    operator.click(operator.window.rail.button(Page.QUEUE))
    assert not page._refresh.isActive()
    before = page.content.seen
    go(operator)
    assert page._refresh.isActive()
    operator.until(lambda: page.content.seen is not before)
    assert len(health) == 1
    page._looked_at -= 3600.0
    operator.click(operator.window.rail.button(Page.QUEUE))
    go(operator)
    operator.until(lambda: len(health) == 2)


def test_the_language_changes_while_it_is_open(operator: Operator, studio: Studio, health: list[int]) -> None:
    make_films(studio.store, 2)
    page = go(operator)
    page._refresh.stop()  # it would say everything anew
    operator.choose_in_menu(operator.window.actions_.languages["es"])
    board = page.content.board
    operator.until(lambda: "Videos hechos" in board.made.accessibleName())
    assert "2 hechos, 0 fallidos" in board.films.accessibleDescription()
    assert page.content.switch.button(Span.SEASON).text() == "Temporada"
    assert page.content.health.rows()[0].state == "No funciona"


def test_computers_and_one_that_went_silent(qapp: QApplication, tmp_path: Path) -> None:
    clock = Clock(time.time() - 600)
    store = JobStore.in_memory(clock)
    store.register(Machine("norte:1", "norte", "1", 4))
    clock.now_s += 600
    store.register(Machine("taller-1:2", "taller-1", "1", 2))
    make_films(store, 5)
    rows = computer_rows(Observer(store, Settings(output_dir=tmp_path)).overview(Span.HOUR))
    assert [(row.name, row.icon) for row in rows] == [("norte", "warning"), ("taller-1", "accepted")]
    assert rows[0].state != rows[1].state
    assert rows[0].more


def test_it_fits_in_the_smallest_window(operator: Operator, studio: Studio, health: list[int]) -> None:
    make_films(studio.store, 2)
    page = go(operator)
    for width in (800, 1180, 1600):
        operator.window.resize(width, 700)
        operator.until(lambda width=width: operator.window.width() == width)  # type: ignore[misc]
        inside = page.content.widget()
        assert inside is not None
        assert inside.minimumSizeHint().width() <= page.content.viewport().width(), f"cut off at {width} px"
        assert page.content.board.pace.figure.font().pixelSize() >= 28, "to be read from across the room"
        for tile in page.content.board.tiles():
            assert tile.figure.fontMetrics().horizontalAdvance(tile.figure.text()) <= tile.figure.width()


def test_charts_follow_the_theme(operator: Operator, studio: Studio, health: list[int]) -> None:
    make_films(studio.store, 2)
    chart = go(operator).content.board.films

    def picture(name: str) -> QImage:
        operator.window.actions_.appearances[name].trigger()
        return chart.grab().toImage()

    assert picture("dark") != picture("light")


class TestWithoutItsStore:
    @pytest.fixture
    def studio(self, tmp_path: Path, renderer: StandInRenderer) -> Iterator[Studio]:
        state = WindowState(tmp_path / "data")
        state.language = "en"
        state.save()
        folder = tmp_path / "redis"
        folder.mkdir()
        with (
            redis_server(folder) as self.server,
            make_studio(tmp_path, renderer, store=open_store(self.server.url, tmp_path / "queue")) as studio,
        ):
            yield studio

    @pytest.mark.redis
    def test_it_says_so_and_shows_the_last_it_knew(self, operator: Operator, studio: Studio, health: list[int]) -> None:
        make_films(studio.store, 4)
        page = go(operator)
        operator.until(page.content.board.isVisible)
        self.server.kill()
        page.refresh()
        operator.until(page.content.notice.isVisible, 20_000)
        assert "can't be reached" in page.content.notice.words
        assert page.content.board.made.figure.text() == "4"
        page._refresh.stop()  # else the next one says it anew anyway
        operator.choose_in_menu(operator.window.actions_.languages["es"])
        operator.until(lambda: "No se puede llegar a la cola" in page.content.notice.words)
        self.server.start()
        page._refresh.start()
        operator.until(lambda: not page.content.notice.isVisible(), 40_000)
        assert page.content.empty.isVisible(), "this server came back empty"


def test_ten_thousand_films(operator: Operator, studio: Studio, health: list[int]) -> None:
    make_films(studio.store, 10_000, failed=3)
    studio.store.submit(*make_jobs(500))
    page = go(operator)
    board = page.content.board
    assert board.made.figure.text() == "10,000"
    assert board.success.figure.text() == "99.9 %", "never rounded up to all"
    assert board.waits.figure.text() == "500"
    assert board.waiting.plot is not None
    assert board.waiting.plot.series[0].values[-1] == 500, "as it is now, not as it was when a film was last made"
