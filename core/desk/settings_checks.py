"""What a person writes for a setting: whether it can be used, and what of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from core.errors import TrineoError, UsageError
from core.intake.patterns import FilmPattern
from core.jobs.connection import connect
from core.settings.about import Kind
from core.settings.declaration import Declared, collected
from core.settings.sources import faults
from core.storage.validation import writable_folder
from core.template.library import TemplateLibrary
from core.text import Text

_MOST_LETTERS = 4096
_READ_ONLY_FOLDERS = frozenset({"wav2lip_repo_path"})


def complaint(setting: Declared, text: str, templates: TemplateLibrary) -> Text | None:
    """What is wrong with it, as far as that is found out without looking at a disk or a network."""
    text = written(setting, text)
    if len(text) > _MOST_LETTERS or "\0" in text:
        return Text("It can't be used.")
    if not text and setting.default_text == "":
        return None
    if setting.key == "film_names":
        return _film_names(text, templates)
    return _OF_KIND[setting.about.kind](text) or faults(setting, text)


def accepted(setting: Declared, text: str, templates: TemplateLibrary, *, look: bool = True) -> Any:
    """What is kept of it; None: nothing, it is the default. Raises `UsageError`.

    `look`: whether a folder is there and can be written to, too.
    """
    if (wrong := complaint(setting, text, templates)) is not None:
        raise UsageError(
            "setting_refused",
            "{name} stays as it was. {reason}",
            name=setting.name,
            reason=str(wrong),
        )
    text = written(setting, text)
    if setting.about.kind is Kind.FOLDER and text and look:
        _look(setting, Path(text).expanduser())
    if setting.about.is_secret:
        return text or None
    value = getattr(collected({setting.key: text}), setting.key)
    if value == setting.default:
        return None
    return text if isinstance(value, Path) else value


def written(setting: Declared, text: str) -> str:
    """Without blanks around it; a number may have a comma where others have a point."""
    text = text.strip()
    return text.replace(",", ".") if setting.is_number and "." not in text and text.count(",") == 1 else text


def _key(text: str) -> Text | None:
    if text.isascii() and text.isprintable() and " " not in text:
        return None
    return Text("A key has only letters, digits and signs, and no blanks: copy it again.")


def _folder(text: str) -> Text | None:
    with suppress(RuntimeError):  # ~ without a home
        if Path(text).expanduser().is_absolute():
            return None
    return Text("It must be a whole path, from the disk on.")


def _look(setting: Declared, folder: Path) -> None:
    if setting.key not in _READ_ONLY_FOLDERS:
        writable_folder(folder)
    elif not folder.is_dir():
        raise UsageError(
            "folder_not_there",
            "There is no folder {folder}.",
            "Choose one that is there.",
            folder=str(folder),
        )


def _address(text: str) -> Text | None:
    try:
        connect(text).close()
    except TrineoError:
        return Text("It must look like this: {example}", {"example": "redis://:password@server:6379/0"})
    return None


def _film_names(text: str, templates: TemplateLibrary) -> Text | None:
    fields = {name for template in templates.installed() for name in template.fields}
    try:
        FilmPattern(text, sorted(fields))
    except UsageError as error:
        return error.remedy
    return None


_OF_KIND: Mapping[Kind, Callable[[str], Text | None]] = {
    Kind.PLAIN: lambda _: None,
    Kind.FOLDER: _folder,
    Kind.KEY: _key,
    Kind.ADDRESS: _address,
}
