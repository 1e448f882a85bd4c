"""The icon in the tray, on a system that has one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from gui.actions import Actions
from gui.look.theme import Appearance, Theme
from gui.tray import Tray, ring_icon
from tests.gui.operator import Operator

pytestmark = pytest.mark.gui


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, Appearance.DARK)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the system was given to show."""
    messages: list[tuple[str, str]] = []

    def show(icon: QObject, headline: str, words: str, *_: object) -> None:
        messages.append((headline, words))

    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", show)
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _: None)  # the platform without a screen grumbles
    return messages


@pytest.fixture
def tray(theme: Theme, told: list[tuple[str, str]], qtbot: QtBot) -> Iterator[Tray]:
    window = QWidget()
    qtbot.addWidget(window)
    tray = Tray(theme, Actions(theme, window))
    yield tray
    tray.leave()


def test_a_message_and_a_click(tray: Tray, told: list[tuple[str, str]], qtbot: QtBot) -> None:
    assert tray.available
    assert tray.tell("lote is finished", "6 films made")
    assert told == [("lote is finished", "6 films made")]
    icon = tray.findChild(QSystemTrayIcon)
    assert icon is not None
    with qtbot.waitSignal(tray.opened):
        icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.waitSignal(tray.opened):
        icon.messageClicked.emit()


def test_the_icon_says_how_far_it_is(tray: Tray) -> None:
    icon = tray.findChild(QSystemTrayIcon)
    assert icon is not None
    tray.show_progress(0.5, "2 films being made")
    assert icon.toolTip() == "2 films being made"
    half = icon.icon().cacheKey()
    tray.show_progress(0.501, "2 films being made")
    assert icon.icon().cacheKey() == half
    tray.show_progress(0.9, "2 films being made")
    assert icon.icon().cacheKey() != half


def test_the_ring_fills_up(theme: Theme) -> None:
    def lit(fraction: float) -> int:
        picture = ring_icon(fraction, theme).pixmap(64, 64).toImage()
        colour = theme.palette.accent.lower()
        return sum(picture.pixelColor(x, y).name() == colour for x in range(64) for y in range(64))

    assert lit(0.25) < lit(0.5) < lit(1.0)


def test_without_a_tray_it_does_nothing(theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: False))
    window = QWidget()
    qtbot.addWidget(window)
    tray = Tray(theme, Actions(theme, window))
    tray.show_progress(0.5, "words")
    assert not tray.tell("a", "b")
    tray.leave()


def test_news_out_of_sight_go_to_the_system_and_not_to_the_window_too(
    told: list[tuple[str, str]], open_operator: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(open_operator)
    operator: Operator = open_operator()
    monkeypatch.setattr(operator.window, "isActiveWindow", lambda: False)
    operator.window.news.told.emit("b1", "lote is finished", "6 films made")
    assert told == [("lote is finished", "6 films made")]
    assert not operator.window.banner.isVisible()
    monkeypatch.setattr(operator.window, "isActiveWindow", lambda: True)
    operator.window.news.told.emit("b1", "lote is finished", "6 films made")
    assert len(told) == 1
    assert operator.window.banner.isVisible()
