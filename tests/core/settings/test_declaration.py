"""Settings: environment before file before default; a wrong one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UsageError
from core.paths import ROOT
from core.settings.declaration import Settings, load_settings
from tests.stand_ins import raises_code


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


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


def test_every_setting_is_in_the_docs() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for name, setting in Settings.model_fields.items():
        assert f"`{name.upper()}`" in text
        assert str(setting.description) in text
