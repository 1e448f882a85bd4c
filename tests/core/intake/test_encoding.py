"""Bytes to text: what the file says of itself, what has to be guessed, and what is no text."""

from __future__ import annotations

import codecs
import random
from pathlib import Path

import pytest

from core.errors import UsageError
from core.intake import limits, opening
from core.intake.model import Order, Preflight
from core.intake.preflight import preflight
from core.intake.readers.encoding import ENCODINGS, decode
from tests.stand_ins import raises_code

from .desk import Desk, codes, names, notices

SHEET = "nombre;qué hizo\nSofía;ordenó su pieza\nIñaki;aprendió a nadar, ¿viste?\n"


@pytest.mark.parametrize(
    "data",
    [
        SHEET.encode(),
        codecs.BOM_UTF8 + SHEET.encode(),
        codecs.BOM_UTF16_LE + SHEET.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SHEET.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with BOM", "utf-16-le", "utf-16-be"],
)
def test_unicode_is_read_without_a_word(desk: Desk, data: bytes) -> None:
    checked = desk.table(data)
    assert names(checked) == ["Sofía", "Iñaki"]
    assert notices(checked) == []


@pytest.mark.parametrize(("codec", "told"), [("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman")])
def test_a_guessed_encoding_is_told(desk: Desk, codec: str, told: str) -> None:
    checked = desk.table(SHEET.encode(codec))
    assert names(checked) == ["Sofía", "Iñaki"]
    assert checked.accepted[1].job.fields["queHizo"] == "aprendió a nadar, ¿viste?"
    assert len(checked.notices) == 1
    assert told in notices(checked)[0]


@pytest.mark.parametrize("codec", ["cp1252", "mac_roman"])
@pytest.mark.parametrize(
    "text",
    [
        "nombre,pedido\nJosé,una bici\n",
        "nombre\nZoë-Lou\nÁngel\n",
        "nombre,pedido\nAna,un muñeco\n",
        "nombre;provincia\nTomás;Córdoba\n",
        "name\nD’Angelo\n",
        "JOSÉ MARTÍNEZ,UNA MUÑECA",
        "ÑANDÚ",
        "a\nit’s Santa’s gift, we’ll see, don’t cry\n",
        "La niña — dulce — y “buena”…",
        "João,uma boneca “linda” – já\nConceição",
        "Straße\nMüller\nBjörn\nÅsa\nFrançois",
        "¡Hola!",
        "Peña’s “x” 5€ – ok…",
        "Ángeles,Ávila",
        "Lucía;5º",
    ],
)
def test_short_legacy_texts_are_told_apart(text: str, codec: str) -> None:
    assert decode(text.encode(codec))[0] == text


def test_lines_of_cp1252_pasted_into_utf8_are_mended(desk: Desk) -> None:
    data = "nombre\nSofía\nÁngel\nBegoña\n".encode() + "José\n".encode("cp1252")
    checked = desk.table(data)
    assert names(checked) == ["Sofía", "Ángel", "Begoña", "José"]
    assert "mixes encodings" in notices(checked)[0]


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"nombre\nSof\0ia\xff\n",
        codecs.BOM_UTF16_LE + b"\x00\xd8n\x00",
        codecs.BOM_UTF16_LE + b"n\x00o",
        bytes(range(1, 32)),
        random.Random(1).randbytes(4000).replace(b"\0", b"\1"),
    ],
    ids=["png", "nul", "half a pair", "half a character", "controls", "noise"],
)
def test_bytes_that_are_no_text_are_refused(desk: Desk, data: bytes) -> None:
    assert codes(desk.table(data)) == [(0, "", "not_text")]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t\n"])
@pytest.mark.parametrize("name", ["lote.csv", "Sofía.txt"])
def test_an_empty_file_is_refused(desk: Desk, name: str, data: bytes) -> None:
    assert codes(desk.table(data, name)) == [(0, "", "file_empty")]


def test_a_file_beyond_the_limit_is_not_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_FILE_BYTES", 1_000_000)
    file = desk.put("lote.csv", "nombre\n")
    with file.open("r+b") as stream:
        stream.truncate(5_000_000_000)
    checked = desk.check(file)
    assert codes(checked) == [(0, "", "file_too_large")]
    assert "1 MB" in str(checked.refused[0].what)


def test_a_text_as_long_as_a_book_is_refused(desk: Desk) -> None:
    assert codes(desk.text("a" * (limits.MAX_CELL_CHARS + 1))) == [(0, "", "too_long")]


# A person knows better


def told(desk: Desk, data: bytes, encoding: str, name: str = "lote.csv") -> Preflight:
    file = desk.put(name, data)
    order = Order(desk.template, desk.out, encodings={file: encoding})
    return preflight([file], order, taken=Path.exists)


def test_the_encoding_that_was_found_is_in_the_answer(desk: Desk) -> None:
    assert [one.encoding for one in desk.table(SHEET.encode()).encodings] == ["utf-8"]
    assert [one.encoding for one in desk.table(SHEET.encode("cp1252")).encodings] == ["cp1252"]
    assert [one.encoding for one in desk.text("Hola, Sofía.".encode("utf-16")).encodings] == ["utf-16-le"]


@pytest.mark.parametrize("codec", [*ENCODINGS])
def test_what_a_person_says_is_what_it_is_read_in(desk: Desk, codec: str) -> None:
    checked = told(desk, SHEET.encode(codec), codec)
    assert names(checked) == ["Sofía", "Iñaki"]
    assert [one.encoding for one in checked.encodings] == [codec]
    assert notices(checked) == []


def test_a_guess_that_went_wrong_is_put_right(desk: Desk) -> None:
    """DOS text is never guessed: nothing tells it from Windows' but the person who reads it."""
    data = "nombre\nÁgatha\n".encode("cp850")
    assert names(desk.table(data)) != ["Ágatha"]
    assert names(told(desk, data, "cp850")) == ["Ágatha"]


def test_what_does_not_fit_is_told_and_another_can_be_chosen(desk: Desk) -> None:
    checked = told(desk, SHEET.encode("cp1252"), "utf-8")
    assert any("UTF-8" in notice and "�" in notice for notice in notices(checked))
    refused = told(desk, "nombre\nZoë\n".encode(), "utf-16-le")
    assert names(refused) == []
    assert [one.encoding for one in refused.encodings] == ["utf-16-le"]


def test_letters_in_a_text_file_and_its_mark(desk: Desk) -> None:
    checked = told(desk, codecs.BOM_UTF8 + "Hola, Iñaki.".encode(), "utf-8", "Iñaki.txt")
    assert checked.accepted[0].job.script == "Hola, Iñaki."


def test_an_encoding_there_is_not(desk: Desk) -> None:
    with raises_code(UsageError, "encoding_unknown"):
        told(desk, b"nombre\nZoe\n", "klingon")
