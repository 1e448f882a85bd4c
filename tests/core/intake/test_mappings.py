"""What a person said that the columns mean, remembered for the next sheet like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UsageError
from core.intake.columns import uses
from core.intake.mappings import ColumnMemory
from core.intake.model import ColumnUse
from tests.stand_ins import raises_code

from .desk import Desk, codes, names, notices

SHEET = "Peque;Deseo grande;Notas\nAna;bici;x\n"
SAID = {"Peque": "nombre", "Deseo grande": "pedidoNocheMagica", "Notas": ""}


@pytest.fixture
def memory(tmp_path: Path) -> ColumnMemory:
    return ColumnMemory(tmp_path / "columns.json")


def remembering(desk: Desk, memory: ColumnMemory) -> Desk:
    desk.recall = lambda titles: memory.recall(desk.template.name, titles)
    return desk


def test_a_mapping_is_used_for_sheets_with_the_same_titles(desk: Desk, memory: ColumnMemory) -> None:
    assert codes(remembering(desk, memory).table(SHEET)) == [(0, "", "name_column_missing")]
    memory.remember(desk.template.name, SAID)
    checked = desk.table(SHEET)
    assert names(checked) == ["Ana"]
    assert checked.accepted[0].job.fields == {"nombre": "Ana", "pedidoNocheMagica": "bici"}
    assert notices(checked) == []
    assert names(desk.table("NOTAS;deseo_grande;peque \nx;tren;Leo\n")) == ["Leo"]


def test_other_titles_are_not_touched(desk: Desk, memory: ColumnMemory) -> None:
    remembering(desk, memory)
    memory.remember(desk.template.name, SAID)
    assert codes(desk.table("Peque;Deseo grande\nAna;bici\n")) == [(0, "", "name_column_missing")]
    memory.remember("otra-plantilla", {"Nombre": "otro"})
    assert names(desk.table("Nombre\nAna\n")) == ["Ana"]


def test_a_person_may_say_otherwise_than_the_title(desk: Desk, memory: ColumnMemory) -> None:
    remembering(desk, memory)
    memory.remember(desk.template.name, {"Nombre": "", "Nombre del regalo": "nombre", "pedido": "script"})
    checked = desk.table("Nombre;Nombre del regalo;pedido\nAna;Leo;Hola, Leo.\n")
    assert names(checked) == ["Leo"]
    assert checked.accepted[0].job.script == "Hola, Leo."


def test_what_was_said_last_counts_and_survives(desk: Desk, tmp_path: Path, memory: ColumnMemory) -> None:
    memory.remember("t", {"a": "x", "b": ""})
    memory.remember("t", {"B": "y", "A": ""})
    again = ColumnMemory(tmp_path / "columns.json")
    assert again.recall("t", ["a", "b"]) == {"a": "", "b": "y"}
    assert again.recall("t", ["a"]) == {}


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"format": 2, "mappings": []}', '{"format": 1, "mappings": [1, {"template": "t"}]}', "\0"],
)
def test_a_damaged_memory_is_as_good_as_none(tmp_path: Path, memory: ColumnMemory, content: str) -> None:
    (tmp_path / "columns.json").write_text(content, encoding="utf-8")
    assert memory.recall("t", ["a"]) == {}
    memory.remember("t", {"a": "x"})
    assert memory.recall("t", ["a"]) == {"a": "x"}


def test_a_memory_that_cant_be_written_is_told(tmp_path: Path) -> None:
    with raises_code(UsageError, "mapping_unwritable"):
        ColumnMemory(tmp_path / "nowhere" / "columns.json").remember("t", {"a": "x"})


def test_a_window_is_told_how_each_column_was_understood(desk: Desk) -> None:
    (sheet,) = desk.table("Nombre,provinsia,edad,idioma\nAna,Salta,5,es\n").sheets
    assert sheet.columns == (
        ColumnUse("Nombre", "nombre"),
        ColumnUse("provinsia", "", "provincia"),
        ColumnUse("edad", ""),
        ColumnUse("idioma", "language"),
    )
    assert sheet.titles == ("Nombre", "provinsia", "edad", "idioma")
    (sheet,) = desk.table("Peque,Deseo\nAna,bici\n").sheets
    assert [column.field for column in sheet.columns] == ["", "pedidoNocheMagica"], "also where no name was found"
    assert uses.__doc__


def test_a_forms_question_is_recognised_as_what_it_asks_for(desk: Desk) -> None:
    checked = desk.table("¿Cuál es el nombre del niño que recibe el video?;Nombre de la mamá\nAna;Eva\n")
    assert codes(checked) == [(0, "", "name_column_missing")]
    assert "→ nombre" in notices(checked)[0]
    assert names(desk.table("¿Cuál es el nombre del niño?;Edad\nAna;5\n")) == ["Ana"]
