"""An evening before the window, by mouse and keys: from a dropped sheet to films that are opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices

from core.errors import JobFault
from core.jobs.model import State
from core.paths import resources
from core.studio import Studio
from gui.queue.row_actions import RowAction
from tests.gui.operator import Operator
from tests.gui.workshop import StandInRenderer

pytestmark = pytest.mark.gui

SAMPLE = resources() / "samples" / "lote-navidad.csv"
MISTAKES = resources() / "samples" / "lote-con-errores.csv"
CHILDREN = ["Sofía", "Iñaki", "Valentina D'Angelo", "Benjamín", "Martina", "Zoë"]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was handed to the desktop to be opened."""
    urls: list[str] = []

    def open_url(url: QUrl) -> bool:
        urls.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return urls


def queue_sample(operator: Operator) -> None:
    operator.drop(SAMPLE)
    operator.until(operator.window.sheet.agree_button.isEnabled)
    operator.press(Qt.Key.Key_Return)
    operator.until(lambda: len(operator.records()) == 6)
    operator.until(lambda: not operator.window.sheet.isVisible())


def test_a_dropped_sheet_becomes_films(operator: Operator, studio: Studio) -> None:
    studio.start_workers()
    operator.hold_over(SAMPLE)
    assert operator.window.overlay.isVisible()
    queue_sample(operator)
    assert not operator.window.overlay.isVisible()
    assert [record.job.name for record in operator.records()] == CHILDREN
    operator.until(lambda: operator.states() == [State.DONE] * 6)
    assert all(Path(record.job.output).is_file() for record in operator.records())


def test_the_bar_moves_while_a_film_is_made(operator: Operator, studio: Studio, renderer: StandInRenderer) -> None:
    renderer.seconds = 1.5
    studio.start_workers()
    queue_sample(operator)
    seen: list[float] = []

    def watch() -> bool:
        first = operator.records()[0]
        if first.state is State.RUNNING and (not seen or first.fraction != seen[-1]):
            seen.append(first.fraction)
        return first.state is State.DONE

    operator.until(watch)
    assert len(seen) >= 4
    assert seen == sorted(seen)
    renderer.seconds = 0.1


def test_the_sample_button_and_escape(operator: Operator) -> None:
    operator.until(operator.window.queue.sample_button.isVisible)
    operator.click(operator.window.queue.sample_button)
    operator.until(operator.window.sheet.agree_button.isEnabled)
    assert operator.window.sheet.agree_button.text() == "Render 6 films"
    operator.press(Qt.Key.Key_Escape)
    operator.until(lambda: not operator.window.sheet.isVisible())
    assert not operator.records()


def test_a_window_resized_while_the_sheet_goes_keeps_no_sheet(operator: Operator) -> None:
    operator.drop(SAMPLE)
    operator.until(operator.window.sheet.agree_button.isEnabled)
    operator.press(Qt.Key.Key_Escape)
    operator.window.resize(1000, 700)
    operator.until(lambda: not operator.window.sheet.isVisible())


def test_enter_on_cancel_cancels(operator: Operator) -> None:
    operator.drop(SAMPLE)
    operator.until(operator.window.sheet.agree_button.isEnabled)
    for _ in range(2):
        operator.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    operator.press(Qt.Key.Key_Return)
    operator.until(lambda: not operator.window.sheet.isVisible())
    assert not operator.records()


def test_the_sheet_says_what_is_wrong_and_takes_the_good_rows(operator: Operator) -> None:
    operator.drop(MISTAKES)
    sheet = operator.window.sheet
    operator.until(sheet.agree_button.isEnabled)
    said = sheet.problems_said()
    assert any("lote-con-errores.csv · row 3 · column nombre" in line for line in said)
    assert sheet.agree_button.text() == "Render 2 films"
    operator.click(sheet.agree_button)
    operator.until(lambda: len(operator.records()) == 2)


def test_a_file_that_is_not_there(operator: Operator, tmp_path: Path) -> None:
    operator.drop(tmp_path / "gone.csv")
    operator.until(lambda: bool(operator.window.sheet.problems_said()))
    assert not operator.window.sheet.agree_button.isEnabled()


def test_a_folder_that_cannot_be_written_is_said_in_the_sheet(
    operator: Operator, studio: Studio, tmp_path: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    operator.window.sheet.folder_chosen.emit(blocked / "films")
    operator.drop(SAMPLE)
    operator.until(lambda: "blocked" in operator.window.sheet.complaint())
    assert not operator.window.sheet.agree_button.isEnabled()
    operator.window.sheet.folder_chosen.emit(tmp_path / "elsewhere")
    operator.until(operator.window.sheet.agree_button.isEnabled)
    assert operator.window.sheet.complaint() == ""
    operator.press(Qt.Key.Key_Return)
    operator.until(lambda: len(operator.records()) == 6)
    assert operator.records()[0].job.output.startswith(str(tmp_path / "elsewhere"))


def test_films_open_by_button_double_click_and_keys(operator: Operator, studio: Studio, opened: list[str]) -> None:
    studio.start_workers()
    queue_sample(operator)
    operator.until(lambda: operator.states() == [State.DONE] * 6)
    films = {record.job.name: record.job.output for record in operator.records()}
    operator.click_button("Sofía", RowAction.OPEN_FILM)
    operator.until(lambda: opened == [films["Sofía"]])
    operator.double_click_row("Iñaki")
    operator.until(lambda: opened[1:] == [films["Iñaki"]])
    operator.click_row("Zoë")
    operator.press(Qt.Key.Key_Return)
    operator.until(lambda: opened[2:] == [films["Zoë"]])
    operator.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    operator.until(lambda: opened[3:] == [str(Path(films["Zoë"]).parent)])


def test_a_film_that_was_moved_away_is_told(operator: Operator, studio: Studio, opened: list[str]) -> None:
    studio.start_workers()
    queue_sample(operator)
    operator.until(lambda: operator.states() == [State.DONE] * 6)
    Path(operator.records()[0].job.output).unlink()
    operator.click_button("Sofía", RowAction.OPEN_FILM)
    operator.until(lambda: "not there any more" in operator.window.banner.accessibleName())
    assert not opened


def test_pause_go_on_and_cancel(operator: Operator) -> None:
    queue_sample(operator)
    operator.click_row("Sofía")
    operator.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    operator.until(lambda: operator.states()[0] is State.HELD)
    operator.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    operator.until(lambda: operator.states()[0] is State.READY)
    operator.press(Qt.Key.Key_Delete)
    operator.until(lambda: operator.states()[0] is State.CANCELLED)
    operator.click_button("Iñaki", RowAction.CANCEL)
    operator.until(lambda: operator.states()[1] is State.CANCELLED)
    assert set(operator.states()[2:]) == {State.READY}


def test_retry_all_by_keys(operator: Operator, studio: Studio, renderer: StandInRenderer) -> None:
    for name in CHILDREN[:2]:
        renderer.faults[name] = lambda: JobFault("unspeakable", "The voice can't say this.")
    studio.start_workers()
    queue_sample(operator)
    operator.until(lambda: operator.states()[:2] == [State.FAILED] * 2)
    renderer.faults.clear()
    operator.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    operator.press(Qt.Key.Key_T, modifiers)
    operator.until(lambda: operator.states() == [State.DONE] * 6)


def test_a_card_shows_its_rows_only(operator: Operator, tmp_path: Path) -> None:
    queue_sample(operator)
    second = tmp_path / "otra.csv"
    second.write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    operator.drop(second)
    operator.until(operator.window.sheet.agree_button.isEnabled)
    operator.press(Qt.Key.Key_Return)
    operator.until(lambda: operator.window.jobs.rowCount() == 12)
    operator.until(lambda: len(operator.records()) == 6)
    assert {record.job.source for record in operator.records()} == {str(second)}
    card = operator.window.queue.strip.cards()[0]
    assert card.tally.batch.name.startswith("otra")
    operator.until(lambda: not operator.window.sheet.isVisible())
    operator.click(card)
    assert len(operator.records()) == 12


def test_closing_asks_while_films_are_made_and_can_be_called_off(
    operator: Operator, studio: Studio, renderer: StandInRenderer
) -> None:
    renderer.stuck_at["Sofía"] = "sound"
    studio.start_workers()
    queue_sample(operator)
    operator.until(lambda: operator.states()[0] is State.RUNNING)
    operator.window.close()
    operator.until(operator.window.closing.isVisible)
    operator.press(Qt.Key.Key_Escape)
    operator.until(lambda: not operator.window.closing.isVisible())
    assert operator.window.isVisible()


def test_the_closing_question_answers_itself_when_the_last_film_is_made(
    operator: Operator, studio: Studio, renderer: StandInRenderer
) -> None:
    renderer.stuck_at["Sofía"] = "sound"
    studio.start_workers(1)
    operator.drop(SAMPLE)
    operator.until(operator.window.sheet.agree_button.isEnabled)
    operator.press(Qt.Key.Key_Return)
    operator.until(lambda: State.RUNNING in operator.states())
    operator.window.close()
    operator.until(operator.window.closing.isVisible)
    studio.hold([record.id for record in operator.records()[1:]])
    renderer.let_go.set()
    operator.until(lambda: not operator.window.isVisible())
    assert operator.states()[0] is State.DONE
    assert not studio.working


@pytest.mark.parametrize("finish", [True, False])
def test_closing_finishes_or_gives_back(
    operator: Operator, studio: Studio, renderer: StandInRenderer, finish: bool
) -> None:
    renderer.stuck_at["Sofía"] = "sound"
    studio.start_workers()
    queue_sample(operator)
    operator.until(lambda: operator.states()[0] is State.RUNNING)
    gone: list[bool] = []
    operator.window.closed.connect(lambda: gone.append(True))
    operator.window.close()
    closing = operator.window.closing
    operator.until(closing.isVisible)
    operator.click(closing.finish_button if finish else closing.give_back_button)
    if finish:
        assert not gone
        renderer.let_go.set()
    operator.until(lambda: bool(gone))
    assert not studio.working
    first = studio.jobs()[0]
    assert first.state is (State.DONE if finish else State.READY)
