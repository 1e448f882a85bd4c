"""settings.toml: read as people left it, changed a value at a time. Comments and whatever we don't know stay."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from core.errors import UsageError
from core.settings.names import RENAMED
from core.settings.whole_file import held, write_whole

if TYPE_CHECKING:
    import tomlkit

_HEAD = "# The settings of Trineo: docs/settings.md. What the environment says counts before this.\n"


class SettingsFile:
    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> dict[str, Any]:
        """What stands in it, by names in lower case. Raises `UsageError` for a file that can't be read."""
        return {name.lower(): value for name, value in tomllib.loads(self._text()).items()}

    def change(self, values: Mapping[str, Any]) -> None:
        """Writes these values; None takes one out. Older names are carried over. Raises `UsageError`: all is as it was.

        A file that can't be read is never written over.
        """
        import tomlkit  # noqa: PLC0415 - only who changes something pays for loading it

        with held(self.path):
            text = self._text()
            found = tomlkit.parse(text or _HEAD)
            _carry_over(found)
            for name, value in values.items():
                _put(found, name, value)
            new = tomlkit.dumps(found)
            if new != text:
                tomllib.loads(new)  # what we could not read ourselves is not written
                write_whole(self.path, new)

    def _text(self) -> str:
        try:
            text = self.path.read_text(encoding="utf-8-sig")
            tomllib.loads(text)
        except FileNotFoundError:
            return ""
        except tomllib.TOMLDecodeError as error:
            raise self._unreadable(str(error)) from error
        except UnicodeDecodeError as error:
            raise self._unreadable("it is not UTF-8 text") from error
        except OSError as error:
            raise self._unreadable(error.strerror or "unknown") from error
        return text

    def _unreadable(self, reason: str) -> UsageError:
        return UsageError(
            "settings_unreadable",
            "The settings file {file} can't be read: {reason}.",
            "Correct that line, or rename the file to start with the defaults.",
            file=str(self.path),
            reason=reason,
        )


def _carry_over(found: tomlkit.TOMLDocument) -> None:
    for old in [name for name in found if name.lower() in RENAMED]:
        new = RENAMED[old.lower()]
        value = found.pop(old)
        if not any(name.lower() == new for name in found):
            found[new] = value


def _put(found: tomlkit.TOMLDocument, name: str, value: Any) -> None:
    for other in [one for one in found if one.lower() == name and (value is None or one != name)]:
        found.pop(other)
    if value is not None:
        found[name] = _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return str(value) if isinstance(value, Path) else value
