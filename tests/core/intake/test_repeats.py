"""The same child again, the same row again; words that Santa doesn't say; films beyond the template's length."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UsageError
from core.intake.words import WordList, load_word_lists
from core.paths import resources
from tests.stand_ins import raises_code

from .desk import Desk, codes, films, names, warned


def test_the_same_child_in_two_files_is_told_once_for_each(desk: Desk) -> None:
    files = [desk.put(f"{name}.csv", "nombre,provincia\nSofía Paz,Salta\n") for name in ("a", "b")]
    checked = desk.check(*files)
    assert warned(checked) == [(2, "nombre", "same_child")]
    assert "row 2 of a.csv" in str(checked.accepted[1].warnings[0].what)


@pytest.mark.parametrize(
    ("other", "same"),
    [("SOFIA  PAZ,Salta", True), ("Sofía Paz,", True), ("Sofía Paz,Jujuy", False), ("Sofía Pazos,Salta", False)],
)
def test_what_makes_it_the_same_child(desk: Desk, other: str, same: bool) -> None:
    checked = desk.table(f"nombre,provincia\nSofía Paz,Salta\n{other}\n")
    assert len(warned(checked)) == same


def test_a_row_that_was_queued_is_told_and_kept(desk: Desk) -> None:
    text = "nombre,pedido\nAna,bici\nLeo,tren\n"
    first = desk.table(text)
    desk.earlier = [accepted.job for accepted in first.accepted]
    again = desk.table(text + "Ana,otra cosa\n")
    assert names(again) == ["Ana", "Leo", "Ana"]
    assert warned(again) == [(2, "", "queued_already"), (3, "", "queued_already"), (4, "nombre", "same_child")]
    assert "row 3 of lote.csv" in str(again.accepted[1].warnings[0].what)
    assert "queued before" in str(again.accepted[2].warnings[0].what)


def test_earlier_jobs_are_asked_for_once_and_only_when_needed(desk: Desk) -> None:
    asked = []

    class Counted(list):  # type: ignore[type-arg]
        def __iter__(self):  # type: ignore[no-untyped-def]
            asked.append(1)
            return super().__iter__()

    desk.earlier = Counted()
    desk.table("nombre\n{x}\n")
    assert asked == []
    desk.table("nombre\nAna\nLeo\n")
    assert asked == [1]


def test_two_rows_that_would_write_one_film_keep_one_each(desk: Desk) -> None:
    desk.film_names = "{batch}/{name}"
    checked = desk.table("nombre,provincia\nAna,Salta\nANA,Jujuy\nAna?,Chaco\nAna,Chubut\n")
    assert films(checked) == ["Ana.mp4", "ANA (2).mp4", "Ana (3).mp4", "Ana (4).mp4"]


@pytest.mark.parametrize("text", ["Sos un idiota.", "¡ESTÚPIDO!", "estupido", "Papá Noel no existe", "son los  padres"])
def test_words_that_santa_doesnt_say_are_warned_of(desk: Desk, text: str) -> None:
    desk.words = load_word_lists(resources() / "words")
    checked = desk.table(f'nombre,pedido\nAna,"{text}"\n')
    assert warned(checked) == [(2, "pedido", "word_watched")]
    assert checked.refused == ()


@pytest.mark.parametrize(
    "text", ["estudió", "una idiotez", "son los juguetes de los padres", "Concepción", "clases de ajedrez"]
)
def test_other_words_are_not(desk: Desk, text: str) -> None:
    desk.words = load_word_lists(resources() / "words")
    assert warned(desk.table(f'nombre,pedido\nAna,"{text}"\n')) == []


def test_a_list_is_for_its_language(desk: Desk) -> None:
    desk.words = {"en": WordList(["pan"])}
    checked = desk.table("nombre,pedido,idioma\nAna,pan,es\nLeo,pan,en\n")
    assert warned(checked) == [(3, "pedido", "word_watched")]


def test_an_own_list_takes_the_place_of_the_programs(tmp_path: Path) -> None:
    (tmp_path / "es.txt").write_text("# mía\nbrócoli # verde\ndos palabras\n\n", encoding="utf-8-sig")
    lists = load_word_lists(tmp_path, resources() / "words")
    assert lists["es"].find("No quiero BROCOLI") == "brocoli"
    assert lists["es"].find("son dos, palabras") == "dos palabras"
    assert not lists["es"].find("idiota")
    assert lists["en"].find("you idiot") == "idiot"
    assert load_word_lists(tmp_path / "nowhere") == {}
    (tmp_path / "en.txt").write_bytes(b"\xff\xfe\xfa")
    with raises_code(UsageError, "word_list_unreadable"):
        load_word_lists(tmp_path)


def test_a_film_is_held_to_the_templates_length(desk: Desk) -> None:
    desk.template = desk.template.model_copy(update={"max_spoken_s": 60.0})
    words = "una tarde de lluvia con la abuela "
    checked = desk.table(
        "nombre,texto\n"
        + "".join(f'{name},"{(words * times).strip()}."\n' for name, times in (("Ana", 10), ("Leo", 24), ("Eva", 60)))
    )
    assert names(checked) == ["Ana", "Leo"]
    assert warned(checked) == [(3, "", "speech_too_long")]
    assert codes(checked) == [(4, "", "speech_too_long")]
    assert "60 s" in str(checked.refused[0].what)
