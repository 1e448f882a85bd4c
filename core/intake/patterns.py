"""How films are named: a pattern such as `{batch}/{row:04}-{nombre}`, filled in for each row.

Its places are `batch`, `row`, `name`, `language`, `file`, `sheet` and the template's fields; `/` begins a folder.
Only the pattern can do that: whatever a row says stays one part of one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter

from core.errors import UsageError

PLACES = ("batch", "row", "name", "language", "file", "sheet")
ENDING = ".mp4"
_SPEC = re.compile(r"0?[1-9]?")
_MAX_FOLDERS = 6


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    width: int = 0  # digits that a row's number has at least


Part = tuple[str | Place, ...]  # one folder's or film's name


class FilmPattern:
    """Raises `UsageError` for a pattern that can't name films."""

    def __init__(self, pattern: str, fields: Iterable[str]) -> None:
        allowed = (*PLACES, *fields)
        parts = pattern.strip().removesuffix(ENDING).split("/")
        if not 0 < len(parts) <= _MAX_FOLDERS or any(part.strip(" .") == "" for part in parts) or "\\" in pattern:
            raise _invalid(pattern, allowed)
        self._parts = [_parsed(part, pattern, allowed) for part in parts]

    def fill(self, values: Mapping[str, str | int]) -> tuple[str, ...]:
        """The folders' names and the film's, without its ending: as they were wished for, for `FilmNames.film`."""
        return tuple(
            ["".join([one if isinstance(one, str) else _filled(one, values) for one in part]) for part in self._parts]
        )


def _filled(place: Place, values: Mapping[str, str | int]) -> str:
    value = values.get(place.name, "")
    return f"{value:0{place.width}}" if isinstance(value, int) else value[:200]


def _parsed(part: str, pattern: str, allowed: tuple[str, ...]) -> Part:
    found: list[str | Place] = []
    try:
        pieces = list(Formatter().parse(part))
    except ValueError as error:  # a brace without its partner
        raise _invalid(pattern, allowed) from error
    for literal, name, spec, conversion in pieces:
        found += [literal] if literal else []
        if name is not None:
            if name not in allowed or conversion or not _SPEC.fullmatch(spec or "") or (spec and name != "row"):
                raise _invalid(pattern, allowed)
            found.append(Place(name, int(spec or 0)))
    return tuple(found)


def _invalid(pattern: str, allowed: tuple[str, ...]) -> UsageError:
    return UsageError(
        "film_names_invalid",
        "Films can't be named by the pattern {pattern}.",
        "Correct FILM_NAMES: folders and a name, made of words and of {allowed}, for example {example}.",
        pattern=pattern,
        allowed=", ".join(f"{{{name}}}" for name in allowed),
        example="{batch}/{row:04}-{name}",
    )
