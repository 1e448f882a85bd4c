"""Bytes to text: what the file says of itself, what has to be guessed, and what is no text."""

from __future__ import annotations

import codecs
import random

import pytest

from core.intake import limits, opening
from core.intake.readers.encoding import decode

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
