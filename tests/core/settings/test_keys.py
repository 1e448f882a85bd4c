"""Keys: in a keyring that works; else, in bounded time, in a file of the owner's; and never lost in between."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from core.errors import UsageError
from core.settings.keyring_door import SERVICE, Keyring, KeyringAway, KeyringDoor, system_keyring
from core.settings.keys import KeyStore, Place
from tests.stand_ins import raises_code

SECRET = "sk_opensesame_4711"
NAME = "ELEVENLABS_API_KEY"


class FakeKeyring:
    """In memory. `trouble` is raised, `stuck` waited for, by whoever asks."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.trouble: Exception | None = None
        self.stuck: threading.Event | None = None
        self.deaf = False
        self.asked = 0

    def _ask(self) -> None:
        self.asked += 1
        if self.stuck is not None:
            self.stuck.wait(20)
        if self.trouble is not None:
            raise self.trouble

    def get_password(self, service: str, username: str) -> str | None:
        self._ask()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._ask()
        if not self.deaf:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._ask()
        del self.kept[service, username]


@pytest.fixture
def ring() -> Iterator[FakeKeyring]:
    made = FakeKeyring()
    yield made
    if made.stuck is not None:
        made.stuck.set()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture
def store(file: Path, ring: FakeKeyring) -> KeyStore:
    return KeyStore(file, KeyringDoor(lambda: ring))


def anew(file: Path, ring: Keyring | None) -> KeyStore:
    """As after a restart."""
    return KeyStore(file, KeyringDoor(lambda: ring))


def test_a_key_goes_to_the_keyring_and_into_no_file(store: KeyStore, file: Path, ring: FakeKeyring) -> None:
    assert store.save(NAME, SECRET) is Place.KEYRING
    assert list(ring.kept.values()) == [SECRET]
    assert [service for service, _ in ring.kept] == [SERVICE]
    assert SECRET not in file.read_text(encoding="utf-8")
    found = anew(file, ring).read()
    assert (found.values, found.places, found.unreadable) == ({NAME: SECRET}, {NAME: Place.KEYRING}, frozenset())
    assert SECRET not in repr(found)


def test_without_keys_the_keyring_is_never_asked(file: Path, ring: FakeKeyring) -> None:
    assert anew(file, ring).read().values == {}
    assert ring.asked == 0
    assert not file.exists()


def test_it_is_asked_once_however_often_the_keys_are_read(store: KeyStore, file: Path, ring: FakeKeyring) -> None:
    store.save(NAME, SECRET)
    fresh = anew(file, ring)
    fresh.read()
    asked = ring.asked
    fresh.read()
    assert ring.asked == asked


@pytest.mark.parametrize("why", ["none", "refuses", "forgets", "hangs", "can't be loaded"])
def test_without_a_keyring_that_works_it_is_in_a_file_of_the_owners(file: Path, ring: FakeKeyring, why: str) -> None:
    ring.trouble = RuntimeError("locked") if why == "refuses" else None
    ring.deaf = why == "forgets"
    ring.stuck = threading.Event() if why == "hangs" else None

    def find() -> Keyring | None:
        if why == "can't be loaded":
            raise ImportError("no D-Bus here")
        return None if why == "none" else ring

    door = KeyringDoor(find)
    store = KeyStore(file, door)
    if why == "hangs":  # the bound is tried in a test of its own
        with pytest.raises(KeyringAway):
            door.write({NAME: SECRET}, patience_s=0.05)
        door.try_again = lambda: None  # type: ignore[method-assign]
    assert store.save(NAME, SECRET) is Place.FILE
    found = anew(file, None).read()
    assert (found.values, found.places) == ({NAME: SECRET}, {NAME: Place.FILE})
    if sys.platform != "win32":
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_keyring_that_hangs_at_the_start_holds_nothing_up(store: KeyStore, file: Path, ring: FakeKeyring) -> None:
    store.save(NAME, SECRET)
    ring.stuck = threading.Event()
    later = anew(file, ring)
    found = later.read(patience_s=0.05)
    assert (found.values, found.unreadable) == ({}, frozenset({NAME}))
    assert later.read(patience_s=1000).unreadable == {NAME}  # not asked again, so it returns at once
    ring.stuck.set()
    ring.stuck = None
    assert later.try_again().values == {NAME: SECRET}


def test_a_locked_one_gives_the_key_out_when_it_is_unlocked(store: KeyStore, file: Path, ring: FakeKeyring) -> None:
    store.save(NAME, SECRET)
    ring.trouble = RuntimeError("locked")
    later = anew(file, ring)
    assert later.read().unreadable == {NAME}
    ring.trouble = None
    assert later.try_again().values == {NAME: SECRET}


def test_what_the_keyring_lost_is_no_longer_there(store: KeyStore, file: Path, ring: FakeKeyring) -> None:
    store.save(NAME, SECRET)
    ring.kept.clear()
    found = anew(file, ring).read()
    assert (found.values, found.unreadable) == ({}, frozenset())


def test_a_replaced_key_moves_to_the_keyring_when_there_is_one(file: Path, ring: FakeKeyring) -> None:
    anew(file, None).save(NAME, "sk_older")
    assert anew(file, ring).save(NAME, SECRET) is Place.KEYRING
    assert "sk_older" not in file.read_text(encoding="utf-8")
    assert anew(file, ring).read().values == {NAME: SECRET}


def test_one_that_the_keyring_no_longer_takes_is_in_the_file_and_counts(file: Path, ring: FakeKeyring) -> None:
    anew(file, ring).save(NAME, "sk_older")
    ring.trouble = RuntimeError("locked")
    assert anew(file, ring).save(NAME, SECRET) is Place.FILE
    ring.trouble = None
    assert anew(file, ring).read().values == {NAME: SECRET}


def test_a_removed_key_is_nowhere(store: KeyStore, file: Path, ring: FakeKeyring) -> None:
    store.save(NAME, SECRET)
    assert store.remove(NAME)
    assert ring.kept == {}
    assert anew(file, ring).read().values == {}


def test_a_keyring_that_will_not_forget_is_told(store: KeyStore, file: Path, ring: FakeKeyring) -> None:
    store.save(NAME, SECRET)
    ring.trouble = RuntimeError("locked")
    assert not store.remove(NAME)
    ring.trouble = None
    assert anew(file, ring).read().values == {}


def test_two_data_folders_do_not_share_keys(tmp_path: Path, ring: FakeKeyring) -> None:
    one, other = anew(tmp_path / "a.json", ring), anew(tmp_path / "b.json", ring)
    one.save(NAME, SECRET)
    other.save(NAME, "sk_other")
    assert one.try_again().values == {NAME: SECRET}
    assert other.remove(NAME)
    assert one.try_again().values == {NAME: SECRET}


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"id": 1, "keyring": 3, "here": {}}', "\x00"])
def test_a_damaged_file_is_told_and_left_as_it_is(store: KeyStore, file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8")
    with raises_code(UsageError, "keys_unreadable"):
        store.read()
    with raises_code(UsageError, "keys_unreadable"):
        store.save(NAME, SECRET)
    assert file.read_text(encoding="utf-8") == content


def test_one_that_is_no_keyring_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", NoKeyring)
    assert system_keyring() is None


def test_nothing_of_a_key_is_logged(
    store: KeyStore, file: Path, ring: FakeKeyring, caplog: pytest.LogCaptureFixture
) -> None:
    ring.trouble = RuntimeError(f"can't keep {SECRET}")
    store.save(NAME, SECRET)
    assert "the keyring can't be used now" in caplog.text
    assert SECRET not in caplog.text
    assert json.loads(file.read_text(encoding="utf-8"))["here"] == {NAME: SECRET}
