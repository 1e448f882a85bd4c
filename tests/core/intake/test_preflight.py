"""The outcome as a whole: its JSON, its order, its speed."""

from __future__ import annotations

import json
import time

from .desk import Desk, codes


def test_the_json_contract(desk: Desk) -> None:
    checked = desk.table("nombre,edad\nAn\x07a,5\n,6\n")
    file = str(desk.folder / "lote.csv")
    assert json.loads(json.dumps(checked.as_dict())) == {
        "accepted": [
            {
                "file": file,
                "sheet": "",
                "row": 2,
                "name": "Ana",
                "output": str(desk.out / "lote" / "0002-Ana.mp4"),
                "warnings": [
                    {
                        "field": "nombre",
                        "code": "characters_removed",
                        "message": "“nombre” held control characters, or marks that turn the reading direction; "
                        "they were taken out.",
                    }
                ],
            }
        ],
        "refused": [
            {
                "file": file,
                "sheet": "",
                "row": 3,
                "field": "nombre",
                "code": "field_missing",
                "message": "“nombre” is empty.",
                "remedy": "Fill in the cell.",
            }
        ],
        "notices": [{"file": file, "message": "These columns are not used: edad."}],
    }


def test_nothing_given_is_nothing_found(desk: Desk) -> None:
    assert desk.check().as_dict() == {"accepted": [], "refused": [], "notices": []}


def test_problems_are_told_in_the_order_of_the_rows(desk: Desk) -> None:
    checked = desk.table("nombre,pedido\n,x\nAna,y,z\nLeo\n ,x\n" + ("z" * 101) + ",x\nEva,x\n")
    assert [row for row, _, _ in codes(checked)] == [2, 3, 5, 6]


def test_a_cells_braces_are_only_text(desk: Desk) -> None:
    checked = desk.table("nombre,{edad},%s\nAna,{0.__class__},x\n,{nombre},y\n")
    assert "{edad}" in str(checked.as_dict()["notices"])
    assert checked.accepted[0].job.name == "Ana"


def test_ten_thousand_rows_are_checked_in_a_breath(desk: Desk) -> None:
    """The goal is a second (benchmarks/ measures it); here only a slip into quadratic time is to be noticed."""
    row = 'es,José,mamá,"ayudaste, mucho, a tu hermano",aquella tarde,"una bici ""roja""",Córdoba\n'
    text = "idioma,nombre,parentesco,queHizo,recuerdoEspecial,pedidoNocheMagica,provincia\n" + row * 10_000
    start = time.process_time()  # a busy machine makes no difference
    checked = desk.table(text)
    assert time.process_time() - start < 10
    assert len(checked.accepted) == 10_000
