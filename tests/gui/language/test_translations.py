"""Spanish is complete: every sentence of the window and of the core's errors, with the same places."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from core.paths import ROOT, resources
from core.text import Text
from gui.language.translatable import Found, translatable
from gui.language.ts_file import Key, Message, read_ts, write_ts

PLACES = re.compile(r"\{\{|\}\}|\{\w+\}|%L?n")


@pytest.fixture(scope="module")
def found() -> set[Found]:
    return translatable(ROOT)


@pytest.fixture(scope="module")
def spanish() -> dict[Key, Message]:
    return read_ts(resources() / "i18n" / "trineo_es.ts")


def test_everything_has_a_translation(found: set[Found], spanish: dict[Key, Message]) -> None:
    missing = [one for one in sorted(found) if not finished(spanish.get((one.context, one.source)))]
    assert not missing, "run `python -m gui.language.update_translations` and translate what it lists"


def finished(message: Message | None) -> bool:
    return message is not None and message.finished and all(message.forms)


def test_english_has_its_plurals(found: set[Found]) -> None:
    english = read_ts(resources() / "i18n" / "trineo_en.ts")
    missing = [one for one in found if one.counted and not finished(english.get((one.context, one.source)))]
    assert not missing


def test_the_places_are_the_same(spanish: dict[Key, Message]) -> None:
    wrong = [
        message.source
        for message in spanish.values()
        for form in message.forms
        if message.finished and sorted(PLACES.findall(form)) != sorted(PLACES.findall(message.source))
    ]
    assert not wrong


def test_counted_messages_have_two_forms(spanish: dict[Key, Message]) -> None:
    assert all(len(message.forms) == (2 if message.counted else 1) for message in spanish.values())


def test_only_literals_are_given_to_tr() -> None:
    """Anything else can't be found, and would stay English."""
    wrong = [
        f"{file.name}:{node.lineno}"
        for file in (ROOT / "gui").glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "tr"
        and not isinstance(node.args[0], ast.Constant)
    ]
    assert not wrong


WINDOW_CODE = """
class Bar:
    def show(self) -> None:
        self.tr("word") + self.tr("%n film(s)", "", 3)
        QCoreApplication.translate("words", "loose")
"""

CORE_CODE = """
class Other:
    def problem(self, row: int) -> None: ...
class Wrong(Exception):
    def __init__(self, code: str, what: str, remedy: str = "") -> None: ...
class VeryWrong(Wrong): ...
class Row:
    def problem(self, code: str, what: str, remedy: str, /) -> None: ...
def look(row: Row, big: bool) -> None:
    row.problem("code", "by a method", "its remedy")
    text = Text("in a text", {})
    remedy = "named first"
    row.problem("code", "one" if big else "other", remedy)
    raise VeryWrong("code", "of an heir", remedy="by name")
"""


def test_every_way_to_write_a_sentence_is_found(tmp_path: Path) -> None:
    for name, code in {"core": CORE_CODE, "gui": WINDOW_CODE}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "some.py").write_text(code, encoding="utf-8")
    found = translatable(tmp_path)
    core = {one.source for one in found if one.context == "core"}
    assert core == {
        "by a method",
        "its remedy",
        "in a text",
        "named first",
        "one",
        "other",
        "of an heir",
        "by name",
    }
    assert found - {Found("core", source) for source in core} == {
        Found("Bar", "%n film(s)", counted=True),
        Found("Bar", "word"),
        Found("words", "loose"),
    }


def test_a_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    messages = [
        Message("A", "%n <film(s)> & more", ("%n uno", "%n más"), counted=True, finished=True),
        Message("B", "plain\ntwo lines", ("",)),
    ]
    write_ts(tmp_path / "x.ts", "es", messages)
    assert list(read_ts(tmp_path / "x.ts").values()) == messages


def test_a_translation_is_filled_like_the_sentence() -> None:
    text = Text("The file is larger than {limit} MB.", {"limit": 10})
    assert text.fill("El archivo ocupa más de {limit} MB.") == "El archivo ocupa más de 10 MB."
