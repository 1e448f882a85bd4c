"""Names of films: safe on every system, never given twice."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intake.filenames import MAX_NAME_BYTES, MAX_NAME_CHARS, FilmNames, safe_name

from .desk import Desk, films


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("José María Ñandú", "José María Ñandú"),
        ("O'Neill", "O'Neill"),
        ("美咲 أحمد", "美咲 أحمد"),
        ("Sofi\u0301a", "Sofía"),
        ("Ana/Leo", "Ana-Leo"),
        ('a<b>c:d"e\\f|g?h*i', "a-b-c-d-e-f-g-h-i"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", ""),
        ("???", ""),
        ("Ana. . ", "Ana"),
        (".oculto", "oculto"),
        ("Ana\n\tLeo", "Ana Leo"),
        ("A\x00n\x1ba\u202e", "Ana"),
        ("caf\udce9", "caf"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Com1", "_Com1"),
        ("LPT¹", "_LPT¹"),
        ("Conrado", "Conrado"),
        ("Ana 👩‍🚀", "Ana 👩‍🚀"),
    ],
)
def test_safe_names(text: str, name: str) -> None:
    assert safe_name(text) == name


@pytest.mark.parametrize(
    ("text", "chars"),
    [
        ("x" * 300, MAX_NAME_CHARS),
        ("ñ" * 300, MAX_NAME_CHARS),
        ("美" * 300, MAX_NAME_BYTES // 3),
        ("👍🏽" * 300, 2 * (MAX_NAME_BYTES // 8)),
        ("👩‍🚀" * 300, 3 * (MAX_NAME_BYTES // 11)),
        ("x\u0323\u0307" * 300, 2 * (MAX_NAME_BYTES // 5)),
    ],
)
def test_long_names_are_cut_between_characters(text: str, chars: int) -> None:
    name = safe_name(text)
    assert len(name) == chars
    assert unicodedata.normalize("NFC", text).startswith(name)
    assert len(name.encode()) <= MAX_NAME_BYTES


@given(st.text())
def test_any_text_makes_a_safe_name(text: str) -> None:
    name = safe_name(text)
    assert len(name) <= MAX_NAME_CHARS
    assert len(name.encode()) <= MAX_NAME_BYTES
    assert name == unicodedata.normalize("NFC", name) == name.strip(" .")
    assert not set(name) & set('<>:"/\\|?*\n\r\t\0')
    assert safe_name(name) == name


@given(st.lists(st.tuples(st.integers(1, 3), st.text(max_size=5))))
def test_no_two_films_share_a_name(rows: list[tuple[int, str]]) -> None:
    given_out = FilmNames(Path("/films"), lambda path: path.stem.endswith("a"))
    made = [given_out.film(("lote", f"{number:04}-{name}")) for number, name in rows]
    assert len({str(path).casefold() for path in made}) == len(made)
    assert not any(path.stem.endswith("a") for path in made)
    assert {path.parent for path in made} <= {Path("/films/lote")}


def test_films_have_their_row_and_name(desk: Desk) -> None:
    job = desk.table("nombre\n\nAna/Leo\n").accepted[0].job
    assert Path(job.output) == desk.out / "lote" / "0003-Ana-Leo.mp4"


def test_a_film_on_disk_is_never_overwritten(desk: Desk) -> None:
    desk.put("films/lote/0002-Ana.mp4", b"")
    desk.put("films/lote/0002-Ana (2).mp4", b"")
    assert films(desk.table("nombre\nAna\nLeo\n")) == ["0002-Ana (3).mp4", "0003-Leo.mp4"]


def test_files_of_one_name_get_folders_of_their_own(desk: Desk) -> None:
    files = [desk.put(f"{folder}/{name}.csv", "nombre\nAna\n") for folder, name in (("a", "lote"), ("b", "LOTE"))]
    letter = desk.put("c/lote/Ana.txt", "Hola")
    checked = desk.check(*files, letter)
    assert list(checked.batches.values()) == ["lote", "LOTE (2)", "lote (3)"]
    assert len({Path(accepted.job.output).parent for accepted in checked.accepted}) == 3


def test_a_refused_file_takes_no_folder(desk: Desk) -> None:
    files = [desk.put("a/lote.csv", "nombre\n,\n x\n"), desk.put("b/lote.csv", "nombre\nAna\n")]
    files[0].write_text("pedido\nbici\n")
    assert list(desk.check(*files).batches.values()) == ["lote"]


def test_a_folder_given_as_relative_makes_absolute_films(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk.folder)
    desk.folder = Path()
    assert Path(desk.text("Hola", "Ana.txt").accepted[0].job.output).is_absolute()
