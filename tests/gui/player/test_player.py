"""The player: a real film shown, sought, heard of; what it lacks said plainly; its ways out of the window."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDrag, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.jobs.model import JobRecord, Result, State, Strategy
from gui.look.theme import Appearance, Theme
from gui.player.engine import Lack, PlayerEngine
from gui.player.player import Player
from gui.player.posters import Posters
from tests.conftest import make_clip
from tests.gui.records import record

pytestmark = pytest.mark.gui

_LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("film") / "0002-Zoë.mp4"
    make_clip(path, 75, 60)
    return path


def finished(film: Path, poster: str = "") -> JobRecord:
    return replace(record(1, State.DONE), result=Result(str(film), Strategy.VOICEOVER, 3.0, poster))


@pytest.fixture
def player(qtbot: QtBot, qapp: QApplication) -> Iterator[Player]:
    made = Player(Theme(qapp, Appearance.DARK), Posters())
    qtbot.addWidget(made)
    made.resize(420, 700)
    made.show()
    yield made
    made.release()


def test_the_first_picture_stands_until_it_is_played(player: Player, qtbot: QtBot, film: Path) -> None:
    player.show_film(finished(film))
    qtbot.waitUntil(lambda: player.surface.has_picture, timeout=10_000)
    assert not player.engine.playing
    QTest.mouseClick(player.play_button, _LEFT)
    qtbot.waitUntil(lambda: player.engine.playing)
    qtbot.waitUntil(lambda: player.seek_bar.fraction > 0.15, timeout=10_000)
    QTest.mouseClick(player.surface, _LEFT)
    qtbot.waitUntil(lambda: not player.engine.playing)


def test_seeking_by_mouse_and_keys(player: Player, qtbot: QtBot, film: Path) -> None:
    player.show_film(finished(film))
    places: list[float] = []
    player.engine.moved.connect(places.append)
    qtbot.waitUntil(lambda: player.surface.has_picture, timeout=10_000)
    bar = player.seek_bar
    QTest.mouseClick(bar, _LEFT, Qt.KeyboardModifier.NoModifier, QPoint(bar.width() // 2, 12))
    qtbot.waitUntil(lambda: any(1.2 < at < 1.8 for at in places), timeout=10_000)
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: places[-1] < 0.2, timeout=10_000)


def test_loudness_by_mouse(player: Player, film: Path) -> None:
    player.show_film(finished(film))
    if player.lack is Lack.SOUND:
        assert not player.volume_bar.isEnabled()
    player.volume_bar.setEnabled(True)
    bar = player.volume_bar
    QTest.mouseClick(bar, _LEFT, Qt.KeyboardModifier.NoModifier, QPoint(bar.width() // 2, 12))
    assert 0.4 < player.engine.volume < 0.6


def test_a_film_that_is_gone_is_said_and_the_system_is_offered(player: Player, qtbot: QtBot, tmp_path: Path) -> None:
    asked: list[JobRecord] = []
    player.open_wanted.connect(asked.append)
    player.show_film(finished(tmp_path / "gone.mp4"))
    qtbot.waitUntil(lambda: player.lack is Lack.FILM, timeout=10_000)
    assert player.surface.message
    assert not player.play_button.isEnabled()
    QTest.mouseClick(player.system_button, _LEFT)
    assert [one.result for one in asked] == [finished(tmp_path / "gone.mp4").result]


def test_what_is_no_film_is_said(player: Player, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("no film", encoding="utf-8")
    player.show_film(finished(tmp_path / "text.mp4"))
    qtbot.waitUntil(lambda: player.lack is Lack.FILM, timeout=10_000)


def test_a_computer_without_the_parts_to_play_films(
    player: Player, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    monkeypatch.setattr(player.engine, "_player", None)
    player.show_film(finished(film))
    assert player.lack is Lack.PLAYER
    assert player.surface.message
    assert player.system_button.isEnabled()
    assert player.system_button.objectName() == "primary"


def test_a_computer_without_sound_says_so_and_plays(qtbot: QtBot, film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtMultimedia import QAudioDevice, QMediaDevices

    monkeypatch.setattr(QMediaDevices, "defaultAudioOutput", staticmethod(QAudioDevice))
    engine = PlayerEngine()
    lacks: list[Lack] = []
    engine.lacking.connect(lacks.append)
    with qtbot.waitSignal(engine.pictured, timeout=10_000):
        engine.load(film)
    assert lacks == [Lack.SOUND]
    engine.release()


def test_its_path_can_be_copied(player: Player, film: Path) -> None:
    player.show_film(finished(film))
    QTest.mouseClick(player.copy_button, _LEFT)
    held = QGuiApplication.clipboard().mimeData()
    assert held.text() == str(film)
    assert held.urls() == [QUrl.fromLocalFile(str(film))]


def test_the_film_is_dragged_out_of_the_window(
    player: Player, qtbot: QtBot, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dragged: list[tuple[list[QUrl], Qt.DropAction]] = []

    def exec_(drag: QDrag, action: Qt.DropAction) -> Qt.DropAction:
        mime: QMimeData = drag.mimeData()
        dragged.append((mime.urls(), action))
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", exec_)
    player.show_film(finished(film))
    middle = player.surface.rect().center()
    QTest.mousePress(player.surface, _LEFT, Qt.KeyboardModifier.NoModifier, middle)
    QTest.mouseMove(player.surface, middle + QPoint(2, 2))
    assert not dragged
    QTest.mouseMove(player.surface, middle + QPoint(40, 30))
    qtbot.waitUntil(lambda: bool(dragged))
    QTest.mouseRelease(player.surface, _LEFT, Qt.KeyboardModifier.NoModifier, middle + QPoint(40, 30))
    assert dragged == [([QUrl.fromLocalFile(str(film))], Qt.DropAction.CopyAction)]
    assert not player.engine.playing, "a drag is no click"


def test_released_its_file_can_be_moved(player: Player, qtbot: QtBot, film: Path, tmp_path: Path) -> None:
    copy = tmp_path / "film.mp4"
    copy.write_bytes(film.read_bytes())
    player.show_film(finished(copy))
    qtbot.waitUntil(lambda: player.surface.has_picture, timeout=10_000)
    player.release()
    copy.rename(tmp_path / "moved.mp4")
    assert player.surface.has_picture


def test_a_large_picture_is_shown_small_without_crumbling(player: Player) -> None:
    """Of lines one pixel wide, half of them white, what is seen is grey: no pixel was skipped."""
    stripes = QImage(1080, 1920, QImage.Format.Format_RGB32)
    stripes.fill(QColor("black"))
    painter = QPainter(stripes)
    painter.setPen(QColor("white"))
    for y in range(1, stripes.height(), 2):
        painter.drawLine(0, y, stripes.width(), y)
    painter.end()
    player.surface.show_picture(stripes)
    seen = player.surface.grab().toImage()
    middle = [seen.pixelColor(seen.width() // 2, y).lightness() for y in range(seen.height() // 3, seen.height() // 2)]
    assert all(60 < lightness < 195 for lightness in middle), sorted(set(middle))
