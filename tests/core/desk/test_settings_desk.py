"""Settings looked at and changed: each where it belongs, nothing wrong ever written, every change taken back."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.desk.settings_desk import SettingsDesk
from core.errors import UsageError
from core.settings.declaration import Settings, declared
from core.settings.env_file import read_env
from core.settings.keyring_door import KeyringDoor
from core.settings.keys import KeyStore, Place
from core.settings.settings_file import SettingsFile
from core.settings.sources import Origin, Sources
from core.template.library import TemplateLibrary
from tests.core.settings.test_keys import FakeKeyring
from tests.stand_ins import raises_code

KEY, SECRET = "elevenlabs_api_key", "sk_opensesame_4711"
SECRETS = [key for key, setting in declared().items() if setting.about.is_secret]
MakeDesk = Callable[..., SettingsDesk]


@pytest.fixture
def ring() -> FakeKeyring:
    return FakeKeyring()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


@pytest.fixture
def adapted() -> list[Settings]:
    return []


@pytest.fixture
def make(tmp_path: Path, file: Path, ring: FakeKeyring, adapted: list[Settings]) -> MakeDesk:
    def make_one(given: dict[str, Any] | None = None, **environment: str) -> SettingsDesk:
        keys = KeyStore(tmp_path / "keys.json", KeyringDoor(lambda: ring))
        sources = Sources(SettingsFile(file), keys, overrides=given, environment=environment)
        return SettingsDesk(sources, adapted.append, TemplateLibrary())

    return make_one


def stored(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def test_every_setting_has_its_entry(make: MakeDesk) -> None:
    assert {entry.setting.name for entry in make().entries()} == {name.upper() for name in Settings.model_fields}


def test_a_change_is_in_the_file_and_reaches_who_is_told(make: MakeDesk, file: Path, adapted: list[Settings]) -> None:
    desk, told = make(), []
    desk.listen(lambda: told.append(1))
    desk.change("workers", " 7 ")
    assert stored(file) == {"workers": 7}
    assert [one.workers for one in adapted] == [7]
    assert told == [1]
    entry = desk.entry("workers")
    assert (entry.text, entry.origin, entry.is_set) == ("7", Origin.FILE, True)
    assert make().entry("workers").text == "7"


@pytest.mark.parametrize(("text", "value"), [("0,5", 0.5), ("0.5", 0.5), ("12", 12.0), (" 3 ", 3.0)])
def test_a_number_may_have_a_comma(make: MakeDesk, file: Path, text: str, value: float) -> None:
    make().change("budget_per_day_usd", text)
    assert stored(file) == {"budget_per_day_usd": value}


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("workers", "many"),
        ("workers", ""),
        ("workers", "0"),
        ("budget_per_day_usd", "1,000.50"),
        ("budget_per_day_usd", "-1"),
        ("log_level", "LOUD"),
        ("film_names", "{nobody}"),
        ("film_names", ""),
        ("output_dir", "films"),
        ("output_dir", "a\0b"),
        ("heygen_base_url", "http://example.com"),
        ("elevenlabs_model", ""),
        ("redis_url", "example.com"),
        ("redis_url", "http://example.com"),
        (KEY, "sk with blanks"),
        (KEY, "sk_ñandú"),
        ("papa_noel_avatar_id", "x" * 5000),
    ],
)
def test_what_can_not_be_used_is_said_and_never_written(
    make: MakeDesk, file: Path, tmp_path: Path, adapted: list[Settings], key: str, text: str
) -> None:
    desk = make()
    assert desk.complaint(key, text) is not None
    with raises_code(UsageError, "setting_refused") as caught:
        desk.change(key, text)
    assert key.upper() in str(caught.value)
    assert (stored(file), adapted, (tmp_path / "keys.json").exists()) == ({}, [], False)


def test_a_folder_that_can_not_be_written_is_told(make: MakeDesk, file: Path, tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    with raises_code(UsageError, "folder_not_writable"):
        make().change("output_dir", str(tmp_path / "a file" / "films"))
    with raises_code(UsageError, "folder_not_there"):
        make().change("wav2lip_repo_path", str(tmp_path / "nowhere"))
    assert stored(file) == {}
    make().change("output_dir", str(tmp_path / "films"))
    assert stored(file) == {"output_dir": str(tmp_path / "films")}


def test_the_default_is_not_written(make: MakeDesk, file: Path) -> None:
    desk = make()
    desk.change("max_job_attempts", "5")
    desk.change("max_job_attempts", "3")
    assert stored(file) == {}
    assert desk.entry("max_job_attempts").origin is Origin.DEFAULT


def test_what_the_environment_or_the_command_line_sets_is_locked(make: MakeDesk, file: Path) -> None:
    desk = make({"log_level": "ERROR"}, PAPA_NOEL_VOICE_ID="v1", WORKERS="3")
    assert [(desk.entry(key).locked, desk.entry(key).called) for key in ("log_level", "workers")] == [
        (True, "LOG_LEVEL"),
        (True, "WORKERS"),
    ]
    assert desk.entry("papa_noel_voice_id_elevenlabs").called == "PAPA_NOEL_VOICE_ID"
    for key, text in (("workers", "5"), ("log_level", "INFO"), ("papa_noel_voice_id_elevenlabs", "v2")):
        with raises_code(UsageError, "setting_locked"):
            desk.change(key, text)
    assert stored(file) == {}


def test_a_change_is_taken_back(make: MakeDesk, file: Path, adapted: list[Settings]) -> None:
    file.write_text("# mine\nworkers = 5\n", encoding="utf-8")
    desk = make()
    first = desk.change("workers", "6")
    second = desk.change("max_job_attempts", "4")
    desk.take_back(second)
    desk.take_back(first)
    assert file.read_text(encoding="utf-8") == "# mine\nworkers = 5\n"
    assert (adapted[-1].workers, adapted[-1].max_job_attempts) == (5, 3)


def test_reset_one_and_all_and_back(make: MakeDesk, file: Path) -> None:
    text = 'workers = 5\nlog_level = "ERROR"\npapa_noel_voice_id = "v1"\nheygen_api_key = "k"\ncolour = "red"\n'
    file.write_text(text, encoding="utf-8")
    desk = make()
    desk.reset(["workers"])
    assert "workers" not in stored(file)
    change = desk.reset()
    assert stored(file) == {"heygen_api_key": "k", "colour": "red"}
    assert set(change.keys) == {"log_level", "papa_noel_voice_id_elevenlabs"}
    desk.take_back(change)
    assert stored(file)["log_level"] == "ERROR"
    assert desk.entry("papa_noel_voice_id_elevenlabs").text == "v1"
    assert desk.reset(["output_dir"]).keys == ()


def test_an_older_name_in_the_file_is_not_lost_by_a_reset_that_is_taken_back(make: MakeDesk, file: Path) -> None:
    file.write_text('papa_noel_voice_id = "v1"\n', encoding="utf-8")
    desk = make()
    change = desk.reset()
    assert desk.entry("papa_noel_voice_id_elevenlabs").text == ""
    desk.take_back(change)
    assert desk.entry("papa_noel_voice_id_elevenlabs").text == "v1"


def test_a_file_spoilt_meanwhile_is_told_and_left(make: MakeDesk, file: Path) -> None:
    desk = make()
    file.write_text("workers = \n", encoding="utf-8")
    with raises_code(UsageError, "settings_unreadable"):
        desk.change("workers", "5")
    with raises_code(UsageError, "settings_unreadable"):
        desk.reset()
    assert file.read_text(encoding="utf-8") == "workers = \n"
    assert desk.entry("workers").origin is Origin.DEFAULT


def test_what_was_changed_outside_meanwhile_stays(make: MakeDesk, file: Path) -> None:
    desk = make()
    file.write_text("max_job_attempts = 9\n", encoding="utf-8")
    desk.change("workers", "5")
    assert stored(file) == {"max_job_attempts": 9, "workers": 5}
    assert desk.entry("max_job_attempts").text == "9"


def test_what_needs_a_restart_says_so_until_it_is_as_it_was(make: MakeDesk, tmp_path: Path) -> None:
    desk = make()
    change = desk.change("audio_cache_dir", str(tmp_path / "voices"))
    assert desk.entry("audio_cache_dir").waits
    desk.change("workers", "5")
    assert not desk.entry("workers").waits
    desk.take_back(change)
    assert not desk.entry("audio_cache_dir").waits


# Keys


def test_a_key_goes_to_the_keyring_and_is_never_shown(
    make: MakeDesk, file: Path, ring: FakeKeyring, adapted: list[Settings]
) -> None:
    desk = make()
    change = desk.change(KEY, f" {SECRET}\n")
    assert change.place is Place.KEYRING
    assert list(ring.kept.values()) == [SECRET]
    assert adapted[-1].elevenlabs_api_key.get_secret_value() == SECRET
    entry = desk.entry(KEY)
    assert (entry.text, entry.shown, entry.is_set, entry.origin) == ("", "", True, Origin.KEYRING)
    assert SECRET not in repr((entry, change, desk.entries(), desk.notices, stored(file)))


@pytest.mark.parametrize("key", SECRETS)
def test_no_secret_is_ever_in_an_entry_or_in_the_settings_file(make: MakeDesk, file: Path, key: str) -> None:
    secret = f"redis://u:{SECRET}@example.com:6380/2" if key == "redis_url" else SECRET
    desk = make()
    desk.change(key, secret)
    assert SECRET not in repr(desk.entries())
    assert stored(file) == {}
    shown = "redis://example.com:6380/2" if key == "redis_url" else ""
    assert (desk.entry(key).shown, desk.entry(key).is_set) == (shown, True)


def test_a_key_is_removed_and_that_is_taken_back(make: MakeDesk, ring: FakeKeyring) -> None:
    desk = make()
    desk.change(KEY, SECRET)
    change = desk.change(KEY, "")
    assert (ring.kept, desk.entry(KEY).is_set) == ({}, False)
    desk.take_back(change)
    assert (list(ring.kept.values()), desk.entry(KEY).is_set) == ([SECRET], True)


def test_a_key_in_the_file_is_taken_out_of_it_when_it_is_entered(make: MakeDesk, file: Path, ring: FakeKeyring) -> None:
    file.write_text(f'{KEY} = "sk_in_file"\nworkers = 3\n', encoding="utf-8")
    desk = make()
    assert desk.entry(KEY).origin is Origin.FILE
    desk.change(KEY, SECRET)
    assert stored(file) == {"workers": 3}
    assert desk.entry(KEY).origin is Origin.KEYRING


def test_a_keyring_that_would_not_forget_is_told(make: MakeDesk, ring: FakeKeyring) -> None:
    desk = make()
    desk.change(KEY, SECRET)
    ring.trouble = RuntimeError("locked")
    assert desk.change(KEY, "").left_behind
    assert not desk.entry(KEY).is_set


def test_a_locked_keyring_is_asked_again_by_hand(make: MakeDesk, ring: FakeKeyring, adapted: list[Settings]) -> None:
    make().change(KEY, SECRET)
    ring.trouble = RuntimeError("locked")
    desk = make()
    assert desk.entry(KEY).unreadable
    assert len(desk.notices) == 1
    ring.trouble = None
    desk.ask_keyring()
    assert (desk.entry(KEY).unreadable, desk.entry(KEY).is_set, len(desk.notices)) == (False, True, 0)
    assert adapted[-1].elevenlabs_api_key.get_secret_value() == SECRET


# .env files

ENV = """# from the old computer
export WORKERS=5
LOG_LEVEL=loud
PAPA_NOEL_VOICE_ID=v1
ELEVENLABS_API_KEY='sk_opensesame_4711'
MAX_JOB_ATEMPTS=4
FAVOURITE=red
OUTPUT_DIR="/nowhere/at/all"
HEYGEN_API_KEY=
what is this
BUDGET_PER_DAY_USD=
"""


def test_an_env_file_is_taken_over_as_far_as_it_can_be_used(
    make: MakeDesk, file: Path, tmp_path: Path, ring: FakeKeyring
) -> None:
    (tmp_path / ".env").write_text(ENV, encoding="utf-8")
    desk = make(WORKERS="2")
    found = desk.take_over(tmp_path / ".env")
    assert stored(file) == {
        "workers": 5,
        "papa_noel_voice_id_elevenlabs": "v1",
        "output_dir": "/nowhere/at/all",
    }
    assert list(ring.kept.values()) == [SECRET]
    assert set(found.refused) == {"LOG_LEVEL"}
    assert found.unknown == {"MAX_JOB_ATEMPTS": "MAX_JOB_ATTEMPTS", "FAVOURITE": ""}
    assert (found.locked, found.spoilt_lines) == (("WORKERS",), (10,))
    assert SECRET not in repr(found)
    desk.take_back(found.change)
    assert (stored(file), ring.kept) == ({}, {})


def test_of_two_names_for_one_setting_the_newer_is_taken(make: MakeDesk, file: Path, tmp_path: Path) -> None:
    (tmp_path / "x.env").write_text("PAPA_NOEL_VOICE_ID_ELEVENLABS=new\nPAPA_NOEL_VOICE_ID=old\n", encoding="utf-8")
    make().take_over(tmp_path / "x.env")
    assert stored(file) == {"papa_noel_voice_id_elevenlabs": "new"}


@pytest.mark.parametrize("with_keys", [False, True])
def test_what_is_handed_on_can_be_taken_over(make: MakeDesk, file: Path, tmp_path: Path, with_keys: bool) -> None:
    desk = make(STAGE_STALL_SECONDS="33")
    for key, text in (("workers", "5"), ("film_names", "{name}'s $film #1"), ("disable_espeak", "true"), (KEY, SECRET)):
        desk.change(key, text)
    wrote = desk.hand_on(tmp_path / "out.env", with_keys=with_keys)
    values = dict(read_env(tmp_path / "out.env").values)
    assert (wrote.settings, wrote.keys_left_out) == ((5, 0) if with_keys else (4, 1))
    assert values.pop("ELEVENLABS_API_KEY", "") == (SECRET if with_keys else "")
    assert values == {
        "STAGE_STALL_SECONDS": "33",
        "WORKERS": "5",
        "FILM_NAMES": "{name}'s $film #1",
        "DISABLE_ESPEAK": "true",
    }
    (tmp_path / "settings.toml").unlink()
    other = make()
    other.take_over(tmp_path / "out.env")
    assert {**stored(file)} == {
        "stage_stall_seconds": 33.0,
        "workers": 5,
        "film_names": "{name}'s $film #1",
        "disable_espeak": True,
    }
