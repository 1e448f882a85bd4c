"""What is spoken and what is read, where names are respelled."""

from __future__ import annotations

from core.template.model import Template
from core.template.script import Sentence, spoken_sections

RESPELLED = {"Zoë": "Soi", "Soy": "NO"}


def test_the_voice_gets_the_spelling_and_the_reader_the_name(tiny_template: Template) -> None:
    intro, message, *_ = spoken_sections(tiny_template, "es", {"nombre": "ZOË Luz"}, "", RESPELLED)
    [hello] = intro.sentences
    assert (hello.text, hello.said) == ("Hola, ZOË Luz.", "Hola, Soi Luz.")
    assert (message.text, message.said) == ("Soy yo. Chau, ZOË Luz.", "Soy yo. Chau, Soi Luz.")
    assert message.sentences[0] == Sentence("Soy yo.", shared=True), "the template's own words stay"


def test_a_whole_script_is_respelled_too(tiny_template: Template) -> None:
    _, message, *_ = spoken_sections(tiny_template, "es", {"nombre": "Zoë"}, "Hola, zoë.\nSí.", RESPELLED)
    assert [one.said for one in message.sentences] == ["Hola, Soi.", "Sí."]
    assert message.text == "Hola, zoë. Sí."
