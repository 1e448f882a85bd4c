"""What a header or a language cell means, however an operator writes it."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from enum import Enum
from functools import lru_cache

from core.template.model import Template


class Special(Enum):
    """What a column may hold besides the template's fields. `OURS`: a remark of an export of ours, not read."""

    SCRIPT = "script"
    LANGUAGE = "language"
    OURS = "trineo"


Target = str | Special  # a field's name, or something special

_HEADERS = {
    Special.SCRIPT: (
        "script", "guion", "texto", "mensaje", "message", "text", "roteiro", "mensagem", "texto completo",
        "guion completo", "full script", "texto del guion", "roteiro completo",
    ),
    Special.LANGUAGE: ("idioma", "language", "lang", "lengua", "língua", "idioma del video", "language of the video"),
}  # fmt: skip
_LANGUAGES = {
    "es": ("español", "castellano", "spanish", "espanhol", "spa", "esp"),
    "en": ("inglés", "english", "inglês", "eng", "ing"),
    "pt": ("portugués", "português", "portuguese", "por", "brasileño", "brasileiro"),
    "fr": ("francés", "français", "french", "francês", "fra"),
    "it": ("italiano", "italian", "ita"),
    "de": ("alemán", "deutsch", "german", "alemão", "deu", "ger"),
}
_WORD = re.compile(r"[^\W\d_]+")
_NOT_ALNUM = re.compile(r"[\W_]+")
# Words that make no difference to what a header asks for.
_FILLERS = frozenset(re.findall(r"\w+", """
    a al el la los las lo de del un una su sus tu tus en o y e u por favor ingresa ingrese escribi escriba completa
    s complete indica indique cual es the of your his her their an for and or please enter type write what is
    da do das dos os as um uma seu sua no na em ou digite escreva informe qual
"""))  # fmt: skip
OURS_PREFIX = "Trineo: "


@lru_cache(maxsize=4096)
def folded(header: str) -> str:
    """What remains of a header when case, accents, spaces and punctuation don't matter."""
    return _NOT_ALNUM.sub("", unicodedata.normalize("NFKD", header).casefold())


def _plain(header: str) -> str:
    """Without the remark in brackets behind it."""
    return header.partition("(")[0]


def _core(header: str) -> frozenset[str]:
    """The words of a header that say something."""
    words = (folded(word) for word in _WORD.findall(re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", header)))
    return frozenset(words) - _FILLERS


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
        self._cores: dict[frozenset[str], Target] = {}
        claims: list[tuple[str, Target]] = [*own, *labels, *synonyms, *special]
        for header, target in claims:
            self._targets.setdefault(folded(header), target)
            self._targets.setdefault(folded(_plain(header)), target)
            self._cores.setdefault(_core(_plain(header)), target)
        self._targets.pop("", None)
        self._cores.pop(frozenset(), None)
        self._languages = {
            folded(word): code for code in template.languages for word in (code, *_LANGUAGES.get(code, ()))
        }
        self.target = lru_cache(maxsize=4096)(self._target)

    def _target(self, header: str) -> Target | None:
        """What a column of this header holds. A remark in brackets behind it doesn't matter, nor do filling words.

        Called as `target`, which remembers the answers.
        """
        if header.startswith(OURS_PREFIX):
            return Special.OURS
        return self.exact(header) or (self._cores.get(_core(_plain(header))) if len(header) <= 200 else None)

    def exact(self, header: str) -> Target | None:
        """The same for a text, in which filling words may be words."""
        return self._targets.get(folded(header)) or self._targets.get(folded(_plain(header)))

    def is_title(self, cell: str) -> bool:
        return len(cell) <= 200 and self.target(cell.strip()) is not None

    def is_script(self, cell: str) -> bool:
        return len(cell) <= 200 and self.target(cell.strip()) is Special.SCRIPT

    def named(self, field: str) -> Target | None:
        """The target of that name: a field's, `script` or `language`."""
        if field in self.template.fields:
            return field
        return next((one for one in (Special.SCRIPT, Special.LANGUAGE) if one.value == field), None)

    def closest(self, header: str) -> str:
        """The field whose header this may be a misspelling of, or that it asks for in a sentence; empty: none."""
        near = get_close_matches(folded(header)[:100], self._targets, n=1, cutoff=0.75)
        target = self._targets[near[0]] if near else self._asked_for(_core(header))
        return target.value if isinstance(target, Special) else target

    def _asked_for(self, words: frozenset[str]) -> Target:
        """`¿Cuál es el nombre del niño que recibe el video?` asks for what is called `nombre del niño`."""
        inside = [(len(core), sum(map(len, core)), core) for core in self._cores if core <= words]
        return self._cores[max(inside, key=lambda one: one[:2])[2]] if inside else ""

    def language(self, value: str) -> str | None:
        """Which of the template's languages a cell means: `es`, `en-US`, `Español (Argentina)`, `INGLES`."""
        word = _WORD.search(value)
        return self._languages.get(folded(word[0])) if word else None
