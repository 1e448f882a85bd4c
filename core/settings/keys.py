"""Keys of services: in the system's keyring, else in a file that only the owner can read. Never among the settings.

`keys.json` says which keys the keyring holds, so that it is asked for nothing else and, without any, not at all:
`{"id": "3f…", "keyring": ["ELEVENLABS_API_KEY"], "here": {"HEYGEN_API_KEY": "…"}}`. The id keeps apart what two data
folders of one person keep in the same keyring.
"""

from __future__ import annotations

import json
import secrets
import threading
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import structlog

from core.errors import UsageError
from core.settings.keyring_door import AT_START_S, BY_HAND_S, KeyringAway, KeyringDoor
from core.settings.whole_file import held, write_whole

_log = structlog.get_logger(__name__)


class Place(StrEnum):
    KEYRING = "keyring"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Keys:
    """`values` by setting, as in the environment; `unreadable`: the keyring has them and does not give them out now."""

    values: dict[str, str] = field(default_factory=dict, repr=False)
    places: dict[str, Place] = field(default_factory=dict)
    unreadable: frozenset[str] = frozenset()


class KeyStore:
    """Safe to use from any thread. What was read once is not asked for again until `try_again`."""

    def __init__(self, file: Path, door: KeyringDoor | None = None) -> None:
        self.file = file
        self._door = door or KeyringDoor()
        self._known: Keys | None = None
        self._lock = threading.RLock()

    def read(self, patience_s: float = AT_START_S) -> Keys:
        """Waits at most `patience_s` for the keyring. Raises `UsageError` if the file is damaged."""
        with self._lock:
            if self._known is None:
                self._known = self._read(patience_s)
            return self._known

    def try_again(self) -> Keys:
        """Asks the keyring anew: somebody has unlocked it."""
        with self._lock:
            self._known = None
            self._door.try_again()
            return self.read(BY_HAND_S)

    def save(self, name: str, secret: str) -> Place:
        """Answers where it is. Raises `UsageError` if it could be kept nowhere."""
        with self._lock, held(self.file):
            index = self._index()
            self._known = None
            self._door.try_again()
            try:
                self._door.write({_entry(index, name): secret})
                place = Place.KEYRING
            except KeyringAway as error:
                _log.warning("the keyring can't be used now", reason=str(error))
                place = Place.FILE
            index["keyring"] = sorted(
                {*index["keyring"], name} if place is Place.KEYRING else {*index["keyring"]} - {name}
            )
            index["here"].pop(name, None)
            if place is Place.FILE:
                index["here"][name] = secret
            self._write(index)
            return place

    def remove(self, name: str) -> bool:
        """False if the keyring would not forget it: it is no longer used, but it is there. Raises `UsageError`."""
        with self._lock, held(self.file):
            index = self._index()
            self._known = None
            forgotten = True
            if name in index["keyring"]:
                self._door.try_again()
                try:
                    self._door.forget(_entry(index, name))
                except KeyringAway:
                    forgotten = False
                index["keyring"].remove(name)
            index["here"].pop(name, None)
            self._write(index)
            return forgotten

    def _read(self, patience_s: float) -> Keys:
        index = self._index()
        names: list[str] = index["keyring"]
        values: dict[str, str] = dict(index["here"])
        places = dict.fromkeys(values, Place.FILE)
        unreadable: set[str] = set()
        if names:
            try:
                given = self._door.read([_entry(index, name) for name in names], patience_s)
            except KeyringAway:
                given, unreadable = {}, set(names) - set(values)
            for name in names:
                if (secret := given.get(_entry(index, name))) is not None and name not in values:
                    values[name], places[name] = secret, Place.KEYRING
        return Keys(values, places, frozenset(unreadable))

    def _index(self) -> dict[str, Any]:
        empty: dict[str, Any] = {"id": secrets.token_hex(8), "keyring": [], "here": {}}
        try:
            found = json.loads(self.file.read_text(encoding="utf-8"))
            index = {"id": str(found["id"]), "keyring": list(found["keyring"]), "here": dict(found["here"])}
        except FileNotFoundError:
            return empty
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise UsageError(
                "keys_unreadable",
                "The file of keys {file} can't be read.",
                "Rename it and enter the keys again; those in the system's keyring are still there.",
                file=str(self.file),
            ) from error
        return index

    def _write(self, index: dict[str, Any]) -> None:
        write_whole(self.file, json.dumps(index, indent=1))


def _entry(index: dict[str, Any], name: str) -> str:
    """What the keyring calls it: people who look into it see which setting it is."""
    return f"{name} ({index['id']})"
