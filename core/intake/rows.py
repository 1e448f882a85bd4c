"""One row's values checked against the template: what a job may say, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from core.intake.clean import clean_line, clean_lines
from core.intake.fields import Special, Target, Vocabulary
from core.intake.limits import MAX_SCRIPT_CHARS
from core.intake.model import Problem, Row
from core.template.model import Template
from core.text import Text, Value


@dataclass(slots=True)
class Checked:
    """A row's cleaned values. It may become a job if `refusals` is empty."""

    row: Row
    titles: Mapping[Target, str]
    language: str  # empty: none that the template speaks
    script: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)

    def problem(self, target: Target, code: str, what: str, remedy: str, /, **values: Value) -> Problem:
        """`{column}` is there for the sentences: as the file calls it, or else as the template does."""
        name = target.value if isinstance(target, Special) else target
        values["column"] = self.titles.get(target, name)
        row = self.row
        return Problem(row.file, code, Text(what, values), Text(remedy, values), row.number, row.sheet, name)


def check(row: Row, values: Mapping[Target, str], vocabulary: Vocabulary, titles: Mapping[Target, str]) -> Checked:
    """`titles` is what the file calls the column of each target."""
    template = vocabulary.template
    checked = Checked(row, titles, template.default_language)
    for target, raw in values.items():
        text, unsafe = (clean_lines if target is Special.SCRIPT else clean_line)(raw)
        if unsafe:
            checked.warnings.append(_characters_removed(checked, target))
        if not text:
            continue
        if target is Special.LANGUAGE:
            checked.language = vocabulary.language(text) or ""
        elif target is Special.SCRIPT:
            checked.script = text
        else:
            checked.fields[target] = text
    checked.refusals.extend(_refusals(checked, template))
    return checked


def _refusals(checked: Checked, template: Template) -> Iterator[Problem]:
    if not checked.language:
        yield _language_unknown(checked, template)
    for name, rule in template.fields.items():
        text = checked.fields.get(name, "")
        # a film can't do without these: just the name, where the row brings its whole script
        needed = name == template.name_field or (rule.required and not checked.script)
        if needed and not text:
            yield _field_missing(checked, name)
        elif len(text) > rule.max_length:
            yield _too_long(checked, name, len(text), rule.max_length)
    if len(checked.script) > MAX_SCRIPT_CHARS:
        yield _too_long(checked, Special.SCRIPT, len(checked.script), MAX_SCRIPT_CHARS)


def _characters_removed(checked: Checked, target: Target) -> Problem:
    return checked.problem(
        target,
        "characters_removed",
        "“{column}” held control characters, or marks that turn the reading direction; they were taken out.",
        "Read the text once more, and type it again where it looks odd.",
    )


def _language_unknown(checked: Checked, template: Template) -> Problem:
    return checked.problem(
        Special.LANGUAGE,
        "language_unknown",
        "The language in “{column}” is not one the template speaks.",
        "Write one of {languages}, or leave the cell empty for {default}.",
        languages=", ".join(template.languages),
        default=template.default_language,
    )


def _field_missing(checked: Checked, name: str) -> Problem:
    in_a_table = "Fill in the cell."
    in_a_text = "Write “{column}: …” in the first line of the file."
    return checked.problem(
        name, "field_missing", "“{column}” is empty.", in_a_text if checked.row.script else in_a_table
    )


def _too_long(checked: Checked, target: Target, length: int, limit: int) -> Problem:
    return checked.problem(
        target,
        "too_long",
        "“{column}” has {length} characters; the limit is {limit}.",
        "Shorten it to {limit} characters.",
        length=length,
        limit=limit,
    )
