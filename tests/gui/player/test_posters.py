"""Posters are read outside the window's thread, and only so many are kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from PySide6.QtGui import QImage, QImageReader
from pytestqt.qtbot import QtBot

from gui.player.posters import Posters

pytestmark = pytest.mark.gui


def picture(folder: Path, number: int = 0) -> str:
    image = QImage(90, 160, QImage.Format.Format_RGB32)
    image.fill(0x204060 + number)
    file = folder / f"{number}.jpg"
    assert image.save(str(file))
    return str(file)


def test_a_poster_comes_by_itself_in_the_asked_height(qtbot: QtBot, tmp_path: Path) -> None:
    posters = Posters()
    file = picture(tmp_path)
    with qtbot.waitSignal(posters.changed):
        assert posters.poster(file, 40, 2.0) is None
    found = posters.poster(file, 40, 2.0)
    assert found is not None
    assert (found.height(), found.width(), found.devicePixelRatio()) == (80, 45, 2.0)


def test_not_in_the_windows_thread(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[QThread] = []
    read = QImageReader.read

    def watched(reader: QImageReader) -> QImage:
        seen.append(QThread.currentThread())
        return read(reader)

    monkeypatch.setattr(QImageReader, "read", watched)
    posters = Posters()
    with qtbot.waitSignal(posters.changed):
        posters.poster(picture(tmp_path), 40)
    assert seen
    assert seen[0] is not QThread.currentThread()


def test_only_so_many_are_kept_the_last_used_ones(qtbot: QtBot, tmp_path: Path) -> None:
    posters = Posters(kept=3)
    files = [picture(tmp_path, number) for number in range(5)]
    for file in files:
        with qtbot.waitSignal(posters.changed):
            posters.poster(file, 40)
        assert posters.poster(files[0], 40) is not None or file != files[0]
    assert len(posters) == 3


@pytest.mark.parametrize("file", ["", "gone.jpg"])
def test_where_there_is_none_there_is_none(qtbot: QtBot, tmp_path: Path, file: str) -> None:
    posters = Posters()
    assert posters.poster(str(tmp_path / file) if file else "", 40) is None
    qtbot.wait(50)
    assert posters.poster(str(tmp_path / file) if file else "", 40) is None
