"""The Settings page's words for where values come from and when they count, in the language of the moment."""

from __future__ import annotations

import sys
import unicodedata
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from core.desk.settings_desk import Entry
from core.settings.about import Reach
from core.settings.declaration import Declared
from core.settings.sources import Origin
from gui.language.wording import sentence

_translate = QCoreApplication.translate

_ORIGINS: dict[Origin, Any] = {
    Origin.COMMAND_LINE: QT_TRANSLATE_NOOP("settings", "set when Trineo was started"),
    Origin.ENVIRONMENT: QT_TRANSLATE_NOOP("settings", "set in the environment"),
    Origin.KEYRING: QT_TRANSLATE_NOOP("settings", "kept in the system's keyring"),
    Origin.KEYS_FILE: QT_TRANSLATE_NOOP("settings", "kept in a file that only you can read"),
    Origin.FILE: QT_TRANSLATE_NOOP("settings", "set here"),
    Origin.DEFAULT: QT_TRANSLATE_NOOP("settings", "as it comes"),
}
_REACHES: dict[Reach, Any] = {
    Reach.NOW: QT_TRANSLATE_NOOP("settings", "counts at once"),
    Reach.NEXT_FILM: QT_TRANSLATE_NOOP("settings", "counts from the next film on"),
    Reach.RESTART: QT_TRANSLATE_NOOP("settings", "counts after a restart"),
}


def title(setting: Declared) -> str:
    return sentence(setting.about.title)


def meaning(setting: Declared) -> str:
    return sentence(setting.about.meaning)


def whence(entry: Entry) -> str:
    """`WORKERS · set here · counts at once`."""
    told = _translate("settings", _ORIGINS[entry.origin])
    if entry.origin is Origin.KEYS_FILE and sys.platform == "win32":
        told = _translate("settings", "kept in a file in your user's folder")
    if entry.setting.about.is_secret and entry.origin is Origin.FILE:
        told = _translate("settings", "in settings.toml: whoever reads that file can read it")
    older = f" ({entry.called})" if entry.called != entry.setting.name else ""
    return f"{told}{older} · {reach(entry.setting)}"


def reach(setting: Declared) -> str:
    return _translate("settings", _REACHES[setting.about.reach])


def choice(setting: Declared, value: str) -> str:
    """What one of its choices is called."""
    if value in setting.about.words:
        return sentence(setting.about.words[value])
    match value:
        case "true":
            return _translate("settings", "Yes")
        case "false":
            return _translate("settings", "No")
        case "":
            return _translate("settings", "Not set")
    return value


def default(setting: Declared) -> str:
    """What it is when nobody sets it."""
    text = setting.default_text
    return choice(setting, text) if setting.choices or not text else text


def folded(text: str) -> str:
    """For searching: without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def matches(entry: Entry, group: str, wanted: str) -> bool:
    """Whether every word of `wanted` (folded) stands somewhere in what it is called and means."""
    setting = entry.setting
    seen = folded(" ".join((title(setting), meaning(setting), setting.name, group)))
    return all(word in seen for word in wanted.split())
