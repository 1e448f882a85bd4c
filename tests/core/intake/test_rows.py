"""Rows against the template: what passes untouched, what is cleaned, what is refused."""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest

from .desk import Desk, codes, names, only


def sheet(*rows: dict[str, str]) -> str:
    titles = list(dict.fromkeys(title for row in rows for title in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, titles, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


WORLD = [
    "José María",
    "O'Neill",
    "O’Neill",
    "D'Angelo",
    "Zoë-Lou",
    "Łukasz",
    "美咲",
    "أحمد",
    "Ngọc Ánh",
    "Владимир",
    "נועה",
    "अनुष्का",
    "Þórdís",
    "علی\u200cرضا",  # a joiner that Persian needs
    "Ana 👩‍🚀",
    'Ana %s 100% "la única" <3',
]


@pytest.mark.parametrize("name", WORLD)
def test_names_of_the_world_pass_untouched(desk: Desk, name: str) -> None:
    checked = desk.table(sheet({"nombre": name, "pedido": f"para {name}"}))
    job = checked.accepted[0].job
    assert job.name == job.fields["nombre"] == unicodedata.normalize("NFC", name)
    assert checked.accepted[0].warnings == ()


def test_what_a_job_holds(desk: Desk) -> None:
    checked = desk.table(sheet({"nombre": "Ana", "pedido": " una\t bici ", "provincia": "", "idioma": "English"}))
    job = checked.accepted[0].job
    assert job.fields == {"nombre": "Ana", "pedidoNocheMagica": "una bici"}
    assert (job.language, job.script, job.sheet, job.row) == ("en", "", "", 2)
    assert (job.template, job.template_hash) == (desk.template.reference, desk.template.content_hash)
    assert job.source == str(desk.folder / "lote.csv")
    assert checked.batches == {job.batch: "lote"}


def test_white_space_is_made_single_and_accents_are_composed(desk: Desk) -> None:
    raw = "\u00a0una \r\n\r\nbici\u2028ro\u00adja\u3000de Sofi\u0301a\ufeff "
    accepted = desk.table(sheet({"nombre": "Ana", "pedido": raw})).accepted[0]
    assert accepted.job.fields["pedidoNocheMagica"] == "una bici roja de Sofía"
    assert accepted.warnings == ()


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("la abuela", "abuela"), ("Tu tía Rosa", "tía Rosa"), ("su  LA mamá", "mamá"), ("abuelo", "abuelo"), ("la", "la")],
)
def test_words_that_the_lines_say_themselves_are_left_out(desk: Desk, cell: str, kept: str) -> None:
    rules = dict(desk.template.fields)
    rules["parentesco"] = rules["parentesco"].model_copy(update={"leave_out": ("la", "tu", "su")})
    desk.template = desk.template.model_copy(update={"fields": rules})
    accepted = desk.table(sheet({"nombre": "La Toya", "parentesco": cell})).accepted[0]
    assert accepted.job.fields == {"nombre": "La Toya", "parentesco": kept}


@pytest.mark.parametrize("unsafe", ["\x00", "\x07", "\x1b", "\x1d", "\x7f", "\x9b", "\u202e", "\u2066"])
def test_control_characters_are_taken_out_and_told(desk: Desk, unsafe: str) -> None:
    accepted = desk.table(sheet({"nombre": f"An{unsafe}a", "pedido": "una bici"})).accepted[0]
    assert accepted.job.name == "Ana"
    warning = only(accepted.warnings)
    assert (warning.code, warning.field, warning.row) == ("characters_removed", "nombre", 2)


def test_required_fields_and_limits(desk: Desk) -> None:
    checked = desk.table(
        sheet(
            {"nombre": "Ana", "provincia": "Salta"},
            {"nombre": " \u200b", "provincia": "Salta"},
            {"nombre": "x" * 100, "provincia": "x" * 50},
            {"nombre": "x" * 101, "provincia": "x" * 51},
        )
    )
    assert codes(checked) == [
        (3, "nombre", "field_missing"),
        (5, "nombre", "too_long"),
        (5, "provincia", "too_long"),
    ]
    assert str(checked.refused[1].what) == "“nombre” has 101 characters; the limit is 100."
    assert [accepted.job.row for accepted in checked.accepted] == [2, 4]


def test_a_problem_names_the_column_as_the_file_does(desk: Desk) -> None:
    checked = desk.table(sheet({"Child Name": "", "Región": "x"}))
    assert (only(checked.refused).field, only(checked.refused).place) == ("nombre", "Child Name")
    assert checked.as_dict()["refused"][0]["field"] == "Child Name"
    assert str(only(checked.refused).what) == "“Child Name” is empty."


def test_a_language_the_template_doesnt_speak_refuses_the_row(desk: Desk) -> None:
    checked = desk.table(sheet(*({"nombre": "Ana", "Lengua": word} for word in ("", "en", "Klingon"))))
    assert [accepted.job.language for accepted in checked.accepted] == ["es", "en"]
    assert codes(checked) == [(4, "Lengua", "language_unknown")]
    assert "es, en" in str(checked.refused[0].remedy)
    assert "Klingon" not in str(checked.refused[0].as_dict())


def test_a_whole_script_needs_only_a_name_and_keeps_its_lines(desk: Desk) -> None:
    required = desk.template.fields["queHizo"].model_copy(update={"required": True})
    fields = {**desk.template.fields, "queHizo": required}
    desk.template = desk.template.model_copy(update={"fields": fields})
    script = "\n Hola,   Ana. \r\n\r\n\n\nTe espero {:-} siempre. \n"
    checked = desk.table(
        sheet({"nombre": "Ana", "guión": script}, {"nombre": "Leo", "guión": ""}, {"nombre": "", "guión": script})
    )
    assert names(checked) == ["Ana"]
    assert checked.accepted[0].job.script == "Hola, Ana.\n\nTe espero {:-} siempre."
    assert codes(checked) == [(3, "queHizo", "field_missing"), (4, "nombre", "field_missing")]


def test_a_script_has_a_limit(desk: Desk) -> None:
    checked = desk.table(sheet({"nombre": "Ana", "texto": "x" * (desk.template.max_script_length + 1)}))
    assert codes(checked) == [(2, "texto", "too_long")]


def test_no_problem_repeats_what_is_said_to_the_child(desk: Desk) -> None:
    secret = "palabras privadas " * 200
    checked = desk.table(
        sheet({"nombre": "Ana", "queHizo": secret}, {"nombre": secret}, {"nombre": "Leo", "idioma": secret})
        + f"Eva,,,{secret}\n"
    )
    assert len(checked.refused) == 4
    assert "privadas" not in str(checked.as_dict()["refused"])
