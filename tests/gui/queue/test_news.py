"""What the window makes of news from elsewhere, and of the operator's wishes for itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSettings, Qt

from core.errors import StoreAway
from core.events import StoreReachable
from core.paths import resources
from core.studio import Studio
from gui.look.theme import Appearance
from tests.gui.operator import Operator
from tests.gui.test_window import queue_sample

pytestmark = pytest.mark.gui


def test_a_store_that_is_away_is_told_until_it_is_back(operator: Operator, studio: Studio) -> None:
    studio.events.emit(StoreReachable(False))
    operator.until(operator.window.banner.isVisible)
    assert "can't be reached" in operator.window.banner.accessibleName()
    studio.events.emit(StoreReachable(True))
    operator.until(lambda: not operator.window.banner.isVisible())


def test_a_call_that_finds_the_store_away_is_told_in_plain_words(
    operator: Operator, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue_sample(operator)

    def away(ids: object) -> int:
        raise StoreAway("store_away", "The job store at {address} can't be reached.", address="redis://there")

    monkeypatch.setattr(studio.store, "cancel", away)
    operator.click_row("Sofía")
    operator.window.actions_.cancel.trigger()
    operator.until(operator.window.banner.isVisible)
    assert operator.window.banner.accessibleName() == "The job store at redis://there can't be reached."


def test_jobs_of_other_programs_appear(operator: Operator, studio: Studio) -> None:
    sample = resources() / "samples" / "lote-navidad.csv"
    studio.submit(studio.check([sample], studio.order()))
    operator.until(lambda: len(operator.records()) == 6)


def test_the_language_changes_while_it_runs_and_is_remembered(
    operator: Operator, open_operator: Callable[[], Operator], studio: Studio
) -> None:
    queue_sample(operator)
    window = operator.window
    operator.choose_in_menu(window.actions_.languages["es"])
    operator.until(lambda: window.queue.accessibleName() == "Cola")
    assert window.queue.table.model().index(0, 1).data() == "En espera"
    assert window.actions_.cancel.text() == "&Cancelar"
    assert window.queue.strip.cards()[0].accessibleName().endswith("0 de 6")
    kept = QSettings(str(studio.folder.root / "window.ini"), QSettings.Format.IniFormat)
    kept.sync()
    assert kept.value("language") == "es"
    window.languages.leave()
    again = open_operator()
    assert again.window.queue.accessibleName() == "Cola"
    again.choose_in_menu(again.window.actions_.languages["en"])
    operator.until(lambda: again.window.queue.accessibleName() == "Queue")


def test_the_appearance_changes(operator: Operator) -> None:
    look = operator.window.grab().toImage().pixelColor(600, 400).lightness()
    operator.choose_in_menu(operator.window.actions_.appearances[Appearance.LIGHT])
    operator.until(lambda: operator.window.grab().toImage().pixelColor(600, 400).lightness() > look + 100)
    operator.choose_in_menu(operator.window.actions_.appearances[Appearance.SYSTEM])


@pytest.mark.logs_errors
def test_a_mistake_in_the_program_is_told_and_logged(
    operator: Operator, studio: Studio, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    queue_sample(operator)

    def broken(ids: object) -> int:
        raise RuntimeError("a mistake")

    monkeypatch.setattr(studio.store, "cancel", broken)
    operator.click_row("Sofía")
    operator.press(Qt.Key.Key_Delete)
    operator.until(lambda: "Something went wrong" in operator.window.banner.accessibleName())
    assert any("a call of the window's failed" in record.getMessage() for record in caplog.records)
