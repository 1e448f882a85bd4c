"""Names that stand on the picture in letters that no font here has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.template.card import Card
from core.template.model import Template

from .desk import Desk


def with_card(template: Template, text: str) -> Template:
    first, *others = template.sections
    card = Card(text=text, from_s=0.0, to_s=1.0, x=0.1, y=0.1, width=0.5, height=0.2)
    return template.model_copy(update={"sections": (first.model_copy(update={"cards": (card,)}), *others)})


@pytest.fixture
def cards(desk: Desk) -> Desk:
    return replace(desk, template=with_card(desk.template, "Para {nombre}"))


def undrawable(desk: Desk, name: str) -> list[str]:
    checked = desk.table(f"nombre,queHizo\n{name},ayudó\nSofía,jugó\n")
    assert [one.job.name for one in checked.accepted] == [name, "Sofía"]
    return [
        str(warning.what)
        for row in checked.accepted
        for warning in row.warnings
        if warning.code == "letters_undrawable"
    ]


@pytest.mark.parametrize("name", ["Sofía", "Żółć", "Ελένη", "Женя", "小明", "Zoë 2"])
def test_names_that_can_be_drawn_are_no_matter(cards: Desk, name: str) -> None:
    assert undrawable(cards, name) == []


@pytest.mark.parametrize(("name", "letters"), [("𓀁𓀀", "𓀀 𓀁"), ("Ana 𓀀", "𓀀")])
def test_a_name_that_no_font_has_is_a_warning_and_says_which_letters(cards: Desk, name: str, letters: str) -> None:
    (told,) = undrawable(cards, name)
    assert letters in told
    assert "nombre" in told


def test_without_a_card_any_name_will_do(desk: Desk) -> None:
    assert undrawable(replace(desk, template=with_card(desk.template, "Feliz Navidad")), "𓀁𓀀") == []


def test_the_warning_stays_when_a_name_with_its_letters_came_before(cards: Desk) -> None:
    checked = cards.table("nombre\n𓀁𓀀\n𓀁𓀀\n𓀀 Sofía\n")
    assert [len([one for one in row.warnings if one.code == "letters_undrawable"]) for row in checked.accepted] == [
        *(1, 1, 1)
    ]
