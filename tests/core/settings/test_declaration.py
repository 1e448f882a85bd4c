"""Each setting is declared whole, and works from the environment, the file and the command line under its very name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from pydantic import SecretStr

from core.errors import UsageError
from core.settings.about import Group, Kind
from core.settings.declaration import Declared, Settings, as_text, declared
from core.settings.loading import load_settings
from tests.stand_ins import raises_code

OF_THE_DESIGN = (
    *("REDIS_URL", "USE_JSON_LOGGING", "LOG_LEVEL", "AUDIO_CACHE_DIR", "AUDIO_CACHE_MAX_SIZE_MB", "MAX_JOB_ATTEMPTS"),
    *("JOB_LOCK_TIMEOUT_SECONDS", "SHUTDOWN_TIMEOUT_SECONDS", "CLEANUP_INTERVAL_HOURS", "TEMP_MAX_AGE_HOURS"),
    *("JOBS_MAX_AGE_HOURS", "OUTPUT_DIR", "WORKERS", "ELEVENLABS_API_KEY", "PAPA_NOEL_VOICE_ID_ELEVENLABS"),
    *("HEYGEN_API_KEY", "PAPA_NOEL_AVATAR_ID", "PAPA_NOEL_VOICE_ID_HEYGEN", "HIGGSFIELD_API_KEY_ID"),
    *("HIGGSFIELD_API_KEY_SECRET", "SYNCLABS_API_KEY", "WAV2LIP_REPO_PATH", "DISABLE_ELEVENLABS", "DISABLE_HEYGEN"),
    *("DISABLE_HIGGSFIELD", "DISABLE_SYNCLABS", "DISABLE_WAV2LIP", "ELEVENLABS_BASE_URL", "HEYGEN_BASE_URL"),
    *("HIGGSFIELD_BASE_URL", "SYNCLABS_BASE_URL"),
)
"""Those that the customer's documents and the plan name, under these very names."""

DEFAULTS = {
    "AUDIO_CACHE_MAX_SIZE_MB": 1000,
    "MAX_JOB_ATTEMPTS": 3,
    "SHUTDOWN_TIMEOUT_SECONDS": 300,
    "CLEANUP_INTERVAL_HOURS": 6,
    "TEMP_MAX_AGE_HOURS": 24,
    "JOBS_MAX_AGE_HOURS": 168,
}


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*Settings.model_fields, "papa_noel_voice_id"):
        monkeypatch.delenv(name.upper(), raising=False)


def another(setting: Declared) -> str:
    """A value as in the environment that is not the default."""
    if setting.choices:
        return next(one for one in setting.choices if one not in ("", setting.default_text))
    if setting.is_number:
        lowest = max((getattr(limit, "ge", getattr(limit, "gt", 0)) for limit in setting.field.metadata), default=0)
        return "1.1" if setting.key == "elevenlabs_speed" else str(max(1, lowest) if lowest != setting.default else 7)
    special = {
        "redis_url": "redis://elsewhere:6379/1",
        "film_names": "{name}",
        "elevenlabs_output_format": "pcm_44100",
        "higgsfield_path": "/v2/speak",
        "higgsfield_status_path": "/v2/{id}",
        "wav2lip_pads": "1 2 3 4",
    }
    if setting.key.endswith("_base_url"):
        return "https://stand-in.example.com"
    return special.get(setting.key, "/srv/films" if setting.about.kind is Kind.FOLDER else "other")


def test_everything_that_the_plan_names_is_declared() -> None:
    names = {setting.name for setting in declared().values()}
    assert set(OF_THE_DESIGN) <= names
    assert len(names) == len(Settings.model_fields)


@pytest.mark.parametrize(("name", "default"), DEFAULTS.items())
def test_the_defaults_are_the_plans(name: str, default: object) -> None:
    assert getattr(load_settings(), name.lower()) == default


@pytest.mark.parametrize("key", declared())
def test_it_works_from_the_environment_under_its_name(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    setting = declared()[key]
    text = another(setting)
    assert text != setting.default_text
    monkeypatch.setenv(setting.name, text)
    assert as_text(getattr(load_settings(), key)) == text


@pytest.mark.parametrize("key", declared())
def test_it_works_from_the_file_as_toml_writes_it(key: str, tmp_path: Path) -> None:
    setting, file = declared()[key], tmp_path / "settings.toml"
    text = another(setting)
    plain = text if not (setting.is_number or text in ("true", "false")) else json.loads(text)
    file.write_text(tomlkit.dumps({key: plain}), encoding="utf-8")
    assert as_text(getattr(load_settings(file), key)) == text


@pytest.mark.parametrize("key", declared())
def test_it_is_declared_whole(key: str) -> None:
    about = declared()[key].about
    assert str(about.title)
    assert str(about.meaning).endswith(".")
    assert isinstance(about.group, Group)
    assert (about.kind in (Kind.KEY, Kind.ADDRESS)) == (
        isinstance(declared()[key].default, SecretStr) or key.endswith("_key_id")
    )
    assert set(about.words) <= set(declared()[key].choices)


def test_titles_are_told_apart_within_their_group() -> None:
    seen = [(setting.about.group, str(setting.about.title)) for setting in declared().values()]
    assert len(seen) == len(set(seen))


def test_environment_before_file_before_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "settings.toml"
    assert load_settings(file).max_job_attempts == 3
    file.write_text('max_job_attempts = 5\nlog_level = "debug"\n')
    assert (load_settings(file).max_job_attempts, load_settings(file).log_level) == (5, "DEBUG")
    monkeypatch.setenv("MAX_JOB_ATTEMPTS", "7")
    assert load_settings(file).max_job_attempts == 7
    assert load_settings(file, max_job_attempts=9, log_level=None).max_job_attempts == 9


@pytest.mark.parametrize(
    ("name", "value"),
    [("WORKERS", "many"), ("WORKERS", "0"), ("LOG_LEVEL", "LOUD"), ("USE_JSON_LOGGING", "perhaps")],
)
def test_a_wrong_value_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with raises_code(UsageError, "setting_invalid") as caught:
        load_settings()
    assert name in str(caught.value)
    assert "the environment" in str(caught.value)
    assert f" {value}" not in str(caught.value).replace("0 or more", "")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("workers = ")
    with raises_code(UsageError, "settings_unreadable") as caught:
        load_settings(tmp_path / "settings.toml")
    assert "settings.toml" in str(caught.value)


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes('output_dir = "C:/Películas"\n'.encode("latin-1"))
    with raises_code(UsageError, "settings_unreadable") as caught:
        load_settings(tmp_path / "settings.toml")
    assert "UTF-8" in str(caught.value)


def test_a_redis_password_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://u:opensesame@host/0")
    assert "opensesame" not in repr(load_settings())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (6.0, "6"),
        (0.25, "0.25"),
        (SecretStr("k"), "k"),
        (Path("/a"), "/a"),
    ],
)
def test_values_are_written_as_the_environment_has_them(value: Any, text: str) -> None:
    assert as_text(value) == text
