"""A newcomer before an empty data folder, with mouse and keys: a film in the end, whatever happens on the way; once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.errors import JobFault
from core.events import TemplateWarming
from core.jobs.local import open_store
from core.jobs.model import State
from core.studio import Studio
from gui.bridge import Bridge
from gui.first_run.desk import FirstRun, is_wanted
from gui.main_window import SAMPLE, MainWindow
from gui.player.engine import PlayerEngine
from gui.session import open_window
from gui.window_state import WindowState
from tests.gui.operator import Operator
from tests.gui.test_accessible import nameless
from tests.gui.workshop import StandInRenderer, make_studio
from tests.stand_ins import make_jobs

pytestmark = pytest.mark.gui


@pytest.fixture
def studio(tmp_path: Path, renderer: StandInRenderer) -> Iterator[Studio]:
    """With workers, on a data folder where nobody has been yet."""
    with make_studio(tmp_path, renderer) as studio:
        studio.start_workers()
        yield studio
        renderer.let_go.set()


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The films that were given to the player and begun."""
    films: list[Path] = []
    loaded: list[Path] = []
    monkeypatch.setattr(PlayerEngine, "load", lambda self, film: loaded.append(film))
    monkeypatch.setattr(PlayerEngine, "play_or_pause", lambda self: films.append(loaded[-1]))
    return films


class Newcomer(Operator):
    def __init__(self, window: MainWindow, first: FirstRun, bot: QtBot) -> None:
        super().__init__(window, bot)
        self.first = first
        self.frame = first.frame

    def type_name(self, name: str) -> None:
        QTest.keyClick(self.frame.start.name, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(self.frame.start.name, name)

    def sees(self, step: QWidget) -> bool:
        return step.isVisible()


OpenNewcomer = Callable[[], Newcomer]


@pytest.fixture
def open_newcomer(
    studio: Studio, loop: asyncio.AbstractEventLoop, qapp: QApplication, qtbot: QtBot, played: list[Path]
) -> Iterator[OpenNewcomer]:
    opened: list[tuple[MainWindow, Bridge]] = []

    def shut() -> None:
        for window, bridge in opened:
            bridge.stop()
            qtbot.wait(150)  # what was on its way to it arrives, and wakes it once more
            bridge.stop()
            window.languages.leave()
            window.hide()
            window.deleteLater()
        opened.clear()

    def open_one() -> Newcomer:
        shut()
        window, bridge = open_window(qapp, studio)
        window.actions_.languages["en"].trigger()
        opened.append((window, bridge))
        window.resize(1180, 760)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        first = FirstRun(window, studio, bridge)
        first.begin()
        return Newcomer(window, first, qtbot)

    yield open_one
    shut()
    qtbot.wait(100)  # so that nothing of this test's comes in during the next


@pytest.fixture
def newcomer(open_newcomer: OpenNewcomer) -> Newcomer:
    return open_newcomer()


def state(studio: Studio) -> WindowState:
    return WindowState(studio.folder.root)


def test_it_is_for_an_empty_data_folder_only(studio: Studio, tmp_path: Path) -> None:
    assert is_wanted(studio, state(studio))
    studio.store.submit(*make_jobs(1))
    assert not is_wanted(studio, state(studio))


def test_it_is_not_for_who_was_here_before(studio: Studio) -> None:
    before = state(studio)
    before.language = "es"
    before.save()
    assert not is_wanted(studio, state(studio))


def test_it_comes_again_until_it_is_done(studio: Studio) -> None:
    remembered = state(studio)
    remembered.first_run = "begun:"
    assert is_wanted(studio, state(studio))
    remembered.first_run = "done"
    assert not is_wanted(studio, state(studio))


def test_it_is_not_for_a_queue_that_is_only_looked_at(tmp_path: Path, renderer: StandInRenderer) -> None:
    with (
        closing(open_store(None, tmp_path / "data" / "queue")),
        make_studio(tmp_path, renderer, store=open_store(None, tmp_path / "data" / "queue", read_only=True)) as looking,
    ):
        assert not is_wanted(looking, state(looking))


def test_a_name_and_enter_end_in_a_film(newcomer: Newcomer, studio: Studio, played: list[Path]) -> None:
    assert newcomer.sees(newcomer.frame.start)
    assert not newcomer.window.menuBar().isVisible()
    newcomer.type_name("Olivia")
    newcomer.press(Qt.Key.Key_Return)
    newcomer.until(lambda: newcomer.sees(newcomer.frame.film))
    [record] = studio.jobs()
    assert record.state is State.DONE
    assert (record.job.name, record.job.language, record.job.preset) == ("Olivia", "en", "quick")
    assert played == [Path(record.job.output)]
    assert Path(record.job.output).is_relative_to(studio.settings.output_dir)
    assert not is_wanted(studio, state(studio))
    newcomer.press(Qt.Key.Key_Space)  # "Start working" has the focus
    newcomer.until(newcomer.window.queue.isVisible)
    assert not newcomer.frame.isVisible()
    assert newcomer.window.menuBar().isVisible()
    assert newcomer.window.usable.isEnabled()


def test_pressing_the_button_is_enough(newcomer: Newcomer, studio: Studio) -> None:
    newcomer.click(newcomer.frame.start.make)
    newcomer.until(lambda: newcomer.sees(newcomer.frame.film))
    assert [record.job.name for record in studio.jobs()] == ["Sofía"]
    assert not list(studio.folder.work.glob("trineo-*"))  # the sheet with the name is gone


def test_spanish_at_a_click(newcomer: Newcomer, studio: Studio) -> None:
    newcomer.click(newcomer.frame.start.languages["es"])
    newcomer.until(lambda: "primer video" in newcomer.frame.start.make.text())
    assert newcomer.frame.start.languages["es"].isChecked()
    newcomer.click(newcomer.frame.start.make)
    newcomer.until(lambda: newcomer.sees(newcomer.frame.film))
    assert [record.job.language for record in studio.jobs()] == ["es"]
    assert state(studio).language == "es"


def test_what_is_made_is_said_in_words(newcomer: Newcomer, studio: Studio, renderer: StandInRenderer) -> None:
    renderer.stuck_at = {"Sofía": "picture"}
    newcomer.click(newcomer.frame.start.make)
    making = newcomer.frame.making
    newcomer.until(lambda: newcomer.sees(making))
    studio.events.emit(TemplateWarming("noche-magica", "quick", 0.4, "mouths"))
    newcomer.until(lambda: making.doing == "Making Santa’s mouth…")
    assert making.bar.fraction == 0.4
    studio.events.emit(TemplateWarming("noche-magica", "quick", 1.0))
    newcomer.until(lambda: making.doing == "Making the picture…")
    renderer.let_go.set()
    newcomer.until(lambda: newcomer.sees(newcomer.frame.film))


def test_a_name_that_is_none_is_told(newcomer: Newcomer, studio: Studio) -> None:
    newcomer.type_name("{nombre}")
    newcomer.press(Qt.Key.Key_Return)
    newcomer.until(lambda: bool(newcomer.frame.start.wrong))
    assert studio.jobs() == []
    newcomer.type_name("Ana")
    assert newcomer.frame.start.wrong == ""
    newcomer.press(Qt.Key.Key_Return)
    newcomer.until(lambda: newcomer.sees(newcomer.frame.film))


def test_a_folder_that_can_not_be_used_is_told(newcomer: Newcomer, studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    newcomer.frame.start.folder_wanted.emit(tmp_path / "a file" / "films")
    newcomer.click(newcomer.frame.start.make)
    newcomer.until(lambda: bool(newcomer.frame.start.wrong))
    assert newcomer.sees(newcomer.frame.start)
    newcomer.frame.start.folder_wanted.emit(tmp_path / "elsewhere")
    newcomer.click(newcomer.frame.start.make)
    newcomer.until(lambda: newcomer.sees(newcomer.frame.film))
    [record] = studio.jobs()
    assert Path(record.job.output).is_relative_to(tmp_path / "elsewhere")
    assert state(studio).films_folder == tmp_path / "elsewhere"


def test_cancelled_it_begins_anew(newcomer: Newcomer, studio: Studio, renderer: StandInRenderer) -> None:
    renderer.stuck_at = {"Sofía": "sound"}
    newcomer.click(newcomer.frame.start.make)
    newcomer.until(lambda: newcomer.sees(newcomer.frame.making))
    newcomer.click(newcomer.frame.making.cancel)
    newcomer.until(lambda: newcomer.sees(newcomer.frame.start))
    newcomer.until(lambda: [record.state for record in studio.jobs()] == [State.CANCELLED])
    assert is_wanted(studio, state(studio))
    newcomer.type_name("Bruno")
    newcomer.press(Qt.Key.Key_Return)
    newcomer.until(lambda: newcomer.sees(newcomer.frame.film))


def test_closed_while_it_is_made_it_goes_on(
    open_newcomer: OpenNewcomer, studio: Studio, renderer: StandInRenderer, played: list[Path]
) -> None:
    renderer.stuck_at = {"Sofía": "sound"}
    newcomer = open_newcomer()
    newcomer.click(newcomer.frame.start.make)
    newcomer.until(lambda: newcomer.sees(newcomer.frame.making))
    again = open_newcomer()
    again.until(lambda: again.sees(again.frame.making))
    assert played == []
    renderer.let_go.set()
    again.until(lambda: again.sees(again.frame.film))
    assert len(studio.jobs()) == 1
    assert len(played) == 1


def test_made_while_the_window_was_closed_it_is_shown(
    open_newcomer: OpenNewcomer, studio: Studio, renderer: StandInRenderer, played: list[Path]
) -> None:
    renderer.stuck_at = {"Sofía": "sound"}
    newcomer = open_newcomer()
    newcomer.click(newcomer.frame.start.make)
    newcomer.until(lambda: newcomer.sees(newcomer.frame.making))
    newcomer.first.deleteLater()  # the window has gone
    newcomer.window.hide()
    renderer.let_go.set()
    newcomer.until(lambda: [record.state for record in studio.jobs()] == [State.DONE])
    played.clear()
    state(studio).first_run = f"begun:{studio.jobs()[0].job.id}"
    again = open_newcomer()
    again.until(lambda: again.sees(again.frame.film))
    assert len(played) == 1


def test_what_went_wrong_is_told_and_tried_again(newcomer: Newcomer, studio: Studio, renderer: StandInRenderer) -> None:
    renderer.faults = {"Sofía": lambda: JobFault("clip_damaged", "The clip is damaged.", "Install Trineo again.")}
    newcomer.click(newcomer.frame.start.make)
    making = newcomer.frame.making
    newcomer.until(making.again.isVisible)
    assert making.trouble == "The clip is damaged."
    renderer.faults.clear()
    newcomer.click(making.again)
    assert not making.again.isVisible()
    newcomer.until(lambda: newcomer.sees(newcomer.frame.film))


def test_skipped_it_never_comes_again(newcomer: Newcomer, studio: Studio) -> None:
    newcomer.click(newcomer.frame.start.skip)
    assert newcomer.window.queue.isVisible()
    assert newcomer.window.menuBar().isVisible()
    assert not is_wanted(studio, state(studio))
    assert studio.jobs() == []


def test_who_drops_files_is_past_it(newcomer: Newcomer, studio: Studio) -> None:
    newcomer.drop(SAMPLE)
    newcomer.until(newcomer.window.sheet.agree_button.isEnabled)
    assert not newcomer.frame.isVisible()
    assert not is_wanted(studio, state(studio))


def test_another_film_and_the_way_to_a_voice(newcomer: Newcomer, studio: Studio) -> None:
    newcomer.click(newcomer.frame.start.make)
    newcomer.until(lambda: newcomer.sees(newcomer.frame.film))
    newcomer.click(newcomer.frame.film.another)
    newcomer.type_name("Bruno")
    newcomer.press(Qt.Key.Key_Return)
    newcomer.until(lambda: newcomer.sees(newcomer.frame.film) and len(studio.jobs()) == 2)
    newcomer.click(newcomer.frame.film.voice.button)
    newcomer.until(newcomer.window.about.settings.connections.isVisible)


def test_the_way_to_the_redis(newcomer: Newcomer) -> None:
    newcomer.click(newcomer.frame.start.make)
    newcomer.until(lambda: newcomer.sees(newcomer.frame.film))
    newcomer.click(newcomer.frame.film.redis.button)
    settings = newcomer.window.about.settings
    newcomer.until(lambda: (row := settings.row("redis_url")) is not None and row.isVisible())


def test_everything_has_a_name_and_is_reached_by_tab(newcomer: Newcomer) -> None:
    assert nameless(newcomer.frame) == []
    start = newcomer.frame.start
    start.take_focus()
    seen: set[QWidget | None] = set()
    for _ in range(12):
        newcomer.press(Qt.Key.Key_Tab)
        seen.add(newcomer.window.focusWidget())
    assert {start.name, start.languages["es"], start.change, start.make, start.skip} <= seen
    assert all(one is None or newcomer.frame.isAncestorOf(one) for one in seen)  # nothing underneath


def test_it_fits_into_the_smallest_window(newcomer: Newcomer) -> None:
    newcomer.window.resize(800, 480)
    start = newcomer.frame.start
    newcomer.until(lambda: newcomer.frame.width() == newcomer.window.centre.width())
    corner = start.make.mapTo(newcomer.frame, start.make.rect().bottomRight())
    assert newcomer.frame.rect().contains(corner)
