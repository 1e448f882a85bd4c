"""The settings as they stand, for who only needs to read them once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.settings.declaration import Settings
from core.settings.settings_file import SettingsFile
from core.settings.sources import Sources


def load_settings(file: Path | None = None, **overrides: Any) -> Settings:
    """`overrides` (from the command line), environment, `file`, defaults; no keyring is asked. Raises `UsageError`."""
    return Sources(SettingsFile(file) if file else None, overrides=overrides).load().settings
