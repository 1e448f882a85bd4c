"""A job's words: the template's lines with the child's fields put in, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.template.model import Template
from core.template.respelling import Respellings
from core.template.terms import PLACE, placeholders

_BETWEEN_SENTENCES = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"'»”’)]))\s+(?=[^\s.!?…])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is spoken in one go. `shared`: the template's own words, the same in every film.

    `spelled`, where names in it are respelled, is what the voice is given in the place of the text.
    """

    text: str
    shared: bool = False
    spelled: str = ""

    @property
    def said(self) -> str:
        return self.spelled or self.text


@dataclass(frozen=True, slots=True)
class SpokenSection:
    """What Santa says in one section."""

    section: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def said(self) -> str:
        return " ".join(sentence.said for sentence in self.sentences)


def spoken_sections(
    template: Template,
    language: str,
    fields: Mapping[str, str],
    whole_script: str = "",
    respelled: Mapping[str, str] | None = None,
) -> tuple[SpokenSection, ...]:
    """What is said in each section that has words, in film order.

    A line that asks for a field the row left empty is not said. A row's `whole_script` takes the place of
    the lines of the section that says `whole_script = true`; each of its lines is spoken as written, braces and all.
    Names are respelled where the row says them; the template's own words are said as they stand.
    """
    speech = template.speech[language]
    names = Respellings(respelled or {})
    said = []
    for section in template.sections:
        if section.whole_script and whole_script.strip():
            lines = filter(None, map(str.strip, whole_script.splitlines()))
            sentences = tuple(Sentence(line, spelled=names.said(line) if names else "") for line in lines)
        else:
            sentences = tuple(_sentences(speech.get(section.name, ()), fields, names))
        if sentences:
            said.append(SpokenSection(section.name, sentences))
    return tuple(said)


def _sentences(lines: tuple[str, ...], fields: Mapping[str, str], names: Respellings) -> Iterator[Sentence]:
    spelled = {field: names.said(value) for field, value in fields.items()} if names else {}
    for line in lines:
        if not all(fields.get(place, "").strip() for place in placeholders(line)):
            continue
        for part in _BETWEEN_SENTENCES.split(line.strip()):  # before the fields are put in: they are not ours to cut
            personal = bool(placeholders(part))
            said = _filled(part, spelled) if personal and spelled else ""
            yield Sentence(_filled(part, fields), not personal, said)


def _filled(line: str, fields: Mapping[str, str]) -> str:
    # One pass over the template's own braces: a value that holds "{nombre}" stays as the customer typed it.
    return PLACE.sub(lambda place: fields[place[1]].strip(), line)
