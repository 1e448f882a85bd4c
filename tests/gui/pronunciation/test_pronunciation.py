"""The sheet of names, by mouse and by keys: from the preflight, and from a batch that is queued."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from core.desk.pronunciation import Pronunciation
from core.jobs.model import Job
from core.studio import Studio
from core.template.lexicon import Lexicon
from gui.player.engine import Lack, PlayerEngine
from gui.pronunciation.names_model import Column
from gui.pronunciation.sheet import NamesSheet
from tests.gui.operator import Operator
from tests.stand_ins import HummingVoice, make_jobs


@pytest.fixture
def voice(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> HummingVoice:
    voice = HummingVoice()
    names = Pronunciation(studio.store, Lexicon(studio.folder.names_file), voice, studio.folder.work)
    monkeypatch.setattr(studio, "names", names)
    return voice


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What would be heard, as the first bytes of each file."""
    heard: list[bytes] = []
    monkeypatch.setattr(PlayerEngine, "load", lambda _, file: heard.append(file.read_bytes()[:4]))
    monkeypatch.setattr(PlayerEngine, "play_or_pause", lambda _: None)
    return heard


@pytest.fixture
def queued(studio: Studio, voice: HummingVoice) -> list[Job]:
    batch, jobs = make_jobs(4)
    called = zip(jobs, ("Ana", "Zoë", "Zoë Luz", "Ana"), strict=True)
    jobs = [job.edited(name=name, fields={"nombre": name}) for job, name in called]
    studio.store.submit(batch, jobs)
    return jobs


@pytest.fixture
def sheet(operator: Operator, queued: list[Job], played: list[bytes]) -> NamesSheet:
    operator.until(lambda: operator.window.jobs.rowCount() == 4)
    [names] = [
        action
        for action in operator.window.queue_desk.batch_menu(queued[0].batch).actions()
        if action.text() == "Names…"
    ]
    names.trigger()
    sheet = operator.window.names.sheet
    operator.until(lambda: sheet.names.rowCount() == 3)
    operator.until(sheet.table.hasFocus)
    return sheet


def rows(sheet: NamesSheet) -> list[list[str]]:
    wanted = (Column.NAME, Column.SAID, Column.WHY)
    return [[sheet.names.index(row, column).data() for column in wanted] for row in range(sheet.names.rowCount())]


def editor(sheet: NamesSheet) -> QLineEdit:
    found = sheet.table.viewport().findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def respelled(studio: Studio, jobs: list[Job]) -> list[dict[str, str]]:
    return [dict(record.job.respelled) for record in studio.records([job.id for job in jobs])]


def test_the_doubtful_come_first_with_the_reason(sheet: NamesSheet) -> None:
    why = "“ë” is not written in Spanish"
    assert rows(sheet) == [
        ["Zoë", "as it is written", why],
        ["Zoë Luz", "as it is written", why],
        ["Ana", "as it is written", ""],
    ]
    assert sheet.told() == "3 names · 2 to listen to"


def test_heard_by_key_and_by_click(
    operator: Operator, sheet: NamesSheet, voice: HummingVoice, played: list[bytes]
) -> None:
    operator.press(Qt.Key.Key_Space)
    operator.until(lambda: played == [b"RIFF"])
    operator.press(Qt.Key.Key_Down)
    operator.press(Qt.Key.Key_Space)
    operator.until(lambda: len(played) == 2)
    cell = sheet.table.visualRect(sheet.names.index(2, Column.HEAR)).center()
    QTest.mouseClick(sheet.table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    operator.until(lambda: len(played) == 3)
    operator.click(sheet.hear)
    operator.until(lambda: len(played) == 4)
    assert voice.spoken == ["Zoë", "Zoë Luz", "Ana", "Ana"]


def test_of_many_asked_for_at_once_the_last_is_heard(
    operator: Operator, sheet: NamesSheet, voice: HummingVoice, played: list[bytes]
) -> None:
    for _ in range(8):
        operator.press(Qt.Key.Key_Space)
    operator.press(Qt.Key.Key_End)
    operator.press(Qt.Key.Key_Space)
    operator.until(lambda: voice.spoken[-1:] == ["Ana"])
    operator.until(lambda: sheet.table._delegate.sounding == 2)
    assert len(voice.spoken) < 9
    assert len(played) <= len(voice.spoken)


def test_typed_over_kept_with_enter_and_heard(
    operator: Operator, sheet: NamesSheet, studio: Studio, queued: list[Job], voice: HummingVoice
) -> None:
    operator.press(Qt.Key.Key_S)
    operator.until(lambda: sheet.table.viewport().findChild(QLineEdit) is not None)
    QTest.keyClicks(editor(sheet), "oi x")
    assert editor(sheet).text().casefold() == "soi x", "a space is a space while one types"
    QTest.keyClick(editor(sheet), Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    operator.until(lambda: [one.casefold() for one in voice.spoken] == ["soi x"])
    QTest.keyClick(editor(sheet), Qt.Key.Key_Backspace)
    QTest.keyClick(editor(sheet), Qt.Key.Key_Backspace)
    QTest.keyClick(editor(sheet), Qt.Key.Key_Return)
    operator.until(lambda: rows(sheet)[0][1].casefold() == "soi")
    operator.until(lambda: rows(sheet)[1][1].casefold() == "soi luz")
    operator.until(lambda: voice.spoken[-1].casefold() == "soi")
    assert sheet.is_open
    assert sheet.told() == "3 names · 2 respelled"
    told = studio.names.written_down()["es"]["Zoë"]
    operator.until(lambda: respelled(studio, queued) == [{}, {"Zoë": told}, {}, {}])


def test_escape_keeps_nothing_and_then_closes(operator: Operator, sheet: NamesSheet, studio: Studio) -> None:
    operator.press(Qt.Key.Key_F2)
    operator.until(lambda: sheet.table.viewport().findChild(QLineEdit) is not None)
    QTest.keyClicks(editor(sheet), "Soi")
    QTest.keyClick(editor(sheet), Qt.Key.Key_Escape)
    assert studio.names.written_down() == {}
    assert sheet.is_open
    operator.until(sheet.table.hasFocus)
    operator.press(Qt.Key.Key_Escape)
    assert not sheet.is_open
    operator.until(lambda: not list(studio.folder.work.glob("trineo-heard-*")))


def test_as_it_is_written_again(operator: Operator, sheet: NamesSheet, studio: Studio) -> None:
    assert not sheet.plain.isEnabled()
    sheet.names.respelled.emit(sheet.names.names()[0], "Soi")
    operator.until(sheet.plain.isEnabled)
    operator.click(sheet.plain)
    operator.until(lambda: rows(sheet)[0][1] == "as it is written")
    assert studio.names.written_down() == {}


def test_from_the_preflight_into_the_films(
    operator: Operator, studio: Studio, voice: HummingVoice, played: list[bytes], tmp_path: Path
) -> None:
    file = tmp_path / "lote.csv"
    file.write_text("nombre,queHizo,idioma\nZoë,leer,es\nZoë,read,en\n", encoding="utf-8")
    operator.drop(file)
    below = operator.window.sheet
    operator.until(below.agree_button.isEnabled)
    operator.click(below.names_button)
    sheet = operator.window.names.sheet
    operator.until(lambda: sheet.names.rowCount() == 2)
    assert not below.isEnabled(), "only one sheet can be used at a time"
    assert sorted(row[0] for row in rows(sheet)) == ["Zoë · English", "Zoë · Spanish"]
    english = next(one for one in sheet.names.names() if one.language == "en")
    sheet.respelled.emit(english, "Zoey")
    operator.until(lambda: studio.names.written_down() == {"en": {"Zoë": "Zoey"}})
    operator.click(sheet.done)
    operator.until(lambda: below.isEnabled() and below.is_open)
    operator.click(below.agree_button)
    operator.until(lambda: len(operator.records()) == 2)
    found = {record.job.language: dict(record.job.respelled) for record in operator.records()}
    assert found == {"es": {}, "en": {"Zoë": "Zoey"}}


def test_what_cannot_be_is_told_and_nothing_changes(
    operator: Operator, sheet: NamesSheet, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet.names.respelled.emit(sheet.names.names()[0], "!!!")
    operator.until(lambda: "no letters" in sheet.banner.accessibleName())
    studio.folder.names_file.write_text("no list", encoding="utf-8")
    sheet.names.respelled.emit(sheet.names.names()[0], "Soi")
    operator.until(lambda: "names.toml" in sheet.banner.accessibleName())
    assert sheet.names.rowCount() == 3
    studio.folder.names_file.unlink()
    operator.window.names._playing().lacking.emit(Lack.PLAYER)
    assert "lacks what is needed" in sheet.banner.accessibleName()
    monkeypatch.setattr(studio.names, "_voice", None)
    operator.click(sheet.hear)
    operator.until(lambda: "can't be heard here" in sheet.banner.accessibleName())


def test_five_hundred_names_and_spanish(operator: Operator, sheet: NamesSheet, studio: Studio) -> None:
    _, jobs = make_jobs(500)
    sheet.show_names(studio.names.names(job.edited(name=f"Niña {n}x") for n, job in enumerate(jobs)))
    assert sheet.names.rowCount() == 500
    operator.press(Qt.Key.Key_End)
    assert sheet.table.chosen() == sheet.names.name(499)
    operator.window.actions_.languages["es"].trigger()
    operator.until(lambda: sheet.told().startswith("500 nombres"))
