"""Where values come from: command line, environment, keyring, settings.toml, declaration; in this order.

The first that has a setting decides. Older names count where the newer one is not given (`core.settings.names`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from core.errors import UsageError
from core.paths import DataFolder
from core.settings.declaration import Declared, Settings, collected, declared
from core.settings.keyring_door import KeyringDoor
from core.settings.keys import Keys, KeyStore, Place
from core.settings.names import RENAMED, meant, of_today
from core.settings.plain_words import complaint
from core.settings.settings_file import SettingsFile
from core.text import Text


class Origin(StrEnum):
    COMMAND_LINE = "command line"
    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    KEYS_FILE = "keys file"
    FILE = "file"
    DEFAULT = "default"

    @property
    def locked(self) -> bool:
        """What is set there can't be changed from inside the program."""
        return self in (Origin.COMMAND_LINE, Origin.ENVIRONMENT)


@dataclass(frozen=True, slots=True)
class Given:
    """A value as it was found, not checked yet; `name` is what it is called there, maybe an older name."""

    origin: Origin
    name: str
    value: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Notice:
    """What people should know of where the settings come from, and what to do."""

    what: Text
    remedy: Text


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings as they stand; `given` has only those that are not the default."""

    settings: Settings
    given: Mapping[str, Given]
    notices: tuple[Notice, ...] = ()

    def origin(self, key: str) -> Origin:
        return self.given[key].origin if key in self.given else Origin.DEFAULT


class Sources:
    """`overrides` are the command line's, by names in lower case; None where it says nothing."""

    def __init__(
        self,
        file: SettingsFile | None = None,
        keys: KeyStore | None = None,
        *,
        overrides: Mapping[str, Any] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.file = file
        self.keys = keys
        self._overrides = {key: value for key, value in (overrides or {}).items() if value is not None}
        self._environment = os.environ if environment is None else environment

    def load(self) -> Loaded:
        """Raises `UsageError` that names what is wrong, where it must be put right and what it may be."""
        from_file = self.file.read() if self.file is not None else {}
        keys = self.keys.read() if self.keys is not None else Keys()
        given = dict(self._all(from_file, keys))
        unreadable = frozenset(name.lower() for name in keys.unreadable if name.lower() not in given)
        try:
            settings = collected({key: one.value for key, one in given.items()}).without(unreadable)
        except ValidationError as error:
            raise self._wrong(error, given) from error
        return Loaded(settings, given, tuple(self._notices(from_file, unreadable)))

    def _all(self, from_file: Mapping[str, Any], keys: Keys) -> Iterator[tuple[str, Given]]:
        """The weakest first."""
        yield from _named(from_file, Origin.FILE)
        for name, secret in keys.values.items():
            place = Origin.KEYRING if keys.places[name] is Place.KEYRING else Origin.KEYS_FILE
            yield name.lower(), Given(place, name, secret)
        yield from _named(self._environment, Origin.ENVIRONMENT)
        for key, value in self._overrides.items():
            yield key, Given(Origin.COMMAND_LINE, key.upper(), value)

    def _notices(self, from_file: Mapping[str, Any], unreadable: frozenset[str]) -> Iterator[Notice]:
        known = declared()
        for name in from_file:
            if of_today(name) not in known:
                yield _unknown(name, str(self.file.path) if self.file else "", meant(name, known))
        for name in self._environment:
            if of_today(name) not in known and (wanted := meant(name, known)):
                yield Notice(
                    Text(
                        "In the environment there is {name}. Did you mean {wanted}?", {"name": name, "wanted": wanted}
                    ),
                    Text("It is left as it is and counts for nothing here."),
                )
        if unreadable:
            names = ", ".join(sorted(key.upper() for key in unreadable))
            yield Notice(
                Text("The system's keyring does not give out {names}.", {"names": names}),
                Text("Unlock it and have it asked again in Settings, or enter the key again. What needs it waits."),
            )

    def _wrong(self, error: ValidationError, given: Mapping[str, Given]) -> UsageError:
        first = error.errors(include_input=False, include_url=False)[0]
        key = str(first["loc"][0])
        found = given.get(key)
        places = {
            Origin.COMMAND_LINE: "the command line",
            Origin.ENVIRONMENT: "the environment",
            Origin.KEYRING: "the keyring",
            Origin.KEYS_FILE: str(self.keys.file) if self.keys else "",
            Origin.FILE: str(self.file.path) if self.file else "",
        }
        return UsageError(
            "setting_invalid",
            "The setting {name} can't be used: {reason}",
            "Correct it in {place}.",
            name=found.name if found else key.upper(),
            reason=str(complaint(declared()[key], first)),
            place=places.get(found.origin, "") if found else "",
        )


def faults(setting: Declared, value: Any) -> Text | None:
    """What is wrong with a value, if anything."""
    try:
        collected({setting.key: value})
    except ValidationError as error:
        return complaint(setting, error.errors(include_input=False, include_url=False)[0])
    return None


def _named(found: Mapping[str, Any], origin: Origin) -> Iterator[tuple[str, Given]]:
    """Those that are settings; the names of today after the older ones, and so before them."""
    known = declared()
    names = sorted(found, key=lambda name: name.strip().lower() not in RENAMED)
    for name in names:
        key = of_today(name)
        if key in known:
            yield key, Given(origin, name.upper(), found[name])


def _unknown(name: str, file: str, wanted: str) -> Notice:
    told = {"name": name, "file": file, "wanted": wanted}
    if wanted:
        return Notice(
            Text("In {file} there is {name}. Did you mean {wanted}?", {**told, "wanted": wanted.lower()}),
            Text("It is left as it is and counts for nothing."),
        )
    return Notice(
        Text("{file} has {name}, which is no setting.", told), Text("It is left as it is and counts for nothing.")
    )


def fixed(settings: Settings, folder: DataFolder) -> Sources:
    """Whatever was given to these stays as it is, as if the command line said it; for programs put together by hand.

    No keyring is asked.
    """
    overrides = {key: getattr(settings, key) for key in settings.model_fields_set}
    keys = KeyStore(folder.keys_file, KeyringDoor(lambda: None))
    return Sources(SettingsFile(folder.settings_file), keys, overrides=overrides, environment={})
