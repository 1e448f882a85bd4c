"""A job's text changed by hand: the same checks as on the way in, and the job as it will be made then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from core.intake.fields import Special, Target, Vocabulary
from core.intake.filenames import MAX_NAME_BYTES, MAX_NAME_CHARS, safe_name
from core.intake.model import Problem, Row
from core.intake.rows import check
from core.jobs.model import Job
from core.template.model import Template


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person may change of a job: the template's fields by name, the whole script, the language's code."""

    fields: Mapping[str, str]
    script: str
    language: str

    @classmethod
    def of(cls, job: Job) -> Wording:
        return cls(job.fields, job.script, job.language)


@dataclass(frozen=True, slots=True)
class Edited:
    """`job` is None when something was refused. A problem's `field` is a field's name, `script` or `language`."""

    job: Job | None
    refused: tuple[Problem, ...] = ()
    warned: tuple[Problem, ...] = ()


def edit(job: Job, wording: Wording, template: Template, titles: Mapping[str, str]) -> Edited:
    """Checks the words against `template`, which may be a newer version of the job's own.

    `titles`: what each field is called where it is typed. A child's new name goes into the film's name too.
    """
    row = Row(Path(job.source), job.row, (), job.sheet)
    values: dict[Target, str] = {name: wording.fields.get(name, "") for name in template.fields}
    values |= {Special.SCRIPT: wording.script, Special.LANGUAGE: wording.language}
    called: dict[Target, str] = dict(titles.items())
    called |= {target: titles[target.value] for target in Special if target.value in titles}
    checked = check(row, values, Vocabulary(template), called)
    if checked.refusals:
        return Edited(None, tuple(checked.refusals), tuple(checked.warnings))
    name = checked.fields[template.name_field]
    changed = job.edited(
        name=name,
        output=job.output if name == job.name else _renamed(job.output, name),
        fields=checked.fields,
        script=checked.script,
        language=checked.language,
        template_hash=template.content_hash,
    )
    return Edited(changed, (), tuple(checked.warnings))


def _renamed(output: str, name: str) -> str:
    """`/films/lote/0002-Sofia.mp4` for Sofía: `/films/lote/0002-Sofía.mp4`."""
    film = PureWindowsPath(output) if "\\" in output else PurePosixPath(output)
    number = film.stem.partition("-")[0]
    wish = f"{number}-{name}" if number.isdigit() else name
    stem = safe_name(wish, max_chars=MAX_NAME_CHARS - 10, max_bytes=MAX_NAME_BYTES - 10)
    return str(film.with_name(f"{stem or film.stem}{film.suffix}"))
