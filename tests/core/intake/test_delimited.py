"""Delimited files as they come: separators, quotation marks, ragged rows, the numbers of rows."""

from __future__ import annotations

import pytest

from core.intake import limits
from core.intake.readers import delimited, table

from .desk import Desk, codes, names, notices


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(desk: Desk, delimiter: str, newline: str) -> None:
    rows = (
        ["nombre", "pedido", "provincia"],
        ["Ana", '"un libro, un lápiz; y | algo\tmás"', "Salta"],
        ["Leo", '"el ""gran"" circo"', "Jujuy"],
    )
    text = newline.join(delimiter.join(row) for row in rows) + newline
    checked = desk.table(text)
    assert [(a.job.row, a.job.name) for a in checked.accepted] == [(2, "Ana"), (3, "Leo")]
    assert checked.accepted[0].job.fields["pedidoNocheMagica"] == "un libro, un lápiz; y | algo más"
    assert checked.accepted[1].job.fields["pedidoNocheMagica"] == 'el "gran" circo'
    assert checked.refused == ()


@pytest.mark.parametrize(
    "text",
    [
        "Nombre;Qué hizo (logro, ayuda);Pedido\nAna;ayudó, mucho;una bici\n",
        "Nombre;Relación (mamá, papá, tía, abuela);Pedido\nAna;mamá;una bici\nLeo;papá;un tren, dos\n",
        "sep=;\nnombre;pedido\nAna;una bici\n",
        "'nombre','pedido'\n'Ana','una bici, roja'\n",
        'nombre, pedido\nAna, "una bici, roja"\n',
        "nombre\nAna\n",
        "nombre\nAna, la de la esquina; sí\n",
        "nombre\tpedido\nAna\tuna, dos; tres, cuatro\n",
    ],
)
def test_the_header_decides_about_the_separator(desk: Desk, text: str) -> None:
    checked = desk.table(text)
    assert names(checked)[0].startswith("Ana")
    assert checked.refused == ()


def test_rows_are_numbered_as_in_a_spreadsheet(desk: Desk) -> None:
    text = '\n\nnombre,pedido\nAna,"una\nbici\nroja"\n\n , \nLeo,un tren\n'
    checked = desk.table(text)
    assert [(a.job.row, a.job.name) for a in checked.accepted] == [(4, "Ana"), (7, "Leo")]
    assert checked.accepted[0].job.fields["pedidoNocheMagica"] == "una bici roja"


def test_a_declared_separator_is_not_a_row(desk: Desk) -> None:
    assert desk.table("sep=|\r\nnombre|pedido\r\nAna|bici\r\n").accepted[0].job.row == 2


def test_ragged_rows(desk: Desk) -> None:
    checked = desk.table("nombre,pedido,provincia\nAna\nLeo,un tren,Salta,y más\nEva,bici,Jujuy,, ,\n")
    assert names(checked) == ["Ana", "Eva"]
    assert codes(checked) == [(3, "", "too_many_cells")]
    assert "4 cells" in str(checked.refused[0].what)


def test_columns_without_title_are_told_only_if_something_is_in_them(desk: Desk) -> None:
    assert notices(desk.table("nombre,,pedido,\nAna,,bici,\n")) == []
    assert notices(desk.table("nombre,,pedido,\nAna,,bici,ojo\n")) == ["These columns are not used: (D)."]


@pytest.mark.parametrize(
    "broken",
    ['"un tren', '"un "gran" tren', 'un tren,"y más', '"un tren\n"y" más"', '"un, tren" y, más'],
)
@pytest.mark.parametrize("below", ["Eva,circo", 'Eva,"un, libro"', 'Eva,"dijo ""hola"""'])
@pytest.mark.parametrize("end", ["", "\n"])
def test_unpaired_quotation_marks_cost_only_their_row(desk: Desk, broken: str, below: str, end: str) -> None:
    checked = desk.table(f"nombre,pedido\nAna,bici\nLeo,{broken}\n{below}{end}")
    assert names(checked)[:2] in (["Ana", "Eva"], ["Ana", "Leo"])
    assert "Eva" in names(checked)
    assert {row for row, _, _ in codes(checked)} <= {3, 4}


def test_an_open_quotation_mark_is_told_in_its_row(desk: Desk) -> None:
    checked = desk.table('nombre,pedido\nAna,bici\nLeo,"un tren\nEva,circo\nTom,"un, libro"\n')
    assert [(a.job.row, a.job.name) for a in checked.accepted] == [(2, "Ana"), (4, "Eva"), (5, "Tom")]
    assert codes(checked) == [(3, "", "quotes_unpaired")]


@pytest.mark.parametrize(
    ("text", "accepted", "refused"),
    [
        ('Leo,"dijo "hola" y\nse fue"\nEva,circo\n', ["Ana", "Eva"], [3, 4]),
        ('Leo,"dijo "hola" y\n\nsaludó\nse fue, sí"\nEva,circo\n', ["Ana", "Eva"], [3, 5, 6]),
        ('"Le "o"\nn",bici\nEva,circo\n', ["Ana", "Eva"], [3, 4]),
        ('Leo,"dijo "hola""\nEva,circo\n', ["Ana", "Leo", "Eva"], []),
    ],
)
def test_no_piece_of_a_text_is_taken_for_a_row(desk: Desk, text: str, accepted: list[str], refused: list[int]) -> None:
    checked = desk.table("nombre,pedido\nAna,bici\n" + text)
    assert names(checked) == accepted
    assert [(row, code) for row, _, code in codes(checked)] == [(row, "quotes_unpaired") for row in refused]


def test_stray_quotation_marks_in_a_row_of_the_right_width_are_mended(desk: Desk) -> None:
    checked = desk.table('nombre,pedido\nAna,"el "gran" circo"\nLeo,un tubo de 5" \n')
    assert [a.job.fields["pedidoNocheMagica"] for a in checked.accepted] == ['el gran" circo"', 'un tubo de 5"']


def test_only_so_many_broken_rows_are_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "_MAX_REREADS", 2)
    chained = "nombre,pedido\n" + 'a","b\n' * 7
    assert codes(desk.table(chained)) == [(0, "", "quotes_broken")]


def test_a_cell_beyond_the_limit_costs_only_its_row(desk: Desk) -> None:
    for size in (limits.MAX_CELL_CHARS + 1, 140_000, limits.MAX_RECORD_CHARS + 1):
        checked = desk.table(f"nombre,pedido\nAna,bici\nLeo,{'x' * size}\nEva,circo\n")
        assert [(a.job.row, a.job.name) for a in checked.accepted] == [(2, "Ana"), (4, "Eva")]
        assert codes(checked) == [(3, "", "cell_too_large")]


def test_a_header_beyond_the_limit_is_refused(desk: Desk) -> None:
    assert codes(desk.table(f"nombre,{'x' * 140_000}\nAna,bici\n")) == [(0, "", "header_unreadable")]
    assert codes(desk.table("nombre" + ",x" * limits.MAX_COLUMNS + "\nAna\n")) == [(0, "", "too_many_columns")]


def test_too_many_rows_are_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_ROWS", 3)
    assert names(desk.table("nombre\nA\nB\nC\n")) == ["A", "B", "C"]
    assert codes(desk.table("nombre\nA\nB\nC\nD\n")) == [(0, "", "too_many_rows")]


def test_a_table_without_rows_is_refused(desk: Desk) -> None:
    assert codes(desk.table("nombre,pedido\n\n,\n")) == [(0, "", "rows_missing")]
