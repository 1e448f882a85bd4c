"""The settings as a person looks at them and changes them: what each is, where it comes from, what is wrong with it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog

from core.desk.settings_checks import accepted, complaint
from core.errors import UsageError
from core.settings.about import Kind, Reach
from core.settings.declaration import Declared, Settings, as_text, declared
from core.settings.env_file import read_env, write_env
from core.settings.keys import KeyStore, Place
from core.settings.names import meant, of_today
from core.settings.settings_file import SettingsFile
from core.settings.sources import Loaded, Notice, Origin, Sources
from core.template.library import TemplateLibrary
from core.text import Text

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """A setting as it stands. `text` is as in the environment, and empty for a key; of an address `shown` is the part
    without its login. `called`: its name where it comes from, maybe an older one. `waits`: it was changed, and counts
    after a restart. `unreadable`: there is a key, and the keyring does not give it out now.
    """

    setting: Declared
    text: str
    shown: str
    origin: Origin
    called: str
    is_set: bool
    waits: bool = False
    unreadable: bool = False

    @property
    def locked(self) -> bool:
        return self.origin.locked


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed, by names in the file, and what stood there before. `place`: where a key is now.

    `left_behind`: the keyring would not forget a key; it is not used any more.
    """

    keys: tuple[str, ...]
    file_before: Mapping[str, Any] = field(default_factory=dict, repr=False)
    keys_before: Mapping[str, str | None] = field(default_factory=dict, repr=False)
    place: Place | None = None
    left_behind: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """What a `.env` file brought. `refused` by name: why; `unknown` by name: the one that was probably meant, or empty;
    `locked`: written down, but the environment or the command line counts before them.
    """

    change: Change
    refused: Mapping[str, Text]
    unknown: Mapping[str, str]
    locked: tuple[str, ...]
    spoilt_lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    settings: int
    keys_left_out: int


class SettingsDesk:
    """Safe to use from any thread; what changes something reads and writes files, and may wait for the keyring.

    `adapt` gets the new settings after each change. Everything that changes raises `UsageError`, and then nothing is
    changed.
    """

    def __init__(self, sources: Sources, adapt: Callable[[Settings], None], templates: TemplateLibrary) -> None:
        self._sources = sources
        self._adapt = adapt
        self._templates = templates
        self._loaded = sources.load()
        self._began = self._loaded.settings
        self._listeners: list[Callable[[], None]] = []
        self._lock = threading.RLock()

    def listen(self, told: Callable[[], None]) -> Callable[[], None]:
        """`told` is called after each change, in whatever thread made it; the answer ends that."""
        self._listeners.append(told)
        return lambda: self._listeners.remove(told)

    @property
    def notices(self) -> tuple[Notice, ...]:
        return self._loaded.notices

    def entries(self) -> list[Entry]:
        """In the order of the page."""
        loaded = self._loaded
        return [self._entry(setting, loaded) for setting in declared().values()]

    def entry(self, key: str) -> Entry:
        return self._entry(declared()[key], self._loaded)

    def complaint(self, key: str, text: str) -> Text | None:
        """What is wrong with it, as far as that is found out at once; asks no disk."""
        return complaint(declared()[key], text, self._templates)

    def change(self, key: str, text: str) -> Change:
        """`text` is what a person wrote. What is the default anyway is taken out of the file."""
        self._check_free(key)
        kept = {key: accepted(declared()[key], text, self._templates)}
        return self._apply({}, kept) if declared()[key].about.is_secret else self._apply(kept, {})

    def reset(self, keys: Sequence[str] = ()) -> Change:
        """To what the declaration says; without `keys` all of them. No key is removed by that."""
        found = self._file.read()
        wanted = [key for key in keys or declared() if not declared()[key].about.is_secret]
        return self._apply({key: None for key in wanted if _has(found, key)}, {})

    def take_back(self, change: Change) -> None:
        self._apply(change.file_before, change.keys_before)

    def ask_keyring(self) -> None:
        """Once more, after somebody has unlocked it."""
        with self._lock:
            self._keys.try_again()
            self._reload()

    # .env files

    def take_over(self, file: Path) -> Imported:
        """Takes what can be used out of a `.env` file; the rest of it is told."""
        found = read_env(file)
        values: dict[str, Any] = {}
        keys: dict[str, str | None] = {}
        refused: dict[str, Text] = {}
        unknown: dict[str, str] = {}
        for name in sorted(found.values, key=lambda name: of_today(name) == name.lower()):
            setting, text = declared().get(of_today(name)), found.values[name]
            if setting is None:
                unknown[name] = meant(name, declared())
            elif (wrong := complaint(setting, text, self._templates)) is not None:
                refused[name] = wrong
            elif setting.about.is_secret:
                keys |= {setting.key: text.strip()} if text.strip() else {}  # an empty one removes none
            else:
                values[setting.key] = accepted(setting, text, self._templates, look=False)
        locked = tuple(sorted(key.upper() for key in (*values, *keys) if self.entry(key).locked))
        return Imported(self._apply(values, keys), refused, unknown, locked, found.spoilt)

    def hand_on(self, file: Path, *, with_keys: bool = False) -> Exported:
        """Writes whatever is not the default to a `.env` file; keys, and addresses with a login, only if asked to."""
        loaded, values, left_out = self._loaded, {}, 0
        for setting in declared().values():
            text = as_text(getattr(loaded.settings, setting.key))
            if setting.key not in loaded.given:
                continue
            if setting.about.is_secret and not with_keys:
                left_out += bool(text)
                continue
            values[setting.name] = text
        write_env(file, values, "The settings of Trineo.")
        return Exported(len(values), left_out)

    # Changing

    def _apply(self, values: Mapping[str, Any], keys: Mapping[str, str | None]) -> Change:
        """Keys are taken out of the settings file in any case: there anybody may read them who reads it."""
        with self._lock:
            found = self._file.read()
            stored = self._keys.read().values if keys else {}
            place, left_behind = None, False
            for key, secret in keys.items():
                if secret is None:
                    left_behind |= not self._keys.remove(key.upper())
                else:
                    place = self._keys.save(key.upper(), secret)
            out = {key: None for key in keys if _has(found, key)}
            if values or out:
                self._file.change({**values, **out})
            before = {key: _standing(found, key) for key in values}
            keys_before = {key: stored.get(key.upper(), _standing(found, key)) for key in keys}
            self._reload()
            _log.info("settings changed", settings=[key.upper() for key in (*values, *keys)])
            return Change((*values, *keys), before, keys_before, place, left_behind)

    def _reload(self) -> None:
        before, self._loaded = self._loaded, self._sources.load()
        if self._loaded.settings != before.settings:
            self._adapt(self._loaded.settings)
        for told in list(self._listeners):
            told()

    @property
    def _file(self) -> SettingsFile:
        if self._sources.file is None:
            raise UsageError("settings_nowhere", "There is no settings file here.", "Set it in the environment.")
        return self._sources.file

    @property
    def _keys(self) -> KeyStore:
        if self._sources.keys is None:
            raise UsageError("settings_nowhere", "There is no settings file here.", "Set it in the environment.")
        return self._sources.keys

    def _check_free(self, key: str) -> None:
        entry = self.entry(key)
        if entry.locked:
            raise UsageError(
                "setting_locked",
                "{name} is set outside of Trineo; that counts before whatever is set here.",
                "Take it out there and start Trineo again.",
                name=entry.called,
            )

    def _entry(self, setting: Declared, loaded: Loaded) -> Entry:
        value = getattr(loaded.settings, setting.key)
        text = as_text(value)
        secret = setting.about.is_secret
        given = loaded.given.get(setting.key)
        waits = setting.about.reach is Reach.RESTART and value != getattr(self._began, setting.key)
        return Entry(
            setting,
            text="" if secret else text,
            shown=_without_login(text) if setting.about.kind is Kind.ADDRESS else "",
            origin=loaded.origin(setting.key),
            called=given.name if given else setting.name,
            is_set=bool(text) if secret else given is not None,
            waits=waits,
            unreadable=setting.key in loaded.settings.unreadable,
        )


def _has(found: Mapping[str, Any], key: str) -> bool:
    return any(of_today(name) == key for name in found)


def _standing(found: Mapping[str, Any], key: str) -> Any:
    """What a settings file says of it, under whichever name; None: nothing."""
    return found.get(key, next((value for name, value in found.items() if of_today(name) == key), None))


def _without_login(address: str) -> str:
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}" if address else ""
