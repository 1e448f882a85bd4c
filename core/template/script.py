"""A job's words: the template's lines with the child's fields put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.template.model import PLACE, Template, placeholders


@dataclass(frozen=True, slots=True)
class SpokenSection:
    """What Santa says in one section, line by line. `personal` lines name something of this child's only."""

    section: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def spoken_sections(
    template: Template, language: str, fields: Mapping[str, str], whole_script: str = ""
) -> tuple[SpokenSection, ...]:
    """What is said in each section that has words, in film order.

    A line that asks for a field the row left empty is not said. A row's `whole_script` takes the place of
    the lines of the section that says `whole_script = true`; its text is spoken as written, braces and all.
    """
    speech = template.speech[language]
    said = []
    for section in template.sections:
        if section.whole_script and whole_script.strip():
            lines = tuple(line.strip() for line in whole_script.splitlines() if line.strip())
        else:
            own = speech.get(section.name, ())
            lines = tuple(_filled(line, fields) for line in own if _can_say(line, fields))
        if lines:
            said.append(SpokenSection(section.name, lines))
    return tuple(said)


def _can_say(line: str, fields: Mapping[str, str]) -> bool:
    return all(fields.get(place, "").strip() for place in placeholders(line))


def _filled(line: str, fields: Mapping[str, str]) -> str:
    # One pass over the template's own braces: a value that holds "{nombre}" stays as the customer typed it.
    return PLACE.sub(lambda place: fields[place[1]].strip(), line)
