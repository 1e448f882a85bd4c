"""What help is asked for with: one zip of versions, settings, health, figures and logs, and nothing about any child."""

from __future__ import annotations

import json
import platform
import sys
import zipfile
from collections.abc import Callable, Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from core import __version__
from core.errors import TrineoError, UsageError
from core.jobs.store import JobStore
from core.logs.redaction import Redactor
from core.media import ffmpeg
from core.paths import DataFolder
from core.settings.declaration import Settings
from core.settings.running import secrets_of

_LOG_BYTES = 5_000_000
_PACKAGES = ("PySide6", "redis", "fakeredis", "lupa", "av", "imageio-ffmpeg", "numpy", "structlog")


def write_support(
    file: Path, settings: Settings, folder: DataFolder, store: JobStore, told: Mapping[str, Callable[[], Any]]
) -> list[str]:
    """Writes the zip; answers the names in it. `told` are the parts to ask for, as JSON values; one that can't be had
    says so. Raises `UsageError` for a file that can't be written, and never writes over one.
    """
    door = Redactor(secrets_of(settings), folder.root)
    parts: dict[str, Callable[[], Any]] = {
        "versions": _versions,
        "settings": lambda: _settings(settings),
        "states": lambda: {str(state): count for state, count in store.counts().items()},
        "causes": lambda: [{"code": one.code, "count": one.count} for one in store.causes()],
        **told,
    }
    try:
        with zipfile.ZipFile(file, "x", zipfile.ZIP_DEFLATED) as bundle:
            for name, ask in parts.items():
                answer = door.value(_asked(ask))
                bundle.writestr(f"{name}.json", json.dumps(answer, ensure_ascii=False, indent=1, default=str))
            for log in sorted(folder.logs.glob("trineo.log*")):
                lines = log.read_text(encoding="utf-8", errors="replace")[-_LOG_BYTES:].splitlines()
                bundle.writestr(f"logs/{log.name}", "\n".join(_cleaned(lines, door)))
            return bundle.namelist()
    except OSError as error:
        raise UsageError(
            "support_not_written",
            "The support file {file} can't be written: {reason}.",
            "Name another one.",
            file=str(file),
            reason=error.strerror or "unknown",
        ) from error


def _asked(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except TrineoError as error:
        return {"not told": error.code}


def _cleaned(lines: Iterable[str], door: Redactor) -> Iterable[str]:
    """Once more through the door: an older program may have written them."""
    return (door.text(line) for line in lines)


def _versions() -> dict[str, str]:
    found = {"trineo": __version__, "python": sys.version.split()[0], "system": platform.platform()}
    for package in _PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "not told"
    try:
        found["ffmpeg"] = ffmpeg.build()
    except TrineoError as error:
        found["ffmpeg"] = error.code
    return found


def _settings(settings: Settings) -> dict[str, Any]:
    """Their values, but of keys and addresses only whether there is one."""
    told: dict[str, Any] = {}
    for name in sorted(type(settings).model_fields):
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            told[name.upper() + "_GIVEN"] = bool(value.get_secret_value())
        elif isinstance(value, Path):
            told[name.upper()] = "a folder"
        elif name.endswith("_id"):
            told[name.upper() + "_GIVEN"] = bool(value)
        else:
            told[name.upper()] = value
    return told
