"""The system's keyring, asked with a bound: one that is locked, broken or waits for somebody must not hold us up.

Logs nothing: it is asked before it is known where to.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

_T = TypeVar("_T")

SERVICE = "Trineo"
AT_START_S = 5.0
BY_HAND_S = 60.0  # somebody has asked for it, and may have to type the keyring's password


class Keyring(Protocol):
    """What we use of `keyring.backend.KeyringBackend`."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


class KeyringAway(Exception):
    """There is none, it refuses, or it does not answer in time."""


def system_keyring() -> Keyring | None:
    """The one of this computer, if it has one that is safe. Takes a tenth of a second, and may hang."""
    import keyring  # noqa: PLC0415 - only who keeps a key there pays for loading it

    found = keyring.get_keyring()
    # Below 1 are those that the library itself does not recommend: none at all, and plain files.
    return found if float(found.priority) >= 1 else None


class KeyringDoor:
    """Safe to use from any thread. After one question that it did not answer it is left alone until `try_again`."""

    def __init__(self, find: Callable[[], Keyring | None] = system_keyring) -> None:
        self._find = find
        self._found: Keyring | None = None
        self._away = False
        self._lock = threading.Lock()

    def try_again(self) -> None:
        self._away = False

    def read(self, names: Sequence[str], patience_s: float = AT_START_S) -> dict[str, str]:
        """Of those that it has. Raises `KeyringAway`."""

        def ask(keyring: Keyring) -> dict[str, str]:
            given = {name: keyring.get_password(SERVICE, name) for name in names}
            return {name: secret for name, secret in given.items() if secret is not None}

        return self._asked(ask, patience_s)

    def write(self, secrets: Mapping[str, str], patience_s: float = BY_HAND_S) -> None:
        """Raises `KeyringAway`, also when it does not give back what it was given."""

        def ask(keyring: Keyring) -> None:
            for name, secret in secrets.items():
                keyring.set_password(SERVICE, name, secret)
                if keyring.get_password(SERVICE, name) != secret:
                    raise KeyringAway("it gives back something else")

        self._asked(ask, patience_s)

    def forget(self, name: str, patience_s: float = BY_HAND_S) -> None:
        """Raises `KeyringAway`; what it does not have is forgotten already."""

        def ask(keyring: Keyring) -> None:
            if keyring.get_password(SERVICE, name) is not None:
                keyring.delete_password(SERVICE, name)

        self._asked(ask, patience_s)

    def _asked(self, ask: Callable[[Keyring], _T], patience_s: float) -> _T:
        """In a thread of its own: what a keyring does while it waits for a password can't be broken off."""
        if self._away:
            raise KeyringAway("it was away before")
        answers: list[_T] = []
        troubles: list[str] = []
        done = threading.Event()

        def work() -> None:
            try:
                answers.append(ask(self._opened()))
            except KeyringAway as error:
                troubles.append(str(error))
            except Exception as error:  # noqa: BLE001 - each backend has errors of its own; any means: not now
                troubles.append(type(error).__name__)
            finally:
                done.set()

        threading.Thread(target=work, name="keyring", daemon=True).start()
        if not done.wait(patience_s):
            troubles.append("no answer in time")
            self._away = True
        if not answers:
            raise KeyringAway(troubles[0])
        return answers[0]

    def _opened(self) -> Keyring:
        with self._lock:
            if self._found is None:
                self._found = self._find()
            if self._found is None:
                raise KeyringAway("there is none")
            return self._found
