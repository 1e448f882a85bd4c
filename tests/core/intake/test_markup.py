"""Marks that nobody speaks, broken accents, places that nobody filled in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intake.markup import mend_accents, strip_markup
from core.intake.placeholders import find_placeholder
from core.intake.readers.markdown import plain

from .desk import Desk, codes, warned


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<b>Ana</b>", "Ana"),
        ("Hola<br/>Ana", "Hola\nAna"),
        ("<p>Hola</p><p class='x'>Ana</p>", "Hola\nAna\n"),
        ('<speak>Hola <break time="1s"/><prosody rate="slow">Ana</prosody></speak>', "Hola \nAna\n"),
        ("<script>alert(1)</script>Ana", " Ana"),
        ("Tom &amp; Ana", "Tom & Ana"),
        ("Sof&iacute;a &#8211; 5&nbsp;a&ntilde;os", "Sofía – 5\u00a0años"),
        ("&lt;b&gt;Ana&lt;/b&gt;", "Ana"),
        ("&amp;lt;b&amp;gt;Ana", "Ana"),
        ("<![CDATA[Ana]]>", " Ana "),
        ("<!-- x -->Ana", " Ana"),
    ],
)
def test_markup_goes(text: str, left: str) -> None:
    assert strip_markup(text) == (left, True)


@pytest.mark.parametrize(
    "text", ["3 < 5 y 7 > 6", "te quiero <3", "AT&T", "Tom & Ana", "a<b", "x > y", "&copy", "<>", "R&D;"]
)
def test_signs_that_are_no_markup_stay(text: str) -> None:
    assert strip_markup(text) == (text, False)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("SofÃ­a", "Sofía"),
        ("Ã‘andÃº", "Ñandú"),
        ("â€œholaâ€\u009d", "“hola”"),
        ("papÃ¡ y mamÃ¡, ¿viste?", "papá y mamá, ¿viste?"),
        ("JoÃ£o", "João"),
    ],
)
def test_broken_accents_are_mended(text: str, mended: str) -> None:
    assert mend_accents(text) == (mended, True)


@pytest.mark.parametrize("text", ["Sofía", "SÃO PAULO", "CÂMARA", "Ångström", "Ã", "Â£"[:1], "naïve"])
def test_whole_accents_are_left(text: str) -> None:
    assert mend_accents(text) == (text, False)


@given(st.text(alphabet=st.characters(exclude_characters="ÃÂâ", exclude_categories=("Cs", "Cc"))))
def test_what_was_broken_once_comes_back(text: str) -> None:
    broken = text.encode("utf-8").decode("cp1252", "surrogateescape")
    if not any("\udc80" <= char <= "\udcff" for char in broken):
        assert mend_accents(broken)[0] in (text, broken)


@pytest.mark.parametrize(
    "text",
    ["{nombre}", "{{ child_name }}", "Hola {Name}!", "[NOMBRE]", "«Nombre»", "<<nombre>>", "%nombre%", "${nombre}"],
)
def test_places_are_found(text: str) -> None:
    assert find_placeholder(text, lambda word: word.casefold() in ("nombre", "name", "child_name"))


@pytest.mark.parametrize(
    "text", [":-{", "{}", "{ 1 }", "[mucho]", "«Ana»", "100%", "50% y 20%", "$100", "a {b", "<3", "[x]"]
)
def test_other_signs_are_no_places(text: str) -> None:
    assert not find_placeholder(text, lambda word: word == "nombre")


def test_markup_and_places_are_told(desk: Desk) -> None:
    checked = desk.table("nombre,pedido\n<b>Ana</b>,una&nbsp;bici\nLeo,{pedido}\n<i></i>,x\n")
    assert warned(checked) == [(2, "nombre", "markup_removed"), (2, "pedido", "markup_removed")]
    assert codes(checked) == [(3, "pedido", "placeholder"), (4, "nombre", "field_missing")]
    assert "{nombre}" in str(checked.refused[0].what)


def test_an_entity_brings_no_control_character_in(desk: Desk) -> None:
    accepted = desk.table("nombre\nAn&#8238;a&#7;\n").accepted[0]
    assert accepted.job.name == "Ana"
    assert [one.code for one in accepted.warnings] == ["markup_removed", "characters_removed"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("# Hola\n\ntexto", "Hola\n\ntexto"),
        ("**muy** *bien* __sí__ _no_", "muy bien sí no"),
        ("snake_case y 2*3*4", "snake_case y 2*3*4"),
        ("- uno\n* dos\n+ tres\n- [x] hecho", "uno\ndos\ntres\nhecho"),
        ("> dicho", "dicho"),
        ("[Ana](https://example.org) ![foto](x.png)", "Ana "),
        ("a\n---\nb", "a\n\nb"),
        ("`código`", "código"),
        ("```\nuno\n```", "\nuno\n"),
        ("1\\. uno", "1. uno"),
        ("---\nnombre: Ana\n---\nHola", "nombre: Ana\n\nHola"),
    ],
)
def test_markdown_is_read_as_it_is_spoken(text: str, left: str) -> None:
    assert plain(text) == left
