"""Where a value comes from, what is told of names that mean nothing, and that older names go on working."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.errors import UsageError
from core.settings.declaration import declared
from core.settings.keyring_door import KeyringDoor
from core.settings.keys import KeyStore
from core.settings.names import meant
from core.settings.settings_file import SettingsFile
from core.settings.sources import Loaded, Origin, Sources
from tests.core.settings.test_keys import FakeKeyring
from tests.stand_ins import raises_code

KEY = "elevenlabs_api_key"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


@pytest.fixture
def keys(tmp_path: Path) -> KeyStore:
    ring = FakeKeyring()
    return KeyStore(tmp_path / "keys.json", KeyringDoor(lambda: ring))


def loaded(file: Path, keys: KeyStore | None = None, **env: Any) -> Loaded:
    return Sources(SettingsFile(file), keys, environment=env).load()


def secret(found: Loaded) -> str:
    return found.settings.elevenlabs_api_key.get_secret_value()


def test_the_first_that_has_it_decides(file: Path) -> None:
    assert loaded(file).origin("log_level") is Origin.DEFAULT
    file.write_text('log_level = "ERROR"\n', encoding="utf-8")
    assert loaded(file).origin("log_level") is Origin.FILE
    assert loaded(file, LOG_LEVEL="DEBUG").origin("log_level") is Origin.ENVIRONMENT
    given = {"log_level": "WARNING", "redis_url": None}
    last = Sources(SettingsFile(file), overrides=given, environment={"LOG_LEVEL": "DEBUG"}).load()
    assert (last.settings.log_level, last.origin("log_level")) == ("WARNING", Origin.COMMAND_LINE)
    assert last.origin("redis_url") is Origin.DEFAULT


def test_the_keyring_counts_before_the_file_and_after_the_environment(file: Path, keys: KeyStore) -> None:
    file.write_text(f'{KEY} = "sk_in_file"\n', encoding="utf-8")
    assert secret(loaded(file, keys)) == "sk_in_file"
    keys.save(KEY.upper(), "sk_in_keyring")
    found = loaded(file, keys)
    assert (found.settings.elevenlabs_api_key.get_secret_value(), found.origin(KEY)) == (
        "sk_in_keyring",
        Origin.KEYRING,
    )
    found = loaded(file, keys, ELEVENLABS_API_KEY="sk_in_env")
    assert (found.settings.elevenlabs_api_key.get_secret_value(), found.origin(KEY)) == (
        "sk_in_env",
        Origin.ENVIRONMENT,
    )
    assert "sk_in" not in repr(found)


def test_a_key_that_the_keyring_does_not_give_out_is_known_to_be_there(file: Path, tmp_path: Path) -> None:
    ring = FakeKeyring()
    KeyStore(tmp_path / "keys.json", KeyringDoor(lambda: ring)).save(KEY.upper(), "sk_1")
    ring.trouble = RuntimeError("locked")
    later = KeyStore(tmp_path / "keys.json", KeyringDoor(lambda: ring))
    found = loaded(file, later)
    assert found.settings.unreadable == {KEY}
    assert "ELEVENLABS_API_KEY" in str(found.notices[0].what)
    assert loaded(file, later, ELEVENLABS_API_KEY="sk_env").settings.unreadable == frozenset()


@pytest.mark.parametrize("name", ["PAPA_NOEL_VOICE_ID", "papa_noel_voice_id"])
def test_an_older_name_counts_until_the_newer_is_given(file: Path, name: str) -> None:
    found = loaded(file, None, **{name: "old"})
    assert found.settings.papa_noel_voice_id_elevenlabs == "old"
    assert found.given["papa_noel_voice_id_elevenlabs"].name == "PAPA_NOEL_VOICE_ID"
    assert found.notices == ()
    both = loaded(file, None, **{name: "old", "PAPA_NOEL_VOICE_ID_ELEVENLABS": "new"})
    assert both.settings.papa_noel_voice_id_elevenlabs == "new"
    file.write_text('papa_noel_voice_id = "from the file"\n', encoding="utf-8")
    assert loaded(file).settings.papa_noel_voice_id_elevenlabs == "fromthefile"


def test_a_misspelt_name_in_the_file_is_told_with_what_was_meant(file: Path) -> None:
    file.write_text('max_job_atempts = 5\nfavourite_colour = "red"\n', encoding="utf-8")
    found = loaded(file)
    assert found.settings.max_job_attempts == 3
    told = [str(notice.what) for notice in found.notices]
    assert "max_job_atempts" in told[0]
    assert "max_job_attempts?" in told[0]
    assert "favourite_colour" in told[1]
    assert "?" not in told[1]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("OUTPUT_DIRR", "OUTPUT_DIR"),
        ("ELEVENLABS_KEY", "ELEVENLABS_API_KEY"),
        ("HIGGSFIELD_API_KEY", "HIGGSFIELD_API_KEY_ID"),
        ("PAPA_NOEL_VOICE_ID_ELEVENLAB", "PAPA_NOEL_VOICE_ID_ELEVENLABS"),
        ("JOBS_MAX_AGE_HOUR", "JOBS_MAX_AGE_HOURS"),
    ],
)
def test_a_misspelt_name_in_the_environment_too(file: Path, written: str, wanted: str) -> None:
    found = loaded(file, None, **{written: "x"})
    assert [str(notice.what) for notice in found.notices] == [
        f"In the environment there is {written}. Did you mean {wanted}?"
    ]


def test_what_an_environment_holds_anyway_is_nobodys_mistake(file: Path) -> None:
    usual = "PATH HOME LANG LC_ALL SHELL USER TERM PWD DISPLAY EDITOR PAGER TMPDIR LOGNAME XDG_DATA_DIRS SSH_AUTH_SOCK "
    usual += "LOG_DIR REDIS_HOST OPENAI_API_KEY GOOGLE_API_KEY AWS_SECRET_ACCESS_KEY WEB_CONCURRENCY VIRTUAL_ENV DEBUG"
    assert loaded(file, None, **dict.fromkeys(usual.split(), "x")).notices == ()


def test_short_names_mean_nothing() -> None:
    assert meant("work", declared()) == ""


def test_what_is_wrong_is_named_as_it_stands_where_it_stands(file: Path) -> None:
    file.write_text("workers = 900\n", encoding="utf-8")
    with raises_code(UsageError, "setting_invalid") as caught:
        loaded(file)
    assert str(caught.value) == f"The setting WORKERS can't be used: It must be 64 or less. Correct it in {file}."
