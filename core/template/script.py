"""A job's words: the template's lines with the child's fields put in, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.template.model import Template
from core.template.terms import PLACE, placeholders

_BETWEEN_SENTENCES = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"'»”’)]))\s+(?=[^\s.!?…])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is spoken in one go. `shared`: the template's own words, the same in every film."""

    text: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class SpokenSection:
    """What Santa says in one section."""

    section: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)


def spoken_sections(
    template: Template, language: str, fields: Mapping[str, str], whole_script: str = ""
) -> tuple[SpokenSection, ...]:
    """What is said in each section that has words, in film order.

    A line that asks for a field the row left empty is not said. A row's `whole_script` takes the place of
    the lines of the section that says `whole_script = true`; each of its lines is spoken as written, braces and all.
    """
    speech = template.speech[language]
    said = []
    for section in template.sections:
        if section.whole_script and whole_script.strip():
            sentences = tuple(Sentence(line.strip()) for line in whole_script.splitlines() if line.strip())
        else:
            sentences = tuple(_sentences(speech.get(section.name, ()), fields))
        if sentences:
            said.append(SpokenSection(section.name, sentences))
    return tuple(said)


def _sentences(lines: tuple[str, ...], fields: Mapping[str, str]) -> Iterator[Sentence]:
    for line in lines:
        if not all(fields.get(place, "").strip() for place in placeholders(line)):
            continue
        for part in _BETWEEN_SENTENCES.split(line.strip()):  # before the fields are put in: they are not ours to cut
            yield Sentence(_filled(part, fields), shared=not placeholders(part))


def _filled(line: str, fields: Mapping[str, str]) -> str:
    # One pass over the template's own braces: a value that holds "{nombre}" stays as the customer typed it.
    return PLACE.sub(lambda place: fields[place[1]].strip(), line)
