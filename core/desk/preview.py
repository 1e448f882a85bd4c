"""What a film will say and about how long it will be, before anything is spoken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import JobFault
from core.jobs.model import Job
from core.media.clip import clip_info
from core.template.model import Section, Template
from core.template.script import spoken_sections

CHARACTERS_A_SECOND = 14.0
"""Of the voices Trineo has, in Spanish and English, measured over whole scripts: 13 to 15."""


@dataclass(frozen=True, slots=True)
class Preview:
    """`paragraphs`: what Santa says, a section each. `seconds`: of the film, estimated; within a tenth or so."""

    paragraphs: tuple[str, ...]
    seconds: float


def preview(template: Template, job: Job) -> Preview:
    spoken = {part.section: part.text for part in spoken_sections(template, job.language, job.fields, job.script)}
    speech_s = {name: len(text) / CHARACTERS_A_SECOND for name, text in spoken.items()}
    seconds = sum(_section_s(template, section, speech_s.get(section.name, 0.0)) for section in template.sections)
    overlaps_s = sum(section.overlap_s for section in template.sections[1:])
    return Preview(tuple(spoken.values()), max(0.0, seconds - overlaps_s))


def _section_s(template: Template, section: Section, speech_s: float) -> float:
    words_s = section.lead_in_s + speech_s + section.tail_s if speech_s else 0.0
    if section.loop:
        return words_s
    return max(words_s, next(_clip_s(template, section), 0.0))


def _clip_s(template: Template, section: Section) -> Iterator[float]:
    """Nothing, where the clip can't be read: that is told when the film is made."""
    try:
        yield clip_info(template.path(section.clip)).shown_s
    except JobFault:
        return
