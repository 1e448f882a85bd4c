"""Refused rows go out, are corrected, and come back in."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from core.errors import UsageError
from core.intake.refused import export_refused
from tests.stand_ins import raises_code

from .desk import Desk, codes, names, notices


def rows_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=";"))


def write(file: Path, rows: list[list[str]]) -> Path:
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    return file


def test_what_is_put_right_is_taken(desk: Desk) -> None:
    first = desk.check(
        desk.put("a.csv", "Child Name,edad,Región,idioma\nAna,5,Salta,es\n,6,Jujuy,es\nLeo,7,Salta,klingon\n"),
        desk.put("b.xlsx.csv", "nombre;pedido\nEva;{pedido}\n"),
        desk.put("c.txt", "idioma: fr\n\nHola, Tom."),
    )
    assert names(first) == ["Ana"]
    out = desk.folder / "corregir.csv"
    assert export_refused(first, out) == 4
    rows = rows_of(out)
    assert rows[0] == [
        *("Trineo: where from", "Trineo: what is wrong", "Trineo: what to do"),
        *("nombre", "edad", "provincia", "language", "pedidoNocheMagica", "script"),
    ]
    assert rows[1][:4] == ["a.csv · 3", "“Child Name” is empty.", "Fill in the cell.", ""]
    again = desk.check(out)
    assert names(again) == []
    assert [(row, code) for row, _, code in codes(again)] == [
        (2, "field_missing"),
        (3, "language_unknown"),
        (4, "placeholder"),
        (5, "language_unknown"),
    ]
    rows[1][3], rows[2][6], rows[3][7], rows[4][6] = "Zoë", "en", "una bici", "es"
    last = desk.check(write(out, rows))
    assert last.refused == ()
    assert names(last) == ["Zoë", "Leo", "Eva", "c"]
    assert last.accepted[0].job.fields == {"nombre": "Zoë", "provincia": "Jujuy"}
    assert last.accepted[1].job.language == "en"
    assert last.accepted[3].job.script == "Hola, Tom."
    assert notices(last) == ["These columns are not used: edad."]


def test_rows_that_dont_fit_are_not_let_in_before_they_do(desk: Desk) -> None:
    first = desk.table('nombre,pedido\nAna,bici,Salta\nLeo,"un tren\nEva,circo\n')
    out = desk.folder / "corregir.csv"
    export_refused(first, out)
    assert [code for _, _, code in codes(desk.check(out))] == ["too_many_cells", "too_many_cells"]
    rows = rows_of(out)
    write(out, [row[: len(rows[0])] for row in rows])
    assert names(desk.check(out)) == ["Ana", "Leo"]


def test_no_cell_is_run_by_excel_and_all_come_back_unchanged(desk: Desk) -> None:
    texts = ["=1+1", "+5", "-x", "@a", "'=a", "'hola", "\t=x"]
    first = desk.table("nombre;pedido;idioma\n" + "".join(f'Ana{at};"{text}";xx\n' for at, text in enumerate(texts)))
    out = desk.folder / "corregir.csv"
    export_refused(first, out)
    rows = rows_of(out)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    write(out, [[*row[:5], "es"] if at else row for at, row in enumerate(rows)])
    wishes = [accepted.job.fields["pedidoNocheMagica"] for accepted in desk.check(out).accepted]
    assert wishes == ["=1+1", "+5", "-x", "@a", "'=a", "'hola", "=x"]


def test_files_that_gave_nothing_have_a_line_that_is_passed_over(desk: Desk) -> None:
    first = desk.check(desk.folder / "nada.csv", desk.put("a.csv", "nombre\n{x}\n"))
    out = desk.folder / "corregir.csv"
    assert export_refused(first, out) == 2
    assert rows_of(out)[2][0] == "nada.csv"
    assert [row for row, _, _ in codes(desk.check(out))] == [2]


def test_sentences_are_told_in_the_readers_language(desk: Desk) -> None:
    out = desk.folder / "corregir.csv"
    export_refused(desk.table("nombre\n{x}\n"), out, lambda text: f"¡{text}!")
    assert rows_of(out)[0][1] == "Trineo: ¡what is wrong!"
    assert rows_of(out)[1][1].startswith("¡“nombre”")
    assert codes(desk.check(out)) == [(2, "nombre", "placeholder")]


def test_a_file_that_was_read_is_never_overwritten(desk: Desk) -> None:
    file = desk.put("lote.csv", "nombre\n{x}\n")
    with raises_code(UsageError, "refused_over_input"):
        export_refused(desk.check(file), file)
    assert file.read_text() == "nombre\n{x}\n"


@pytest.mark.parametrize("place", ["nowhere/x.csv", "lote.csv/x.csv", "."])
def test_a_place_that_cant_be_written_is_told(desk: Desk, place: str) -> None:
    checked = desk.table("nombre\n{x}\n")
    with raises_code(UsageError, "refused_unwritable"):
        export_refused(checked, desk.folder / place)
    assert not list(desk.folder.glob("**/*.part"))
