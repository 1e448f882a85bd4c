"""How names are said, by language: one readable file in the data folder, which people may edit too.

It holds children's names. It never leaves this computer but inside a job, which takes along what concerns it.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.errors import UsageError
from core.settings.whole_file import held, write_whole
from core.template.respelling import Respellings, same_name

_HEAD = """\
# How names are said: the name = how it is spelled for the voice, under the language that is spoken.
# Captions and name cards show the name as it is. These are children's names: keep this file to yourself.
"""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
_NAME_CHARS, _SPELLING_CHARS = 100, 200
_MAX_BYTES = 5_000_000

Spellings = Mapping[str, Mapping[str, str]]
"""By language, by name as it was written down."""


@dataclass(frozen=True, slots=True)
class _Known:
    """The file as it was at `mark`, and what was made of it for each language."""

    mark: tuple[int, int]
    spellings: Spellings
    ready: dict[str, tuple[Respellings, Mapping[str, str]]] = field(default_factory=dict)

    def of(self, language: str) -> tuple[Respellings, Mapping[str, str]]:
        if language not in self.ready:
            names = self.spellings.get(language, {})
            self.ready[language] = Respellings(names), {same_name(one): names[one] for one in names}
        return self.ready[language]


class Lexicon:
    """Safe between threads and between programs: who changes it reads it anew, under a lock. Any method may raise
    `UsageError`: the file can't be read or written, or is no such list any more.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known = _Known((0, 0), {})

    def all(self) -> Spellings:
        return self._read().spellings

    def of(self, language: str) -> Respellings:
        return self._read().of(language)[0]

    def spelling(self, name: str, language: str) -> str:
        """What was written down for exactly this name; empty: nothing."""
        return self._read().of(language)[1].get(same_name(name), "")

    def say(self, name: str, spelling: str, language: str) -> None:
        """From now on `name` is said as `spelling` reads. In the place of what was written down for it before."""
        name, spelling = _typed(name, _NAME_CHARS), _typed(spelling, _SPELLING_CHARS)
        if not _LANGUAGE.fullmatch(language):
            raise UsageError(
                "no_language", "“{language}” is no language's code.", "Give it as es or en.", language=language
            )
        with held(self._file):
            kept = self._without(name, language)
            kept.setdefault(language, {})[name] = spelling
            self._write(kept)

    def forget(self, name: str, language: str = "") -> int:
        """Takes a name out, of every language unless one is named. Answers how often it was in."""
        with held(self._file):
            before = self.all()
            kept = self._without(name, language)
            gone = sum(map(len, before.values())) - sum(map(len, kept.values()))
            if gone:
                self._write(kept)
            return gone

    def _without(self, name: str, language: str) -> dict[str, dict[str, str]]:
        wanted = same_name(name)
        return {
            code: {one: spelling for one, spelling in names.items() if same_name(one) != wanted}
            if language in ("", code)
            else dict(names)
            for code, names in self.all().items()
        }

    def _write(self, spellings: Spellings) -> None:
        tables = []
        for language in sorted(spellings):
            if names := spellings[language]:
                lines = (f"{_quoted(one)} = {_quoted(names[one])}" for one in sorted(names, key=same_name))
                tables.append("\n".join([f"[{language}]", *lines, ""]))
        write_whole(self._file, "\n".join([_HEAD, *tables]))

    def _read(self) -> _Known:
        try:
            looked = self._file.stat()
        except FileNotFoundError:
            return _Known((0, 0), {})
        except OSError as error:
            raise self._unreadable(error.strerror or "unknown") from error
        mark, known = (looked.st_mtime_ns, looked.st_ino), self._known
        if known.mark != mark:
            self._known = known = _Known(mark, self._parsed(looked.st_size))
        return known

    def _parsed(self, size: int) -> Spellings:
        if size > _MAX_BYTES:
            raise self._unreadable("it is too large")
        try:
            data = tomllib.loads(self._file.read_text(encoding="utf-8-sig"))
        except tomllib.TOMLDecodeError as error:
            raise self._unreadable(_place_of(error)) from None  # its words may hold a child's name
        except UnicodeDecodeError:
            raise self._unreadable("it is not UTF-8") from None
        except OSError as error:
            raise self._unreadable(error.strerror or "unknown") from error
        if not all(isinstance(names, dict) and _all_text(names) for names in data.values()):
            raise self._unreadable('each line is "name" = "spelling", under a language such as [es]')
        return data

    def _unreadable(self, reason: str) -> UsageError:
        return UsageError(
            "names_unreadable",
            "The list of how names are said, {file}, can't be read: {reason}.",
            "Put that right in a text editor, or move the file away: then no name is respelled.",
            file=str(self._file),
            reason=reason,
        )


def _typed(text: str, longest: int) -> str:
    text = " ".join(text.split())
    if not any(sign.isalnum() for sign in text) or len(text) > longest or not text.isprintable():
        raise UsageError(
            "not_sayable",
            "This can't be said: it has no letters, is too long, or holds signs that can't be written down.",
            "Write it with letters, as it is to be spoken.",
        )
    return text


def _quoted(text: str) -> str:
    """A basic string of TOML; JSON writes the same one, of text that can be printed."""
    return json.dumps(text, ensure_ascii=False)


def _all_text(names: Mapping[str, Any]) -> bool:
    return all(isinstance(spelling, str) for spelling in names.values())


def _place_of(error: tomllib.TOMLDecodeError) -> str:
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return f"line {found[1]}, column {found[2]} is not as it should be" if found else "its end is missing"
