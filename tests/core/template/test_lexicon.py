"""The file of how names are said: readable, whole, shared between programs, and told of when it is broken."""

from __future__ import annotations

import os
import stat
import sys
import threading
import tomllib
from pathlib import Path

import pytest

from core.errors import UsageError
from core.template.lexicon import Lexicon
from tests.stand_ins import raises_code


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "names.toml"


def test_what_is_said_survives_and_can_be_read(file: Path) -> None:
    Lexicon(file).say("Zoë", "Zoi", "en")
    Lexicon(file).say('Ana "la\\rubia"', "Ana = [x]", "es")
    again = Lexicon(file)
    assert again.all() == {"en": {"Zoë": "Zoi"}, "es": {'Ana "la\\rubia"': "Ana = [x]"}}
    assert again.of("en").said("ZOË!") == "Zoi!"
    assert again.of("es").said("Zoë") == "Zoë", "another language"
    assert '"Zoë" = "Zoi"' in file.read_text(encoding="utf-8")


def test_a_name_stands_once_however_it_is_typed(file: Path) -> None:
    lexicon = Lexicon(file)
    lexicon.say("zoë", "Soi", "en")
    lexicon.say(" ZOË ", "Zoi", "en")
    assert lexicon.all() == {"en": {"ZOË": "Zoi"}}
    assert lexicon.spelling("Zoë", "en") == "Zoi"


def test_a_name_is_taken_out_of_one_language_or_of_all(file: Path) -> None:
    lexicon = Lexicon(file)
    for language in ("en", "es", "pt"):
        lexicon.say("Zoë", "Zoi", language)
    assert [lexicon.forget("zoë", "pt"), lexicon.forget("Zoë"), lexicon.forget("Zoë")] == [1, 2, 0]
    assert lexicon.all() == {}
    assert "Zo" not in file.read_text(encoding="utf-8")


def test_what_another_program_writes_is_seen(file: Path) -> None:
    mine, other = Lexicon(file), Lexicon(file)
    assert mine.all() == {}
    other.say("Zoë", "Zoi", "en")
    assert mine.of("en").said("Zoë") == "Zoi"
    other.say("Zoë", "Zoey", "en")
    assert mine.of("en").said("Zoë") == "Zoey"


def test_programs_that_write_at_once_lose_nothing(file: Path) -> None:
    def write(letter: str) -> None:
        lexicon = Lexicon(file)
        for number in range(8):
            lexicon.say(f"{letter}{number}", "x", "es")

    threads = [threading.Thread(target=write, args=(letter,)) for letter in "ABCD"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Lexicon(file).all()["es"]) == 32


@pytest.mark.skipif(sys.platform == "win32", reason="rights of this kind are not known there")
def test_only_its_owner_may_read_it(file: Path) -> None:
    before = os.umask(0)
    try:
        Lexicon(file).say("Zoë", "Zoi", "en")
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [
        b'[en]\n"Zo\xc3\xab" = \n',
        b"\xff\xfe\x00",
        b"en = 3\n",
        b'[en]\n"Ana" = 3\n',
        b'[en]\n"Ana" = "',
        b'"Ana" = "x"',
    ],
)
def test_a_file_that_is_no_such_list_is_told_of_and_never_written_over(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    lexicon = Lexicon(file)
    with raises_code(UsageError, "names_unreadable") as raised:
        lexicon.of("en")
    assert "Zo" not in str(raised.value).replace(str(file), "")
    assert "Ana" not in str(raised.value).replace(str(file), "")
    with raises_code(UsageError, "names_unreadable"):
        lexicon.say("Leo", "Leo", "es")
    assert file.read_bytes() == content


@pytest.mark.parametrize(
    ("name", "spelling", "language"),
    [("", "x", "es"), ("Ana", "  ", "es"), ("Ana", "!!", "es"), ("A\x00na", "x", "es"), ("Ana", "x" * 201, "es")],
)
def test_what_cannot_be_said_is_not_written_down(file: Path, name: str, spelling: str, language: str) -> None:
    with raises_code(UsageError, "not_sayable"):
        Lexicon(file).say(name, spelling, language)
    assert not file.exists()


def test_a_language_is_a_code(file: Path) -> None:
    with raises_code(UsageError, "no_language"):
        Lexicon(file).say("Ana", "Anna", "es]\n[en")


def test_edited_by_hand_with_a_byte_order_mark(file: Path) -> None:
    file.write_text('# mine\n[es]\nAna = "Anna"\n', encoding="utf-8-sig")
    lexicon = Lexicon(file)
    lexicon.say("Leo", "Lio", "es")
    assert tomllib.loads(file.read_text(encoding="utf-8"))["es"] == {"Ana": "Anna", "Leo": "Lio"}
