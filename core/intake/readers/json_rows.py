"""JSON from web forms: a list of objects, one object a line, or an object that holds the list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.errors import UsageError
from core.intake.limits import MAX_COLUMNS, MAX_ROWS
from core.intake.model import Contents, Hints, Problem, Source, Unreadable
from core.intake.readers.encoding import read_text
from core.intake.readers.table import Record, build
from core.text import Text

_MAX_DEEP = 5
_BEGINS = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*(?:\[\s*\{|\{\s*")')
_SPACE = re.compile(r"[\s,]*")
# Numbers stay as they are written: a telephone number is no quantity, and 1.10 is not 1.1.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


def is_json(data: bytes) -> bool:
    """Whether a file of another ending is JSON all the same."""
    if not _BEGINS.match(data[:1000]):
        return False
    try:
        _DECODER.decode(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return True


def read(source: Source, hints: Hints) -> Contents:
    text, notices, encoding = read_text(source)
    text = text.lstrip("\ufeff")
    lines = source.path.suffix.lower() == ".jsonl" or _is_lines(text)
    items = list(_lines(source, text) if lines else _items(text))
    if not any(isinstance(item, Mapping) for _, item in items):
        raise UsageError(
            "json_shape",
            "The file holds no list of objects, one for each child.",
            "Export it as one list of objects, or as one object a line.",
        )
    table = build(source.path, _records(source, items), hints)
    return Contents(tables=(table,), notices=notices, encoding=encoding)


Item = tuple[int, Any]


def _is_lines(text: str) -> bool:
    """Whether it holds one object after the other without anything around them."""
    if not text.startswith("{"):
        return False
    try:
        _, end = _DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        return False
    return bool(text[end:].strip())


def _items(text: str) -> Iterator[Item]:
    """The list's objects, numbered as a sheet with a header would number its rows."""
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] != "[":
        value = _decoded(text, start)[0]
        found = _list_in(value)
        yield from enumerate([value] if found is None else found, start=2)
        return
    at, number = _past(text, start + 1), 2
    while text[at : at + 1] != "]":
        value, at = _decoded(text, at)
        yield number, value
        at, number = _past(text, at), number + 1
        if number > MAX_ROWS + 2:
            raise _too_many()


def _past(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    assert space is not None, "the pattern matches anything"
    return space.end()


def _decoded(text: str, at: int) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise UsageError(
            "json_broken",
            "The file is no valid JSON: line {line}, column {column}: {reason}.",
            "Export it again from where it came, or correct that place.",
            line=error.lineno,
            column=error.colno,
            reason=error.msg,
        ) from error
    except RecursionError as error:
        raise UsageError(
            "json_shape", "The file's lists lie too deep in one another.", "Export it as one list of objects."
        ) from error


def _too_many() -> UsageError:
    return UsageError(
        "too_many_rows", "The table has more than {limit} rows.", "Split it into several files.", limit=MAX_ROWS
    )


def _list_in(value: Any) -> Sequence[Any] | None:
    """The longest list of objects that an object holds: `{"data": [...]}`, `{"response": {"rows": [...]}}`."""
    if not isinstance(value, Mapping):
        return None
    found: list[Sequence[Any]] = []
    for inner in value.values():
        if isinstance(inner, list) and inner and isinstance(inner[0], Mapping):
            found.append(inner)
        elif isinstance(inner, Mapping) and (deeper := _list_in(inner)) is not None:
            found.append(deeper)
    return max(found, key=len, default=None)


def _lines(source: Source, text: str) -> Iterator[Item]:
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if not line.strip():
            continue
        if number > MAX_ROWS:
            raise _too_many()
        try:
            yield number, _DECODER.decode(line)
        except (ValueError, RecursionError):
            what = Text("This line is no valid JSON.")
            remedy = Text("Write one whole object in each line.")
            yield number, Unreadable(Problem(source.path, "json_broken", what, remedy, number), (line,))


def _records(source: Source, items: Sequence[Item]) -> Iterator[Record]:
    """A header of every name that occurs, then the objects as rows."""
    flat = [(number, _flat(item) if isinstance(item, Mapping) else item) for number, item in items]
    names = list(dict.fromkeys(name for _, item in flat if isinstance(item, dict) for name in item))[: MAX_COLUMNS + 1]
    yield 0, tuple(names)
    for number, item in flat:
        if isinstance(item, dict):
            yield number, tuple(item.get(name, "") for name in names)
        elif isinstance(item, Unreadable):
            yield number, item
        else:
            what = Text("This is not an object with names and values.")
            remedy = Text("Write it as one object with names and values.")
            yield number, Unreadable(Problem(source.path, "json_shape", what, remedy, number))


def _flat(item: Mapping[str, Any], above: str = "", deep: int = 0) -> dict[str, str]:
    """`{"child": {"name": "Ana"}}` → `{"child name": "Ana"}`, with every value as text."""
    cells: dict[str, str] = {}
    for name, value in item.items():
        title = f"{above} {name}".strip()
        if isinstance(value, Mapping) and deep < _MAX_DEEP:
            cells |= _flat(value, title, deep + 1)
        else:
            cells[title] = _shown(value)
    return cells


def _shown(value: Any, deep: int = 0) -> str:
    if value is None or deep > _MAX_DEEP:
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, (_shown(inner, deep + 1) for inner in value)))
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_shown(inner, deep + 1)}" for name, inner in value.items())
    return str(value).lower() if isinstance(value, bool) else str(value)
