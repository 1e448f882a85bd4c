"""Films named by a pattern: what it may hold, and that nothing a row says leads out of it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError
from core.intake.filenames import FilmNames
from core.intake.patterns import FilmPattern
from tests.stand_ins import raises_code

from .desk import Desk, films

FIELDS = ("nombre", "provincia")
VALUES: dict[str, str | int] = {
    "batch": "lote",
    "row": 7,
    "name": "Ana",
    "nombre": "Ana",
    "provincia": "",
    "language": "es",
    "file": "a",
    "sheet": "",
}


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("{batch}/{row:04}-{nombre}.mp4", ("lote", "0007-Ana")),
        ("{batch}/{row}-{name}", ("lote", "7-Ana")),
        ("Navidad 2026/{language}/{nombre}", ("Navidad 2026", "es", "Ana")),
        ("{name} para {provincia}", ("Ana para ",)),
        ("{provincia}/{name}", ("", "Ana")),
        ("{{x}} {name}", ("{x} Ana",)),
        ("{row:02}", ("07",)),
    ],
)
def test_filled(pattern: str, parts: tuple[str, ...]) -> None:
    assert FilmPattern(pattern, FIELDS).fill(VALUES) == parts


@pytest.mark.parametrize(
    "pattern",
    [
        *("", "/x", "a//b", "../{name}", "a/../b", "..", "{edad}", "{name", "{row.__class__}", "{name!r}", "{row:x}"),
        *("{0}", "{}", "{name:10}", "{row:9999}", "a\\b", "{row[0]}", ".mp4", "a/b/c/d/e/f/g"),
    ],
)
def test_patterns_that_cant_be_used_are_told(pattern: str) -> None:
    with raises_code(UsageError, "film_names_invalid") as caught:
        FilmPattern(pattern, FIELDS)
    assert "FILM_NAMES" in str(caught.value)


@given(st.text(), st.text(), st.text())
def test_whatever_a_row_says_stays_in_its_place(batch: str, name: str, place: str) -> None:
    names = FilmPattern("{batch}/{provincia}/{row:04}-{nombre}", FIELDS).fill(
        {**VALUES, "batch": batch, "nombre": name, "provincia": place}
    )
    film = FilmNames(Path("/films"), lambda _: False).film(names)
    parts = film.relative_to("/films").parts
    assert len(parts) == 3
    for part in parts:
        assert part not in ("", ".", "..")
        assert not set(part) & set('<>:"/\\|?*\n\r\t\0')
        assert part == unicodedata.normalize("NFC", part)
        assert not part.endswith((" ", "."))
        assert len(part.encode()) <= 255
    assert film.name.endswith(".mp4")


def test_a_long_path_is_cut_in_the_films_name() -> None:
    out = Path("/" + "f" * 180)
    film = FilmNames(out, lambda _: False, max_path=259).film(("lote", "0001-" + "x" * 90))
    assert len(str(film)) <= 259
    assert film.name.startswith("0001-xxxx")
    deep = FilmNames(Path("/" + "f" * 300), lambda _: False, max_path=259).film(("lote", "0001-" + "x" * 90))
    assert len(deep.stem) == 24, "enough to know whose it is"


def test_a_pattern_names_a_batchs_films(desk: Desk) -> None:
    desk.film_names = "{provincia}/{batch} {row:03} {nombre} ({language})"
    checked = desk.table("nombre,provincia\nAna/../../etc,Salta\nCON,..\n")
    assert films(checked) == ["lote 002 Ana-..-..-etc (es).mp4", "lote 003 CON (es).mp4"]
    assert [Path(one.job.output).parent.name for one in checked.accepted] == ["Salta", "_"]
    assert all(Path(one.job.output).is_relative_to(desk.out) for one in checked.accepted)
