"""Settings of outside services: safe addresses, keys that nobody prints, empty means the default."""

from __future__ import annotations

import pytest

from core.errors import UsageError
from core.settings.loading import load_settings
from core.settings.providers import ProviderSettings
from tests.stand_ins import raises_code

ADDRESSES = [name for name in ProviderSettings.model_fields if name.endswith("_base_url")]


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*ProviderSettings.model_fields, "papa_noel_voice_id"):
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize(
    "address",
    [
        "http://api.example.com",
        "http://127.0.0.1.example.com",
        "api.example.com",
        "https://",
        "https://user:word@api.example.com",
        "https://api.example.com?key=1",
        "file:///etc/passwd",
        "",
    ],
)
def test_an_address_that_would_tell_the_key_is_refused(
    name: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name.upper(), address)
    with raises_code(UsageError, "setting_invalid") as caught:
        load_settings()
    assert name.upper() in str(caught.value)
    assert "word" not in str(caught.value)


@pytest.mark.parametrize("address", ["https://proxy.example.com/heygen/", "http://localhost:8080", "http://[::1]:1"])
def test_one_that_is_safe_is_taken(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEYGEN_BASE_URL", address)
    assert load_settings().heygen_base_url == address.rstrip("/")


def test_keys_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [name for name in ProviderSettings.model_fields if name.endswith(("_api_key", "_key_secret"))]
    assert len(keys) == 4
    for name in keys:
        monkeypatch.setenv(name.upper(), "opensesame")
    settings = load_settings()
    assert "opensesame" not in repr(settings) + str(settings) + str(settings.model_dump())


def test_empty_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ELEVENLABS_STABILITY", "WAV2LIP_REPO_PATH", "SYNCLABS_USD_PER_SECOND", "ELEVENLABS_SPEAKER_BOOST"):
        monkeypatch.setenv(name, " ")
    settings = load_settings()
    assert settings.wav2lip_repo_path is None
    assert settings.elevenlabs_stability is settings.synclabs_usd_per_second is None
    assert settings.elevenlabs_speaker_boost is None


def test_the_older_name_gives_way_to_the_newer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPA_NOEL_VOICE_ID", " older\n")
    assert load_settings().papa_noel_voice_id_elevenlabs == "older"
    monkeypatch.setenv("PAPA_NOEL_VOICE_ID_ELEVENLABS", "newer")
    assert load_settings().papa_noel_voice_id_elevenlabs == "newer"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ELEVENLABS_OUTPUT_FORMAT", "ulaw_8000"),
        ("ELEVENLABS_SPEED", "3"),
        ("HEYGEN_RESOLUTION", "8k"),
        ("HIGGSFIELD_PATH", "https://elsewhere.example"),
        ("HIGGSFIELD_STATUS_PATH", "/v1/job-sets"),
        ("WAV2LIP_PADS", "0 10"),
    ],
)
def test_what_can_not_be_used_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with raises_code(UsageError, "setting_invalid") as caught:
        load_settings()
    assert name in str(caught.value)
