"""Text files: one job each, with or without lines that say whose it is."""

from __future__ import annotations

import pytest

from .desk import Desk, codes, films, names


def test_the_text_is_the_script_and_the_file_is_named_for_the_child(desk: Desk) -> None:
    job = desk.text("¡Hola, Sofía!\nTe mando un abrazo.\n").accepted[0].job
    assert (job.name, job.script, job.language) == ("Sofía", "¡Hola, Sofía!\nTe mando un abrazo.", "es")
    assert (job.row, job.fields) == (1, {"nombre": "Sofía"})


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("01-Sofía.txt", "Sofía"),
        ("3. Sofía Pérez.txt", "Sofía Pérez"),
        ("sofía_pérez.TXT", "sofía pérez"),
        ("Zoë-Lou.txt", "Zoë-Lou"),
        ("美咲.txt", "美咲"),
    ],
)
def test_a_name_from_the_files_name(desk: Desk, file: str, name: str) -> None:
    assert names(desk.text("Hola", file)) == [name]


def test_a_name_line_left_blank_says_nothing(desk: Desk) -> None:
    assert names(desk.text("nombre: \n\nHola")) == ["Sofía"]


def test_a_file_that_names_nobody_is_refused_with_what_to_do(desk: Desk) -> None:
    checked = desk.text("Hola", "001.txt")
    assert codes(checked) == [(1, "nombre", "field_missing")]
    assert "nombre: …" in str(checked.refused[0].remedy)


@pytest.mark.parametrize("first", ["nombre: Ana", "name: Ana", "Nombre = Ana", "\n\nNOMBRE :  Ana", "Niña:Ana"])
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n \r\n"])
def test_the_first_lines_may_name_fields(desk: Desk, first: str, gap: str) -> None:
    text = f"{first}\nidioma: inglés\nRegión: Salta: capital{gap}Hello, Ana: welcome!\nnombre: x"
    job = desk.text(text).accepted[0].job
    assert (job.name, job.language) == ("Ana", "en")
    assert job.fields == {"nombre": "Ana", "provincia": "Salta: capital"}
    assert job.script == "Hello, Ana: welcome!\nnombre: x"


@pytest.mark.parametrize("text", ["Querida Sofía: ¡hola!", "Hola\nnombre: Ana", "Hora: las doce", "= uno", ": uno"])
def test_a_text_with_a_colon_is_still_a_text(desk: Desk, text: str) -> None:
    job = desk.text(text).accepted[0].job
    assert (job.name, job.script) == ("Sofía", text)


def test_the_script_may_be_named_too(desk: Desk) -> None:
    job = desk.text("nombre: Ana\nmensaje: Hola, Ana.\nChau.").accepted[0].job
    assert (job.name, job.script) == ("Ana", "Hola, Ana.\nChau.")


def test_fields_without_a_text_are_refused(desk: Desk) -> None:
    assert codes(desk.text("nombre: Ana\nidioma: es\n")) == [(1, "", "text_missing")]


def test_a_text_of_nothing_but_marks_is_refused(desk: Desk) -> None:
    assert codes(desk.text("<!-- nada --><script>x</script>")) == [(1, "", "text_missing")]


@pytest.mark.parametrize("first", ["nombre\tpedido", "Name;x;Región", '"idioma","nombre"'])
def test_a_table_under_a_texts_ending_is_not_spoken(desk: Desk, first: str) -> None:
    assert codes(desk.text(f"{first}\nAna\tuna bici\n")) == [(1, "", "table_in_text")]
    assert names(desk.text("Niña, te escucho; qué alegría.", "Ana.txt")) == ["Ana"]


def test_texts_of_a_folder_are_one_batch_numbered_in_order(desk: Desk) -> None:
    files = [desk.put(f"cartas/{name}.txt", "Hola") for name in ("Ana", "00", "Leo", "Ana 2")]
    other = desk.put("más/Ana.txt", "Hola")
    checked = desk.check(*files[:2], other, *files[2:])
    assert films(checked) == ["0001-Ana.mp4", "0001-Ana.mp4", "0002-Leo.mp4", "0003-Ana 2.mp4"]
    assert [accepted.job.row for accepted in checked.accepted] == [1, 1, 1, 1]
    assert list(checked.batches.values()) == ["cartas", "más"]
    batches = [accepted.job.batch for accepted in checked.accepted]
    assert batches[0] == batches[2] == batches[3] != batches[1]
