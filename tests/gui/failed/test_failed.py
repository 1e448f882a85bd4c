"""The Failed page by mouse and keys: causes, details, editing, discarding, exporting; and what only waits."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from core.errors import AnswerLost, EnvironmentFault, JobFault, RenderError
from core.jobs.model import Failure, JobRecord, State
from core.studio import Studio
from gui.failed.delegate import DETAILS, EDIT, RETRY
from gui.failed.model import FailedRole
from gui.pages import Page
from tests.gui.operator import Operator
from tests.gui.test_window import queue_sample
from tests.gui.workshop import StandInRenderer
from tests.stand_ins import make_jobs

pytestmark = pytest.mark.gui

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_calls = count(1)
_LEFT = Qt.MouseButton.LeftButton


def mute() -> RenderError:
    return JobFault("voice_refused", "The voice can't say this.", "Correct the text.", detail="espeak: exit status 1")


def broken() -> RenderError:
    return JobFault("clip_broken", "The clip is broken.", "Put a good one in its place.")


def disk() -> RenderError:
    return EnvironmentFault("disk_full", "The disk is full.", "Make room there.", waits_for="provider:elevenlabs")


def lost() -> RenderError:
    return AnswerLost(
        "answer_lost", "The answer was lost.", "Look at your account.", waits_for=f"person:call:{next(_calls)}"
    )


@pytest.fixture
def failing(operator: Operator, studio: Studio, renderer: StandInRenderer) -> Callable[..., Operator]:
    """Six films of which those named fail; the window shows the Failed page."""

    def begin(**faults: Callable[[], RenderError]) -> Operator:
        renderer.faults.update({name.replace("_", " "): fault for name, fault in faults.items()})
        renderer.seconds = 0.05
        studio.start_workers()
        queue_sample(operator)
        operator.until(lambda: not any(studio.counts()[state] for state in (State.READY, State.RUNNING)))
        operator.click(operator.window.rail.button(Page.FAILED))
        operator.until(lambda: settled(operator, studio))
        return operator

    return begin


def settled(operator: Operator, studio: Studio) -> bool:
    page = operator.window.failed
    counts = studio.counts()
    return (len(page.failed), len(page.held_up)) == (counts[State.FAILED], counts[State.PARKED])


def causes(operator: Operator) -> list[str]:
    model = operator.window.failed.model
    return [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]


def film(operator: Operator, name: str) -> QModelIndex:
    """The row of a film, its cause opened."""
    page = operator.window.failed
    record = next(one for one in page.failed.records() if one.job.name == name)
    index = page.model.index_of_record(record.id)
    page.list.setExpanded(index.parent(), True)
    return index


def click_row(operator: Operator, index: QModelIndex, modifier: Qt.KeyboardModifier | None = None) -> None:
    view = operator.window.failed.list
    place = view.visualRect(index).center()
    QTest.mouseClick(view.viewport(), _LEFT, modifier or Qt.KeyboardModifier.NoModifier, place)


def click_button(operator: Operator, index: QModelIndex, key: str) -> None:
    view = operator.window.failed.list
    view.scrollTo(index)
    place = view.button_rect(index, key).center()
    QTest.mouseMove(view.viewport(), place)
    QTest.mouseClick(view.viewport(), _LEFT, Qt.KeyboardModifier.NoModifier, place)


def record(studio: Studio, name: str) -> JobRecord:
    return next(one for one in studio.jobs() if one.job.name == name)


def test_causes_the_most_frequent_first_in_plain_words(failing: Callable[..., Operator]) -> None:
    operator = failing(Sofía=broken, Iñaki=mute, Zoë=mute)
    assert causes(operator) == ["2 films: The voice can't say this.", "1 film: The clip is broken."]
    group = operator.window.failed.model.index(0, 0)
    view = operator.window.failed.list
    assert not view.isExpanded(group)
    click_row(operator, group)
    assert view.isExpanded(group)
    click_row(operator, group)
    assert not view.isExpanded(group)


def test_one_film_is_tried_again_by_its_button(
    failing: Callable[..., Operator], studio: Studio, renderer: StandInRenderer
) -> None:
    operator = failing(Iñaki=mute, Zoë=mute)
    renderer.faults.clear()
    click_button(operator, film(operator, "Zoë"), RETRY)
    operator.until(lambda: record(studio, "Zoë").state is State.DONE)
    assert record(studio, "Iñaki").state is State.FAILED
    operator.until(lambda: causes(operator) == ["1 film: The voice can't say this."])


def test_a_cause_is_tried_again_by_its_button(
    failing: Callable[..., Operator], studio: Studio, renderer: StandInRenderer
) -> None:
    operator = failing(Sofía=broken, Iñaki=mute, Zoë=mute)
    renderer.faults.clear()
    click_button(operator, operator.window.failed.model.index(0, 0), RETRY)
    operator.until(lambda: studio.counts()[State.DONE] == 5)
    assert record(studio, "Sofía").state is State.FAILED


def test_a_selection_by_keys_and_all_of_them(
    failing: Callable[..., Operator], studio: Studio, renderer: StandInRenderer
) -> None:
    operator = failing(Sofía=mute, Iñaki=mute, Zoë=mute)
    renderer.faults.clear()
    click_row(operator, film(operator, "Sofía"))
    click_row(operator, film(operator, "Zoë"), CTRL)
    operator.press(Qt.Key.Key_T, CTRL)
    operator.until(lambda: studio.counts()[State.DONE] == 5)
    operator.press(Qt.Key.Key_T, CTRL | SHIFT)
    operator.until(lambda: studio.counts()[State.DONE] == 6)
    operator.until(lambda: not operator.window.failed.list.isVisible())


def test_details_show_every_attempt_and_the_technical_part_behind_a_click(failing: Callable[..., Operator]) -> None:
    operator = failing(Zoë=mute)
    click_row(operator, film(operator, "Zoë"))
    operator.press(Qt.Key.Key_Return)
    sheet = operator.window.desks.failure_sheet
    operator.until(lambda: len(sheet.attempts.lines()) == 1)
    assert sheet.isVisible()
    line = sheet.attempts.lines()[0]
    assert line.startswith("Attempt 1 · ")
    assert "Speaking the text" in line
    assert "The voice can't say this." in line
    assert sheet.detail == ""
    operator.click(sheet.detail_button)
    assert "voice_refused (JobFault)" in sheet.detail
    assert "espeak: exit status 1" in sheet.detail
    operator.click(sheet.copy_button)
    assert "espeak: exit status 1" in QApplication.clipboard().text()
    operator.press(Qt.Key.Key_Escape)
    operator.until(lambda: not sheet.isVisible())


def test_from_the_details_it_is_tried_again(
    failing: Callable[..., Operator], studio: Studio, renderer: StandInRenderer
) -> None:
    operator = failing(Zoë=mute)
    renderer.faults.clear()
    click_button(operator, film(operator, "Zoë"), DETAILS)
    operator.until(operator.window.desks.failure_sheet.isVisible)
    operator.press(Qt.Key.Key_Return)
    operator.until(lambda: record(studio, "Zoë").state is State.DONE)


def test_the_text_is_corrected_and_the_film_made(
    failing: Callable[..., Operator], studio: Studio, renderer: StandInRenderer
) -> None:
    operator = failing(Zoë=mute)
    renderer.faults.clear()
    click_button(operator, film(operator, "Zoë"), EDIT)
    sheet = operator.window.desks.edit_sheet
    operator.until(lambda: "Zoë" in sheet.says)
    name = sheet.fields["nombre"]
    assert name.text == "Zoë"
    operator.click(name.box.viewport())
    QTest.keyClick(name.box, Qt.Key.Key_A, CTRL)
    QTest.keyClick(name.box, Qt.Key.Key_Delete)
    operator.until(lambda: "is empty" in name.wrong)
    assert not sheet.save_button.isEnabled()
    QTest.keyClicks(name.box, "Zoe Ann")
    operator.until(sheet.save_button.isEnabled)
    operator.press(Qt.Key.Key_Return, CTRL)
    operator.until(lambda: "Zoe Ann" in [one.job.name for one in studio.jobs(state=State.DONE)])
    made = record(studio, "Zoe Ann")
    assert made.job.fields["nombre"] == "Zoe Ann"
    assert Path(made.job.output).name == "0007-Zoe Ann.mp4"
    assert Path(made.job.output).is_file()
    operator.until(lambda: not sheet.isVisible())


def test_a_whole_script_takes_the_place_of_the_templates_words(
    failing: Callable[..., Operator], studio: Studio, renderer: StandInRenderer
) -> None:
    operator = failing(Zoë=mute)
    renderer.faults.clear()
    click_row(operator, film(operator, "Zoë"))
    operator.press(Qt.Key.Key_E, CTRL)
    sheet = operator.window.desks.edit_sheet
    operator.until(lambda: bool(sheet.says))
    before = sheet.says
    operator.click(sheet.script.box.viewport())
    QTest.keyClicks(sheet.script.box, "Hola, amiga.")
    operator.until(lambda: sheet.says != before and "Hola, amiga." in sheet.says)
    operator.click(sheet.save_button)
    operator.until(lambda: record(studio, "Zoë").job.script == "Hola, amiga.")


def test_discarding_can_be_undone(failing: Callable[..., Operator], studio: Studio) -> None:
    operator = failing(Iñaki=mute, Zoë=mute)
    click_row(operator, film(operator, "Zoë"))
    operator.press(Qt.Key.Key_Delete)
    operator.until(lambda: record(studio, "Zoë").state is State.CANCELLED)
    operator.until(operator.window.undo.isVisible)
    assert "1 film discarded" in operator.window.undo.words()
    operator.click(operator.window.undo.button)
    operator.until(lambda: record(studio, "Zoë").state is State.FAILED)
    operator.until(lambda: causes(operator) == ["2 films: The voice can't say this."])


def save_as(operator: Operator, kind: str, file: Path) -> None:
    """Through the dialog that Export opens: its filter chosen, its name typed."""
    operator.press(Qt.Key.Key_E, CTRL | SHIFT)
    operator.until(lambda: bool(operator.window.failed.findChildren(QFileDialog)))
    dialog = operator.window.failed.findChildren(QFileDialog)[0]
    name = next(one for one in dialog.nameFilters() if kind in one)
    dialog.selectNameFilter(name)
    dialog.filterSelected.emit(name)
    dialog.selectFile(str(file))
    dialog.accept()
    operator.until(lambda: not operator.window.failed.findChildren(QFileDialog))


@pytest.fixture
def plain_dialogs() -> None:
    """Qt's own, so that a test can use it where a desktop would bring its own."""
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)


@pytest.mark.usefixtures("plain_dialogs")
def test_the_failed_rows_can_be_saved_and_dropped_again(
    failing: Callable[..., Operator], studio: Studio, tmp_path: Path
) -> None:
    operator = failing(Iñaki=mute, Zoë=mute)
    operator.press(Qt.Key.Key_Home)
    click_row(operator, film(operator, "Zoë"))
    save_as(operator, "drop again", tmp_path / "otra-vez")
    operator.until((tmp_path / "otra-vez.csv").is_file)
    checked = studio.check([tmp_path / "otra-vez.csv"], studio.order())
    [row] = checked.accepted
    before = record(studio, "Zoë").job
    assert (row.job.name, row.job.fields, row.job.language) == (before.name, before.fields, before.language)


@pytest.mark.usefixtures("plain_dialogs")
def test_a_report_holds_remedies_and_history(failing: Callable[..., Operator], tmp_path: Path) -> None:
    operator = failing(Iñaki=mute, Zoë=broken)
    operator.window.failed.list.clearSelection()
    save_as(operator, "*.json", tmp_path / "fallidos")
    operator.until((tmp_path / "fallidos.json").is_file)
    jobs = json.loads((tmp_path / "fallidos.json").read_text(encoding="utf-8"))["jobs"]
    assert {job["remedy"] for job in jobs} == {"Correct the text.", "Put a good one in its place."}
    assert all(len(job["history"]) == 1 for job in jobs)
    operator.until(lambda: "2 films saved in fallidos.json" in operator.window.banner.accessibleName())


def test_what_waits_is_apart_and_says_when_it_goes_on(
    failing: Callable[..., Operator], studio: Studio, renderer: StandInRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    back: list[str] = []
    monkeypatch.setitem(studio._parts.probes._probes, "provider", lambda _: bool(back))
    operator = failing(Sofía=disk, Iñaki=disk, Zoë=mute)
    assert causes(operator) == ["1 film: The voice can't say this."]
    [card] = operator.window.failed.parked.cards()
    operator.until(lambda: "asked again in" in card.when)
    assert card.when.startswith("2 films · goes on by itself")
    assert not card.again_button.isVisible()
    renderer.faults.clear()
    back.append("yes")
    operator.click(card.ask_button)
    operator.until(lambda: studio.counts()[State.DONE] == 5)
    operator.until(lambda: not operator.window.failed.parked.isVisible())


def test_what_waits_for_a_person_has_buttons(
    failing: Callable[..., Operator], studio: Studio, renderer: StandInRenderer
) -> None:
    operator = failing(Sofía=lost, Iñaki=lost)
    [card] = operator.window.failed.parked.cards()
    assert "waits for you" in card.when
    assert not card.ask_button.isVisible()
    operator.click(card.details_button)
    operator.until(operator.window.desks.failure_sheet.isVisible)
    assert not operator.window.desks.failure_sheet.retry_button.isVisible()
    operator.press(Qt.Key.Key_Escape)
    operator.until(lambda: not operator.window.desks.failure_sheet.isVisible())
    operator.click(card.cancel_button)
    operator.until(lambda: studio.counts()[State.CANCELLED] == 2)
    operator.until(operator.window.undo.isVisible)
    operator.click(operator.window.undo.button)
    operator.until(lambda: studio.counts()[State.PARKED] == 2)
    renderer.faults.clear()
    operator.until(lambda: bool(operator.window.failed.parked.cards()))
    [card] = operator.window.failed.parked.cards()
    operator.until(card.again_button.isVisible)
    operator.click(card.again_button)
    operator.until(lambda: studio.counts()[State.DONE] == 6)


def test_when_nothing_failed_it_says_when_something_last_did(
    failing: Callable[..., Operator], studio: Studio, renderer: StandInRenderer
) -> None:
    operator = failing(Zoë=mute)
    assert operator.window.failed.list.isVisible()
    renderer.faults.clear()
    click_button(operator, operator.window.failed.model.index(0, 0), RETRY)
    operator.until(lambda: studio.counts()[State.DONE] == 6)
    operator.until(lambda: "The last one failed just now." in operator.window.failed.said_when_empty())


def test_many_failures_come_and_go_and_selection_stays(
    failing: Callable[..., Operator], studio: Studio, renderer: StandInRenderer, tmp_path: Path
) -> None:
    operator = failing(Zoë=mute)
    click_row(operator, film(operator, "Zoë"))
    renderer.seconds = 0.0
    renderer.faults["Ana"] = mute
    sheet = tmp_path / "muchas.csv"
    sheet.write_text("\n".join(["nombre", *["Ana"] * 120]), encoding="utf-8")
    studio.submit(studio.check([sheet], studio.order()))
    operator.until(lambda: len(operator.window.failed.failed) == 121, 30_000)
    assert [one.job.name for one in operator.window.failed.chosen()] == ["Zoë"]
    index = operator.window.failed.model.index(0, 0)
    assert len(index.data(FailedRole.CAUSE).records) == 121
    renderer.faults.clear()
    click_button(operator, index, RETRY)
    operator.until(lambda: studio.counts()[State.DONE] == 126, 30_000)
    operator.until(lambda: len(operator.window.failed.failed) == 0)


def test_tab_goes_from_the_buttons_over_what_waits_to_the_list(failing: Callable[..., Operator]) -> None:
    operator = failing(Sofía=lost, Zoë=mute)
    page = operator.window.failed
    [card] = page.parked.cards()
    operator.until(card.again_button.isVisible)
    page.list.setFocus()
    seen: list[object] = []
    for _ in range(3):
        operator.press(Qt.Key.Key_Backtab, SHIFT)
        seen.append(QApplication.focusWidget())
    assert seen == [card.again_button, card.cancel_button, card.details_button]


def test_what_failed_before_the_window_was_opened_is_there(
    studio: Studio, open_operator: Callable[[], Operator]
) -> None:
    """Also behind a queue so long that the window only sketches it at first."""
    batch, jobs = make_jobs(1100)
    studio.store.submit(batch, jobs)
    failure = Failure.of(mute(), "speech")
    for _ in range(30):
        claim = studio.store.claim("m/1", lease_s=30)
        assert claim is not None
        studio.store.fail(claim, failure)
    operator = open_operator()
    operator.click(operator.window.rail.button(Page.FAILED))
    operator.until(lambda: causes(operator) == ["30 films: The voice can't say this."], 30_000)
