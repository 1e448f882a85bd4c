"""What a person said the columns of a sheet mean, remembered for the next sheet with the same ones."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import structlog

from core.errors import UsageError
from core.intake.fields import folded

_log = structlog.get_logger(__name__)
_FORMAT = 1
_KEPT = 300
_MAX_BYTES = 5_000_000


class ColumnMemory:
    """One small JSON file. Holds titles of columns and names of fields, never what is in a row."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def recall(self, template: str, titles: Sequence[str]) -> Mapping[str, str]:
        """The field (empty: none) of each title, by its folded form. Nothing where these titles are not known."""
        wanted = _signature(template, titles)
        for entry in reversed(self._entries()):
            if _signature(entry["template"], entry["fields"]) == wanted:
                return {folded(title): field for title, field in entry["fields"].items()}
        return {}

    def remember(self, template: str, fields: Mapping[str, str]) -> None:
        """`fields`: for every title of the sheet, the field, `script` or `language` it holds, or empty.

        Raises `UsageError` where it can't be written.
        """
        wanted = _signature(template, tuple(fields))
        kept = [entry for entry in self._entries() if _signature(entry["template"], entry["fields"]) != wanted]
        kept.append({"template": template, "fields": dict(fields)})
        text = json.dumps({"format": _FORMAT, "mappings": kept[-_KEPT:]}, ensure_ascii=False, indent=1)
        part = self._file.with_name(f".{self._file.name}.part")
        try:
            part.write_text(text, encoding="utf-8", errors="replace")
            part.replace(self._file)
        except OSError as error:
            raise UsageError(
                "mapping_unwritable",
                "What the columns mean can't be remembered: {reason}.",
                "Check that the data folder {folder} can be written.",
                reason=error.strerror or "unknown",
                folder=str(self._file.parent),
            ) from error

    def _entries(self) -> list[dict[str, Any]]:
        """A file that is missing, damaged or from another version is as good as none: it can be said again."""
        try:
            if self._file.stat().st_size > _MAX_BYTES:
                return []
            data = json.loads(self._file.read_text(encoding="utf-8"))
            entries = [entry for entry in data["mappings"] if _sound(entry)] if data["format"] == _FORMAT else []
        except FileNotFoundError:
            return []
        except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
            _log.warning("remembered columns can't be read", reason=type(error).__name__)
            return []
        return entries


def _sound(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("template"), str)
        and isinstance(entry.get("fields"), dict)
        and all(isinstance(text, str) for pair in entry["fields"].items() for text in pair)
    )


def _signature(template: str, titles: Sequence[str] | Mapping[str, str]) -> tuple[str, frozenset[str]]:
    return template, frozenset(filter(None, map(folded, titles)))
