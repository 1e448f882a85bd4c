"""The queue by mouse and keys: search, filters, sorting, dragging, pausing everything, batches, undo."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from core.jobs.model import State
from core.studio import Studio
from gui.actions import PRIORITIES
from gui.pages import Page
from gui.queue.columns import Column
from gui.queue.row_actions import RowAction
from gui.queue.wanted import Group, SortBy
from tests.gui.operator import Operator
from tests.gui.test_window import CHILDREN, SAMPLE, queue_sample
from tests.gui.workshop import StandInRenderer

pytestmark = pytest.mark.gui

CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def names(operator: Operator) -> list[str]:
    return [record.job.name for record in operator.records()]


def type_in_search(operator: Operator, text: str) -> None:
    operator.press(Qt.Key.Key_F, CONTROL)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, text)


def second_batch(operator: Operator, tmp_path: Path) -> None:
    second = tmp_path / "otra.csv"
    second.write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    operator.drop(second)
    operator.until(operator.window.sheet.agree_button.isEnabled)
    operator.press(Qt.Key.Key_Return)
    operator.until(lambda: operator.window.jobs.rowCount() == 12)
    operator.until(lambda: not operator.window.sheet.isVisible())


# Searching, filtering, sorting


def test_search_finds_names_without_accents_and_escape_shows_all_again(operator: Operator) -> None:
    queue_sample(operator)
    type_in_search(operator, "sofia")
    operator.until(lambda: names(operator) == ["Sofía"])
    operator.press(Qt.Key.Key_Escape)
    operator.until(lambda: len(names(operator)) == 6)
    assert operator.window.queue.table.hasFocus()


def test_search_looks_into_the_texts_too_and_every_word_counts(operator: Operator) -> None:
    queue_sample(operator)
    type_in_search(operator, "barrilete rios")
    operator.until(lambda: names(operator) == ["Iñaki"])
    type_in_search(operator, "barrilete nadie")
    operator.until(lambda: operator.window.queue.rows.wanted.words == ("barrilete", "nadie"))
    assert names(operator) == []


def test_a_chip_shows_its_films_as_they_come_and_go(operator: Operator) -> None:
    queue_sample(operator)
    operator.click_row("Martina")
    operator.press(Qt.Key.Key_P, CONTROL)
    chip = operator.window.queue.filters.chip(Group.HELD)
    operator.until(chip.isVisible)
    operator.click(chip)
    operator.until(lambda: names(operator) == ["Martina"])
    assert chip.accessibleName() == "Paused: 1"
    operator.click_row("Martina")
    operator.press(Qt.Key.Key_R, CONTROL)
    operator.until(lambda: names(operator) == [])
    operator.click(operator.window.queue.filters.chip(Group.ALL))
    operator.until(lambda: len(names(operator)) == 6)


def test_a_click_on_a_header_sorts_turns_and_gives_back_the_queues_order(operator: Operator) -> None:
    queue_sample(operator)
    header = operator.window.queue.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(Column.FILM) + 30, 16)

    def click() -> None:
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)

    click()
    rising = names(operator)
    assert rising == ["Benjamín", "Iñaki", "Martina", "Sofía", "Valentina D'Angelo", "Zoë"]
    click()
    assert names(operator) == rising[::-1]
    click()
    assert names(operator) == CHILDREN


def test_what_is_selected_stays_selected_when_the_order_changes(operator: Operator) -> None:
    queue_sample(operator)
    operator.click_row("Zoë")
    operator.window.queue.table.horizontalHeader().setSortIndicator(Column.FILM, Qt.SortOrder.DescendingOrder)
    assert [record.job.name for record in operator.window.queue.table.chosen()] == ["Zoë"]
    assert operator.row_of("Zoë") == 0
    type_in_search(operator, "z")
    operator.until(lambda: len(names(operator)) < 6)
    assert [record.job.name for record in operator.window.queue.table.chosen()] == ["Zoë"]


def test_the_footer_counts(operator: Operator) -> None:
    queue_sample(operator)
    footer = operator.window.queue.footer
    operator.press(Qt.Key.Key_A, CONTROL)
    operator.until(lambda: footer.words() == "6 films · 6 chosen")
    type_in_search(operator, "zo")
    operator.until(lambda: footer.words().startswith("1 of 6 films"))
    assert names(operator) == ["Zoë"]


# Undo


def test_a_cancel_is_undone_by_its_button(operator: Operator) -> None:
    queue_sample(operator)
    operator.press(Qt.Key.Key_A, CONTROL)
    operator.press(Qt.Key.Key_Delete)
    operator.until(lambda: set(operator.states()) == {State.CANCELLED})
    operator.until(operator.window.undo.isVisible)
    assert operator.window.undo.words() == "6 films cancelled"
    operator.click(operator.window.undo.button)
    operator.until(lambda: set(operator.states()) == {State.READY})
    assert not operator.window.undo.isVisible()


def test_a_cancel_is_undone_by_key_and_paused_films_are_paused_again(operator: Operator) -> None:
    queue_sample(operator)
    operator.click_row("Iñaki")
    operator.press(Qt.Key.Key_P, CONTROL)
    operator.until(lambda: operator.states()[1] is State.HELD)
    operator.press(Qt.Key.Key_Delete)
    operator.until(lambda: operator.states()[1] is State.CANCELLED)
    operator.until(operator.window.actions_.undo.isEnabled)
    operator.press(Qt.Key.Key_Z, CONTROL)
    operator.until(lambda: operator.states()[1] is State.HELD)
    assert not operator.window.actions_.undo.isEnabled()


def test_a_running_film_that_was_cancelled_is_made_after_all(
    operator: Operator, studio: Studio, renderer: StandInRenderer
) -> None:
    renderer.stuck_at["Sofía"] = "sound"
    studio.start_workers()
    queue_sample(operator)
    operator.until(lambda: operator.states()[0] is State.RUNNING)
    operator.click_button("Sofía", RowAction.CANCEL)
    operator.until(lambda: operator.states()[0] is State.CANCELLED)
    renderer.stuck_at.clear()
    operator.press(Qt.Key.Key_Z, CONTROL)
    operator.until(lambda: operator.states() == [State.DONE] * 6)


# The order of the queue


def test_dragged_rows_are_made_earlier(operator: Operator, studio: Studio) -> None:
    queue_sample(operator)
    table, rows = operator.window.queue.table, operator.window.queue.rows
    mime = rows.mimeData([rows.index(4, 0), rows.index(5, 0)])
    assert table.dragEnabled()
    rows.dropMimeData(mime, Qt.DropAction.MoveAction, 1, 0, rows.index(-1, -1))
    wanted = ["Sofía", "Martina", "Zoë", "Iñaki", "Valentina D'Angelo", "Benjamín"]
    operator.until(lambda: names(operator) == wanted)
    studio.start_workers(1)
    operator.until(lambda: operator.states() == [State.DONE] * 6)
    ended = sorted(operator.records(), key=lambda record: record.ended_s)
    assert [record.job.name for record in ended] == wanted


@pytest.mark.parametrize(("down", "row"), [(5, 1), (40, 2), (2000, 6)])
def test_a_row_is_dropped_before_or_behind_the_one_under_the_pointer(operator: Operator, down: int, row: int) -> None:
    queue_sample(operator)
    table = operator.window.queue.table
    top = 2000 if down == 2000 else table.rowViewportPosition(1) + down
    event = QDropEvent(QPointF(30, top), Qt.DropAction.CopyAction, QMimeData(), Qt.MouseButton.LeftButton, NONE)
    assert table._row_under(event) == row


def test_many_drags_to_the_same_place_find_room(operator: Operator) -> None:
    queue_sample(operator)
    rows = operator.window.queue.rows
    for _ in range(70):
        last = rows.record_at(5).job.name
        rows.dropMimeData(rows.mimeData([rows.index(5, 0)]), Qt.DropAction.MoveAction, 1, 0, rows.index(-1, -1))
        operator.until(lambda last=last: names(operator)[1] == last)  # type: ignore[misc]
    places = [record.place for record in operator.records()]
    assert places == sorted(set(places)), "two films have one place"


def test_rows_sorted_otherwise_can_not_be_put_into_the_queue(operator: Operator) -> None:
    queue_sample(operator)
    rows = operator.window.queue.rows
    rows.sort_rows(SortBy.FILM)
    assert not rows.mimeData([rows.index(0, 0)]).formats()


def test_a_film_that_is_made_can_be_dragged_to_another_program(operator: Operator, studio: Studio) -> None:
    studio.start_workers()
    queue_sample(operator)
    operator.until(lambda: operator.states() == [State.DONE] * 6)
    rows = operator.window.queue.rows
    mime = rows.mimeData([rows.index(0, 0)])
    assert [url.toLocalFile() for url in mime.urls()] == [operator.records()[0].job.output]


def test_to_the_front_and_priority_by_menu(operator: Operator) -> None:
    queue_sample(operator)
    operator.click_row("Zoë")
    operator.press(Qt.Key.Key_Up, CONTROL | SHIFT)
    operator.until(lambda: names(operator)[0] == "Zoë")
    operator.click_row("Martina")
    operator.choose_in_menu(operator.window.actions_.priorities[1])
    operator.until(lambda: next(r for r in operator.records() if r.job.name == "Martina").job.priority == PRIORITIES[1])
    operator.until(lambda: names(operator)[:2] == ["Martina", "Zoë"])


def test_the_context_menu_has_what_can_be_done(operator: Operator) -> None:
    """It is not opened here: a platform without a screen has no menus."""
    queue_sample(operator)
    operator.click_row("Sofía")
    entries = operator.window.queue_desk.row_menu.actions()
    able = {action.text().replace("&", "") for action in entries if action.isEnabled() and action.text()}
    assert {"Pause", "Cancel", "To the front", "Begin at…"} <= able
    assert "Open film" not in able


# Everything, and whole batches


def test_everything_is_paused_and_goes_on(operator: Operator, studio: Studio, renderer: StandInRenderer) -> None:
    renderer.stuck_at["Sofía"] = "sound"
    studio.start_workers(1)
    queue_sample(operator)
    operator.until(lambda: operator.states()[0] is State.RUNNING)
    operator.press(Qt.Key.Key_P, CONTROL | SHIFT)
    operator.until(lambda: set(operator.states()) == {State.HELD})
    renderer.stuck_at.clear()
    operator.press(Qt.Key.Key_R, CONTROL | SHIFT)
    operator.until(lambda: operator.states() == [State.DONE] * 6)


def test_it_stops_after_the_running_ones(operator: Operator, studio: Studio, renderer: StandInRenderer) -> None:
    renderer.stuck_at["Sofía"] = "sound"
    studio.start_workers(1)
    queue_sample(operator)
    operator.until(lambda: operator.states()[0] is State.RUNNING)
    operator.until(operator.window.actions_.stop_after.isEnabled)
    operator.press(Qt.Key.Key_S, CONTROL | SHIFT)
    operator.until(lambda: operator.states()[1:] == [State.HELD] * 5)
    renderer.let_go.set()
    operator.until(lambda: operator.states()[0] is State.DONE)
    assert operator.states()[1:] == [State.HELD] * 5


def test_a_card_pauses_its_batch_only(operator: Operator, tmp_path: Path) -> None:
    queue_sample(operator)
    second_batch(operator, tmp_path)
    operator.click(operator.window.queue.filters.chip(Group.ALL))
    newest, oldest = operator.window.queue.strip.cards()
    operator.click(newest.pause_button)
    operator.until(lambda: newest.tally.counts[State.HELD] == 6)
    assert oldest.tally.counts[State.READY] == 6
    operator.until(newest.go_on_button.isVisible)
    operator.click(newest.go_on_button)
    operator.until(lambda: newest.tally.counts[State.READY] == 6)


def choose(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text() == words).trigger()


def test_a_batch_begins_at_a_time_and_can_begin_now(operator: Operator) -> None:
    queue_sample(operator)
    card = operator.window.queue.strip.cards()[0]
    choose(operator.window.queue_desk.batch_menu(card.tally.batch.id), "Begin at…")
    operator.until(operator.window.moments.isVisible)
    operator.press(Qt.Key.Key_Return)
    operator.until(lambda: set(operator.states()) == {State.DELAYED})
    assert operator.records()[0].due_s > time.time()
    assert operator.window.queue.table.model().index(0, Column.STATE).data() == "Scheduled"
    choose(operator.window.queue_desk.batch_menu(card.tally.batch.id), "Begin now")
    operator.until(lambda: set(operator.states()) == {State.READY})


def test_a_deadline_that_will_be_missed_is_told(operator: Operator, studio: Studio, renderer: StandInRenderer) -> None:
    queue_sample(operator)
    card = operator.window.queue.strip.cards()[0]
    choose(operator.window.queue_desk.batch_menu(card.tally.batch.id), "Due by…")
    operator.until(operator.window.moments.isVisible)
    operator.press(Qt.Key.Key_Return)
    operator.until(lambda: card.tally.batch.deadline_s > time.time())
    assert studio.batches()[0].deadline_s == card.tally.batch.deadline_s
    operator.window.jobs.pace._took.append(7200.0)
    renderer.stuck_at["Sofía"] = "sound"
    studio.start_workers(1)
    operator.until(lambda: "will miss" in card.accessibleName())
    assert card.outlook()[1]


def test_the_first_five_are_made_and_then_it_asks(operator: Operator, studio: Studio) -> None:
    studio.start_workers()
    operator.drop(SAMPLE)
    operator.until(operator.window.sheet.first_button.isEnabled)
    operator.click(operator.window.sheet.first_button)
    operator.until(lambda: operator.states() == [State.DONE] * 5 + [State.HELD])
    card = operator.window.queue.strip.cards()[0]
    operator.until(card.rest_button.isVisible)
    assert "The first 5 are made" in card.accessibleName()
    operator.until(lambda: "first films are made" in operator.window.banner.accessibleName())
    operator.click(card.rest_button)
    operator.until(lambda: operator.states() == [State.DONE] * 6)
    operator.until(lambda: "is finished" in operator.window.banner.accessibleName())


def test_the_time_left_is_told_once_a_film_is_made(
    operator: Operator, studio: Studio, renderer: StandInRenderer
) -> None:
    renderer.stuck_at["Iñaki"] = "sound"
    studio.start_workers(1)
    queue_sample(operator)
    operator.until(lambda: operator.states()[1] is State.RUNNING)
    card = operator.window.queue.strip.cards()[0]
    operator.until(lambda: "left, done at" in card.accessibleName())
    assert operator.window.queue.table.model().index(0, Column.TIME).data().startswith("took ")


def test_the_end_of_a_batch_is_told_once(operator: Operator, studio: Studio) -> None:
    told: list[str] = []
    operator.window.news.told.connect(lambda _, headline, words: told.append(f"{headline}: {words}"))
    studio.start_workers()
    queue_sample(operator)
    operator.until(lambda: operator.states() == [State.DONE] * 6)
    operator.until(lambda: bool(told))
    assert told == ["lote-navidad is finished: 6 films made"]


# What the window remembers


def test_column_widths_order_and_folder_are_there_the_next_time(
    operator: Operator, studio: Studio, tmp_path: Path
) -> None:
    queue_sample(operator)
    table = operator.window.queue.table
    table.setColumnWidth(Column.FILM, 277)
    table.horizontalHeader().setSortIndicator(Column.FILM, Qt.SortOrder.DescendingOrder)
    operator.window.sheet.folder_chosen.emit(tmp_path / "elsewhere")
    operator.drop(SAMPLE)
    operator.until(operator.window.sheet.agree_button.isEnabled)
    operator.press(Qt.Key.Key_Return)
    operator.until(lambda: operator.window.jobs.rowCount() == 12)
    operator.window.close()
    operator.until(lambda: not operator.window.isVisible())

    from gui.session import open_window

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    window, bridge = open_window(app, studio)
    try:
        assert window.queue.table.columnWidth(Column.FILM) == 277
        assert window.queue.rows.sort_by is SortBy.FILM
        window.show()
        window.intake.take([SAMPLE])
        operator.until(window.sheet.agree_button.isEnabled)
        assert window.intake._out == tmp_path / "elsewhere"
    finally:
        bridge.stop()
        window.languages.leave()
        window.hide()
        window.deleteLater()


def test_every_page_has_its_key(operator: Operator) -> None:
    queue_sample(operator)
    for page in Page:
        operator.press(getattr(Qt.Key, f"Key_{page.key[-1]}"), CONTROL)
        assert operator.window.rail.button(page).isChecked()
