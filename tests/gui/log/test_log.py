"""The Log page as an operator uses it: looks, filters, follows, copies, asks for help."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from core.jobs.model import Failure
from core.studio import Studio
from core.text import Text
from gui.log import desk
from gui.log.lines_model import Column
from gui.log.page import LogPage
from gui.pages import Page
from tests.gui.failed.test_failed import click_row, film
from tests.gui.operator import Operator
from tests.stand_ins import make_jobs

JOB, OTHER, BATCH = "0" * 19 + "1", "0" * 19 + "2", "b" * 20


def line(message: str, level: str = "info", job: str = "", batch: str = "") -> str:
    told = f" job={job} batch={batch or BATCH}" if job else ""
    return f"2026-11-23T05:00:00.000000Z [{level:<8} ] {message:<30} [core.workers.worker]{told} machine=mill\n"


@pytest.fixture
def log(studio: Studio) -> Path:
    file = studio.folder.logs / "trineo.log"
    file.write_text(
        line("the program began")
        + line("looked closer", "debug", JOB)
        + line("job claimed", "info", JOB)
        + line("voice is slow", "warning", JOB)
        + line("job claimed", "info", OTHER)
        + line("film lost", "error", OTHER),
        encoding="utf-8",
    )
    return file


@pytest.fixture
def page(log: Path, operator: Operator) -> LogPage:
    operator.window.actions_.pages[Page.LOG].trigger()
    page = operator.window.about.log
    operator.until(lambda: page.board.lines.rowCount() == 6)
    return page


def messages(page: LogPage) -> list[str]:
    return [one.message for one in page.board.lines.shown()]


def add(log: Path, *lines: str) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.writelines(lines)


def click_line(operator: Operator, page: LogPage, row: int) -> None:
    where = page.board.table.visualRect(page.board.lines.index(row, Column.WHAT)).center()
    QTest.mouseClick(page.board.table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    operator.until(page.board.details.isVisible)


def test_levels_are_words_and_the_newest_is_last(page: LogPage) -> None:
    def words(column: Column) -> list[str]:
        return [page.board.lines.index(row, column).data() for row in range(6)]

    assert words(Column.LEVEL) == ["Step", "Detail", "Step", "Warning", "Step", "Error"]
    assert messages(page)[-1] == "film lost"
    assert page.board.told() == "6 lines"


def test_by_level_and_by_text(operator: Operator, page: LogPage) -> None:
    operator.click(page.board.filters.levels["warning"])
    operator.until(lambda: messages(page) == ["voice is slow", "film lost"])
    assert page.board.told() == "2 of 6 lines"
    operator.click(page.board.filters.levels[""])
    page.board.filters.search.setFocus()
    QTest.keyClicks(page.board.filters.search, "CLAIMED")
    operator.until(lambda: messages(page) == ["job claimed"] * 2)
    QTest.keyClick(page.board.filters.search, Qt.Key.Key_Escape)
    operator.until(lambda: page.board.lines.rowCount() == 6)
    assert page.board.table.hasFocus()
    QTest.keyClicks(page.board.filters.search, "nothing like it")
    operator.until(lambda: page.board.why_empty() == "No line is as you want it.")


def test_only_this_film_and_back(operator: Operator, page: LogPage) -> None:
    click_line(operator, page, 3)
    assert "job=" + JOB in page.board.details.text.toPlainText()
    operator.click(page.board.details.film_button)
    operator.until(lambda: messages(page) == ["looked closer", "job claimed", "voice is slow"])
    operator.click(page.board.filters.film)
    operator.until(lambda: page.board.lines.rowCount() == 6)


def test_by_batch(operator: Operator, studio: Studio, page: LogPage, log: Path) -> None:
    batch, jobs = make_jobs(1)
    studio.store.submit(batch, jobs)
    add(log, line("of that batch", "info", jobs[0].id, batch.id))
    operator.until(lambda: page.board.filters.batch_box.count() == 2)
    operator.until(lambda: page.board.lines.rowCount() == 7)
    page.board.filters.batch_box.setFocus()
    QTest.keyClick(page.board.filters.batch_box, Qt.Key.Key_Down)
    operator.until(lambda: messages(page) == ["of that batch"])
    operator.until(lambda: page.board.lines.index(0, Column.FILM).data() == "Child 0")


def test_it_follows_until_one_scrolls_up_and_a_button_goes_back(operator: Operator, page: LogPage, log: Path) -> None:
    bar = page.board.table.verticalScrollBar()
    add(log, *(line(f"line {number}") for number in range(300)))
    operator.until(lambda: page.board.lines.rowCount() == 306)
    operator.until(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    assert not page.board.newest.isEnabled()
    QTest.keyClick(page.board.table, Qt.Key.Key_Home)
    operator.until(page.board.newest.isEnabled)
    add(log, line("one more"), line("and another"))
    operator.until(lambda: page.board.lines.rowCount() == 308)
    assert bar.value() == 0
    operator.until(lambda: page.board.newest.text() == "2 new: to the newest")
    operator.click(page.board.newest)
    operator.until(lambda: bar.value() == bar.maximum())
    add(log, line("the last"))
    operator.until(lambda: page.board.lines.rowCount() == 309 and bar.value() == bar.maximum())


def test_rotated_while_it_is_looked_at(operator: Operator, page: LogPage, log: Path) -> None:
    add(log, line("before"))
    log.rename(log.with_name("trineo.log.1"))
    add(log, line("after"), "\x00\udcff broken\n".encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
    operator.until(lambda: page.board.lines.rowCount() == 9)
    assert messages(page)[-3:-1] == ["before", "after"]
    assert "broken" in messages(page)[-1]


def test_what_is_not_looked_at_is_not_read(operator: Operator, page: LogPage, log: Path) -> None:
    operator.window.actions_.pages[Page.QUEUE].trigger()
    add(log, line("meanwhile"))
    QTest.qWait(3 * desk.LOOK_MS)
    assert page.board.lines.rowCount() == 6
    operator.window.actions_.pages[Page.LOG].trigger()
    operator.until(lambda: messages(page)[-1] == "meanwhile")


def test_lines_are_copied_by_key_and_by_button(operator: Operator, page: LogPage) -> None:
    click_line(operator, page, 3)
    operator.press(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.board.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert ["job claimed" in copied[0], "voice is slow" in copied[1], len(copied)] == [True, True, 2]
    click_line(operator, page, 0)
    operator.click(page.board.details.copy_button)
    assert "the program began" in QGuiApplication.clipboard().text()


def test_a_films_story_is_copied_without_its_words(operator: Operator, studio: Studio, log: Path) -> None:
    batch, [job] = make_jobs(1)
    studio.store.submit(batch, [job.edited(name="Zoë Ñandú", fields={"nombre": "Zoë Ñandú"})])
    log.write_text(line("it went well", "info", job.id, batch.id), encoding="utf-8")
    operator.window.actions_.pages[Page.LOG].trigger()
    page = operator.window.about.log
    operator.until(lambda: page.board.lines.rowCount() == 1)
    click_line(operator, page, 0)
    operator.click(page.board.details.story_button)
    operator.until(lambda: job.id in QGuiApplication.clipboard().text())
    told = QGuiApplication.clipboard().text()
    assert "it went well" in told
    assert "Ñandú" not in told


def test_a_film_is_shown_in_the_log_from_the_queue(operator: Operator, studio: Studio, log: Path) -> None:
    batch, jobs = make_jobs(2)
    studio.store.submit(batch, jobs)
    add(log, line("about it", "info", jobs[1].id, batch.id))
    operator.until(lambda: operator.window.jobs.rowCount() == 2)
    operator.click_row("Child 1")
    operator.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    page = operator.window.about.log
    operator.until(lambda: page.isVisible() and messages(page) == ["about it"])
    assert page.board.filters.film.text() == "Child 1"
    operator.window.go_to(Page.QUEUE)
    operator.click_row("Child 0")
    operator.choose_in_menu(operator.window.actions_.show_log)
    operator.until(lambda: page.board.why_empty().startswith("Nothing is written here about this film"))


def test_and_from_the_failed_page(operator: Operator, studio: Studio, log: Path) -> None:
    batch, [job] = make_jobs(1)
    studio.store.submit(batch, [job])
    claim = studio.store.claim("mill/1", lease_s=30)
    assert claim is not None
    studio.store.fail(claim, Failure("JobFault", "too_long", Text("It is too long."), Text("Shorten it.")))
    add(log, line("attempt ended", "info", job.id, batch.id))
    operator.window.actions_.pages[Page.FAILED].trigger()
    failed = operator.window.failed
    operator.until(lambda: failed.model.rowCount() == 1)
    click_row(operator, film(operator, "Child 0"))
    operator.until(failed.list.chosen_one)
    QTest.keyClick(failed.list, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    page = operator.window.about.log
    operator.until(lambda: page.isVisible() and messages(page) == ["attempt ended"])


def test_a_folder_that_is_missing_or_may_not_be_read_is_told(
    operator: Operator, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.folder.logs.rmdir()
    operator.window.actions_.pages[Page.LOG].trigger()
    page = operator.window.about.log
    operator.until(lambda: page.board.why_empty().startswith("Nothing is written yet"))
    operator.click(page.folder_button)
    operator.until(lambda: page.board.banner.accessibleName().startswith("There is no folder of logs yet"))
    studio.folder.logs.mkdir()
    (studio.folder.logs / "trineo.log").mkdir()
    operator.until(lambda: page.board.why_empty().startswith("The log can't be read"))
    (studio.folder.logs / "trineo.log").rmdir()
    add(studio.folder.logs / "trineo.log", line("at last"))
    operator.until(lambda: messages(page) == ["at last"])


def test_the_folder_is_opened(operator: Operator, page: LogPage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []

    def open_it(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_it)
    page.folder.trigger()
    operator.until(lambda: len(opened) == 1)
    assert opened[0].toLocalFile().endswith("logs")


@pytest.mark.parametrize("there", [False, True])
def test_a_support_file_says_what_it_holds_and_is_saved(
    operator: Operator, studio: Studio, page: LogPage, tmp_path: Path, there: bool
) -> None:
    studio.names.write_down("Ñandú", "Ñandu", "es")
    target = tmp_path / "help.zip"
    if there:
        target.write_bytes(b"an older one")
    page.support.trigger()
    operator.until(page.board.panel.isVisible)
    assert "No child's name" in page.board.panel.words()
    operator.click(page.board.panel.save)
    [dialog] = page.board.panel.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(target))
    dialog.close()
    operator.until(lambda: page.board.banner.accessibleName().startswith("The support file help.zip is saved"))
    with zipfile.ZipFile(target) as bundle:
        everything = b"".join(bundle.read(name) for name in bundle.namelist())
        assert "logs/trineo.log" in bundle.namelist()
    assert "Ñandú".encode() not in everything
    assert not list(tmp_path.glob(".help*"))


def test_a_support_file_that_cannot_be_written_is_told(operator: Operator, page: LogPage, tmp_path: Path) -> None:
    page.board.panel.open()
    page.board.panel.wanted.emit(tmp_path / "no" / "help.zip")
    operator.until(lambda: "can't be written" in page.board.banner.accessibleName())
    assert page.board.panel.isVisible()


def test_many_lines_stay_bounded(operator: Operator, page: LogPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.log.lines_model._SLACK", 10)
    monkeypatch.setattr(page.board.lines, "_kept", 100)
    bar = page.board.table.verticalScrollBar()
    page.board.table.add([page.board.lines.shown()[0]] * 95)
    operator.until(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum() - 200)
    before = page.board.table.indexAt(QPoint(5, 5)).row()
    page.board.table.add([page.board.lines.shown()[0]] * 40)
    assert (page.board.lines.known, page.board.lines.rowCount()) == (100, 100)
    assert page.board.table.indexAt(QPoint(5, 5)).row() == before - 41, "who reads keeps his place"
    assert not page.board.table.follows
    page.board.table.follow()
    page.board.table.add([page.board.lines.shown()[0]] * 40)
    operator.until(lambda: bar.value() == bar.maximum() and page.board.table.follows)


def test_in_spanish(operator: Operator, page: LogPage) -> None:
    operator.window.actions_.languages["es"].trigger()
    operator.until(lambda: page.board.filters.levels["error"].text() == "Errores")
    assert page.board.told() == "6 líneas"
