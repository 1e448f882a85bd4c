"""Reviewing by keys and by mouse: play, approve, voice again, correct, set aside, next."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.desk.delivery import BESIDE
from core.jobs.model import Job, JobRecord, Result, State
from core.jobs.plan import Plan
from core.render.interfaces import Monitor
from core.studio import Studio
from gui.pages import Page
from tests.conftest import make_clip
from tests.gui.operator import Operator
from tests.gui.test_window import SAMPLE
from tests.gui.workshop import StandInRenderer

pytestmark = pytest.mark.gui

Key = Qt.Key


class ClipRenderer(StandInRenderer):
    """Its films are real ones, of two seconds; each says how often it was made."""

    def __init__(self, clip: Path) -> None:
        super().__init__(seconds=0.02)
        self._clip = clip
        self.rendered: list[Job] = []

    def render(self, job: Job, monitor: Monitor) -> Result:
        self.rendered.append(job)
        result = super().render(job, monitor)
        shutil.copyfile(self._clip, result.output)
        return replace(result, duration_s=2.0)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    make_clip(path, 50, 90)
    return path


@pytest.fixture
def renderer(clip: Path) -> ClipRenderer:
    return ClipRenderer(clip)


@pytest.fixture
def reviewing(operator: Operator, studio: Studio) -> Operator:
    """Three of six films wait to be looked at; the window shows the first of them."""
    studio.submit(studio.check([SAMPLE], studio.order()), Plan(review_every=2))
    studio.start_workers()
    operator.until(lambda: (studio.counts()[State.REVIEW], studio.counts()[State.DONE]) == (3, 3))
    operator.click(operator.window.rail.button(Page.REVIEW))
    operator.until(lambda: operator.window.review.record is not None)
    operator.until(lambda: operator.window.review.model.rowCount() == 3)
    return operator


def looked_at(operator: Operator) -> str:
    record = operator.window.review.record
    return "" if record is None else record.job.name


def record(studio: Studio, name: str) -> JobRecord:
    return next(one for one in studio.jobs() if one.job.name == name)


def test_every_second_one_with_its_words(reviewing: Operator) -> None:
    page = reviewing.window.review
    names = [page.model.record_at(row).job.name for row in range(3)]
    assert names == ["Sofía", "Valentina D'Angelo", "Martina"]
    assert looked_at(reviewing) == "Sofía"
    reviewing.until(lambda: any("Sofía" in line for line in page.script.lines()))
    assert reviewing.window.rail.button(Page.REVIEW).accessibleName() == "Review (3)"


def test_space_plays_and_pauses(reviewing: Operator) -> None:
    player = reviewing.window.review.player
    reviewing.until(lambda: player.surface.has_picture)
    assert not player.engine.playing
    reviewing.press(Key.Key_Space)
    reviewing.until(lambda: player.engine.playing)
    reviewing.until(lambda: player.seek_bar.fraction > 0.1)
    reviewing.press(Key.Key_Space)
    reviewing.until(lambda: not player.engine.playing)


def test_approved_by_key_it_moves_to_the_approved_ones(reviewing: Operator, studio: Studio) -> None:
    before = record(studio, "Sofía")
    assert before.result is not None
    reviewing.press(Key.Key_A)
    reviewing.until(lambda: record(studio, "Sofía").state is State.DONE)
    after = record(studio, "Sofía").result
    assert after is not None
    assert Path(after.output) == Path(before.result.output).parent / BESIDE / Path(before.result.output).name
    assert Path(after.output).is_file()
    assert not Path(before.result.output).exists()
    reviewing.until(lambda: looked_at(reviewing) == "Valentina D'Angelo")


def test_all_of_them_one_after_the_other_by_one_key(reviewing: Operator, studio: Studio) -> None:
    model = reviewing.window.review.model
    while before := model.rowCount():
        reviewing.press(Key.Key_A)
        reviewing.until(lambda: model.rowCount() < before)
    assert studio.counts()[State.DONE] == 6
    assert looked_at(reviewing) == ""
    assert not reviewing.window.review.does.approve.isEnabled()


def test_next_goes_round_and_decides_nothing(reviewing: Operator, studio: Studio) -> None:
    seen = [looked_at(reviewing)]
    for _ in range(3):
        reviewing.press(Key.Key_N)
        seen.append(looked_at(reviewing))
    assert seen == ["Sofía", "Valentina D'Angelo", "Martina", "Sofía"]
    assert studio.counts()[State.REVIEW] == 3


def test_voice_again_makes_another_take_that_comes_back(
    reviewing: Operator, studio: Studio, renderer: ClipRenderer
) -> None:
    renderer.rendered.clear()
    reviewing.press(Key.Key_V)
    reviewing.until(lambda: [(job.name, job.take) for job in renderer.rendered] == [("Sofía", 1)])
    reviewing.until(lambda: reviewing.window.review.model.rowCount() == 3 and studio.counts()[State.REVIEW] == 3)
    assert record(studio, "Sofía").job.take == 1
    assert Path(record(studio, "Sofía").job.output).is_file()


def test_the_words_are_corrected_and_it_comes_back(reviewing: Operator, studio: Studio, renderer: ClipRenderer) -> None:
    renderer.rendered.clear()
    reviewing.press(Key.Key_T)
    sheet = reviewing.window.desks.edit_sheet
    reviewing.until(lambda: bool(sheet.says))
    reviewing.click(sheet.script.box.viewport())
    QTest.keyClicks(sheet.script.box, "Hola, Sofi.")
    reviewing.until(lambda: "Hola, Sofi." in sheet.says)
    reviewing.click(sheet.save_button)
    reviewing.until(lambda: [job.script for job in renderer.rendered] == ["Hola, Sofi."])
    reviewing.until(lambda: not sheet.isVisible())
    reviewing.until(lambda: studio.counts()[State.REVIEW] == 3)
    assert record(studio, "Sofía").job.script == "Hola, Sofi."
    assert record(studio, "Martina").job.script == ""


def test_letters_typed_into_the_sheet_decide_nothing(reviewing: Operator, studio: Studio) -> None:
    reviewing.press(Key.Key_T)
    sheet = reviewing.window.desks.edit_sheet
    reviewing.until(lambda: bool(sheet.says))
    reviewing.click(sheet.script.box.viewport())
    for key in (Key.Key_A, Key.Key_V, Key.Key_X, Key.Key_N, Key.Key_Space):
        reviewing.press(key)
    assert sheet.script.text == "avxn "
    reviewing.press(Key.Key_Escape)
    reviewing.until(lambda: not sheet.isVisible())
    assert studio.counts()[State.REVIEW] == 3


def test_set_aside_it_is_among_the_failed_ones(reviewing: Operator, studio: Studio) -> None:
    reviewing.press(Key.Key_X)
    reviewing.until(lambda: record(studio, "Sofía").state is State.FAILED)
    reviewing.until(lambda: reviewing.window.review.model.rowCount() == 2)
    reviewing.click(reviewing.window.rail.button(Page.FAILED))
    reviewing.until(lambda: len(reviewing.window.failed.failed) == 1)
    assert [one.job.name for one in reviewing.window.failed.failed.records()] == ["Sofía"]
    assert Path(record(studio, "Sofía").job.output).is_file(), "what was set aside is kept"


def test_by_mouse_alone(reviewing: Operator, studio: Studio) -> None:
    page = reviewing.window.review
    place = page.list.visualRect(page.model.index(2)).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert looked_at(reviewing) == "Martina"
    reviewing.click(page.buttons[page.does.approve])
    reviewing.until(lambda: record(studio, "Martina").state is State.DONE)


def test_a_film_that_is_gone_is_told_and_stays(reviewing: Operator, studio: Studio) -> None:
    Path(record(studio, "Sofía").job.output).unlink()
    reviewing.press(Key.Key_A)
    reviewing.until(reviewing.window.banner.isVisible)
    assert "is not where it was made" in reviewing.window.banner.accessibleName()
    assert record(studio, "Sofía").state is State.REVIEW


def test_its_keys_are_shown_in_both_languages(reviewing: Operator) -> None:
    page = reviewing.window.review
    shown = [button.accessibleName() for button in page.buttons.values()]
    assert shown == [
        *("Play or pause (Space)", "Approve (A)", "Voice again (V)"),
        *("Edit text (T)", "Set aside (X)", "Next (N)"),
    ]
    reviewing.choose_in_menu(reviewing.window.actions_.languages["es"])
    reviewing.until(lambda: page.buttons[page.does.approve].accessibleName() == "Aprobar (A)")
    reviewing.choose_in_menu(reviewing.window.actions_.languages["en"])


def test_space_on_a_row_of_the_queue_shows_its_film(reviewing: Operator) -> None:
    window = reviewing.window
    reviewing.click(window.rail.button(Page.QUEUE))
    reviewing.click_row("Iñaki")
    reviewing.press(Key.Key_Space)
    sheet = window.desks.player_sheet
    reviewing.until(sheet.isVisible)
    reviewing.until(lambda: sheet.player.surface.has_picture)
    reviewing.press(Key.Key_Space)
    reviewing.until(lambda: sheet.player.engine.playing)
    reviewing.press(Key.Key_Escape)
    reviewing.until(lambda: not sheet.isVisible())
    assert not sheet.player.engine.playing
