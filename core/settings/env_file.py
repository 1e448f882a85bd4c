"""A `.env` file, as other programs and people hand settings on: read, and written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from dotenv.parser import parse_stream

from core.errors import UsageError
from core.settings.whole_file import write_whole

_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class EnvFile:
    """`values` by the names that stand there; `spoilt` are the numbers of lines that mean nothing."""

    values: Mapping[str, str]
    spoilt: tuple[int, ...]


def read_env(file: Path) -> EnvFile:
    """What `${NAME}` would stand for is not looked up. Raises `UsageError`."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise _unreadable(file, "it is too long")
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise _unreadable(file, error.strerror or "unknown") from error
    except UnicodeDecodeError as error:
        raise _unreadable(file, "it is not UTF-8 text") from error
    lines = list(parse_stream(StringIO(text)))
    found = {line.key: line.value for line in lines if line.key is not None and line.value is not None}
    return EnvFile(found, tuple(line.original.line for line in lines if line.error))


def write_env(file: Path, values: Mapping[str, str], head: str) -> None:
    """Only the owner can read it: it may hold keys. Raises `UsageError`."""
    lines = [
        *(f"# {line}" for line in head.splitlines()),
        *(f"{name}={_quoted(value)}" for name, value in values.items()),
    ]
    write_whole(file, "\n".join(lines) + "\n")


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _unreadable(file: Path, reason: str) -> UsageError:
    return UsageError(
        "env_file_unreadable",
        "The file {file} can't be read: {reason}.",
        "Choose a .env file: lines of NAME=value.",
        file=str(file),
        reason=reason,
    )
