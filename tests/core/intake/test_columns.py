"""Headers as operators write them, and the languages they name."""

from __future__ import annotations

import pytest

from core.intake.fields import Special, Vocabulary
from core.template.model import Template

from .desk import Desk, codes, names, notices


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("nombre", "nombre"),
        ("  NOMBRE: ", "nombre"),
        ("Nombre *", "nombre"),
        ("Nombre (del chico)", "nombre"),
        ("Nombre del niño", "nombre"),
        ("nombre_del_nino", "nombre"),
        ("Child-Name", "nombre"),
        ("queHizo", "queHizo"),
        ("Qué hizo", "queHizo"),
        ("QUE_HIZO", "queHizo"),
        ("que\nhizo", "queHizo"),
        ("Que\u0301 hizo", "queHizo"),
        ("What the child did this year", "queHizo"),
        ("recuerdo especial", "recuerdoEspecial"),
        ("Pedido Noche Mágica", "pedidoNocheMagica"),
        ("Región", "provincia"),
        ("Guión", Special.SCRIPT),
        ("guion", Special.SCRIPT),
        ("MENSAJE", Special.SCRIPT),
        ("Text:", Special.SCRIPT),
        ("Idioma", Special.LANGUAGE),
        ("Lang", Special.LANGUAGE),
        ("prioridad", None),
        ("priority", None),
        ("", None),
        ("???", None),
        ("(x)", None),
    ],
)
def test_headers(template: Template, header: str, target: object) -> None:
    assert Vocabulary(template).target(header) == target


@pytest.mark.parametrize("field", ["nombre", "provincia"])
def test_labels_of_every_language_are_headers(template: Template, field: str) -> None:
    for label in template.fields[field].label.values():
        assert Vocabulary(template).target(label) == field


@pytest.mark.parametrize(
    ("value", "language"),
    [
        ("es", "es"),
        ("ES", "es"),
        ("español", "es"),
        ("Espanol", "es"),
        ("castellano", "es"),
        ("Spanish", "es"),
        ("es_AR", "es"),
        ("es-419", "es"),
        ("Español (Argentina)", "es"),
        ("en", "en"),
        ("en-US", "en"),
        ("English", "en"),
        ("INGLÉS", "en"),
        ("ingles", "en"),
        ("pt", None),
        ("Klingon", None),
        ("1", None),
        ("美国", None),
    ],
)
def test_languages(template: Template, value: str, language: str | None) -> None:
    assert Vocabulary(template).language(value) == language


def test_a_columns_nobody_uses_are_told_once(desk: Desk) -> None:
    checked = desk.table("nombre,edad,teléfono\nAna,5,123\n")
    assert notices(checked) == ["These columns are not used: edad, teléfono."]


def test_a_misspelt_column_is_asked_after(desk: Desk) -> None:
    checked = desk.table("nombre,provinsia,edad\nAna,Salta,5\n")
    assert notices(checked) == ["These columns are not used: provinsia, edad. Did you mean: provinsia → provincia?"]


def test_of_two_columns_for_a_field_the_first_filled_in_counts(desk: Desk) -> None:
    checked = desk.table("nombre,Name,Nombre,pedido\nAna,Anna,Anne,x\n,Leo,,y\n ,,Eva,z\n")
    assert names(checked) == ["Ana", "Leo", "Eva"]
    assert notices(checked) == [
        "Several columns hold the same thing: nombre + Name + Nombre. The first that is filled in counts."
    ]


def test_a_column_given_twice_keeps_both_apart(desk: Desk) -> None:
    checked = desk.table("nombre,nombre\n,Leo\nAna,\n")
    assert names(checked) == ["Leo", "Ana"]
    assert "nombre + nombre (B)" in notices(checked)[0]


def test_no_name_column_refuses_the_file_and_says_what_was_found(desk: Desk) -> None:
    checked = desk.table("pedido;Provincia\nuna bici;Salta\n")
    assert codes(checked) == [(0, "", "name_column_missing")]
    assert "pedido, Provincia" in str(checked.refused[0].what)
    assert "“nombre”" in str(checked.refused[0].remedy)
    assert checked.batches == {}
