"""A template's folder: read, checked, and known again by its content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.errors import UsageError
from core.paths import resources
from core.template.library import TemplateLibrary
from core.template.model import Template, load_template
from core.template.script import Sentence, spoken_sections
from core.template.terms import placeholders
from tests.conftest import TOML
from tests.stand_ins import raises_code


@pytest.fixture
def folder(tmp_path: Path, tiny_folder: Path) -> Path:
    return Path(shutil.copytree(tiny_folder, tmp_path / "copy"))


def rewrite(folder: Path, old: str, new: str) -> Path:
    assert old in TOML
    (folder / "template.toml").write_text(TOML.replace(old, new), encoding="utf-8")
    return folder


def test_the_default_template_is_complete() -> None:
    template = load_template(resources() / "templates" / "noche-magica")
    assert template.languages == ("es", "en")
    six = {"nombre", "parentesco", "queHizo", "recuerdoEspecial", "pedidoNocheMagica", "provincia"}
    assert set(template.fields) == six
    assert [section.name for section in template.sections] == ["intro", "message", "outro"]
    assert [section.loop for section in template.sections] == [False, True, False]
    for language in template.languages:
        used = frozenset().union(*(placeholders(line) for line in template.speech[language]["message"]))
        assert used == six
    assert template.reference == "noche-magica"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("format = 1", "format = 2", "format"),
        ('name = "tiny"', 'name = "Tiny Template"', "name"),
        ("whole_script = true", "", "whole_script"),
        ("whole_script = true", "whole_script = true\nspeed = 3", "sections.1.speed"),
        ('name_field = "nombre"', 'name_field = "name"', "name_field"),
        ("Chau, {nombre}.", "Chau, {nobmre}.", "{nobmre}"),
        ('[speech.en]\nintro = ["Hello, {nombre}."]', '[speech.en]\nending = ["Hello, {nombre}."]', "ending"),
        ('languages = ["es", "en"]', 'languages = ["es", "pt"]', "[speech.pt]"),
        ("clips/outro.mp4", "../outro.mp4", "inside the template"),
        ("clips/outro.mp4", "/etc/passwd", "inside the template"),
        ("lead_in_s = 0.2", "lead_in_s = -1", "lead_in_s"),
        ("format = 1", "format = ", "template.toml"),
    ],
)
def test_every_mistake_is_named(folder: Path, old: str, new: str, words: str) -> None:
    with raises_code(UsageError, "template_invalid") as caught:
        load_template(rewrite(folder, old, new))
    assert words in str(caught.value)
    assert str(folder) in str(caught.value)


def test_missing_files_are_all_named(folder: Path) -> None:
    (folder / "room.wav").unlink()
    (folder / "clips" / "intro.mp4").unlink()
    with raises_code(UsageError, "template_asset_missing") as caught:
        load_template(folder)
    assert "room.wav" in str(caught.value)
    assert "clips/intro.mp4" in str(caught.value)


def test_no_template_in_a_folder(tmp_path: Path) -> None:
    with raises_code(UsageError, "template_missing"):
        load_template(tmp_path)
    with raises_code(UsageError, "template_unknown") as caught:
        TemplateLibrary().find("noche-tragica")
    assert "noche-magica" in str(caught.value)


def test_the_hash_is_that_of_the_content(folder: Path, tiny_template: Template) -> None:
    assert load_template(folder).content_hash == tiny_template.content_hash
    with (folder / "room.wav").open("ab") as file:
        file.write(b"\0")
    assert load_template(folder).content_hash != tiny_template.content_hash


def test_a_library_finds_by_content_and_notices_a_change(folder: Path) -> None:
    library = TemplateLibrary()
    template = library.find(str(folder))
    content = template.content_hash
    assert library.by_hash(content) is template
    assert TemplateLibrary().by_hash(content) is None
    assert TemplateLibrary().by_hash(content, str(folder)) is not None
    rewrite(folder, "Chau", "Adiós")
    assert library.by_hash(content, str(folder)) is None


def test_lines_without_their_field_are_not_said(tiny_template: Template) -> None:
    intro, message = spoken_sections(tiny_template, "es", {"nombre": " Ana "})
    assert intro.sentences == (Sentence("Hola, Ana."),)
    assert message.sentences == (Sentence("Soy yo.", shared=True), Sentence("Chau, Ana."))


def test_a_value_is_never_read_as_a_template(tiny_template: Template) -> None:
    fields = {"nombre": "{queHizo}", "queHizo": "{nombre} {0} {x!r}"}
    intro, message = spoken_sections(tiny_template, "en", fields)
    assert intro.text == "Hello, {queHizo}."
    assert message.sentences[1].text == "I heard that {nombre} {0} {x!r}."


def test_a_whole_script_takes_the_messages_place(tiny_template: Template) -> None:
    intro, message = spoken_sections(tiny_template, "es", {"nombre": "Ana"}, "Primera línea.\n\n  {nombre} no.\n")
    assert intro.text == "Hola, Ana."
    assert message.sentences == (Sentence("Primera línea."), Sentence("{nombre} no."))
