"""Whether what a row puts on the picture can be drawn: a name in letters that no font here has would fail its film."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from core.errors import JobFault
from core.intake.model import Problem
from core.intake.rows import Checked
from core.media.coverage import letters_for, printable
from core.media.titles import PLAIN, Letters, bundled_fonts
from core.template.card import Card
from core.template.model import Template
from core.template.terms import placeholders


class CardLetters:
    """Remembers the letters that were found: nearly all rows have no others."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._cards = [card for section in template.sections for card in section.cards]
        self._known: set[str] = set()

    def look_at(self, checked: Checked) -> Iterator[Problem]:
        """At most one warning a row."""
        for card in self._cards:
            text = printable(card.says(checked.language, self._template.default_language, checked.fields))
            if text.isascii() or self._known.issuperset(text):
                continue
            missing = self._missing(card, text)
            if missing:
                yield _undrawable(checked, self._field(card, checked, missing), missing)
                return
            if card.font_file is None:
                self._known.update(text)

    def _missing(self, card: Card, text: str) -> str:
        own = card.font_file
        wanted = Letters.of_file(self._template.path(own)) if own else Letters(bundled_fonts(), PLAIN)
        try:
            letters_for(text, wanted)
        except JobFault:
            return "".join(sorted(set(filter(self._alone_missing, text)))) or text
        return ""

    def _alone_missing(self, letter: str) -> bool:
        try:
            letters_for(letter, Letters(bundled_fonts(), PLAIN))
        except JobFault:
            return True
        return False

    def _field(self, card: Card, checked: Checked, missing: str) -> str:
        """Which of the card's fields holds them."""
        on_it = sorted(frozenset().union(*map(placeholders, card.texts.values())))
        holding = (name for name in on_it if set(missing) & set(printable(checked.fields.get(name, ""))))
        return next(holding, self._template.name_field)


def _undrawable(checked: Checked, field: str, letters: str) -> Problem:
    shown = [letter if unicodedata.category(letter)[0] in "LS" else f"U+{ord(letter):04X}" for letter in letters[:8]]
    return checked.problem(
        field,
        "letters_undrawable",
        "“{column}” stands on the picture, and no font here can draw this in it: {letters}. The film would fail.",
        "Write it in other letters, or use a template whose font has them.",
        letters=" ".join(shown),
    )
