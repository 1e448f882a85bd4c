"""One row's values checked against the template: what a job may say, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from core.intake.clean import clean_line, clean_lines, is_clean
from core.intake.fields import Special, Target, Vocabulary
from core.intake.markup import mend_accents, strip_markup
from core.intake.model import Problem, Row
from core.intake.placeholders import find_placeholder
from core.intake.spoken import MARGIN, SpokenLength
from core.intake.words import WordList
from core.template.model import Template
from core.text import Text, Value

# What spreadsheets show for a formula that failed, in the languages of our operators, and for a column too narrow.
_FORMULA_ERROR = re.compile(
    r"#(?:N/A|N/D|REF!|¡REF!|VALUE!|¡VALOR!|VALOR!|NAME\?|¿NOMBRE\?|NOME\?|DIV/0!|¡DIV/0!|NULL!|¡NULO!|NULO!|NUM!|¡NUM!"
    r"|NÚM!|SPILL!|CALC!|GETTING_DATA)|#{3,}|Err:\d{3}",
    re.IGNORECASE,
)
_LOST = "\ufffd"
# Without any of these, a text holds no markup, no placeholder, no broken accent and no error.
_SIGNS = re.compile("[<&\\]{\\[«%$#ÃÂâ\ufffd]|Err:", re.IGNORECASE)


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

    def problem(self, target: Target | None, code: str, what: str, remedy: str, /, **values: Value) -> Problem:
        """`{column}` is there for the sentences: as the file calls it, or else as the template does.

        Without a target it is a problem of the whole row.
        """
        name = target.value if isinstance(target, Special) else target or ""
        column = self.titles.get(target, "") if target else ""
        values["column"] = column or name
        row = self.row
        return Problem(row.file, code, Text(what, values), Text(remedy, values), row.number, row.sheet, name, column)


class RowCheck:
    """Checks the rows of one order: each against the template, and against what Santa must not say."""

    def __init__(self, vocabulary: Vocabulary, words: Mapping[str, WordList]) -> None:
        self._vocabulary = vocabulary
        self._template = vocabulary.template
        self._spoken = SpokenLength(vocabulary.template)
        self._words = words
        self._left_out = {
            name: frozenset(map(str.casefold, rule.leave_out))
            for name, rule in vocabulary.template.fields.items()
            if rule.leave_out
        }
        self._rules = [(name, rule.required, rule.max_length) for name, rule in vocabulary.template.fields.items()]

    def check(self, row: Row, values: Mapping[Target, str], titles: Mapping[Target, str]) -> Checked:
        """`titles` is what the file calls the column of each target."""
        checked = Checked(row, titles, self._template.default_language)
        take = self._keep if _plain(values.values()) else self._take
        for target, raw in values.items():
            if raw:
                take(checked, target, raw)
        if not self._fits(checked):
            checked.refusals.extend(_refusals(checked, self._template))
        if not checked.refusals:
            self._check_speech(checked)
        return checked

    def _fits(self, checked: Checked) -> bool:
        """Whether there is surely nothing to refuse for its language, what is missing, or its lengths."""
        fields, script = checked.fields, checked.script
        return (
            bool(checked.language)
            and self._template.name_field in fields
            and len(script) <= self._template.max_script_length
            and not any(
                len(fields[name]) > most if name in fields else required for name, required, most in self._rules
            )
        )

    def _take(self, checked: Checked, target: Target, raw: str) -> None:
        signs = _SIGNS.search(raw) is not None
        text = raw if not signs and is_clean(raw) else _tidied(checked, target, raw, signs=signs)
        if not text:
            return
        if signs and target is not Special.LANGUAGE:
            self._look_closer(checked, target, raw, text)
        self._keep(checked, target, text)

    def _keep(self, checked: Checked, target: Target, text: str) -> None:
        if target is Special.LANGUAGE:
            checked.language = self._vocabulary.language(text) or ""
        elif target is Special.SCRIPT:
            checked.script = text
        elif isinstance(target, str):
            checked.fields[target] = _without(text, self._left_out[target]) if target in self._left_out else text

    def _look_closer(self, checked: Checked, target: Target, raw: str, text: str) -> None:
        if _FORMULA_ERROR.fullmatch(text):
            checked.refusals.append(_formula_error(checked, target))
        elif find_placeholder(raw, self._vocabulary.is_title):
            checked.refusals.append(_placeholder(checked, target))
        elif _LOST in text:
            checked.warnings.append(_letters_lost(checked, target))

    def _check_speech(self, checked: Checked) -> None:
        beyond = self._spoken.beyond(checked.language, checked.fields, checked.script)
        if beyond > 1 - MARGIN:
            problem = _speech_too_long(checked, self._template, beyond, sure=beyond > 1 + MARGIN)
            (checked.refusals if beyond > 1 + MARGIN else checked.warnings).append(problem)
        words = self._words.get(checked.language)
        if words is not None and words.find("\n".join((checked.script, *checked.fields.values()))):
            said: list[tuple[Target, str]] = [(Special.SCRIPT, checked.script), *checked.fields.items()]
            hits = ((target, words.find(text)) for target, text in said)
            checked.warnings.extend(_watched(checked, target, word) for target, word in hits if word)


def check(row: Row, values: Mapping[Target, str], vocabulary: Vocabulary, titles: Mapping[Target, str]) -> Checked:
    """One row by itself, such as a job whose text was changed by hand."""
    return RowCheck(vocabulary, {}).check(row, values, titles)


def _without(text: str, left_out: frozenset[str]) -> str:
    """Without the words it begins with that are left out; unless nothing else is there."""
    first, _, rest = text.partition(" ")
    return _without(rest, left_out) if rest and first.casefold() in left_out else text


def _plain(cells: Iterable[str]) -> bool:
    """Whether nothing would be done to any of a row's cells: one look at all of them, for most rows are so."""
    row = "|".join(cells)
    return is_clean(row) and "| " not in row and " |" not in row and _SIGNS.search(row) is None


def _tidied(checked: Checked, target: Target, raw: str, *, signs: bool) -> str:
    """The cell's text as it may be spoken; what was done to it is among the warnings."""
    text, mended, stripped = raw, False, False
    if signs:
        text, mended = mend_accents(text)
        text, stripped = strip_markup(text)
    text, unsafe = (clean_lines if target is Special.SCRIPT else clean_line)(text)
    if mended:
        checked.warnings.append(_accents_mended(checked, target))
    if stripped:
        checked.warnings.append(_markup_removed(checked, target))
    if unsafe:
        checked.warnings.append(_characters_removed(checked, target))
    return text


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
    if len(checked.script) > template.max_script_length:
        yield _too_long(checked, Special.SCRIPT, len(checked.script), template.max_script_length)


def _characters_removed(checked: Checked, target: Target) -> Problem:
    return checked.problem(
        target,
        "characters_removed",
        "“{column}” held control characters, or marks that turn the reading direction; they were taken out.",
        "Read the text once more, and type it again where it looks odd.",
    )


def _markup_removed(checked: Checked, target: Target) -> Problem:
    return checked.problem(
        target,
        "markup_removed",
        "“{column}” held marks of a web page or of a speech program (such as <b> or &amp;); they were taken out.",
        "Read the text once more.",
    )


def _accents_mended(checked: Checked, target: Target) -> Problem:
    return checked.problem(
        target,
        "accents_mended",
        "The accents in “{column}” had been broken on the way here (Ã© for é); they were mended.",
        "Read the text once more.",
    )


def _letters_lost(checked: Checked, target: Target) -> Problem:
    return checked.problem(
        target,
        "letters_lost",
        "“{column}” holds the sign for letters that got lost on the way here (�).",
        "Type the text again as it should be spoken.",
    )


def _placeholder(checked: Checked, target: Target) -> Problem:
    return checked.problem(
        target,
        "placeholder",
        "“{column}” still holds a placeholder that nobody filled in, such as {{nombre}}.",
        "Write the words that belong there.",
    )


def _formula_error(checked: Checked, target: Target) -> Problem:
    return checked.problem(
        target,
        "formula_error",
        "“{column}” shows a spreadsheet's error in place of a text.",
        "Correct the formula, or write the text itself.",
    )


def _watched(checked: Checked, target: Target, word: str) -> Problem:
    return checked.problem(
        target,
        "word_watched",
        "“{column}” says “{word}”, which is on the list of what Santa doesn't say.",
        "Check whether it fits a film for this child.",
        word=word,
    )


def _speech_too_long(checked: Checked, template: Template, beyond: float, *, sure: bool) -> Problem:
    limit = template.max_spoken_s or 0.0
    what = "Santa would speak for about {seconds} s; the template's limit is {limit} s."
    unsure = "Santa may speak for longer than the template's limit of {limit} s: about {seconds} s."
    return checked.problem(
        None,
        "speech_too_long",
        what if sure else unsure,
        "Shorten the longest text.",
        seconds=round(beyond * limit),
        limit=round(limit),
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
