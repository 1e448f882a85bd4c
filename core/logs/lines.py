"""One line of a log file as its parts, whether it was written for people or for machines (`USE_JSON_LOGGING`)."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LEVELS = ("debug", "info", "warning", "error", "critical")
LONGEST = 8_000
"""Characters of a line that are kept; whoever needs the rest opens the file."""

_HEAD = re.compile(r"(\d{4}-\d\d-\d\dT[\d:.,]+(?:Z|[+-]\d\d:?\d\d)?) \[(\w+) *\] ")
_LOGGER = re.compile(r" +\[([A-Za-z_][\w.]*)\](?= [A-Za-z_]\w*=|\s*$)")
_PART = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|(?:^|(?<= ))([A-Za-z_]\w*)=|.", re.DOTALL)
_MARKS = frozenset({"path", "key", "private"})  # what `core.logs.redaction` puts in the place of what it hides
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_UNSEEN = {code: "\ufffd" for code in (*range(0x20), 0x7F, *range(0x80, 0xA0)) if code not in (0x09,)}
_UNSEEN |= dict.fromkeys((*range(8234, 8239), *range(8294, 8298), 8232, 8233), "�")


@dataclass(frozen=True, slots=True)
class LogLine:
    """`at` is ISO 8601, UTC. `rest` are the other fields as `name=value name=value`.

    Of a line that is none of ours (damaged, cut, of another program) only `message` is there.
    """

    at: str
    level: str
    logger: str
    message: str
    job: str = ""
    batch: str = ""
    rest: str = ""

    @property
    def text(self) -> str:
        """The whole line for people, whichever way it was written."""
        if not self.at:
            return self.message
        named = [f"job={self.job}"] if self.job else []
        named += [f"batch={self.batch}"] if self.batch else []
        told = " ".join(filter(None, [self.message, self.rest, *named]))
        return f"{self.at} [{self.level}] {self.logger}: {told}"


def parsed(raw: bytes) -> LogLine | None:
    """None for a line with nothing in it. Whatever else is there is answered, never raised."""
    text = raw[: 4 * LONGEST].decode("utf-8", "replace").strip()
    if not text:
        return None
    if text.startswith("{"):
        try:
            fields = json.loads(raw)
        except (ValueError, RecursionError):
            fields = None
        if isinstance(fields, dict) and isinstance(fields.get("message"), str):
            return _of_fields(fields)
    return _of_words(_COLOURS.sub("", text))


def _of_fields(fields: dict[str, Any]) -> LogLine:
    at, level, logger, message = (str(fields.pop(name, "")) for name in ("timestamp", "level", "logger", "message"))
    return _line(at, level, logger, message, {name: _shown(value) for name, value in fields.items()})


def _of_words(text: str) -> LogLine:
    head = _HEAD.match(text)
    if head is None:
        return LogLine("", "", "", _readable(text))
    rest = text[head.end() :]
    found = next((one for one in _LOGGER.finditer(rest) if one[1] not in _MARKS), None)
    if found is None:
        return _line(head[1], head[2], "", rest, {})
    return _line(head[1], head[2], found[1], rest[: found.start()], dict(_pairs(rest[found.end() :].strip())))


def _line(at: str, level: str, logger: str, message: str, told: Mapping[str, str]) -> LogLine:
    others = " ".join(f"{name}={value}" for name, value in told.items() if name not in ("job", "batch", "machine"))
    intern = sys.intern  # what many lines have in common is kept once: a window may hold 100,000 of them
    return LogLine(
        _readable(at),
        intern(_readable(level).lower()),
        intern(_readable(logger)),
        intern(_readable(message.strip())),
        intern(_readable(told.get("job", ""))),
        intern(_readable(told.get("batch", ""))),
        _readable(others),
    )


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """`name=value` apart; a value may be quoted, or a list of quoted ones, with spaces in it."""
    starts = [(part[1], part.start(), part.end()) for part in _PART.finditer(text) if part[1]]
    for place, (name, _, begin) in enumerate(starts):
        end = starts[place + 1][1] if place + 1 < len(starts) else len(text)
        yield name, text[begin:end].strip()


def _shown(value: Any) -> str:
    if isinstance(value, str) and not any(map(str.isspace, value)):
        return value
    return json.dumps(value, ensure_ascii=False)


def _readable(text: str) -> str:
    """On one line, cut where it is too long; signs that can't be seen, or turn the text round, as one that can."""
    text = text.translate(_UNSEEN) if not text.isprintable() else text
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
