"""The sheet before rendering: what is chosen there decides what is queued."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.jobs.model import State, Strategy
from core.studio import Studio
from gui.widgets.choice import QuietBox
from tests.gui.operator import Operator
from tests.gui.test_window import MISTAKES, SAMPLE

pytestmark = pytest.mark.gui


def opened(operator: Operator, file: Path = SAMPLE) -> None:
    operator.drop(file)
    operator.until(operator.window.sheet.agree_button.isEnabled)


def pick(operator: Operator, box: QuietBox, words: str) -> None:
    """With the keyboard, as who tabs there would."""
    intake = operator.window.intake
    while box.currentText() != words:
        box.setFocus()
        turn = intake._turn
        operator.press(Qt.Key.Key_Down if box.findText(words) > box.currentIndex() else Qt.Key.Key_Up)
        if box is not operator.window.sheet.options.review.box:
            operator.until(lambda turn=turn: intake._turn > turn)  # type: ignore[misc]
            operator.until(lambda: intake._checked is not None)


def agree(operator: Operator, films: int = 6) -> None:
    operator.until(operator.window.sheet.agree_button.isEnabled)
    operator.click(operator.window.sheet.agree_button)
    operator.until(lambda: len(operator.records()) == films)


def test_the_first_childs_words_are_shown_and_how_long_the_film_will_be(operator: Operator) -> None:
    opened(operator)
    preview = operator.window.sheet.preview
    operator.until(lambda: "Sofía" in preview.text.toPlainText())
    assert "aprendiste a leer solita" in preview.text.toPlainText()
    assert "{" not in preview.text.toPlainText()
    minutes, seconds = preview.length().removeprefix("about ").split(":")
    assert 40 < 60 * int(minutes) + int(seconds) < 180


def test_preset_and_strategy_are_those_of_the_queued_jobs(operator: Operator) -> None:
    opened(operator)
    options = operator.window.sheet.options
    second = options.preset.box.itemText(1)
    pick(operator, options.preset.box, second)
    operator.until(operator.window.sheet.agree_button.isEnabled)
    assert options.preset.box.currentText() == second
    pick(operator, options.strategy.box, "Voice-over")
    agree(operator)
    jobs = [record.job for record in operator.records()]
    assert {job.preset for job in jobs} == {[*operator.window.intake._studio.presets()][1]}
    assert {job.strategy for job in jobs} == {Strategy.VOICEOVER}


def test_captions_are_those_of_the_queued_jobs(operator: Operator) -> None:
    opened(operator)
    pick(operator, operator.window.sheet.options.captions.box, "On the picture")
    agree(operator)
    assert {record.job.captions for record in operator.records()} == {"burned"}


@pytest.mark.parametrize("name", ["lote.csv", "Ágatha.txt"])
def test_what_a_file_is_written_in_can_be_said(operator: Operator, tmp_path: Path, name: str) -> None:
    """No accent of DOS' is right in any encoding that is guessed."""
    file = tmp_path / name
    file.write_bytes("nombre: Ágatha\n\nHola.\n".replace(": " if name.endswith(".csv") else "\0", "\n").encode("cp850"))
    opened(operator, file)
    sheet = operator.window.sheet
    operator.click(sheet.columns_button)
    box = sheet.columns.encoding_boxes[file]
    assert box.currentText() in ("Windows-1252", "Mac Roman")
    box.setCurrentIndex(box.findText("DOS (850)"))
    box.activated.emit(box.currentIndex())
    operator.until(lambda: sheet.columns.encoding_boxes[file] is not box)
    assert sheet.columns.encoding_boxes[file].currentText() == "DOS (850)"
    operator.until(sheet.agree_button.isEnabled)
    operator.click(sheet.agree_button)
    operator.until(lambda: len(operator.records()) > 0)
    assert operator.records()[0].job.name == "Ágatha"


def test_one_film_in_five_is_to_be_reviewed(operator: Operator, studio: Studio) -> None:
    opened(operator)
    pick(operator, operator.window.sheet.options.review.box, "One in 5")
    agree(operator)
    assert [record.job.review for record in operator.records()] == [True, False, False, False, False, True]
    studio.start_workers()
    operator.until(lambda: operator.states() == [State.REVIEW, *[State.DONE] * 4, State.REVIEW])


def test_a_start_and_a_deadline(operator: Operator, studio: Studio) -> None:
    opened(operator)
    options = operator.window.sheet.options
    for choice in (options.start, options.deadline):
        choice.box.setFocus()
        operator.press(Qt.Key.Key_Space)
        assert choice.field.isEnabled()
    agree(operator)
    operator.until(lambda: set(operator.states()) == {State.DELAYED})
    [batch] = studio.batches()
    assert batch.start_s == batch.deadline_s > time.time()
    opened(operator)
    assert not options.start.box.isChecked()


def test_the_refused_rows_can_be_taken_away(operator: Operator, tmp_path: Path) -> None:
    opened(operator, MISTAKES)
    sheet = operator.window.sheet
    assert sheet.export_button.isVisible()
    file = tmp_path / "rechazadas.csv"
    sheet.export_wanted.emit(file)
    operator.until(lambda: "written to rechazadas.csv" in sheet.complaint())
    with file.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream, delimiter=";"))
    assert len(lines) > 3
    assert any(line[0] == "lote-con-errores.csv · 3" and "nombre" in line[1] for line in lines)


def test_nothing_refused_nothing_to_take_away(operator: Operator) -> None:
    opened(operator)
    assert not operator.window.sheet.export_button.isVisible()


def test_what_a_column_means_can_be_said_and_is_remembered(operator: Operator, tmp_path: Path) -> None:
    file = tmp_path / "raro.csv"
    file.write_text("quién,logro\nZoë,nadaste\nAna,leíste\n", encoding="utf-8")
    operator.drop(file)
    sheet = operator.window.sheet
    operator.until(sheet.columns_button.isVisible)
    assert not sheet.agree_button.isEnabled()
    operator.click(sheet.columns_button)
    box = sheet.columns.boxes["quién"]
    box.setCurrentIndex(box.findData("nombre"))
    box.activated.emit(box.currentIndex())
    operator.until(sheet.agree_button.isEnabled)
    assert sheet.agree_button.text() == "Render 2 films"
    operator.press(Qt.Key.Key_Escape)
    operator.until(lambda: not sheet.isVisible())
    operator.drop(file)
    operator.until(sheet.agree_button.isEnabled)


def test_a_folder_with_files_and_a_file_beside_it_at_once(operator: Operator, tmp_path: Path) -> None:
    folder = tmp_path / "colegio"
    folder.mkdir()
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text("nombre\nZoë\nAna\n", encoding="utf-8")
    operator.drop(folder, SAMPLE)
    operator.until(operator.window.sheet.agree_button.isEnabled)
    assert operator.window.sheet.agree_button.text() == "Render 10 films"


def test_the_last_folder_being_gone_is_no_obstacle(operator: Operator, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    operator.window.intake._out, operator.window.intake._remembered = blocked / "films", True
    opened(operator)
    agree(operator)
    assert operator.records()[0].job.output.startswith(str(tmp_path / "films"))


def test_tab_goes_through_the_sheet_and_stays_in_it(operator: Operator) -> None:
    opened(operator)
    sheet = operator.window.sheet
    seen = set()
    for _ in range(40):
        QTest.keyClick(operator.window.focusWidget(), Qt.Key.Key_Tab)
        widget = operator.window.focusWidget()
        assert widget is not None
        assert sheet.isAncestorOf(widget)
        seen.add(widget)
    assert {sheet.agree_button, sheet.first_button, sheet.options.template.box, sheet.options.start.box} <= seen
