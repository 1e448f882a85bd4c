"""Names respelled for the voice: whole words, any case, names of several words."""

from __future__ import annotations

import unicodedata

import pytest

from core.template.respelling import Respellings, same_name

NAMES = Respellings(
    {"Zoë": "Zoi", "Iñaki": "Inyaki", "Ana": "Anna", "Ana Luz": "Anna Luss", "O’Brien": "Obrayen", "美咲": "Misaki"}
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hola, Zoë.", "Hola, Zoi."),
        ("ZOË y zoë", "Zoi y Zoi"),
        (unicodedata.normalize("NFD", "Hola, Zoë y Iñaki"), "Hola, Zoi y Inyaki"),
        ("Zoë’s bear", "Zoi’s bear"),
        ("Ana", "Anna"),
        ("_Zoë_ *Ana*", "_Zoi_ *Anna*"),
        ("Banana, Anabel, Ana2", "Banana, Anabel, Ana2"),
        ("Ana  Luz y Ana", "Anna Luss y Anna"),
        ("Ana\nLuz", "Anna Luss"),
        ("Ana, Luz", "Anna, Luz"),
        ("Ana-Luz", "Anna-Luz"),
        ("o'brien", "Obrayen"),
        ("para 美咲!", "para Misaki!"),
        ("Ana\u0301", "Ana\u0301"),
        ("İstanbul ſ", "İstanbul ſ"),
        ("", ""),
    ],
)
def test_whole_words_of_any_case(text: str, said: str) -> None:
    assert NAMES.said(text) == said


def test_only_names_that_stand_in_a_text_concern_it() -> None:
    assert NAMES.found_in("Ana Luz y ZOË") == {"Ana Luz": "Anna Luss", "Zoë": "Zoi"}
    assert NAMES.found_in("Nadie") == {}
    assert not Respellings({"…": "x", "Ana": " "})


def test_a_spelling_is_not_respelled_again_and_may_look_like_anything() -> None:
    names = Respellings({"Ana": r"\1 {nombre} Ana", "Leo": "Ana"})
    assert names.said("Ana y Leo") == r"\1 {nombre} Ana y Ana"


def test_one_name_however_it_is_typed() -> None:
    assert same_name(" ZOË  O’Brien ") == same_name(unicodedata.normalize("NFD", "zoë o'brien"))
    assert same_name("Zoe") != same_name("Zoë")
