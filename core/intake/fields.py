"""What a header or a language cell means, however an operator writes it."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from enum import Enum

from core.template.model import Template


class Special(Enum):
    """What a column may hold besides the template's fields."""

    SCRIPT = "script"
    LANGUAGE = "language"


Target = str | Special  # a field's name, or something special

_HEADERS = {
    Special.SCRIPT: ("script", "guion", "texto", "mensaje", "message", "text", "roteiro", "mensagem"),
    Special.LANGUAGE: ("idioma", "language", "lang", "lengua", "língua"),
}
_LANGUAGES = {
    "es": ("español", "castellano", "spanish", "espanhol", "spa", "esp"),
    "en": ("inglés", "english", "inglês", "eng", "ing"),
    "pt": ("portugués", "português", "portuguese", "por"),
    "fr": ("francés", "français", "french", "francês", "fra"),
    "it": ("italiano", "italian", "ita"),
    "de": ("alemán", "deutsch", "german", "alemão", "deu", "ger"),
}
_WORD = re.compile(r"[^\W\d_]+")


def folded(header: str) -> str:
    """What remains of a header when case, accents, spaces and punctuation don't matter."""
    decomposed = unicodedata.normalize("NFKD", header).casefold()
    return "".join(char for char in decomposed if char.isalnum())


def _plain(header: str) -> str:
    """Without the remark in brackets behind it."""
    return header.partition("(")[0]


class Vocabulary:
    """Every header and every language's name that a template's sheets may use.

    Where two fields claim one, a field's own name goes before labels, and labels before synonyms.
    """

    def __init__(self, template: Template) -> None:
        self.template = template
        fields = template.fields.items()
        own = [(name, name) for name in template.fields]
        labels = [(label, name) for name, field in fields for label in field.label.values()]
        synonyms = [(synonym, name) for name, field in fields for synonym in field.synonyms]
        special = [(word, target) for target, words in _HEADERS.items() for word in words]
        self._targets: dict[str, Target] = {}
        claims: list[tuple[str, Target]] = [*own, *labels, *synonyms, *special]
        for header, target in claims:
            self._targets.setdefault(folded(header), target)
            self._targets.setdefault(folded(_plain(header)), target)
        self._targets.pop("", None)
        self._languages = {
            folded(word): code for code in template.languages for word in (code, *_LANGUAGES.get(code, ()))
        }

    def target(self, header: str) -> Target | None:
        """What a column of this header holds. A remark in brackets behind it doesn't matter."""
        return self._targets.get(folded(header)) or self._targets.get(folded(_plain(header)))

    def closest(self, header: str) -> str:
        """The field whose header this may be a misspelling of; empty if it is like none."""
        near = get_close_matches(folded(header), self._targets, n=1, cutoff=0.75)
        target = self._targets[near[0]] if near else ""
        return target.value if isinstance(target, Special) else target

    def language(self, value: str) -> str | None:
        """Which of the template's languages a cell means: `es`, `en-US`, `Español (Argentina)`, `INGLES`."""
        word = _WORD.search(value)
        return self._languages.get(folded(word[0])) if word else None
